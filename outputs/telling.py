"""Which promise each commitment tells, read from the tables, and what a reviewer's verdict holds for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import pyarrow as pa
import pyarrow.dataset as ds

from communique.outputs.promises import Row, promises
from communique.outputs.reviews import Found, Review

#: The columns that `promises` are made of, by table.
COLUMNS = {
    "commitments": [
        *("commitment_id", "release_id", "parties", "agreed_on", "what", "what_start_char", "negated")
    ],
    "releases": ["release_id", "published", "source"],
}


class Promises:
    """Which promise each commitment of some tables tells: found for a day when it is asked for, and kept.

    Of rows as they were extracted: what a reviewer corrects in one telling makes it no other promise.
    """

    def __init__(self, tables: Mapping[str, ds.Dataset]) -> None:
        self._tables = tables
        self._told: dict[str, Row] = {}
        self._days: set[str] = set()
        self._all = False

    def on(self, days: Iterable[str]) -> Mapping[str, Row]:
        """The rows of `promises` by commitment_id: of these days, and of those asked for before."""
        if not self._all and (new := set(days) - self._days):
            self._told |= self._of(ds.field("agreed_on").isin(pa.array(sorted(new), pa.string())))
            self._days |= new  # only now: what fails is asked for again
        return self._told

    def all(self) -> Mapping[str, Row]:
        """The rows of `promises` by commitment_id, in the order of their key."""
        if not self._all:
            self._told = self._of(None)
            self._all = True
        return self._told

    @cached_property
    def releases(self) -> list[Row]:
        """The releases, as far as they say which telling is the first."""
        rows: list[Row] = self._tables["releases"].to_table(COLUMNS["releases"]).to_pylist()
        return rows

    def _of(self, where: ds.Expression | None) -> dict[str, Row]:
        commitments = self._tables["commitments"].to_table(COLUMNS["commitments"], filter=where)
        return {row["commitment_id"]: row for row in promises(commitments.to_pylist(), self.releases)}


def verdicts(told: Promises, found: Mapping[str, Found]) -> dict[str, Review]:
    """The review that holds for each commitment: its own, or the rejection of the same promise elsewhere."""
    own = {id_: review for id_, (review, _) in found.items()}
    rejected = {id_: row for id_, (review, row) in found.items() if review.verdict == "rejected"}
    if not rejected:
        return own
    rows = told.on({row["agreed_on"] for row in rejected.values() if row["agreed_on"]})
    of_promise = {rows[id_]["promise_id"]: own[id_] for id_ in rejected if id_ in rows}
    elsewhere = {
        id_: of_promise[row["promise_id"]] for id_, row in rows.items() if row["promise_id"] in of_promise
    }
    return elsewhere | own


def superseded(promise_of: Mapping[str, str], found: Mapping[str, Found]) -> set[str]:
    """The commitments for which another telling of the same promise stands: one that was corrected."""
    corrected = (id_ for id_, (review, _) in found.items() if review.verdict == "corrected")
    standing = {promise_of[id_] for id_ in corrected if id_ in promise_of}
    return {id_ for id_, promise in promise_of.items() if promise in standing} - found.keys()
