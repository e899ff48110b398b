"""A choice among options: a conditional logistic model over what each option and the occasion are like.

A second model tells from the choice and the occasion how often such a choice is right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain


def features(traits: Sequence[str], occasion: Sequence[str]) -> Iterator[str]:
    """Each trait of an option, alone and with each sign of the occasion."""
    yield from traits
    yield from (f"{trait} | {sign}" for trait in traits for sign in occasion)


def likeliest(
    options: Sequence[Sequence[str]], occasion: Sequence[str], weights: dict[str, float], margin: float
) -> tuple[int, float]:
    """Which option, each given by its traits, is taken, and its probability among them."""
    found = logits(options, occasion, weights)
    at = taken(found, margin)
    return at, shares(found)[at]


def logits(
    options: Sequence[Sequence[str]], occasion: Sequence[str], weights: dict[str, float]
) -> list[float]:
    """What weighs for each option."""
    return [sum(weights.get(name, 0.0) for name in features(traits, occasion)) for traits in options]


def shares(logits: Sequence[float]) -> list[float]:
    """The probability of each option among them."""
    best = max(logits)
    odds = [math.exp(logit - best) for logit in logits]
    total = sum(odds)
    return [one / total for one in odds]


def taken(logits: Sequence[float], margin: float) -> int:
    """The likeliest option; the first unless another is likelier by the margin, in logits."""
    best = max(logits)
    return logits.index(best) if best - logits[0] > margin else 0


def several(shares: Sequence[float], again: Sequence[bool], threshold: float) -> list[int]:
    """Which options behind the first ("none") are taken: the likeliest, and those that may be `again`.

    Of these all may be right, so that they do not vie with each other.
    """
    best = max(range(1, len(shares)), key=shares.__getitem__)
    others = {at: shares[at] for at in range(1, len(shares)) if again[at] and at != best}
    apart = 1 - sum(others.values())
    found = sorted({best, *others})
    return [at for at in found if shares[at] >= threshold * (apart + others.get(at, 0.0))]


def circumstances(
    options: Sequence[Sequence[str]], occasion: Sequence[str], at: int, chance: float
) -> Iterator[str]:
    """What tells how far the choice of the option `at` can be trusted, by names."""
    yield "chance=only" if len(options) == 1 else f"chance={int(chance * 10)}"
    yield f"first={at == 0}"
    yield from chain(options[at], occasion)
