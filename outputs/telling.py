"""Which promise each commitment tells, read from the tables, and what a reviewer's verdict holds for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def promises_on(tables: Mapping[str, ds.Dataset], days: Iterable[str] | None = None) -> list[Row]:
    """The rows of `promises` for what was agreed on these days, by default all.

    Of rows as they were extracted: what a reviewer corrects in one telling makes it no other promise.
    """
    where = None if days is None else ds.field("agreed_on").isin(pa.array(sorted(days), pa.string()))
    commitments = tables["commitments"].to_table(COLUMNS["commitments"], filter=where)
    releases = tables["releases"].to_table(COLUMNS["releases"])
    return promises(commitments.to_pylist(), releases.to_pylist())


def verdicts(tables: Mapping[str, ds.Dataset], found: Mapping[str, Found]) -> dict[str, Review]:
    """The review that holds for each commitment: its own, or the rejection of the same promise elsewhere."""
    own = {id_: review for id_, (review, _) in found.items()}
    rejected = {id_: row for id_, (review, row) in found.items() if review.verdict == "rejected"}
    if not rejected:
        return own
    told = promises_on(tables, {row["agreed_on"] for row in rejected.values() if row["agreed_on"]})
    of_promise = {
        row["promise_id"]: own[row["commitment_id"]] for row in told if row["commitment_id"] in rejected
    }
    elsewhere = {
        row["commitment_id"]: of_promise[row["promise_id"]] for row in told if row["promise_id"] in of_promise
    }
    return elsewhere | own


def superseded(promise_of: Mapping[str, str], found: Mapping[str, Found]) -> set[str]:
    """The commitments for which another telling of the same promise stands: one that was corrected."""
    corrected = (id_ for id_, (review, _) in found.items() if review.verdict == "corrected")
    standing = {promise_of[id_] for id_ in corrected if id_ in promise_of}
    return {id_ for id_, promise in promise_of.items() if promise in standing} - found.keys()
