"""Proper names in a run of capitalised words: where a head makes one, and how far it reaches.

From the head the name grows to the left over its modifiers and to the right over its complements. Which
words open, join and close a name is data (`dialogues.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from communique.extractors.annotations import DialogueKind
from communique.extractors.dialogues.identity import is_state
from communique.extractors.dialogues.lexicon import Head, heads, mapping, organizations, words
from communique.extractors.dialogues.runs import Unit

_POSSESSIVE = re.compile(r"'s?$")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d\d)?")
_LONGEST_HEAD = 4
_AND = {"and", "&", "/", ",", ", and"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text; `full` is False for a bare form ("Treaty") that needs the full one elsewhere.

    `head` is the folded head, `known` the id of an entry of `dialogues_known.yaml`.
    """

    start: int
    end: int
    kind: DialogueKind
    head: str
    full: bool = True
    known: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A head at `units[first:last]`."""

    first: int
    last: int
    text: str
    head: Head


def names(units: Sequence[Unit]) -> Iterator[Name]:
    """The names of one run, left to right; they do not overlap."""
    floor = 0
    while (found := _next_head(units, floor)) is not None:
        left = _left_edge(units, found, floor)
        right = _right_edge(units, found)
        name = _name(units, found, left, right)
        if name is not None:
            yield name
        floor = right


def _next_head(units: Sequence[Unit], floor: int) -> _Found | None:
    """The last head of the first stretch of adjacent words that holds one ("Partnership Action *Plan*").

    Over an "of" only a longer head, or a strong one after a weak one, goes on ("*Plan of Action*",
    "Exchange of Information *Agreement*", but "*Statement* of Principles").
    """
    best, crossed = None, False
    for last in range(floor + 1, len(units) + 1):
        link = units[last - 1].link
        if best is not None and link:
            if link != "of" and not _joined(units, last - 1, link):
                break
            crossed = crossed or link == "of"
        found = _head_at(units, floor, last)
        if found is None:
            continue
        if best is None or not crossed or found.first <= best.first or (best.head.weak and not found.head.weak):
            best = found
    return best


def _joined(units: Sequence[Unit], at: int, link: str) -> bool:
    """Whether a head before `at` is only a part of what a hyphen or "and" joins into one name."""
    if link == "-":
        return is_state(units[at].text)
    if link != "and":
        return False
    inside = (_head_at(units, at - 1, last) for last in (at + 1, at + 2) if last <= len(units))
    return any(found is not None and found.first < at for found in inside)


def _head_at(units: Sequence[Unit], floor: int, last: int) -> _Found | None:
    """The longest head that ends before `last`; "of" may stand inside ("Plan of Action")."""
    for first in range(max(floor, last - _LONGEST_HEAD), last):
        text = units[first].fold
        for unit in units[first + 1 : last]:
            text += f" {unit.link} {unit.fold}" if unit.link else f" {unit.fold}"
        head = heads().get(tuple(text.split()))
        if head is not None:
            return _Found(first, last, text, head)
    return None


def _left_edge(units: Sequence[Unit], found: _Found, floor: int) -> int:
    """Index of the first unit of the name."""
    left = found.first
    while left > floor and _modifies(units, left - 1, found):
        left -= 1
    while left < found.first and (_leads(units[left], found) or units[left].fold in words("gerunds")):
        left += 1
    return left


def _leads(unit: Unit, found: _Found) -> bool:
    """Whether a first unit is no part of the name: a bracket, "Third", or a year that dates a meeting."""
    dated = _YEAR.fullmatch(unit.text) is not None and found.head.kind != "instrument"
    return dated or unit.bracketed or unit.fold in words("front")


def _modifies(units: Sequence[Unit], at: int, found: _Found) -> bool:
    """Whether `units[at]`, before a part of the name, belongs to the name too."""
    unit, after = units[at], units[at + 1]
    if unit.fold in words("titles") or unit.fold in words("calendar") or _owns(unit, found):
        return False
    if after.link == "":
        led = unit.fold.endswith(tuple(words("front_endings")))
        return not (led or unit.fold in words("front") or _ORDINAL.fullmatch(unit.text))
    if after.link == "of":
        return unit.fold in words("of_left")
    if after.link == "-":
        return is_state(unit.text) or is_state(after.text)
    return after.link in _AND and (_topical(unit) or (unit.link == "" and at > 0 and _topical(units[at - 1])))


def _owns(unit: Unit, found: _Found) -> bool:
    """Whether a possessive is the owner of what is named, no part of the name."""
    if not _POSSESSIVE.search(unit.text):
        return False
    if unit.fold.endswith("'s"):
        return unit.fold not in words("kept_possessives") and found.text not in words("owned_heads")
    return is_state(unit.text) or unit.fold in words("owners")


def _right_edge(units: Sequence[Unit], found: _Found) -> int:
    """Index behind the last unit of the name."""
    right = found.last
    if found.text in mapping("openers") and right < len(units) and units[right].link == "":
        while right < min(len(units), found.last + 4) and units[right].link == "":
            right += 1
        return right
    while right < len(units) and units[right].bracketed and units[right].link == "":
        right += 1
    opened = right < len(units) and units[right].link == ""
    if opened:
        if units[right].fold not in words("participles"):
            return found.last
        right += 1 + len(_stretch(units, right + 1)[:1])
    while right < len(units) and (step := _step(units, right, found, opened)):
        opened = True
        right += step
        while right < len(units) and units[right].link == "" and not units[right].bracketed:
            right += 1
    while right > found.last and units[right - 1].bracketed:
        right -= 1
    return right if opened else found.last


def _step(units: Sequence[Unit], at: int, found: _Found, opened: bool) -> int:
    """How many units from `at` on continue the name: 0, 1, or the heads of a whole list "X, Y, and Z"."""
    first, links = units[at], units[at].link.split(" ")
    if first.fold in words("calendar") or first.fold in words("titles"):
        return 0
    if links[0] in words("complement_links") or links[:2] == ["as", "to"]:
        return int(_complements(units, at, found))
    if links[0] in {"between", "among"}:
        return _pair(units, at) if found.head.kind == "instrument" else 0
    if links[0] in words("place_links"):
        return int((opened or found.head.kind == "instrument") and _topical(first))
    if not opened:
        return 0
    if links[0] in {"the", "a", "an"}:
        return int(units[at - 1].fold.endswith("ing") or units[at - 1].link == "to")
    if links[0] in {"and", "&", "/"}:
        return int(links[-1] != "the" and _plain(_stretch(units, at)))
    return _list(units, at, found.text in words("memoranda")) if links[0] == "," else 0


def _complements(units: Sequence[Unit], at: int, found: _Found) -> bool:
    """Whether "on X", "to X" ... is a complement: "to" asks for an action, "for" a state only of an initiative."""
    stretch, link = _stretch(units, at), units[at].link.split(" ")[0]
    if link == "to":
        return (len(stretch) > 1 and not is_state(_text(stretch))) or found.text == "mission"
    if link == "for" and is_state(_text(stretch)):
        return found.head.kind == "initiative"
    return found.text not in words("complement_heads") or stretch[0].fold not in words("speakers")


def _stretch(units: Sequence[Unit], at: int) -> list[Unit]:
    """The unit at `at` and those that follow it with nothing in between."""
    end = at + 1
    while end < len(units) and units[end].link == "":
        end += 1
    return list(units[at:end])


def _pair(units: Sequence[Unit], at: int) -> int:
    """Number of units of "X (of the Y) and (the) Z (of the W)" after "between"; 0 without an "and"."""
    end, seen_and = at + 1, False
    while end < len(units):
        link = units[end].link.split(" ")[0]
        if link == "and" and not seen_and:
            seen_and = True
        elif link not in {"", "of", "for"}:
            break
        end += 1
    return end - at if seen_and else 0


def _list(units: Sequence[Unit], at: int, articles: bool) -> int:
    """Number of units of ", Y, and Z" inside a complement; 0 where the list holds a name or no "and"."""
    end = at
    while end < len(units) and end - at < 24:
        stretch = _stretch(units, end)
        link = stretch[0].link
        if not _plain(stretch) or (link.endswith("the") and not articles):
            return 0
        if not (link.startswith(",") or link in {"and", "&"}):
            return 0
        end += len(stretch)
        if "and" in link or "&" in link:
            return end - at
    return 0


def _plain(stretch: Sequence[Unit]) -> bool:
    """Whether adjacent units may be one more topic of a name: no head, no office, no state."""
    if any((head := heads().get((unit.fold,))) is not None and not head.weak for unit in stretch):
        return False
    if stretch[-1].fold in words("of_heads"):
        return False
    return stretch[0].fold not in words("titles") and not is_state(_text(stretch))


def _topical(unit: Unit) -> bool:
    """Whether a word is a topic ("Security", "Competitiveness"), not a place, partner or person."""
    abstract = unit.fold.endswith(tuple(words("abstract_endings")))
    return abstract or any(part in words("topics") for part in unit.fold.split("-"))


def _name(units: Sequence[Unit], found: _Found, left: int, right: int) -> Name | None:
    modifiers, complemented = units[left : found.first], right > found.last
    if found.text in mapping("openers") and complemented and units[found.last].link == "":
        kind = cast(DialogueKind, mapping("openers")[found.text])
        return Name(units[found.first].start, units[right - 1].end, kind, found.text)
    kind = _kind(found, modifiers, complemented)
    full = bool(modifiers) or complemented or found.text in words("complete_heads")
    name = Name(units[left].start, units[right - 1].end, kind, found.text, full)
    if not full:
        return name
    return name if _counts(units, found, modifiers, right) else None


def _counts(units: Sequence[Unit], found: _Found, modifiers: Sequence[Unit], right: int) -> bool:
    """Whether the words make a proper name, and no form of release, body or everyday title."""
    own = " ".join([*(unit.fold for unit in modifiers), found.text]).replace("'", "")
    if own in organizations() or own in words("domestic"):
        return False
    if own in words("generic") and right == found.last:
        return False
    tail = units[found.last].fold if right == found.last < len(units) and units[found.last].link == "" else None
    if tail is not None and not tail.startswith("("):
        return not found.head.weak and tail not in words("titles") and tail not in words("tails")
    if found.text in words("complement_heads"):
        return right > found.last
    return _shared(units, found, modifiers) if found.head.weak else True


def _shared(units: Sequence[Unit], found: _Found, modifiers: Sequence[Unit]) -> bool:
    """Whether a weak head shows that parties share the name: "Joint", a grouping, two states, an acronym."""
    if found.last < len(units) and units[found.last].bracketed and found.head.kind != "dialogue":
        return True
    parts = {part for unit in modifiers for part in _parts(unit)}
    if parts & (words("joint") | words("groupings")):
        return True
    return any("-" in unit.text and is_state(unit.text) for unit in modifiers)


def _parts(unit: Unit) -> list[str]:
    word = _POSSESSIVE.sub("", unit.fold)
    return [word, *word.split("-")]


def _kind(found: _Found, modifiers: Sequence[Unit], complemented: bool) -> DialogueKind:
    """The kind of the head, but a partnership or alliance that is a status counts as an instrument."""
    if found.text in words("status_heads") and modifiers and not complemented:
        last = modifiers[-1]
        if last.fold in words("status_words") or is_state(last.text):
            return "instrument"
    return found.head.kind


def _text(units: Sequence[Unit]) -> str:
    return " ".join(unit.text for unit in units)
