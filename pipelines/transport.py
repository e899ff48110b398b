"""Outcomes on their way from a worker: the tables of a job in one piece, since each one costs to send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pyarrow as pa

from communique.outputs.store import ArrowTables
from communique.pipelines.worker import Job, Outcome, split

RunJob = Callable[[Job], list[Outcome]]


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
