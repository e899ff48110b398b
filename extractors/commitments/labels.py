"""Labelled candidates for fitting the decision.

Run as `python -m communique.extractors.commitments.labels GOLD OWN READERS > rows.jsonl`.
GOLD holds the annotated sets: folders `train`, `ministries`, `dev` and `dues` of releases (with
`metadata.csv` and either `texts/` or the text in the file), `paragraphs/paragraphs.jsonl`, and `folds.csv`.
OWN is the file of paragraphs that `communique.corpus.paragraphs` prints. READERS holds two readers in
folders named for the half of the texts that they were not trained on ("without-0"): each text is read by
the one that has not seen it, as new releases are. Each row holds the features of one candidate, its fold,
and whether its span overlaps that of an annotated undertaking.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.component import proposals
from communique.extractors.commitments.features import features
from communique.models.reader import Reader
from communique.models.training.reader_examples import half_of

SETS = ("train", "ministries", "dev", "dues")
OVERLAP = 0.7  # share of characters, as F1, from which a candidate counts as the annotated undertaking
Interval = tuple[int, int]


@dataclass(frozen=True)
class Annotated:
    """One annotated text; `fold` keeps texts of one origin together."""

    name: str
    fold: int
    text: str
    published: str | None
    commitments: list[dict[str, Any]]


def read_annotated(gold: Path, own: Path) -> Iterator[Annotated]:
    """Every annotated release and paragraph below the folder, and those annotated for this project."""
    with (gold / "folds.csv").open(encoding="utf-8") as table:
        folds = {(row["set"], row["file_name"]): int(row["fold"]) for row in csv.DictReader(table)}
    for name in SETS:
        with (gold / name / "metadata.csv").open(encoding="utf-8") as table:
            published = {row["file_name"]: row["published"] for row in csv.DictReader(table)}
        for path in sorted((gold / name).glob("*.json")):
            entry = json.loads(path.read_text(encoding="utf-8"))
            file = entry["file_name"]
            text = entry.get("text") or (gold / name / "texts" / file).read_text(encoding="utf-8")
            yield Annotated(
                f"{name}/{file}", folds[name, file], text, published.get(file), entry["commitments"]
            )
    for path in (gold / "paragraphs" / "paragraphs.jsonl", own):
        for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            yield Annotated(
                entry["id"], entry["fold"], entry["text"], entry["published"], entry["commitments"]
            )


def rows(nlp: Language, annotated: Annotated, reader: Reader) -> Iterator[dict[str, object]]:
    """One row per candidate: `file`, `fold`, `features`, `label` (0 or 1)."""
    doc = nlp.make_doc(annotated.text.replace("\u00a0", " "))
    doc._.published = dt.date.fromisoformat(annotated.published) if annotated.published else None
    doc = nlp(doc)
    wanted = [span for span, _ in intervals(doc.text, annotated.commitments)]
    for found, reading in proposals(doc, reader):
        if found.status == "background":  # not annotated
            continue
        label = int(any(overlap(interval(found), other) >= OVERLAP for other in wanted))
        names = features(doc, found, reading)
        yield {"file": annotated.name, "fold": annotated.fold, "features": names, "label": label}


def intervals(text: str, commitments: list[dict[str, Any]]) -> Iterator[tuple[Interval, dict[str, Any]]]:
    """Where the annotated spans stand, in text order, each with its annotation."""
    at = 0
    for commitment in commitments:
        trigger = max(text.find(commitment["trigger"], at), 0)
        start = text.find(commitment["what"], trigger)
        start = start if start >= 0 else text.find(commitment["what"])
        if start >= 0:
            at = min(trigger, start)
            yield (start, start + len(commitment["what"])), commitment


def interval(found: Candidate) -> Interval:
    """Where the span of a candidate stands."""
    return found.what.start_char, found.what.end_char


def overlap(one: Interval, other: Interval) -> float:
    """What two spans share, as F1 of their characters."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared / (one[1] - one[0] + other[1] - other[0]) if shared > 0 else 0.0


def main() -> None:
    """Write the rows of the sets named on the command line."""
    from communique.extractors.pipeline import build_pipeline

    nlp = build_pipeline()
    nlp.remove_pipe("communique_commitments")
    gold, own, folder = map(Path, sys.argv[1:])
    readers = [Reader(folder / f"without-{half}") for half in (0, 1)]
    for annotated in read_annotated(gold, own):
        for row in rows(nlp, annotated, readers[half_of(annotated.fold)]):
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
