"""Jobs on a Dask cluster that is running already. Needs the extra `dask`.

The bytes of the sources go to the workers with each job, which need not see their files. They must have the
same communique installed: a job refuses to run on another one. A worker process extracts one job at a time,
whatever its number of threads.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from threading import Lock

from distributed import Client, Future, as_completed
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from communique.corpus import Source
from communique.extractors.fingerprint import fingerprint
from communique.pipelines.transport import Packed, RunJob, code_around, run_packed, unpack
from communique.pipelines.worker import Job, Outcome, lost, run_job

CONNECT_SECONDS = 30
WORKER_SECONDS = 60  # without any worker, after which a run gives up
LOOK_SECONDS = 1
JOB_BYTES = 8_000_000  # that a job of several sources carries; a single one has MAX_BYTES at most
# spaCy pipelines are not made for several threads at once.
_ONE_AT_A_TIME = Lock()

log = logging.getLogger(__name__)


def on_dask(jobs: Iterable[Job], *, address: str, run: RunJob = run_job) -> Iterator[list[Outcome]]:
    """Jobs on the cluster whose scheduler listens at `address`, as tcp://host:8786.

    When a worker dies, the scheduler gives its jobs to others. A job under which worker after worker dies is
    done again at the end, source by source and alone; a source that kills its workers then is recorded as
    failed. Raises OSError where the cluster cannot be reached; the iterator raises RuntimeError where it is
    lost meanwhile, has no worker for WORKER_SECONDS, or a worker has another communique.
    """
    outcomes = _outcomes(address, iter(jobs), run)
    next(outcomes)
    return outcomes


def run_here(job: Job, run: RunJob, code: str) -> Packed:
    """What a worker does. Raises RuntimeError where its code, lexicons or model are others."""
    found, wanted = (
        f"{fingerprint(job.model, job.lexicons)}-{code_around()}",
        f"{job.pipeline_version}-{code}",
    )
    if found != wanted:
        raise RuntimeError(f"a Dask worker has communique {found}, this run {wanted}")
    with _ONE_AT_A_TIME:
        packed = run_packed(run, job)
        return replace(packed, outcomes=[replace(o, source=o.source.bare()) for o in packed.outcomes])


def _carried(jobs: Iterator[Job]) -> Iterator[Job]:
    """The jobs with the bytes of their sources, cut where those are many."""
    for job in jobs:
        part: list[Source] = []
        weight = 0
        for source in map(Source.carried, job.sources):
            weight += len(source.data or b"")
            if part and weight > JOB_BYTES:
                yield replace(job, sources=tuple(part))
                part, weight = [], len(source.data or b"")
            part.append(source)
        yield replace(job, sources=tuple(part))


def _outcomes(address: str, jobs: Iterator[Job], run: RunJob) -> Iterator[list[Outcome]]:
    """No outcomes once it is connected, then those of the jobs."""
    deadly: list[Job] = []
    with _quiet(), Client(address, timeout=CONNECT_SECONDS, set_as_default=False) as client:
        yield []
        try:
            yield from _together(client, _carried(jobs), run, deadly)
            for single in (replace(job, sources=(s,)) for job in deadly for s in job.sources):
                yield _alone(client, single, run)
        except FutureCancelledError as error:
            raise RuntimeError(f"the Dask cluster at {client.scheduler.address} was lost") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Dask's own lines: a loss is told by the run, and has no traceback."""
    loggers = [logging.getLogger(name) for name in ("distributed.client", "distributed.utils")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _together(client: Client, jobs: Iterator[Job], run: RunJob, deadly: list[Job]) -> Iterator[list[Outcome]]:
    """Outcomes as they come, with few jobs under way; those that cost several workers go to `deadly`."""
    first = list(islice(jobs, 1))
    if not first:
        return
    _wait(client, lambda: bool(client.nthreads()))
    jobs = chain(first, jobs)
    ahead = 2 * max(1, len(client.nthreads()))
    under_way: dict[Future, Job] = {}
    done = as_completed(loop=client.loop)
    while True:
        for job in islice(jobs, ahead - len(under_way)):
            future = client.submit(run_here, job, run, code_around(), pure=False)
            under_way[future] = job
            done.add(future)
        if not under_way:
            return
        _wait(client, done.has_ready)
        future = next(done)
        job = under_way.pop(future)
        try:
            yield unpack(future.result())
        except KilledWorker:
            log.warning("workers died under a job of %d sources; it is done again", len(job.sources))
            deadly.append(job)


def _alone(client: Client, job: Job, run: RunJob) -> list[Outcome]:
    future = client.submit(run_here, job, run, code_around(), pure=False)
    _wait(client, future.done)
    try:
        return unpack(future.result())
    except KilledWorker:
        return lost(
            replace(job, sources=tuple(map(Source.bare, job.sources))),
            "the worker process died while extracting it",
        )


def _wait(client: Client, ready: Callable[[], bool]) -> None:
    """Until `ready`. Raises RuntimeError where the cluster has had no worker for WORKER_SECONDS."""
    looked = staffed = time.monotonic()
    told = False
    while not ready():
        time.sleep(0.02)
        now = time.monotonic()
        if now - looked < LOOK_SECONDS:
            continue
        looked = now
        if client.nthreads():
            staffed, told = now, False
        elif now - staffed >= WORKER_SECONDS:
            address = client.scheduler.address
            raise RuntimeError(f"the Dask cluster at {address} has had no worker for {WORKER_SECONDS} s")
        elif not told:
            told = True
            log.warning("the Dask cluster has no worker; the run waits for one for %d s", WORKER_SECONDS)
