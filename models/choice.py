"""A choice among options: a conditional logistic model over what each option and the occasion are like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def features(traits: Sequence[str], occasion: Sequence[str]) -> Iterator[str]:
    """Each trait of an option, alone and with each sign of the occasion."""
    yield from traits
    yield from (f"{trait} | {sign}" for trait in traits for sign in occasion)


def likeliest(
    options: Sequence[Sequence[str]], occasion: Sequence[str], weights: dict[str, float], margin: float
) -> int:
    """Which option, each given by its traits, is the likeliest; the first unless another is so by the margin.

    `margin` is in logits.
    """
    logits = [sum(weights.get(name, 0.0) for name in features(traits, occasion)) for traits in options]
    best = max(logits)
    return logits.index(best) if best - logits[0] > margin else 0
