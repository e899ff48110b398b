"""Where jobs run: in this process, or in worker processes that each load the model once.

An engine maps jobs to their outcomes, lazily, in any order, with few jobs under way at a time.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Literal

from communique.outputs.asking import WrongUsageError
from communique.outputs.extras import extra
from communique.pipelines.cores import ONE_CORE
from communique.pipelines.transport import Packed, RunJob, run_packed, unpack
from communique.pipelines.worker import Job, Outcome, lost, run_job

Engine = Callable[[Iterable[Job]], Iterator[list[Outcome]]]
EngineName = Literal["processes", "dask"]

ADDRESS = re.compile(r"(?:\w+://)?[^/\s]+:\d+")

log = logging.getLogger(__name__)


def engine_for(workers: int, name: EngineName = "processes", dask_address: str | None = None) -> Engine:
    """The engine for a number of processes on this machine, or for a Dask cluster by its address.

    Raises WrongUsageError (a ValueError) where name and address do not fit, or it is none, MissingExtraError
    where the extra dask is not there.
    """
    if (name == "dask") != bool(dask_address):
        raise WrongUsageError("the engine dask and the address of its cluster are given together")
    if dask_address:
        if not ADDRESS.fullmatch(dask_address):
            raise WrongUsageError(f"{dask_address!r} is no address of a scheduler, as tcp://host:8786 is")
        return _dask_engine(dask_address)
    return inline if workers == 1 else partial(in_processes, workers=workers)


def _dask_engine(address: str) -> Engine:
    with extra("the engine dask"):
        from communique.pipelines.dask_engine import on_dask
    return partial(on_dask, address=address)


def inline(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
    """One job after the other in this process."""
    return map(run_job, jobs)


def in_processes(jobs: Iterable[Job], *, workers: int, run: RunJob = run_job) -> Iterator[list[Outcome]]:
    """Jobs in worker processes.

    When a worker dies, the jobs under way are done again source by source; a source that kills its worker
    then is recorded as failed and the others go on.
    """
    remaining = iter(jobs)
    while True:
        interrupted: list[Job] = []
        with _pool(workers) as pool:
            yield from _until_broken(pool, run, remaining, 2 * workers, interrupted)
        if not interrupted:
            return
        log.warning("a worker died; %d jobs are done again", len(interrupted))
        yield from _one_by_one(run, (replace(job, sources=(s,)) for job in interrupted for s in job.sources))


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, spawn, _begin, (gc.get_threshold(),))
    try:
        yield pool
    finally:
        # Workers take a second to end; meanwhile the run commits. The interpreter waits for them at its end.
        pool.shutdown(wait=False, cancel_futures=True)


def _until_broken(
    pool: ProcessPoolExecutor, run: RunJob, jobs: Iterator[Job], ahead: int, interrupted: list[Job]
) -> Iterator[list[Outcome]]:
    """Outcomes as they come; once the pool breaks, `interrupted` holds the jobs that gave none."""
    under_way: dict[Future[Packed], Job] = {}
    while True:
        for job in islice(jobs, ahead - len(under_way)):
            try:
                under_way[pool.submit(run_packed, run, job)] = job
            except BrokenProcessPool:
                interrupted.append(job)
                break
        if not under_way:
            return
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            job = under_way.pop(future)
            try:
                yield unpack(future.result())
            except BrokenProcessPool:
                interrupted.append(job)
        if interrupted:
            ahead = 0  # no more jobs for this pool, the rest under way breaks with it


def _one_by_one(run: RunJob, jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
    """Jobs in a single worker, replaced when one kills it, so that it is known which one did."""
    remaining = iter(jobs)
    died = True
    while died:
        died = False
        with _pool(1) as pool:
            for job in remaining:
                try:
                    yield unpack(pool.submit(run_packed, run, job).result())
                except BrokenProcessPool:
                    yield lost(job, "the worker process died while extracting it")
                    died = True
                    break


def _begin(garbage: tuple[int, int, int]) -> None:
    """Make a worker collect garbage as the run does, and end with it; it would wait for jobs for ever."""
    gc.set_threshold(*garbage)
    ONE_CORE.keep()
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
