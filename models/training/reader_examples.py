"""Lines of the annotated sets with the marks that the reader is to learn.

A mark is (start, end, label) in characters of the line.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RELEASES = ("train", "ministries", "dev", "dues")
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


def half_of(fold: int) -> int:
    """The half, 0 or 1, of the texts of a fold; folds keep releases whole, and so do halves."""
    return int(fold > 1)


def examples(gold: Path, own: Path) -> Iterator[Example]:
    """The lines of all annotated sets below the folder, and the project's own paragraphs in a file."""
    with (gold / "folds.csv").open(encoding="utf-8") as table:
        folds = {(row["set"], row["file_name"]): int(row["fold"]) for row in csv.DictReader(table)}
    for name in RELEASES:
        for path in sorted((gold / name).glob("*.json")):
            release = json.loads(path.read_text(encoding="utf-8"))
            file = release["file_name"]
            text = release.get("text") or (gold / name / "texts" / file).read_text(encoding="utf-8")
            yield from _lines(_spaced(text), release["commitments"], half_of(folds[name, file]))
    for entry in (*_rows(gold / "paragraphs" / "paragraphs.jsonl"), *_rows(own)):
        text = _spaced(entry["text"])
        marks = _undertakings(text, entry["commitments"])
        yield Example(text, entry.get("before") or "", half_of(entry["fold"]), marks)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _spaced(text: str) -> str:
    """With plain spaces, as the annotations have them."""
    return text.replace("\u00a0", " ")


def _lines(text: str, commitments: list[dict[str, Any]], half: int) -> Iterator[Example]:
    marks = _undertakings(text, commitments)
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


def _undertakings(text: str, commitments: list[dict[str, Any]]) -> dict[str, list[Mark]]:
    """The layers "what" and "trigger"; spans are annotated as strings, in text order."""
    whats: list[Mark] = []
    triggers: list[Mark] = []
    at = 0
    for commitment in commitments:
        trigger = text.find(commitment["trigger"], at)
        trigger = trigger if trigger >= 0 else text.find(commitment["trigger"])
        what = text.find(commitment["what"], max(trigger, 0))
        what = what if what >= 0 else text.find(commitment["what"])
        if what < 0:
            continue
        at = min(max(trigger, 0), what)
        whats.append((what, what + len(commitment["what"]), commitment["act"]))
        if trigger >= 0:
            triggers.append((trigger, trigger + len(commitment["trigger"]), "trigger"))
    return {"what": whats, "trigger": triggers}
