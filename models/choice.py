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
    """Which option, each given by its traits, is the likeliest, and its probability among them.

    The first is taken unless another is likelier by the margin, in logits.
    """
    logits = [sum(weights.get(name, 0.0) for name in features(traits, occasion)) for traits in options]
    best = max(logits)
    taken = logits.index(best) if best - logits[0] > margin else 0
    return taken, 1 / sum(math.exp(logit - logits[taken]) for logit in logits)


def circumstances(
    options: Sequence[Sequence[str]], occasion: Sequence[str], taken: int, chance: float
) -> Iterator[str]:
    """What tells how far a choice can be trusted, by names."""
    yield "chance=only" if len(options) == 1 else f"chance={int(chance * 10)}"
    yield f"first={taken == 0}"
    yield from chain(options[taken], occasion)
