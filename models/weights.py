"""Weights of small models that ship with the project, as JSON beside the lexicons."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def load_weights(name: str) -> dict[str, Any]:
    """The content of `data/<name>/weights.json`.

    Raises FileNotFoundError where no such model ships with the project.
    """
    loaded: dict[str, Any] = json.loads((DATA / name / "weights.json").read_text(encoding="utf-8"))
    return loaded


def probability(names: Iterable[str], model: Mapping[str, Any]) -> float:
    """By a logistic model: its `bias`, and its `weights` of those features that are present."""
    return 1 / (1 + math.exp(-(model["bias"] + sum(model["weights"].get(name, 0.0) for name in names))))


def weighed(names: Iterable[str], model: Mapping[str, Any]) -> list[tuple[str, float]]:
    """What `probability` sums: the features present that weigh something, in logits, the heaviest first."""
    found = [(name, float(model["weights"][name])) for name in names if model["weights"].get(name)]
    return sorted(found, key=lambda pair: -abs(pair[1]))
