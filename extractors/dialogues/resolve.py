"""Which mentions name the same thing in one release: full names, bracketed aliases, short forms.

Full names with one id are one; a bracketed acronym or a quoted short form behind a name is its alias
("... Dialogue (HLED)", "... Criminal Matters (the "Treaty")"); a shorter form with the same head that fits
one full name only is that name ("the Strategic Dialogue", "the MoU").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from communique.extractors.annotations import DialogueKind
from communique.extractors.dialogues.identity import core_words, dialogue_id
from communique.extractors.dialogues.lexicon import heads, words
from communique.extractors.dialogues.names import Name

_LEAD = "or|the|hereinafter|hereafter|referred to as|also known as|known as|henceforth|called"
_BRACKET = re.compile(rf" ?\((?:(?:{_LEAD}) )*([^()]{{2,70}})\)")
_INNER = re.compile(r"\(([A-Z][\w+&-]{1,14})\)")
_ALIAS = re.compile(r"[A-Z0-9+][\w+&./ '-]*[\w+]")
_SPLIT = re.compile(r";|, | or ")


@dataclass(slots=True)
class Entry:
    """One dialogue of the release: its mentions as (start, end), and its fullest form with where it stands."""

    kind: DialogueKind
    head: str
    name: str
    full: tuple[int, int]
    known: str | None = None
    mentions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.known or dialogue_id(self.name)

    @property
    def first(self) -> int:
        return min(self.mentions)[0]

    def takes(self, other: Entry) -> None:
        """Makes the mentions of `other` its own."""
        self.mentions += other.mentions
        self.known = self.known or other.known


def resolve(text: str, found: Iterable[Name]) -> list[Entry]:
    """The entries of a release from the names found in its text."""
    names = list(found)
    entries: dict[str, Entry] = {}
    for name in names:
        if name.full:
            _add(entries, text, name)
    aliased = _aliases(text, list(entries.values()))
    merged = _merge_short(text, aliased)
    _bare(merged, [name for name in names if not name.full])
    return merged


def _add(entries: dict[str, Entry], text: str, name: Name) -> None:
    form = text[name.start : name.end]
    key = name.known or dialogue_id(form)
    entry = entries.setdefault(key, Entry(name.kind, name.head, form, (name.start, name.end), name.known))
    entry.mentions.append((name.start, name.end))
    if len(form) > len(entry.name):
        entry.name, entry.kind, entry.full = form, name.kind, (name.start, name.end)


def _merge_short(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Entries without the shorter forms of others: their mentions go to the one other that they fit."""
    expand = _expansions(text)
    cores = [core_words(_expanded(entry.name, expand)) for entry in entries]
    kept = []
    for i, entry in enumerate(entries):
        longer = [
            other
            for j, other in enumerate(entries)
            if j != i and entry.known is None and cores[i] <= cores[j] and _fits(entry, other, cores[i] == cores[j], i < j)
        ]
        if len(longer) == 1:
            longer[0].takes(entry)
        elif not longer or any(entry.first < other.first for other in longer):
            kept.append(entry)
    return kept


def _fits(short: Entry, full: Entry, equal: bool, earlier: bool) -> bool:
    """Whether `short` is a form of `full`: the same head, after it, or before it as its beginning."""
    if not _same_head(short.head, full.head):
        return False
    if equal:
        return earlier if len(short.name) == len(full.name) else len(short.name) < len(full.name)
    return full.first < short.first or full.name.startswith(f"{short.name} ")


def _same_head(a: str, b: str) -> bool:
    family = words("memoranda")
    return a == b or a.split(" ")[-1] == b.split(" ")[-1] or (a in family and b in family)


def _bare(entries: Sequence[Entry], bare: Sequence[Name]) -> None:
    """Gives each bare head ("the Treaty") to the one entry before it that has this head."""
    for name in bare:
        before = [e for e in entries if e.first < name.start and _same_head(name.head, e.head or _last_word(e))]
        if len(before) == 1 and not _taken(entries, (name.start, name.end)):
            before[0].mentions.append((name.start, name.end))


def _last_word(entry: Entry) -> str:
    return entry.name.split(" ")[-1].lower()


def _taken(entries: Sequence[Entry], span: tuple[int, int]) -> bool:
    return any(start < span[1] and span[0] < end for entry in entries for start, end in entry.mentions)


def _aliases(text: str, entries: list[Entry]) -> list[Entry]:
    """The entries with the mentions of the aliases in brackets behind their names, which take in their like."""
    taken = {span: entry for entry in entries for span in entry.mentions}
    gone: list[Entry] = []
    for entry in entries:
        for alias in {alias for start, end in list(entry.mentions) for alias in _defined(text, start, end)}:
            for span in _occurrences(text, alias):
                other = next((e for s, e in taken.items() if s[0] < span[1] and span[0] < s[1]), None)
                if other is None:
                    taken[span] = entry
                    entry.mentions.append(span)
                elif other is not entry and span in other.mentions and other not in gone and entry not in gone:
                    entry.takes(other)
                    gone.append(other)
    return [entry for entry in entries if entry not in gone]


def _defined(text: str, start: int, end: int) -> Iterator[str]:
    """The aliases that stand in brackets behind or inside a name."""
    match = _BRACKET.match(text, end)
    for piece in _SPLIT.split(match[1]) if match else ():
        alias = piece.strip(" \"'").removeprefix("the ").strip(" \"'")
        if _ALIAS.fullmatch(alias) and _abbreviates(alias, text[start:end]):
            yield alias
    inner = _INNER.search(text, start, end)
    if inner is not None:
        yield inner[1]


def _abbreviates(alias: str, name: str) -> bool:
    """Whether an alias is short for the name: its letters in order, or words of it or a head."""
    folded = alias.lower().replace("'", " ").split()
    if len(folded) > 1 or not any(char.isupper() for char in alias[1:]):
        known = tuple(folded) in heads() or folded[-1] in words("defined")
        return known or set(folded) <= set(name.lower().replace("'", " ").split())
    letters = iter(re.sub(r"[^a-z0-9]", "", name.lower()))
    return all(char in letters for char in re.sub(r"[^a-z0-9]", "", alias.lower()))


def _occurrences(text: str, alias: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<![\w-]){re.escape(alias)}(?![\w])", text):
        yield match.start(), match.end()


_DEFINITION = re.compile(r"((?:[A-Z][\w'-]*[ -]|(?:of|and|for|the|on) ){2,9}?)\(([A-Z]{2,8})\)")


def _expansions(text: str) -> dict[str, str]:
    """Acronyms that the release defines, each with the words whose initials it has."""
    out: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        parts = match[1].split()
        for start in range(len(parts)):
            initials = "".join(part[0] for part in parts[start:] if part[0].isupper())
            if initials == match[2]:
                out.setdefault(match[2], " ".join(parts[start:]))
                break
    return out


def _expanded(name: str, expansions: dict[str, str]) -> str:
    return " ".join(expansions.get(word, word) for word in name.split())
