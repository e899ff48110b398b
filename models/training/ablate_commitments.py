"""What each sign of the decision is worth.

Run as `python -m communique.models.training.ablate_commitments ROWS.jsonl`, with the rows that
`fit_commitments` takes. Every row is decided by weights fitted without its fold. Prints how many decisions
change and how F1 changes where the features of one sign are taken away, then F1 by the share of the texts
that the weights are fitted on.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from communique.models.training.fit_commitments import (
    THRESHOLD,
    Floats,
    Rows,
    f1,
    fit_decision,
    predict,
    read_rows,
)

SHARES = (0.125, 0.25, 0.5, 1.0)


def group_of(name: str) -> str:
    """The sign that a feature belongs to: "against=ceremony", or what stands before "="."""
    base = name.partition("&")[0]
    return base if base.startswith("against=") else base.partition("=")[0]


def without(rows: Rows, weights: dict[int, Floats], columns: NDArray[np.bool_]) -> Floats:
    """The probability of each row by the weights of its fold with these columns taken away."""
    p = np.zeros(len(rows.y))
    for fold, w in weights.items():
        held = rows.folds == fold
        kept = w.copy()
        kept[:-1][columns] = 0
        p[held] = predict(rows.x[held], kept)
    return p


def ablated(rows: Rows, weights: dict[int, Floats]) -> Iterator[tuple[str, int, float]]:
    """Each sign with the decisions that change without it and what it adds to F1, the most first."""
    whole = without(rows, weights, np.zeros(len(rows.names), dtype=bool)) >= THRESHOLD
    found = []
    for sign in sorted({group_of(name) for name in rows.names}):
        columns = np.array([group_of(name) == sign for name in rows.names])
        kept = without(rows, weights, columns) >= THRESHOLD
        found.append((sign, int((kept != whole).sum()), f1(rows.y, whole) - f1(rows.y, kept)))
    yield from sorted(found, key=lambda line: -line[2])


def learned(rows: Rows) -> Iterator[tuple[float, float]]:
    """F1 by the share of the texts of the other folds that each fold's weights are fitted on."""
    texts = sorted(set(rows.files))
    random.Random(1).shuffle(texts)
    place = {text: i / len(texts) for i, text in enumerate(texts)}
    places = np.array([place[file] for file in rows.files])
    for share in SHARES:
        p = np.zeros(len(rows.y))
        for fold in np.unique(rows.folds):
            held = rows.folds == fold
            used = ~held & (places < share)
            p[held] = predict(rows.x[held], fit_decision(rows.x[used], rows.y[used], rows.names))
        yield share, f1(rows.y, p >= THRESHOLD)


def main() -> None:
    """Print both tables for the rows of the file named on the command line."""
    rows = read_rows(Path(sys.argv[1]))
    weights = {
        int(fold): fit_decision(rows.x[rows.folds != fold], rows.y[rows.folds != fold], rows.names)
        for fold in np.unique(rows.folds)
    }
    for sign, changed, gain in ablated(rows, weights):
        print(f"{sign}: {changed} decisions, F1 {gain:+.4f}")
    for share, value in learned(rows):
        print(f"{share:.1%} of the texts: F1 {value:.3f}")


if __name__ == "__main__":
    main()
