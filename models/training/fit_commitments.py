"""Fit the decision on undertakings: `python -m communique.models.training.fit_commitments ROWS.jsonl`.

ROWS.jsonl comes from `communique.extractors.commitments.labels`. A logistic regression with an L2 penalty
(Newton's method) over the features seen often enough, mixed with one that does without the reader's marks,
and its figures by cross-validation over the folds of the rows, which keep releases whole.
Writes `models/data/commitments/weights.json`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

OUT = Path(__file__).parents[1] / "data" / "commitments" / "weights.json"
LEAST = 8  # candidates that a feature must be seen in
PENALTY = 5.0
THRESHOLD = 0.35  # least confidence of a row: half the F1 that is reached, where F1 is highest
MARKS = "reader"  # so begin the names of features that tell what the reader marks
ONLY_MARKED = "reader=alone"
WITHOUT = 0.3  # share of the model that does without them
STEPS = 8
TOLERANCE = 1e-8  # of the squared gradient, at which a step is good enough
BINS = (0.0, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)  # of the reliability table
Floats = NDArray[np.float64]


def fit(x: Floats, y: Floats, penalty: float) -> Floats:
    """Weights (bias last) that maximise the penalised likelihood; `x` is rows by features, `y` 0 or 1."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    ridge = np.full(len(w), penalty)
    ridge[-1] = 1e-6
    for _ in range(STEPS):
        p = _sigmoid(x @ w)
        w += _newton_step(x, p * (1 - p), ridge, x.T @ (y - p) - ridge * w)
    return w


def _newton_step(x: Floats, spread: Floats, ridge: Floats, gradient: Floats) -> Floats:
    """Hessian times step = gradient, by conjugate gradients: there are too many features to write it out."""
    step, rest = np.zeros_like(gradient), gradient.copy()
    way, size = rest.copy(), float(rest @ rest)
    least = TOLERANCE * size
    while size > least:
        bent = x.T @ (spread * (x @ way)) + ridge * way
        length = size / float(way @ bent)
        step += length * way
        rest -= length * bent
        before, size = size, float(rest @ rest)
        way = rest + size / before * way
    return step


def predict(x: Floats, w: Floats) -> Floats:
    """Probabilities of rows `x` under weights `w`."""
    return _sigmoid(x @ w[:-1] + w[-1])


def _sigmoid(z: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def fit_decision(x: Floats, y: Floats, names: list[str]) -> Floats:
    """Weights between those with and those without the reader's marks.

    The reader is surer of releases than of what it never saw the like of, and then the rest must count.
    """
    marks = np.array([name.startswith(MARKS) for name in names])
    read = x[:, [i for i, name in enumerate(names) if name == ONLY_MARKED]].any(axis=1)
    alone = np.zeros(len(names) + 1)
    alone[np.append(~marks, True)] = fit(x[~read][:, ~marks], y[~read], PENALTY)
    return (1 - WITHOUT) * fit(x, y, PENALTY) + WITHOUT * alone


def cross_validated(
    x: Floats, y: Floats, folds: NDArray[np.int64], fitting: Callable[[Floats, Floats], Floats]
) -> Floats:
    """The probability of each row by the weights fitted without its fold."""
    p = np.zeros(len(y))
    for fold in np.unique(folds):
        held = folds == fold
        p[held] = predict(x[held], fitting(x[~held], y[~held]))
    return p


def log_loss(y: Floats, p: Floats) -> float:
    """Mean negative log likelihood."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def f1(y: Floats, kept: NDArray[np.bool_]) -> float:
    """F1 of the rows kept, over the labelled ones."""
    return float(2 * np.sum(y * kept) / max(np.sum(y) + np.sum(kept), 1))


@dataclass(frozen=True)
class Rows:
    """Candidates by features (0 or 1), with label, fold and text of each."""

    x: Floats
    y: Floats
    folds: NDArray[np.int64]
    files: list[str]
    names: list[str]


def read_rows(path: Path) -> Rows:
    """The rows of a file, over the features seen often enough."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    counts = Counter(name for row in rows for name in set(row["features"]))
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    index = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        x[i, [index[name] for name in row["features"] if name in index]] = 1
    y = np.array([row["label"] for row in rows], dtype=float)
    folds = np.array([row["fold"] for row in rows])
    return Rows(x, y, folds, [row["file"] for row in rows], names)


def print_reliability(y: Floats, p: Floats) -> None:
    """Beside each range of probabilities what came out."""
    for low, high in pairwise(BINS):
        held = (p >= low) & (p < high)
        if held.any():
            mean, right = p[held].mean(), y[held].mean()
            print(f"{low:.2f} to {high:.2f}: {held.sum()} rows, mean {mean:.2f}, right {right:.2f}")


def main() -> None:
    """Fit on the rows of the file named on the command line and write the weights."""
    rows = read_rows(Path(sys.argv[1]))
    x, y = rows.x, rows.y
    fitting = partial(fit_decision, names=rows.names)
    p = cross_validated(x, y, rows.folds, fitting)
    w = fitting(x, y)
    print(
        f"{len(y)} rows, {int(y.sum())} positive, {len(rows.names)} features; log loss {log_loss(y, p):.3f}"
    )
    print(f"F1 {f1(y, p >= THRESHOLD):.3f} by cross-validation")
    print_reliability(y, p)
    weights = {name: round(float(value), 3) for name, value in zip(rows.names, w[:-1], strict=True)}
    model = {"bias": round(float(w[-1]), 3), "threshold": THRESHOLD, "weights": weights}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
