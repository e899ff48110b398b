"""Labelled candidates for fitting the decision.

Run as `python -m communique.extractors.commitments.labels GOLD > rows.jsonl`.
GOLD is a folder of annotated releases with `texts/` and `metadata.csv`. Each row holds the features of one
candidate and whether its span overlaps that of an annotated undertaking.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.component import proposals
from communique.extractors.commitments.features import features

OVERLAP = 0.7  # share of characters, as F1, from which a candidate counts as the annotated undertaking
Interval = tuple[int, int]


def rows(nlp: Language, gold: Path) -> Iterator[dict[str, object]]:
    """One row per candidate: `file`, `features`, `label` (0 or 1)."""
    with (gold / "metadata.csv").open(encoding="utf-8") as table:
        published = {row["file_name"]: row["published"] for row in csv.DictReader(table)}
    for path in sorted(gold.glob("*.json")):
        annotated = json.loads(path.read_text(encoding="utf-8"))
        name = annotated["file_name"]
        doc = nlp.make_doc((gold / "texts" / name).read_text(encoding="utf-8").replace("\u00a0", " "))
        doc._.published = dt.date.fromisoformat(published[name]) if published.get(name) else None
        doc = nlp(doc)
        wanted = list(_intervals(doc.text, annotated["commitments"]))
        for found, reading in proposals(doc):
            if found.status == "background":  # not annotated
                continue
            label = int(any(_overlap(_interval(found), other) >= OVERLAP for other in wanted))
            yield {"file": name, "features": features(doc, found, reading), "label": label}


def _intervals(text: str, commitments: list[dict[str, str]]) -> Iterator[Interval]:
    """Where the annotated spans stand, in text order."""
    at = 0
    for commitment in commitments:
        trigger = max(text.find(commitment["trigger"], at), 0)
        start = text.find(commitment["what"], trigger)
        start = start if start >= 0 else text.find(commitment["what"])
        if start >= 0:
            at = min(trigger, start)
            yield start, start + len(commitment["what"])


def _interval(found: Candidate) -> Interval:
    return found.what.start_char, found.what.end_char


def _overlap(one: Interval, other: Interval) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared / (one[1] - one[0] + other[1] - other[0]) if shared > 0 else 0.0


def main() -> None:
    """Write the rows of the folder named on the command line."""
    from communique.extractors.pipeline import build_pipeline

    for row in rows(build_pipeline(), Path(sys.argv[1])):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
