"""Fit the choice of whom persons serve: `python -m communique.models.training.fit_persons ROWS.jsonl ...`.

ROWS.jsonl come from `communique.extractors.actors.labels_persons`. The regression is that of `fit_parties`.
Prints for how many persons of each file the right state or body is chosen by cross-fitting over `fold`, and
is offered at all, then writes `models/data/persons/weights.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from communique.models.training.fit_parties import Row, cross_fitted, fit, indexed

OUT = Path(__file__).parents[1] / "data" / "persons" / "weights.json"
LEAST = 4  # persons that a feature must be seen with
PENALTY, PENALTY_PAIR = 0.003, 0.01  # on the mean log likelihood of a person
MARGIN = 0.0  # in logits; that nothing tells needs no head start


def penalty(name: str) -> float:
    """A trait alone is trusted more than a trait on one sort of occasion."""
    return PENALTY_PAIR if " | " in name else PENALTY


def main() -> None:
    """Fit on the rows of the files named on the command line and write the weights."""
    files = [Path(name) for name in sys.argv[1:]]
    lines = [(path.stem, line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    rows: list[Row] = [{"file": name, **json.loads(line)} for name, line in lines]
    index = indexed(rows, LEAST)
    right = [reading.right(MARGIN) for reading in cross_fitted(rows, index, penalty)]
    for name in sorted({row["file"] for row in rows}):
        own = [at for at, row in enumerate(rows) if row["file"] == name]
        chosen, best = sum(right[at] for at in own), sum(any(rows[at]["right"]) for at in own)
        print(f"{name} {len(own)} persons: chosen {chosen / len(own):.3f} possible {best / len(own):.3f}")
    weights = fit(rows, index, penalty)
    kept = {name: round(weights[at], 2) for name, at in index.items() if abs(weights[at]) >= 0.005}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"margin": MARGIN, "weights": kept}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
