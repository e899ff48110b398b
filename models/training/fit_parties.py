"""Fit the choice of parties: `python -m communique.models.training.fit_parties ROWS.jsonl ...`.

ROWS.jsonl come from `communique.extractors.commitments.labels_parties`. A conditional logistic regression
with an L2 penalty: the sets offered for one undertaking share a probability of one. Prints how many
undertakings of each file have the right parties by cross-fitting over `fold`, beside the rules (the first
set) and the best that can be chosen, and how often a choice of some probability is right, then writes
`models/data/parties/weights.json`. The margin by which another set must be likelier than the rules' is that
of MARGINS with the most right parties, in the cross-fitting that of the other folds.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.models.choice import circumstances, features, taken
from communique.models.training.fit_commitments import cross_validated, print_reliability
from communique.models.training.fit_commitments import fit as fit_logistic

OUT = Path(__file__).parents[1] / "data" / "parties" / "weights.json"
LEAST = 8  # undertakings that a feature must be seen in
PENALTY = 0.002  # on the mean log likelihood of an undertaking
STEPS, RATE = 100, 0.06  # of Adam
MOST = 1000  # features
LEAST_TOLD, PENALTY_TOLD = 20, 5.0  # of the model of how often the choice is right
MARGINS = (0.0, 0.5, 1.0, 1.5, 2.0)  # in logits
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = dict[str, Any]
Penalty = Callable[[str], float]


def even(name: str) -> float:
    """The penalty on the weight of a feature: the same on all."""
    return PENALTY


class Table:
    """The options of some undertakings, in order: the features of each and whether it is right."""

    def __init__(self, rows: list[Row], index: dict[str, int], penalty: Penalty = even) -> None:
        lines = [
            [index[name] for name in features(traits, row["occasion"]) if name in index]
            for row in rows
            for traits in row["options"]
        ]
        self.size, self.penalty = len(index), np.array([penalty(name) for name in index])
        self.features: Ints = np.array([i for line in lines for i in line], dtype=np.int64)
        self.line: Ints = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        self.right: Floats = np.array([right for row in rows for right in row["right"]], dtype=float)
        self.row: Ints = np.repeat(np.arange(len(rows)), [len(row["options"]) for row in rows])
        self.first: Ints = np.searchsorted(self.row, np.arange(len(rows)))

    def probabilities(self, weights: Floats) -> Floats:
        """Of each option within its undertaking."""
        logits = np.bincount(self.line, weights[self.features], len(self.right))
        odds = np.exp(logits - np.maximum.reduceat(logits, self.first)[self.row])
        shares: Floats = odds / np.add.reduceat(odds, self.first)[self.row]
        return shares

    def gradient(self, weights: Floats) -> Floats:
        """Of the mean negative log likelihood with its penalty."""
        wrong = self.probabilities(weights) - self.right
        slope: Floats = np.bincount(self.features, wrong[self.line], self.size) / len(self.first)
        return slope + self.penalty * weights


def fit(rows: list[Row], index: dict[str, int], penalty: Penalty = even) -> Floats:
    """The weights of the features in `index`, all but the MOST that weigh most in these undertakings 0."""
    known = [row for row in rows if any(row["right"])]
    table, names = Table(known, index, penalty), list(index)
    seen = np.bincount(table.features, minlength=table.size)
    kept = np.argsort(-np.abs(_descend(table)) * np.sqrt(seen), kind="stable")[:MOST]
    weights = np.zeros(table.size)
    weights[kept] = _descend(Table(known, {names[at]: i for i, at in enumerate(kept)}, penalty))
    return weights


def _descend(table: Table) -> Floats:
    """The weights that make what is right likeliest (Adam)."""
    weights, mean, square = (np.zeros(table.size) for _ in range(3))
    for step in range(1, STEPS + 1):
        gradient = table.gradient(weights)
        mean += 0.1 * (gradient - mean)
        square += 0.01 * (gradient**2 - square)
        size = np.sqrt(square / (1 - 0.99**step)) + 1e-6
        weights -= RATE * (1 - step / (STEPS + 1)) * mean / (1 - 0.9**step) / size
    return weights


@dataclass(frozen=True, slots=True)
class Reading:
    """What the weights make of one undertaking: of each set whether it is right, and its log probability."""

    sets: tuple[bool, ...]
    logits: tuple[float, ...]

    def right(self, margin: float) -> bool:
        """Whether the set that is chosen with this margin is right."""
        return self.sets[taken(self.logits, margin)]


def read(rows: list[Row], index: dict[str, int], weights: Floats) -> list[Reading]:
    """What the weights make of each undertaking."""
    table = Table(rows, index)
    logits = np.log(table.probabilities(weights)).tolist()
    ends = (*table.first[1:], len(logits))
    return [
        Reading(tuple(row["right"]), tuple(logits[start:end]))
        for row, start, end in zip(rows, table.first, ends, strict=True)
    ]


def best_margin(readings: list[Reading]) -> float:
    """The margin with which most undertakings get the right parties; the largest of several."""
    return max(reversed(MARGINS), key=lambda margin: sum(reading.right(margin) for reading in readings))


def indexed(rows: list[Row], least: int = LEAST) -> dict[str, int]:
    """The features seen often enough, numbered."""
    seen = ({name for traits in row["options"] for name in features(traits, row["occasion"])} for row in rows)
    counts = Counter(name for names in seen for name in names)
    return {name: i for i, name in enumerate(sorted(name for name in counts if counts[name] >= least))}


def cross_fitted(rows: list[Row], index: dict[str, int], penalty: Penalty = even) -> list[Reading]:
    """What weights fitted without its fold make of each undertaking."""
    found: dict[int, Reading] = {}
    for fold in {row["fold"] for row in rows}:
        weights = fit([row for row in rows if row["fold"] != fold], index, penalty)
        held = [at for at, row in enumerate(rows) if row["fold"] == fold]
        found |= zip(held, read([rows[at] for at in held], index, weights), strict=True)
    return [found[at] for at in range(len(rows))]


def judged(rows: list[Row], readings: list[Reading]) -> list[bool]:
    """Whether each undertaking gets the right parties, with the margin that is best on the other folds."""
    folds = {row["fold"] for row in rows}
    pairs = list(zip(rows, readings, strict=True))
    margins = {
        fold: best_margin([reading for row, reading in pairs if row["fold"] != fold]) for fold in folds
    }
    return [reading.right(margins[row["fold"]]) for row, reading in pairs]


def fit_right(rows: list[Row], readings: list[Reading], margin: float) -> dict[str, Any]:
    """The model of how often the choice is right; its reliability by cross-fitting is printed."""
    told = [list(_circumstances(*pair, margin)) for pair in zip(rows, readings, strict=True)]
    counts = Counter(name for names in told for name in names)
    index = {name: at for at, name in enumerate(sorted(n for n in counts if counts[n] >= LEAST_TOLD))}
    x = np.zeros((len(rows), len(index)))
    for at, names in enumerate(told):
        x[at, [index[name] for name in names if name in index]] = 1
    y = np.array([reading.right(margin) for reading in readings], dtype=float)
    folds = np.array([row["fold"] for row in rows])
    print_reliability(y, cross_validated(x, y, folds, partial(fit_logistic, penalty=PENALTY_TOLD)))
    *weights, bias = (round(float(weight), 3) for weight in fit_logistic(x, y, PENALTY_TOLD))
    return {"bias": bias, "weights": dict(zip(index, weights, strict=True))}


def _circumstances(row: Row, reading: Reading, margin: float) -> Iterator[str]:
    at = taken(reading.logits, margin)
    return circumstances(row["options"], row["occasion"], at, math.exp(reading.logits[at]))


def main() -> None:
    """Fit on the rows of the files named on the command line and write the weights."""
    rows: list[Row] = []
    for path in map(Path, sys.argv[1:]):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows += [{"drawn": None, **json.loads(line), "file": path.stem} for line in lines]
    index = indexed(rows)
    readings = cross_fitted(rows, index)
    _report(rows, judged(rows, readings))
    margin = best_margin(readings)
    weights = fit(rows, index)
    kept = {name: round(weights[i], 2) for name, i in index.items() if weights[i]}
    model = {"margin": margin, "right": fit_right(rows, readings, margin), "weights": kept}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(model, indent=0) + "\n", encoding="utf-8")


def _report(rows: list[Row], right: list[bool]) -> None:
    """The shares of undertakings with the right parties, by file and by how a paragraph was drawn."""
    for name in sorted({(row["file"], row["drawn"] or "") for row in rows}):
        own = [at for at, row in enumerate(rows) if (row["file"], row["drawn"] or "") == name]
        ruled, best = (sum(f(rows[at]["right"]) for at in own) / len(own) for f in (lambda r: r[0], any))
        mine = sum(right[at] for at in own) / len(own)
        print(*name, f"{len(own)} undertakings: rules {ruled:.3f} chosen {mine:.3f} possible {best:.3f}")


if __name__ == "__main__":
    main()
