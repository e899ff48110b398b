"""Labelled candidates for fitting the decision.

Run as `python -m communique.extractors.commitments.labels GOLD OWN ... READERS > rows.jsonl`.
GOLD holds the annotated sets: folders `train`, `ministries`, `dev` and `dues` of releases (with
`metadata.csv` and either `texts/` or the text in the file), `paragraphs/paragraphs.jsonl`, and `folds.csv`.
OWN are the file of paragraphs that `communique.corpus.paragraphs` prints and the folder of releases that
`communique.corpus.annotated_releases` writes. READERS holds two readers in folders named for the half of the
texts that they were not trained on ("without-0"): each text is read by the one that has not seen it, as new
releases are. Each row holds the features of one candidate, its fold,
and whether its span overlaps that of an annotated undertaking.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.decision import features
from communique.extractors.commitments.marks import bounded
from communique.extractors.commitments.proposals import proposals
from communique.models.reader import Reader
from communique.models.training.annotated import Annotated, half_of, places, read_annotated

OVERLAP = 0.7  # share of characters, as F1, from which a candidate counts as the annotated undertaking
Interval = tuple[int, int]


def rows(nlp: Language, annotated: Annotated, reader: Reader) -> Iterator[dict[str, object]]:
    """One row per candidate: `file`, `fold`, `features`, `label` (0 or 1)."""
    doc = nlp.make_doc(annotated.text)
    doc._.published = dt.date.fromisoformat(annotated.published) if annotated.published else None
    doc = nlp(doc)
    wanted = [span for span, _ in intervals(doc.text, annotated.commitments)]
    for found, reading in proposals(doc, reader):
        if found.status == "background":  # not annotated
            continue
        label = int(any(overlap(interval(bounded(found)), other) >= OVERLAP for other in wanted))
        names = features(doc, found, reading)
        yield {"file": annotated.name, "fold": annotated.fold, "features": names, "label": label}


def intervals(text: str, commitments: list[dict[str, Any]]) -> Iterator[tuple[Interval, dict[str, Any]]]:
    """Where the annotated spans stand, in text order, each with its annotation."""
    yield from ((place.what, place.commitment) for place in places(text, commitments))


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
    gold, *own, folder = map(Path, sys.argv[1:])
    readers = [Reader(folder / f"without-{half}") for half in (0, 1)]
    for annotated in read_annotated(gold, *own):
        for row in rows(nlp, annotated, readers[half_of(annotated.fold)]):
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
