"""Which commitments of several releases tell one promise: both sides issue the joint statement.

One promise are rows of several releases with the same parties, the same day and nearly the same words, of
which no name, no number and no "not" differs. A function of the rows of the other tables alone, so the same
whatever the order and number of runs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from math import ceil
from typing import Any

ALIKE = 0.6  # share of pairs of words that two undertakings have in common, of those that either has

Row = dict[str, Any]
Pairs = frozenset[tuple[str, str]]  # of words that follow one another

_WORD = re.compile(r"[^\W_]+(?:[.,][^\W_]+)*")
_UNJOINED = str.maketrans("", "", "-‐‑–'’")  # "co-operation" is "cooperation"


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment as far as it tells which promise it is; `order` is that in which promises are told."""

    order: tuple[dt.date, str, int, str]
    words: tuple[str, ...]
    fixed: frozenset[str]  # names and numbers, which are the same in the same promise
    negated: bool

    @property
    def release_id(self) -> str:
        return self.order[1]

    @property
    def commitment_id(self) -> str:
        return self.order[-1]


def promises(commitments: Iterable[Row], releases: Iterable[Row]) -> list[Row]:
    """The rows of `promises` in the order of their key."""
    published, sources = {}, {}
    for row in releases:
        published[row["release_id"]] = row["published"] or dt.date.max
        sources[row["release_id"]] = row["source"]
    rows = list(commitments)
    joined = [group for block in _blocks(rows, published) for group in _joined(block)]
    told = {
        one.commitment_id: (group[0].commitment_id, [sources[each.release_id] for each in group])
        for group in joined
        for one in group
    }
    found = []
    for row in sorted(rows, key=lambda row: str(row["commitment_id"])):
        id_ = row["commitment_id"]
        promise, told_in = told.get(id_) or (id_, [sources[row["release_id"]]])
        found.append({"commitment_id": id_, "promise_id": promise, "told_in": told_in})
    return found


def _blocks(rows: list[Row], published: Mapping[str, dt.date]) -> Iterator[list[Told]]:
    """Commitments of the same parties and day, where several releases have some."""
    blocks = defaultdict(list)
    for row in rows:
        if row["agreed_on"] and row["parties"]:
            blocks[row["agreed_on"], frozenset(row["parties"])].append(row)
    for some in blocks.values():
        if len({row["release_id"] for row in some}) > 1:
            yield sorted((_told(row, published) for row in some), key=lambda one: one.order)


def _told(row: Row, published: Mapping[str, dt.date]) -> Told:
    release_id = row["release_id"]
    order = (published[release_id], release_id, row["what_start_char"], row["commitment_id"])
    written = _WORD.findall(row["what"].translate(_UNJOINED))
    words = tuple(map(str.casefold, written))
    fixed = {word.casefold() for word in written[1:] if word[:1].isupper()} | set(filter(_number, words))
    return Told(order, words, frozenset(fixed), bool(row["negated"]))


def _joined(block: list[Told]) -> Iterator[list[Told]]:
    """The groups that tell one promise, of each release one at most: the most alike are joined first."""
    groups = [[at] for at in range(len(block))]
    for _, one, other in sorted((-alike, one, other) for alike, one, other in _alike(block)):
        both = [*groups[one], *groups[other]]
        if len({block[at].release_id for at in both}) == len(both):
            for at in both:
                groups[at] = both
    for first, group in enumerate(groups):
        if len(group) > 1 and first == min(group):
            yield [block[at] for at in sorted(group)]


def _alike(block: list[Told]) -> Iterator[tuple[float, int, int]]:
    """The pairs of different releases that are alike, and how much."""
    pairs = [_pairs(one.words) for one in block]
    for one, other in _candidates(pairs):
        alike = len(pairs[one] & pairs[other]) / len(pairs[one] | pairs[other])
        if alike >= ALIKE and _agree(block[one], block[other]):
            yield alike, one, other


def _agree(one: Told, other: Told) -> bool:
    return (
        one.release_id != other.release_id
        and one.negated == other.negated
        and one.fixed <= set(other.words)
        and other.fixed <= set(one.words)
    )


def _candidates(sets: list[Pairs]) -> Iterator[tuple[int, int]]:
    """The pairs of sets that may be alike.

    Such a set shares most members with others, which few do; and one of its rarest, for those that are left
    would be too few to be alike.
    """
    counts = Counter(chain.from_iterable(sets))
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for other, members in enumerate(sets):
        shared = [member for member in members if counts[member] > 1]
        spare = len(shared) - ceil(ALIKE * len(members))
        if spare < 0:
            continue
        near = set()
        for member in sorted(shared, key=lambda member: (counts[member], member))[: spare + 1]:
            near.update(having[member])
            having[member].append(other)
        for one in sorted(near):
            yield one, other


def _pairs(words: tuple[str, ...]) -> Pairs:
    return frozenset(pairwise(("", *words, "")))


def _number(word: str) -> bool:
    return any(map(str.isdigit, word))
