"""The main job as a Prefect flow: the plain function, with each batch a task and its summary an artifact.

Run it in this process (a temporary server starts by itself) or deploy it to a server.
"""

from __future__ import annotations

import os

# Prefect reads both when it is imported.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from contextvars import ContextVar
from typing import Annotated, Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import State, TaskRun
from prefect.states import Completed, Failed
from prefect.tasks import Task
from pydantic import Field

from communique.pipelines.extract import Progress, Step, extract, silent
from communique.pipelines.summary import RunSummary

# Where the command line is told how far the run is; a flow's parameters hold plain values only.
PROGRESS: ContextVar[Progress] = ContextVar("progress", default=silent)

ARTIFACT = "communique-run"


async def is_infrastructure(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """Whether a batch failed for the disk or the network and may be tried again.

    What is wrong with a release is recorded in `failures` and fails no task.
    """
    return isinstance(await state.aresult(raise_on_failure=False), OSError)


@task(
    name="extract_batch",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=[1, 10],
    retry_condition_fn=is_infrastructure,
)
def extract_batch(step: Step) -> bool:
    """Extract and commit one batch of releases; whether there is more to do."""
    return step()


@flow(name="extract_releases", persist_result=False, validate_parameters=True)
def extract_releases(
    sources: Annotated[list[str], Field(min_length=1, description="Files and folders of releases")],
    out: Annotated[str, Field(description="Folder of the tables")] = "outputs/tables",
    metadata: Annotated[str | None, Field(description="CSV that describes the files")] = None,
    workers: Annotated[int, Field(ge=1, le=256, description="Processes that extract")] = 1,
    prune: Annotated[bool, Field(description="Remove releases whose source is gone")] = False,
) -> State[RunSummary]:
    """Extract releases into tables. Failed where it could not complete or new failures appeared."""
    progress = PROGRESS.get()
    summary = extract(
        sources, out, metadata, workers=workers, prune=prune, progress=progress, run_batch=extract_batch
    )
    create_table_artifact(key=ARTIFACT, table=table_of(summary), description=summary.sentence())
    if summary.new_failures:
        return Failed(message=f"new failures: {', '.join(sorted(summary.new_failures)[:10])}", data=summary)
    return Completed(message=summary.sentence(), data=summary)


def table_of(summary: RunSummary) -> list[dict[str, Any]]:
    """The run's row, one line per column, then the failures."""
    counts = [{"what": name, "value": str(value)} for name, value in summary.row().items()]
    return counts + [{"what": f"failed: {name}", "value": why} for name, why in summary.failures.items()]
