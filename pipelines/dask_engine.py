"""Jobs on a Dask cluster that is running already. Needs the extra `dask`.

The workers must see the sources under the same paths, and have the same communique installed: a job refuses
to run on another one. A worker process extracts one job at a time, whatever its number of threads.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from threading import Lock

from distributed import Client, Future, as_completed
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from communique.extractors.fingerprint import fingerprint
from communique.pipelines.transport import Packed, RunJob, run_packed, unpack
from communique.pipelines.worker import Job, Outcome, lost, run_job

CONNECT_SECONDS = 30
# spaCy pipelines are not made for several threads at once.
_ONE_AT_A_TIME = Lock()

log = logging.getLogger(__name__)


def on_dask(jobs: Iterable[Job], *, address: str, run: RunJob = run_job) -> Iterator[list[Outcome]]:
    """Jobs on the cluster whose scheduler listens at `address`, as tcp://host:8786.

    When a worker dies, the scheduler gives its jobs to others. A job under which worker after worker dies is
    done again at the end, source by source and alone; a source that kills its workers then is recorded as
    failed. Raises OSError where the cluster cannot be reached; the iterator raises RuntimeError where it is
    lost meanwhile or a worker has another communique.
    """
    for name in ("distributed.client", "distributed.utils"):  # a loss is told by the run, without a traceback
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    return _outcomes(client, iter(jobs), run)


def run_here(job: Job, run: RunJob) -> Packed:
    """What a worker does. Raises RuntimeError where its code, lexicons or model are others."""
    found = fingerprint(job.model)
    if found != job.pipeline_version:
        raise RuntimeError(f"a Dask worker has communique {found}, this run {job.pipeline_version}")
    with _ONE_AT_A_TIME:
        return run_packed(run, job)


def _outcomes(client: Client, jobs: Iterator[Job], run: RunJob) -> Iterator[list[Outcome]]:
    deadly: list[Job] = []
    with client:
        try:
            yield from _together(client, jobs, run, deadly)
            for single in (replace(job, sources=(s,)) for job in deadly for s in job.sources):
                yield _alone(client, single, run)
        except FutureCancelledError as error:
            raise RuntimeError(f"the Dask cluster at {client.scheduler.address} was lost") from error


def _together(client: Client, jobs: Iterator[Job], run: RunJob, deadly: list[Job]) -> Iterator[list[Outcome]]:
    """Outcomes as they come, with few jobs under way; those that cost several workers go to `deadly`."""
    ahead = 2 * max(1, len(client.nthreads()))
    under_way: dict[Future, Job] = {}
    done = as_completed(loop=client.loop)
    while True:
        for job in islice(jobs, ahead - len(under_way)):
            future = client.submit(run_here, job, run, pure=False)
            under_way[future] = job
            done.add(future)
        if not under_way:
            return
        future = next(done)
        job = under_way.pop(future)
        try:
            yield unpack(future.result())
        except KilledWorker:
            log.warning("workers died under a job of %d sources; it is done again", len(job.sources))
            deadly.append(job)


def _alone(client: Client, job: Job, run: RunJob) -> list[Outcome]:
    try:
        return unpack(client.submit(run_here, job, run, pure=False).result())
    except KilledWorker:
        return lost(job, "the worker process died while extracting it")
