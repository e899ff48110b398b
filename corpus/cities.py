"""Cities by name."""

from __future__ import annotations

from functools import cache

from communique.corpus.data import load


def is_city(name: str) -> bool:
    """Whether a name is that of a capital, a seat or a place of summits, without regard to case."""
    return name.casefold() in _cities()


@cache
def _cities() -> frozenset[str]:
    return frozenset(name.casefold() for name in load("cities"))
