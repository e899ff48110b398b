"""The best tree over scores of heads (Chu and Liu 1965, Edmonds 1967), with one word below the root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEVER = -1e9
ROOTS = 4  # words tried as the one below the root, the likeliest first


def best_heads(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The head of each word, -1 for the root, from scores[word, head] in which 0 is the root.

    The best tree among those below one of the ROOTS likeliest words.
    """
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = -1
    if (heads == 0).sum() == 1 and not _cycle(heads):
        return heads
    trees: list[tuple[float, NDArray[np.int64]]] = []
    for top in np.argsort(-scores[1:, 0])[:ROOTS] + 1:
        only = scores.copy()
        only[:, 0] = only[top] = NEVER
        only[top, 0] = scores[top, 0]
        found = _spanning(only)
        trees.append((float(only[np.arange(1, len(only)), found[1:]].sum()), found))
    return max(trees, key=lambda tree: tree[0])[1]


def _spanning(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    scores = scores.copy()
    np.fill_diagonal(scores, NEVER)
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = _cycle(heads)
    return _without_cycle(scores, heads, cycle) if cycle else heads


def _without_cycle(
    scores: NDArray[np.float64], heads: NDArray[np.int64], cycle: list[int]
) -> NDArray[np.int64]:
    """The cycle is one word, the last, of a smaller graph; its tree tells where the cycle is broken."""
    rest = [word for word in range(len(scores)) if word not in cycle]
    inside = scores[cycle, heads[cycle]]
    last = len(rest)
    smaller = np.full((last + 1, last + 1), NEVER)
    smaller[:last, :last] = scores[np.ix_(rest, rest)]
    smaller[:last, last] = scores[np.ix_(rest, cycle)].max(1)
    entering = scores[np.ix_(cycle, rest)] - inside[:, None]
    smaller[last, :last] = entering.max(0) + inside.sum()
    smaller[0] = NEVER
    found = _spanning(smaller)
    out = heads.copy()
    for number, word in enumerate(rest[1:], 1):
        head = found[number]
        out[word] = cycle[scores[word, cycle].argmax()] if head == last else rest[head]
    entered = int(found[last])
    out[cycle[entering[:, entered].argmax()]] = rest[entered]
    return out


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    """The words of one cycle, none where there is none."""
    done: set[int] = set()
    for start in range(1, len(heads)):
        path: list[int] = []
        word = start
        while word > 0 and word not in done and word not in path:
            path.append(word)
            word = int(heads[word])
        if word in path:
            return path[path.index(word) :]
        done.update(path)
    return []
