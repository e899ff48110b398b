"""Where a run of capitalised words has a head, the word that says what a name is the name of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.extractors.dialogues.identity import is_state
from communique.extractors.dialogues.lexicon import Head, heads
from communique.extractors.dialogues.runs import Unit

_LONGEST = 4  # units of a head, what links them not counted


@dataclass(frozen=True, slots=True)
class Found:
    """A head at `units[first:last]`."""

    first: int
    last: int
    text: str
    head: Head


def next_head(units: Sequence[Unit], floor: int) -> Found | None:
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
        found = head_at(units, floor, last)
        if found is None:
            continue
        stronger = best is not None and best.head.weak and not found.head.weak
        if best is None or not crossed or found.first <= best.first or stronger:
            best = found
    return best


def _joined(units: Sequence[Unit], at: int, link: str) -> bool:
    """Whether a head before `at` is only a part of what a hyphen or "and" joins into one name."""
    if link == "-":
        return is_state(units[at].text)
    if link != "and":
        return False
    inside = (head_at(units, at - 1, last) for last in (at + 1, at + 2) if last <= len(units))
    return any(found is not None and found.first < at for found in inside)


def head_at(units: Sequence[Unit], floor: int, last: int) -> Found | None:
    """The longest head that ends before `last`; "of" may stand inside ("Plan of Action")."""
    for first in range(max(floor, last - _LONGEST), last):
        text = units[first].fold
        for unit in units[first + 1 : last]:
            text += f" {unit.link} {unit.fold}" if unit.link else f" {unit.fold}"
        text = text.removesuffix("'s")  # "the Reef Fund's goals"
        head = heads().get(tuple(text.split()))
        if head is not None:
            return Found(first, last, text, head)
    return None
