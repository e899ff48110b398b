"""The best tree over scores, beside every tree there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from communique.models.training.trees import best_heads


def is_tree(heads: tuple[int, ...]) -> bool:
    """Every word reaches the root, and one hangs on it."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


@pytest.mark.parametrize("seed", range(40))
def test_no_tree_scores_higher(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 5))
    trees = [heads for heads in product(range(5), repeat=4) if is_tree(heads)]
    best = max(trees, key=lambda heads: sum(scores[n, head] for n, head in enumerate(heads, 1)))
    assert tuple(best_heads(scores)[1:]) == best


def test_the_best_heads_are_kept_where_they_are_a_tree() -> None:
    scores = np.array([[0, 0, 0], [9, 0, 1], [1, 9, 0]], dtype=float)
    assert best_heads(scores).tolist() == [-1, 0, 1]
    scores[1] = [1, 0, 9]  # now both words hang on each other
    assert sorted(best_heads(scores)[1:].tolist()) in ([0, 1], [0, 2])
