"""Jobs for workers of a Dask cluster, which import them by name."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from communique.corpus import Source
from communique.pipelines import worker
from communique.pipelines.worker import Job, Outcome, run_job


def slowly(job: Job) -> list[Outcome]:
    """A job that takes long enough for its worker to be killed under it."""
    time.sleep(0.3)
    return run_job(job)


def dask_setup(_: object) -> None:
    """Make a worker process that preloads this module take that long over every job."""
    worker.run_job = slowly  # type: ignore[assignment]


def dying_of_one_source(job: Job) -> list[Outcome]:
    """A job that ends its worker on one source."""
    if any(source.source == "0005.txt" for source in job.sources):
        os._exit(1)
    return run_job(job)


def without_files(job: Job) -> list[Outcome]:
    """A job on a machine that has none of the files."""
    sources = tuple(_gone(source) for source in job.sources)
    outcomes = run_job(replace(job, sources=sources))
    return [replace(o, source=source) for o, source in zip(outcomes, job.sources, strict=True)]


def _gone(source: Source) -> Source:
    """The source in a folder of the same name, by which ids are made, that is nowhere."""
    root = Path("/nowhere") / source.root.name
    return replace(source, root=root, path=root / source.source)


def has_model() -> bool:
    """Whether this process has loaded the extraction pipeline."""
    return worker._pipeline.cache_info().currsize > 0
