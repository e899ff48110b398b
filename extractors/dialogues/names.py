"""Proper names in a run of capitalised words: a head with its modifiers and complements, where they count.

Which words open, join and close a name, and which make none, is data (`dialogues.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from communique.extractors.annotations import DialogueKind
from communique.extractors.dialogues.bounds import POSSESSIVE, left_edge, opens, right_edge
from communique.extractors.dialogues.heads import Found, next_head
from communique.extractors.dialogues.identity import is_state
from communique.extractors.dialogues.lexicon import body_nouns, mapping, organizations, words
from communique.extractors.dialogues.runs import Unit, text_of

_WIDEST = 30  # units before a head: no text costs more than its length


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text; `full` is False for a bare form ("Treaty") that needs the full one elsewhere.

    `head` is the folded head, `known` the id of an entry of `dialogues_known.yaml`. `sure` is False where
    only the words before can tell whether it is the name of an effort ("launched the Coral Data Hub").
    """

    start: int
    end: int
    kind: DialogueKind
    head: str
    full: bool = True
    sure: bool = True
    known: str | None = None


def names(units: Sequence[Unit]) -> Iterator[Name]:
    """The names of one run, left to right; they do not overlap."""
    floor = read = 0
    while (found := next_head(units, read)) is not None:
        left = left_edge(units, found, max(floor, found.first - _WIDEST))
        if left == found.first and _is_sitting(units, found):
            floor = read = found.last
            continue
        read = found.last if _owns(units[found.last - 1]) else right_edge(units, found)
        name = _name(units, found, left, read)
        if name is not None:
            yield name
            if not name.sure:
                read = found.last  # "Outreach Session of the Guild Forum": the forum has the name
            floor = read


def _is_sitting(units: Sequence[Unit], found: Found) -> bool:
    """Whether a head only tells of one meeting of what follows: "the second *Meeting* of the Council"."""
    sits = found.text in words("sittings") and found.last < len(units)
    return sits and units[found.last].link.startswith("of")


def _name(units: Sequence[Unit], found: Found, left: int, right: int) -> Name | None:
    modifiers, complemented = units[left : found.first], right > found.last
    if opens(units, found) and complemented and units[found.last].link == "":
        kind = cast(DialogueKind, mapping("openers")[found.text])
        first = found.first if kind == "initiative" else left  # "Operation NEON", but "ASEAN Vision 2025"
        return Name(units[first].start, units[right - 1].end, kind, found.text)
    kind = _kind(found, modifiers, complemented)
    told = any(unit.fold not in words("counting") for unit in modifiers)  # not "Six Memoranda"
    full = told or complemented or found.text in words("complete_heads")
    sure = not full or not found.head.weak or _shared(units, found, modifiers)
    end = units[right - 1].end - 2 * _owns(units[right - 1])
    name = Name(units[left].start, end, kind, found.text, full, sure)
    if not full:
        return name if found.text not in words("several") else None
    return name if _counts(units, found, modifiers, right) else None


def _counts(units: Sequence[Unit], found: Found, modifiers: Sequence[Unit], right: int) -> bool:
    """Whether the words make a proper name, and no form of release, body or everyday title."""
    own = " ".join([*(unit.fold for unit in modifiers), found.text]).replace("'", "")
    if (
        own in organizations()
        or own in words("domestic")
        or _written(units, found, modifiers, right) in organizations()
    ):
        return False
    if {own, own.removesuffix("s")} & words("generic") and right == found.last:
        return False
    if any(unit.fold in words("laws") for unit in units[max(found.first, right - 2) : right]):
        return False
    owns = _owns(units[found.last - 1])
    behind = units[found.last : found.last + 1] if right == found.last and not owns else ()
    dated = behind and behind[0].fold in words("calendar")
    if behind and behind[0].link == "" and not behind[0].bracketed and not dated:
        return False
    if _is_of_body(units, found, right):
        return False
    if found.head.weak and words("body_words") & {part for unit in modifiers for part in _parts(unit)}:
        return False
    return found.text not in words("complement_heads") or (
        right > found.last and units[found.last].link != ""
    )


def _owns(unit: Unit) -> bool:
    return unit.text.endswith("'s")


def _is_of_body(units: Sequence[Unit], found: Found, right: int) -> bool:
    """Whether a body has it for its own: "Joint Committee of the House and the High Council"."""
    if found.text.split(" ")[-1] not in words("bodies") or right == found.last:
        return False
    return units[found.last].link.startswith("of") and units[right - 1].fold in body_nouns()


def _written(units: Sequence[Unit], found: Found, modifiers: Sequence[Unit], right: int) -> str:
    """The folded words of the name with what links them."""
    name = units[found.first - len(modifiers) : right]
    return " ".join(f"{unit.link} {unit.fold}".strip() if unit is not name[0] else unit.fold for unit in name)


def _shared(units: Sequence[Unit], found: Found, modifiers: Sequence[Unit]) -> bool:
    """Whether a weak head shows that parties share the name: "Joint", a grouping, two states, an acronym."""
    if found.last < len(units) and units[found.last].bracketed and found.head.kind != "dialogue":
        return True
    if found.text in words("complement_heads"):
        return True
    parts = {part for unit in modifiers for part in _parts(unit)}
    if parts & (words("joint") | words("groupings")) or (
        found.text in words("occasions") and _of_organization(modifiers)
    ):
        return True
    owner = units[found.first - len(modifiers) - 1] if found.first > len(modifiers) else None
    if (
        owner is not None
        and found.head.kind != "dialogue"
        and owner.fold.endswith("'s")
        and is_state(owner.text)
    ):
        return True  # "Peru's Heat Advisory"
    return any(_pairs(unit) or _joins(modifiers, at) for at, unit in enumerate(modifiers))


def _joins(modifiers: Sequence[Unit], at: int) -> bool:
    """Whether the words up to one with a hyphen are states: "United States-Singapore"."""
    return "-" in modifiers[at].text and is_state(text_of(modifiers[: at + 1]))


def _pairs(unit: Unit) -> bool:
    """Whether a word joins a state to another name: "Peru-Chile", "Singapore-Shanghai"."""
    parts = unit.text.split("-")
    return len(parts) > 1 and all(part[:1].isupper() for part in parts) and is_state(parts[0])


def _of_organization(modifiers: Sequence[Unit]) -> bool:
    """Whether the name of an organisation of several words opens it: "United Nations High Level Meeting"."""
    folded = [unit.fold.replace("'", "") for unit in modifiers]
    return any(" ".join(folded[:size]) in organizations() for size in range(2, len(folded) + 1))


def _parts(unit: Unit) -> list[str]:
    word = POSSESSIVE.sub("", unit.fold)
    return [word, *word.split("-")]


def _kind(found: Found, modifiers: Sequence[Unit], complemented: bool) -> DialogueKind:
    """The kind of the head, but a partnership or alliance that is a status counts as an instrument."""
    if found.text not in words("status_heads") or not modifiers or complemented:
        return found.head.kind
    status = modifiers[-1].fold in words("status_words") or is_state(text_of(modifiers))
    return "instrument" if status else found.head.kind
