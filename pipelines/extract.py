"""The main job as a plain function: releases in, tables out, no workflow engine needed."""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from communique.corpus import Source
from communique.extractors.fingerprint import fingerprint
from communique.models.lexicons import open_lexicons
from communique.outputs.asking import WrongUsageError
from communique.outputs.remote import is_address
from communique.outputs.state import Key, SourceState
from communique.outputs.store import open_store
from communique.pipelines.copies import local_copies
from communique.pipelines.engines import Engine, engine_for
from communique.pipelines.ledger import Ledger
from communique.pipelines.limits import RELEASE_SECONDS
from communique.pipelines.plan import Plan, make_plan
from communique.pipelines.summary import RunSummary
from communique.pipelines.worker import Job, Outcome

# Releases differ in length by a hundred times: with large jobs one worker is the last by long.
JOB_SIZE = 4
# A killed run loses at most what came after its last commit; a commit costs time that grows with the tables,
# so the most that it may leave uncommitted grows with them too, up to what memory bears.
COMMIT_SOURCES = (256, 2048, 8192)
COMMIT_GROWTH = 8
COMMIT_SHARE = 0.05

Progress = Callable[[int, int], None]
Step = Callable[[], bool]
RunBatch = Callable[[Step], bool]

log = logging.getLogger(__name__)


def _call(step: Step) -> bool:
    return step()


def silent(done: int, total: int) -> None:
    pass


def extract(
    sources: Iterable[str | Path],
    out: str | Path,
    metadata: str | Path | None = None,
    *,
    workers: int = 1,
    prune: bool = False,
    force: bool = False,
    model: str | None = None,
    lexicons: str | Path | None = None,
    engine: Engine | None = None,
    time_limit: float = RELEASE_SECONDS,
    progress: Progress = silent,
    run_batch: RunBatch = _call,
) -> RunSummary:
    """Extract releases into the tables of the folder `out`, skipping what has not changed since the last run.

    Args:
        sources: files and folders, folders read recursively; and addresses in object stores, as
            s3://bucket/prefix, of which a copy is kept in the account's cache.
        out: folder of the tables, made where there is none.
        metadata: a CSV that describes the files, over the `metadata.csv` beside them.
        workers: processes that extract; each loads the model once.
        prune: remove the releases of sources that are no longer in the folders given.
        force: prune even where a folder is empty, which may only not be mounted.
        model: another spaCy pipeline (package or folder) in place of the one that ships with the project.
        lexicons: a folder of lexicons of your own, laid over those that ship with the project.
        engine: where jobs run, in place of `workers` processes on this machine.
        time_limit: seconds that one release may take; one that takes more is a failure.
        progress: called with (sources done, sources to do) as the run goes on.
        run_batch: calls the step that it is given, which extracts and commits one batch; the flow makes
            each a Prefect task.

    Raises ValueError where `metadata` cannot be read, the lexicons do not fit or `out` is an address,
    RuntimeError where an empty folder would be pruned, StoreLockedError where another run writes to `out`,
    StoreError where `out` cannot be used, OSError where it cannot be written to. What was committed before is
    then intact.
    """
    if is_address(out):
        raise WrongUsageError(
            "tables are written to a folder of this machine; `communique publish` copies them"
        )
    words = open_lexicons(lexicons)
    version = fingerprint(model, words)
    now = dt.datetime.now(dt.UTC)
    summary = RunSummary(uuid.uuid4().hex, Path(out).absolute(), now, version)
    with open_store(Path(out), words) as store:
        plan = make_plan(local_copies(sources), metadata, store.sources, version, Path(out).resolve())
        if prune and not force:
            _refuse_empty(plan, store.sources)
        summary.unchanged = sum(len(store.sources[key].release_ids) for key in plan.unchanged)
        summary.unread = dict(plan.unread)
        summary.unmet = {str(table): sorted(names) for table, names in plan.unmet.items() if names}
        summary.unknown = {str(table): names for table, names in plan.unknown.items() if names}
        log.info("%d sources to extract, %d unchanged", len(plan.todo), len(plan.unchanged))
        ledger = Ledger(store, plan, summary, prune=prune)
        like = Job((), version, now, model, time_limit, words)
        batches = _Batches(engine or engine_for(workers), like, plan.todo.values(), ledger, progress)
        while run_batch(batches.next):
            pass
        run_batch(ledger.close)
    return summary


def _refuse_empty(plan: Plan, known: Mapping[Key, SourceState]) -> None:
    for root in plan.empty():
        count = sum(len(state.release_ids) for key, state in known.items() if key[0] == root)
        if count:
            raise RuntimeError(
                f"{root} is empty or not mounted, and --prune would remove {count} releases; "
                "add --force where they are to go"
            )


class _Batches:
    """The run's work, one commit at a time."""

    def __init__(
        self, engine: Engine, like: Job, todo: Iterable[Source], ledger: Ledger, progress: Progress
    ) -> None:
        self._engine, self._like, self._ledger, self._progress = engine, like, ledger, progress
        self._done, self._total, self._cost, self._last = 0, 0, 0.0, time.monotonic()
        self._outcomes = self._started(tuple(todo))

    def next(self) -> bool:
        """Take outcomes until a commit is due, and commit; False when there are no more.

        A failed commit may be tried again. Raises RuntimeError where outcomes end before all are in.
        """
        while not self._due():
            outcomes = next(self._outcomes, None)
            if outcomes is None:
                if self._done != self._total:
                    raise RuntimeError(f"only {self._done} of {self._total} sources were extracted")
                if not (again := self._ledger.parted()):
                    return False
                self._outcomes = self._started(again)
                continue
            for outcome in outcomes:
                self._ledger.take(outcome)
            self._done += len(outcomes)
            self._progress(self._done, self._total)
        began = time.monotonic()
        self._ledger.commit()
        self._last = time.monotonic()
        self._cost = self._last - began
        return True

    def _started(self, sources: Sequence[Source]) -> Iterator[list[Outcome]]:
        """The outcomes of sources, in jobs of a few."""
        self._total += len(sources)
        remaining = iter(sources)
        # itertools.batched comes with Python 3.12
        parts = iter(lambda: tuple(islice(remaining, JOB_SIZE)), ())
        return self._engine(replace(self._like, sources=part) for part in parts)

    def _due(self) -> bool:
        least, most, at_all = COMMIT_SOURCES
        rested = time.monotonic() - self._last > self._cost / COMMIT_SHARE
        most = min(at_all, max(most, len(self._ledger.store.sources) // COMMIT_GROWTH))
        return self._ledger.pending >= most or (self._ledger.pending >= least and rested)
