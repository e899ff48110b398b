"""Fit the choice of events: `python -m communique.models.training.fit_events ROWS.jsonl ...`.

ROWS.jsonl come from `communique.extractors.events.labels`. The regression is that of `fit_parties`. Prints
for each file the F1 of the rules and of the choice by cross-fitting over `fold`, among the events whose
dialogue is found, then writes `models/data/events/weights.json`.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from communique.models.choice import several
from communique.models.training.fit_parties import Reading, Row, cross_fitted, fit, indexed

OUT = Path(__file__).parents[1] / "data" / "events" / "weights.json"
THRESHOLD = 0.25  # least probability of a row, below half the F1 that is reached, where F1 is highest


def taken(row: Row, reading: Reading) -> list[int]:
    """The numbers of the offers that the extraction would take."""
    again = ["rules" in traits for traits in row["options"]]
    return several([math.exp(logit) for logit in reading.logits], again, THRESHOLD)


def ruled(row: Row) -> list[int]:
    """The numbers of the offers that the rules make."""
    return [at for at, traits in enumerate(row["options"]) if "rules" in traits]


def f1(rows: list[Row], found: list[list[int]]) -> float:
    """F1 of the offers found in each claim."""
    right = sum(row["right"][at] > 0 for row, offers in zip(rows, found, strict=True) for at in offers)
    wanted = sum(row["events"] for row in rows)
    return float(2 * right / max(sum(map(len, found)) + wanted, 1))


def main() -> None:
    """Fit on the rows of the files named on the command line and write the weights."""
    files = [Path(name) for name in sys.argv[1:]]
    lines = [(path.stem, line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    rows: list[Row] = [{"file": name, **json.loads(line)} for name, line in lines]
    index = indexed(rows)
    readings = cross_fitted(rows, index)
    for name in sorted({row["file"] for row in rows}):
        own = [(row, reading) for row, reading in zip(rows, readings, strict=True) if row["file"] == name]
        mine = [row for row, _ in own]
        by_rules, by_choice = (f1(mine, [ruled(r) for r in mine]), f1(mine, [taken(*pair) for pair in own]))
        print(f"{name} {len(mine)} claims: F1 of the rules {by_rules:.3f}, chosen {by_choice:.3f}")
    weights = fit(rows, index)
    kept = {name: round(weights[at], 2) for name, at in index.items() if abs(weights[at]) >= 0.005}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"threshold": THRESHOLD, "weights": kept}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
