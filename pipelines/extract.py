"""The main job as a plain function: releases in, tables out, no workflow engine needed."""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from communique.corpus import Source
from communique.extractors.fingerprint import fingerprint
from communique.outputs.store import open_store
from communique.pipelines.engines import Engine, engine_for
from communique.pipelines.ledger import Ledger
from communique.pipelines.plan import make_plan
from communique.pipelines.summary import RunSummary
from communique.pipelines.worker import Job

JOB_SIZE = 16
# A killed run loses at most what came after its last commit; a commit costs time that grows with the tables.
COMMIT_SOURCES = (256, 2048)
COMMIT_SHARE = 0.05

Progress = Callable[[int, int], None]

log = logging.getLogger(__name__)


def extract(
    sources: Iterable[str | Path],
    out: str | Path,
    metadata: str | Path | None = None,
    *,
    workers: int = 1,
    prune: bool = False,
    model: str | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """Extract releases into the tables of the folder `out`, skipping what has not changed since the last run.

    Args:
        sources: files and folders, folders read recursively.
        out: folder of the tables, made where there is none.
        metadata: a CSV that describes the files, over the `metadata.csv` beside them.
        workers: processes that extract; each loads the model once.
        prune: remove the releases of sources that are no longer in the folders given.
        model: another spaCy pipeline (package or folder) in place of the one that ships with the project.
        engine: where jobs run, in place of `workers` processes on this machine.
        progress: called with (sources done, sources to do) as the run goes on.

    Raises ValueError where `metadata` cannot be read, StoreLockedError where another run writes to `out`,
    StoreError where `out` cannot be used, OSError where it cannot be written to. What was committed
    before is then intact.
    """
    version = fingerprint(model)
    now = dt.datetime.now(dt.UTC)
    summary = RunSummary(uuid.uuid4().hex, Path(out).absolute(), now, version)
    with open_store(Path(out)) as store:
        plan = make_plan(sources, metadata, store.sources, version)
        summary.unchanged = sum(len(store.sources[key].release_ids) for key in plan.unchanged)
        log.info("%d sources to extract, %d unchanged", len(plan.todo), len(plan.unchanged))
        ledger = Ledger(store, plan, summary, prune=prune)
        jobs = _jobs(plan.todo.values(), version, now, model)
        _run(engine or engine_for(workers), jobs, ledger, progress, len(plan.todo))
        ledger.close()
    return summary


def _jobs(sources: Iterable[Source], version: str, now: dt.datetime, model: str | None) -> Iterator[Job]:
    remaining = iter(sources)
    while some := tuple(islice(remaining, JOB_SIZE)):  # itertools.batched comes with Python 3.12
        yield Job(some, version, now, model)


def _run(engine: Engine, jobs: Iterable[Job], ledger: Ledger, progress: Progress | None, total: int) -> None:
    """Take the outcomes and commit now and then, never spending more than COMMIT_SHARE of the time on it."""
    done, cost, last = 0, 0.0, time.monotonic()
    least, most = COMMIT_SOURCES
    for outcomes in engine(jobs):
        for outcome in outcomes:
            ledger.take(outcome)
        done += len(outcomes)
        if progress:
            progress(done, total)
        due = time.monotonic() - last > cost / COMMIT_SHARE
        if ledger.pending >= most or (ledger.pending >= least and due):
            began = time.monotonic()
            ledger.commit()
            last = time.monotonic()
            cost = last - began
