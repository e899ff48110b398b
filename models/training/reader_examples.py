"""Lines of the annotated sets with the marks that the reader is to learn.

A mark is (start, end, label) in characters of the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.models.training.annotated import Annotated, half_of, places, read_annotated

LAYERS = {
    "what": ["enact", "agree", "commit", "reaffirm", "intend"],
    "trigger": ["trigger"],
}
Mark = tuple[int, int, str]


@dataclass(frozen=True)
class Example:
    """A line with the one before it, its marks by layer and the half to which its release belongs."""

    line: str
    before: str
    half: int
    marks: dict[str, list[Mark]]

    @property
    def empty(self) -> bool:
        """Whether nothing is undertaken in it."""
        return not self.marks["what"]


def examples(gold: Path, *own: Path) -> Iterator[Example]:
    """The lines of all annotated sets below the folder, and of the project's own paragraphs and releases."""
    for text in read_annotated(gold, *own):
        if text.before is None:
            yield from lines_of(text, _undertakings(text))
        else:
            marks = _undertakings(text)
            yield Example(text.text, text.before, half_of(text.fold), marks)


def lines_of(release: Annotated, marks: dict[str, list[Mark]]) -> Iterator[Example]:
    """The lines of a whole release, each with its part of the marks."""
    text, half = release.text, half_of(release.fold)
    before, at = "", 0
    for line in text.split("\n"):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line) + 1
        if end - start >= 3:
            cut = {layer: _cut(found, start, end) for layer, found in marks.items()}
            yield Example(text[start:end], before, half, cut)
            before = text[start:end]


def _cut(marks: list[Mark], start: int, end: int) -> list[Mark]:
    inside = (mark for mark in marks if mark[0] < end and mark[1] > start)
    return [(max(a, start) - start, min(b, end) - start, label) for a, b, label in inside]


def _undertakings(text: Annotated) -> dict[str, list[Mark]]:
    """The layers "what" and "trigger"."""
    found = list(places(text.text, text.commitments))
    return {
        "what": [(*place.what, place.commitment["act"]) for place in found],
        "trigger": [(*place.trigger, "trigger") for place in found if place.trigger is not None],
    }
