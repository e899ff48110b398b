"""How sure it is that a candidate is an undertaking: a logistic model over the names of its features."""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.tokens import Doc

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.features import features
from communique.extractors.commitments.predicates import Reading
from communique.models.weights import load_weights, probability


def confidence(doc: Doc, found: Candidate, reading: Reading | None) -> float:
    """The probability that an annotator would mark the candidate; `reading` is None for lines of lists."""
    return probability(features(doc, found, reading), weights())


def threshold() -> float:
    """The least confidence with which a candidate becomes a row."""
    return float(weights()["threshold"])


@cache
def weights() -> dict[str, Any]:
    """The fitted model: `bias`, `threshold` and the weight of each feature by name."""
    return load_weights("commitments")
