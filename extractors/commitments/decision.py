"""How sure it is that a candidate is an undertaking: a logistic model over the names of its features."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from spacy.tokens import Doc

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.features import features
from communique.extractors.commitments.predicates import Reading


def confidence(doc: Doc, found: Candidate, reading: Reading | None) -> float:
    """The probability that an annotator would mark the candidate; `reading` is None for lines of lists."""
    return probability(features(doc, found, reading))


def probability(names: Iterable[str]) -> float:
    """The model's probability for a set of features."""
    return logistic(names, weights())


def logistic(names: Iterable[str], model: Mapping[str, Any]) -> float:
    """The probability by a model's `bias` and the `weights` of those features that are present."""
    return 1 / (1 + math.exp(-(model["bias"] + sum(model["weights"].get(name, 0.0) for name in names))))


def threshold() -> float:
    """The least confidence with which a candidate becomes a row."""
    return float(weights()["threshold"])


@cache
def weights() -> dict[str, Any]:
    """The fitted model: `bias`, `threshold` and the weight of each feature by name."""
    from communique.models.weights import load_weights

    return load_weights("commitments")
