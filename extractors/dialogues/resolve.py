"""Which mentions name the same thing in one release: full names, bracketed aliases, short forms.

Full names with one id are one; an alias that a release defines is its name's; a shorter form with the same
head that fits one full name only is that name ("the Strategic Dialogue", "the MoU").
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from communique.extractors.annotations import DialogueKind
from communique.extractors.dialogues.aliases import defined_aliases, expansions, occurrences
from communique.extractors.dialogues.identity import core_words, dialogue_id
from communique.extractors.dialogues.lexicon import fold, heads, words
from communique.extractors.dialogues.names import Name

TELLING = 3  # words that tell a short form wherever the full one stands
MEMORANDUM = "memorandum"  # the family of heads that name an instrument without more words


@dataclass(slots=True, eq=False)
class Entry:
    """One dialogue of the release: its mentions as (start, end), and its fullest form.

    `matter` is the name of what a bare plan implements.
    """

    kind: DialogueKind
    head: str
    name: str
    known: str | None = None
    matter: str = ""
    mentions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.owned_id()

    def owned_id(self, owners: Sequence[str] = ()) -> str:
        """The id where the states `owners` hold it between themselves."""
        return self.known or dialogue_id(f"{self.matter} {self.name}", owners)

    @property
    def first(self) -> int:
        return min(self.mentions)[0]

    @property
    def family(self) -> str:
        """What a bare form of the name would be: its head, the same for all memoranda."""
        return _family(self.head or _head_of(self.name))

    def forms(self, text: str) -> Iterator[str]:
        """How the release writes it."""
        yield from dict.fromkeys(text[start:end] for start, end in self.mentions)

    def takes(self, other: Entry) -> None:
        """Makes the mentions of `other` its own."""
        self.mentions += other.mentions
        self.known = self.known or other.known


class _Taken:
    """Whose mention stands where; mentions never overlap."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._spans = sorted(
            (*span, number) for number, entry in enumerate(entries) for span in entry.mentions
        )

    def at(self, start: int, end: int) -> tuple[int, int, int] | None:
        """The mention that overlaps `start` to `end`: its start, end and the number of its entry."""
        index = bisect_left(self._spans, (end, -1, -1))
        before = self._spans[index - 1] if index else None
        return before if before is not None and before[1] > start else None

    def add(self, start: int, end: int, number: int) -> None:
        insort(self._spans, (start, end, number))


def resolve(text: str, names: Sequence[Name]) -> list[Entry]:
    """The entries of a release from the names found in its text, which do not overlap."""
    entries: dict[str, Entry] = {}
    for name in _numbered(text, names):
        if name.full:
            _add(entries, text, name)
    aliased = _with_aliases(text, list(entries.values()))
    merged = _merge_short(text, aliased)
    bare = [name for name in names if not name.full]
    return [*merged, *_give_bare(merged, text, bare)]


