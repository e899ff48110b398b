"""Which mentions name the same thing in one release: full names, bracketed aliases, short forms.

Full names with one id are one; a bracketed acronym or a quoted short form behind a name is its alias
("... Dialogue (HLED)", "... Criminal Matters (the "Treaty")"); a shorter form with the same head that fits
one full name only is that name ("the Strategic Dialogue", "the MoU").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from communique.extractors.annotations import DialogueKind
from communique.extractors.dialogues.identity import core_words, dialogue_id
from communique.extractors.dialogues.lexicon import heads, words
from communique.extractors.dialogues.names import Name

_BRACKET = re.compile(r" ?\((?:or |the |hereinafter |hereafter |referred to as |also known as |henceforth |called )*([^()]{2,70})\)")
_ALIAS = re.compile(r"[A-Z0-9+][\w+&./ '-]*[\w+]")
_SPLIT = re.compile(r";|, | or ")
_MEMORANDA = {"mou", "moc", "memorandum"}


@dataclass(slots=True)
class Entry:
    """One dialogue of the release: its mentions as (start, end), and its fullest form."""

    kind: DialogueKind
    head: str
    name: str
    known: str | None = None
    mentions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.known or dialogue_id(self.name)


def resolve(text: str, found: Iterable[Name]) -> list[Entry]:
    """The entries of a release from the names found in its text, in text order."""
    names = sorted(found, key=lambda name: name.start)
    entries: dict[str, Entry] = {}
    for name in names:
        if name.full:
            _add(entries, text, name)
    merged = _merge_short(list(entries.values()))
    _bare(text, merged, [name for name in names if not name.full])
    _aliases(text, merged)
    return merged


def _add(entries: dict[str, Entry], text: str, name: Name) -> None:
    form = text[name.start : name.end]
    key = name.known or dialogue_id(form)
    entry = entries.setdefault(key, Entry(name.kind, name.head, form, name.known))
    entry.mentions.append((name.start, name.end))
    if len(form) > len(entry.name):
        entry.name, entry.kind = form, name.kind


def _merge_short(entries: list[Entry]) -> list[Entry]:
    """Entries without those that are a shorter form of exactly one other, whose mentions they become."""
    kept = []
    cores = [core_words(entry.name) for entry in entries]
    for i, entry in enumerate(entries):
        longer = [
            other
            for j, other in enumerate(entries)
            if j != i and cores[i] < cores[j] and _same_head(entry, other) and other.mentions[0] < entry.mentions[0]
        ]
        if len(longer) == 1 and entry.known is None:
            longer[0].mentions += entry.mentions
        else:
            kept.append(entry)
    return kept


def _same_head(a: Entry, b: Entry) -> bool:
    return a.head == b.head or (a.head in _MEMORANDA and b.head in _MEMORANDA)


def _bare(text: str, entries: list[Entry], bare: list[Name]) -> None:
    """Gives each bare head ("the Treaty") to the one entry before it that has this head."""
    for name in bare:
        before = [e for e in entries if e.mentions[0][0] < name.start and _heads_of(e, name.head)]
        if len(before) == 1:
            before[0].mentions.append((name.start, name.end))


def _heads_of(entry: Entry, head: str) -> bool:
    own = entry.head or core_head(entry.name)
    return own == head or own.split(" ")[-1] == head or (own in _MEMORANDA and head in _MEMORANDA)


def core_head(name: str) -> str:
    """The last word of a known name, folded: what a bare form of it would be."""
    return name.split(" ")[-1].lower()


def _aliases(text: str, entries: list[Entry]) -> None:
    """Adds the mentions of every alias that stands in brackets behind a name."""
    taken = {span for entry in entries for span in entry.mentions}
    for entry in entries:
        for start, end in list(entry.mentions):
            for alias in _defined(text, start, end):
                for span in _occurrences(text, alias, end):
                    if not any(s < span[1] and span[0] < e for s, e in taken):
                        taken.add(span)
                        entry.mentions.append(span)


def _defined(text: str, start: int, end: int) -> Iterator[str]:
    match = _BRACKET.match(text, end)
    for piece in _SPLIT.split(match[1]) if match else ():
        alias = piece.strip(" \"'").removeprefix("the ").strip(" \"'")
        if _ALIAS.fullmatch(alias) and _abbreviates(alias, text[start:end]):
            yield alias
    inner = re.search(r"\(([A-Z][\w+&-]{1,14})\)", text[start:end])
    if inner:
        yield inner[1]


def _abbreviates(alias: str, name: str) -> bool:
    """Whether an alias is short for the name: its letters in order, or capitalised words of it."""
    if " " in alias or not any(char.isupper() for char in alias[1:]):
        folded = alias.lower().split()
        return tuple(folded) in heads() or set(folded) <= set(name.lower().replace("'", " ").split()) or folded[-1] in words("defined")
    letters = iter(re.sub(r"[^a-z0-9]", "", name.lower()))
    return all(char in letters for char in re.sub(r"[^a-z0-9]", "", alias.lower()))


def _occurrences(text: str, alias: str, start: int) -> Iterator[tuple[int, int]]:
    pattern = re.compile(rf"(?<![\w-]){re.escape(alias)}(?![\w])")
    for match in pattern.finditer(text):
        yield match.start(), match.end()
