"""Outcomes on their way from a worker: the tables of a job in one piece, since each one costs to send.

And the hash by which two machines tell that they mean the same by an outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import pyarrow as pa

from communique.extractors.fingerprint import ROOMS, digest
from communique.outputs.store import ArrowTables
from communique.pipelines.worker import Job, Outcome, split

RunJob = Callable[[Job], list[Outcome]]

AROUND = ("pipelines/*.py", "outputs/*.py")


@dataclass(frozen=True, slots=True)
class Packed:
    """Outcomes without their tables, how many rows of each table are theirs, and the tables joined."""

    outcomes: list[Outcome]
    counts: list[dict[str, int]]
    tables: ArrowTables


def run_packed(run: RunJob, job: Job) -> Packed:
    """What a worker does: the job, and packing what it gave."""
    outcomes = run(job)
    names = outcomes[0].tables
    tables = {
        name: pa.concat_tables([outcome.tables[name] for outcome in outcomes]).combine_chunks()
        for name in names
    }
    counts = [{name: outcome.tables[name].num_rows for name in names} for outcome in outcomes]
    return Packed([replace(outcome, tables={}) for outcome in outcomes], counts, tables)


def unpack(packed: Packed) -> list[Outcome]:
    """The outcomes with their tables."""
    parts = split(packed.tables, packed.counts)
    return [replace(outcome, tables=part) for outcome, part in zip(packed.outcomes, parts, strict=True)]


@cache
def code_around() -> str:
    """Sixteen hex digits that change with the code that runs jobs and makes tables.

    The `pipeline_version` leaves it out, since it changes no row; but what a job gives, it may.
    """
    return digest((ROOMS, pattern) for pattern in AROUND)
