"""The annotated sets: releases and paragraphs with what is undertaken in them, and where it stands."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RELEASES = ("train", "ministries", "dev", "dues")
OWN = "own-releases"  # so begin the names of releases annotated for this project


@dataclass(frozen=True)
class Annotated:
    """A text with its annotated undertakings, and the fold that it is held out with.

    `before` is the line before a paragraph; None of a whole release. `actors` and `dialogues` are empty where
    names are not annotated.
    """

    name: str
    fold: int
    text: str
    published: str | None
    commitments: list[dict[str, Any]]
    before: str | None = None
    actors: list[dict[str, Any]] = field(default_factory=list)
    dialogues: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where an annotated undertaking stands, in characters; `trigger` is None where it is not found."""

    what: tuple[int, int]
    trigger: tuple[int, int] | None
    commitment: dict[str, Any]


def read_annotated(gold: Path, *own: Path) -> Iterator[Annotated]:
    """Every annotated release and paragraph below the folder, and those annotated for this project.

    These are a file of paragraphs, or a folder of releases in the form of a set with its own `folds.csv`.
    """
    for name in RELEASES:
        yield from _releases(name, gold / name)
    for path in (gold / "paragraphs" / "paragraphs.jsonl", *own):
        yield from _releases(OWN, path) if path.is_dir() else _paragraphs(path)


def folds(releases: Path) -> dict[str, int]:
    """The fold of each file of an annotated set, by its own table, else that of all sets beside it."""
    own = releases / "folds.csv"
    with (own if own.exists() else releases.parent / "folds.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row.get("set") in (None, releases.name)]
    return {row["file_name"]: int(row["fold"]) for row in rows}


def _releases(name: str, folder: Path) -> Iterator[Annotated]:
    fold = folds(folder)
    with (folder / "metadata.csv").open(encoding="utf-8") as table:
        published = {row["file_name"]: row["published"] for row in csv.DictReader(table)}
    for path in sorted(folder.glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        file = entry["file_name"]
        text = entry.get("text") or (folder / "texts" / file).read_text(encoding="utf-8")
        yield Annotated(
            f"{name}/{file}", fold[file], _spaced(text), published.get(file), entry["commitments"],
            actors=entry.get("actors", []), dialogues=entry.get("dialogues", []),
        )  # fmt: skip


def _paragraphs(path: Path) -> Iterator[Annotated]:
    for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        text, before = _spaced(entry["text"]), entry.get("before") or ""
        yield Annotated(entry["id"], entry["fold"], text, entry["published"], entry["commitments"], before)


def _spaced(text: str) -> str:
    """With plain spaces, as the annotations have them."""
    return text.replace("\u00a0", " ")


def half_of(fold: int) -> int:
    """The half, 0 or 1, of the texts of a fold; folds keep releases whole, and so do halves."""
    return int(fold > 1)


def places(text: str, commitments: list[dict[str, Any]]) -> Iterator[Place]:
    """Where the undertakings stand that are annotated as strings, in text order."""
    at = 0
    for commitment in commitments:
        trigger = _find(text, commitment["trigger"], at)
        what = _find(text, commitment["what"], max(trigger, 0))
        if what >= 0:
            at = min(max(trigger, 0), what)
            governed = (trigger, trigger + len(commitment["trigger"])) if trigger >= 0 else None
            yield Place((what, what + len(commitment["what"])), governed, commitment)


def _find(text: str, words: str, start: int) -> int:
    """Where words stand from `start` on, else anywhere; -1 where they do not."""
    found = text.find(words, start)
    return found if found >= 0 else text.find(words)