def _numbered(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """The names, a series as the one of its meetings whose number follows: "Climate Conference (COP29)"."""
    for name, after in zip_longest(names, names[1:]):
        known = after.known if after is not None else None
        series = name.known is not None and known is not None and known.startswith(f"{name.known}-")
        yield replace(name, known=known) if series and text[name.end : after.start] == " (" else name


def _add(entries: dict[str, Entry], text: str, name: Name) -> None:
    form, span = text[name.start : name.end], (name.start, name.end)
    entry = entries.setdefault(name.known or dialogue_id(form), Entry(name.kind, name.head, form, name.known))
    entry.mentions.append(span)
    if len(form) > len(entry.name):
        entry.name, entry.kind = form, name.kind


def _with_aliases(text: str, entries: list[Entry]) -> list[Entry]:
    """The entries with the mentions of their bracketed aliases; an entry that is one is taken in."""
    taken, gone = _Taken(entries), set[int]()
    owner: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for start, end in entry.mentions:
            for alias in defined_aliases(text, start, end, inside=entry.kind != "dialogue"):
                owner.setdefault(alias, number)
    for start, end, alias in list(occurrences(text, owner)):
        number, held = owner[alias], taken.at(start, end)
        if held is None:
            taken.add(start, end, number)
            entries[number].mentions.append((start, end))
        elif held[:2] == (start, end) and held[2] != number and not {number, held[2]} & gone:
            other = entries[held[2]]
            if (
                other.known is not None
                and entries[number].known is None
                and alias[0] != entries[number].name[0]
            ):
                continue  # "the Statement on the Treaty of Lima (TOL)": the acronym is the treaty's
            entries[number].takes(other)
            gone.add(held[2])
    return [entry for number, entry in enumerate(entries) if number not in gone]


def _merge_short(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Entries without the shorter forms of others: their mentions go to the one other that they fit.

    A form that fits several names that stand before it is none of its own.
    """
    cores = list(_cores(text, entries))
    holders: dict[str, list[int]] = defaultdict(list)
    for number, forms in enumerate(cores):
        for word in frozenset().union(*forms):
            holders[word].append(number)
    kept = []
    for number, entry in enumerate(entries):
        rarest = min((holders[word] for word in cores[number][0]), key=len, default=[])
        longer = [entries[other] for other in rarest if _fits(entries, cores, number, other)]
        if len(longer) == 1:
            longer[0].takes(entry)
        elif not any(other.first < entry.first for other in longer):
            kept.append(entry)
    return kept


def _cores(text: str, entries: Sequence[Entry]) -> Iterator[list[frozenset[str]]]:
    """The words that tell each entry from others: of its fullest form, then of the others of a known one."""
    known = expansions(text)
    for entry in entries:
        forms = [entry.name, *(entry.forms(text) if entry.known is not None else ())]
        yield [core_words(" ".join(known.get(word, word) for word in form.split())) for form in forms]


def _fits(entries: Sequence[Entry], cores: Sequence[list[frozenset[str]]], short: int, full: int) -> bool:
    """Whether one entry is a form of another: its head, and after it, its beginning, or it without states.

    A form of several words is that wherever it stands, but not where the other one names its owners.
    """
    a, b = entries[short], entries[full]
    if short == full or a.known is not None or a.family != b.family:
        return False
    core = cores[short][0]
    longer = next((other for other in cores[full] if core <= other), None)
    if longer is None:
        return False
    if core == longer:
        return (len(a.name), -short) < (len(b.name), -full)
    begins = b.name.startswith(f"{a.name} ") or b.id.startswith(f"{a.id}-")
    besides = longer - core
    owned = any(word.isupper() or word in words("groupings") for word in besides)
    if b.first < a.first or begins or (len(core) >= TELLING and not owned):
        return True
    return all(word.isupper() for word in besides)  # only states


def _give_bare(entries: Sequence[Entry], text: str, bare: Sequence[Name]) -> list[Entry]:
    """Gives each bare head ("the Treaty") to the one entry before it that has this head.

    The bare memoranda of a release that has no other are one of their own.
    """
    families: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        families[entry.family].append((entry.first, number))
    taken, own = _Taken(entries), list[Entry]()
    for holders in families.values():
        holders.sort()
    for name in bare:
        holders = families.get(_family(name.head), [])[:2]
        before = [number for first, number in holders if first < name.start]
        if len(before) == 1 and taken.at(name.start, name.end) is None:
            entries[before[0]].mentions.append((name.start, name.end))
        elif not holders and _family(name.head) == MEMORANDUM:
            own = own or [Entry(name.kind, name.head, text[name.start : name.end])]
            own[0].mentions.append((name.start, name.end))
    return own


def _head_of(name: str) -> str:
    """The first word of a known name that is a head: "Convention on ..."; else its last."""
    told = [fold(word) for word in name.split(" ")]
    strong = (word for word in told if (head := heads().get((word,))) is not None and not head.weak)
    return next(strong, told[-1])


def _family(head: str) -> str:
    return MEMORANDUM if head in words("memoranda") else head.split(" ")[-1]
