"""Names that are partly in lower case: their head ("Sports Visitor program"), a meeting of a grouping
("Quad summit"), or the complement of a memorandum ("Memorandum of Understanding to reduce ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from communique.extractors.annotations import DialogueKind
from communique.extractors.dialogues.identity import is_state
from communique.extractors.dialogues.lexicon import fold, load_lexicon, mapping, organizations, words
from communique.extractors.dialogues.names import Name
from communique.extractors.dialogues.runs import Unit

_MAX_WORDS = 24
_COP = re.compile(r"COP[ -]?\d\d\b")


def lowered(text: str, units: Sequence[Unit], found: Sequence[Name]) -> Iterator[Name]:
    """Names that a run of `units` opens and lower-case words close; `found` are those inside the run."""
    last = units[-1]
    free = not found or found[-1].end < last.end
    match = _closings().match(text, last.end)
    if match and free and (name := _closed(units, match)) is not None:
        yield name
    if (cop := _COP.match(text, last.start)) is not None:
        yield Name(cop.start(), cop.end(), "dialogue", "cop", known="un-climate-change-conference")


def _closed(units: Sequence[Unit], match: re.Match[str]) -> Name | None:
    """The name that a lower-case head closes; its capitalised part is no mere state or body."""
    first = len(units) - 1
    while first > 0 and units[first].link == "" and not _outside(units[first - 1]):
        first -= 1
    part = units[first:]
    text = " ".join(unit.text for unit in part)
    head = fold(match["head"])
    if head.endswith(("summit", "meeting")):
        owned = part[-1].fold in words("groupings")
        return Name(part[-1].start, match.end(), "dialogue", head) if owned else None
    if is_state(text) or fold(text) in organizations() or (len(part) < 2 and match["between"]):
        return None
    if _outside(part[0]) or len(part) < 2:
        return None
    return Name(part[0].start, match.end(), cast(DialogueKind, mapping("lower_heads")[head]), head)


def _outside(unit: Unit) -> bool:
    return unit.fold in words("front") or unit.fold in words("titles") or unit.text.endswith(("'s", "s'"))


def memorandum(text: str, name: Name) -> Name:
    """The name with its complement, where a memorandum has one in lower case; else the name itself."""
    if name.full or name.head not in words("memoranda"):
        return name
    match = _complement().match(text, name.end)
    if match is None:
        return name
    return Name(name.start, match.end(), name.kind, name.head)


@cache
def _closings() -> re.Pattern[str]:
    formats = "|".join(sorted(map(re.escape, words("lower_formats")), key=len, reverse=True))
    closing = "|".join(form for head in mapping("lower_heads") for form in _forms(head))
    return re.compile(rf"(?P<between> [a-z]+)? (?P<head>{formats}|{closing})\b")


def _forms(head: str) -> tuple[str, ...]:
    return tuple([head, *(form for form, usual in mapping("spelling").items() if usual == head)])


@cache
def _complement() -> re.Pattern[str]:
    """A link and the words after it, up to punctuation or a word that starts another clause."""
    links = "|".join(re.escape(link) for link in load_lexicon("dialogues")["memoranda_links"])
    ends = "|".join(words("memoranda_ends"))
    word = rf"(?!(?:{ends})\b)[\w'&/-]+"
    listed = r"(?:,(?= (?:[\w'-]+ ){0,4}[\w'-]+,? and ))?"
    return re.compile(rf" (?:{links})(?:{listed} {word}){{1,{_MAX_WORDS}}}(?:, and(?: {word}){{1,4}})?")
