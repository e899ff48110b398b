"""The main job as a Prefect flow: the plain function, with each batch a task and its summary an artifact.

Run it in this process (a temporary server starts by itself) or deploy it to a server.
"""

# No `annotations` from __future__: a server's runner pickles the flow without this module's names, and
# Prefect then makes the parameters' model from the annotations as they are.

import logging
import os

# Prefect reads both when it is imported.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from contextvars import ContextVar
from typing import Annotated, Any

from prefect import Flow, flow, task
from prefect.artifacts import create_table_artifact
from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import FlowRun, State, TaskRun
from prefect.states import Completed, Failed
from prefect.tasks import Task
from pydantic import Field

from communique.outputs.extras import MissingExtraError
from communique.pipelines.engines import EngineName, engine_for
from communique.pipelines.extract import Progress, Step, extract, silent
from communique.pipelines.feed_task import FeedFaults, faults_of_feeds
from communique.pipelines.limits import RELEASE_SECONDS
from communique.pipelines.summary import RunSummary, some_of

# Where the command line is told how far the run is; a flow's parameters hold plain values only.
PROGRESS: ContextVar[Progress] = ContextVar("progress", default=silent)

ARTIFACT = "communique-run"


class NewFailures(RuntimeError):
    """A run that completed, but something failed for the first time, or a feed could not be read.

    Its message tells of feeds, their pages and releases; `summary` counts releases.
    """

    def __init__(self, message: str, summary: RunSummary) -> None:
        super().__init__(message)
        self.summary = summary


def progress() -> Progress:
    """What this process set; asked for in a function, since a server's runner pickles the flow's globals."""
    return PROGRESS.get()


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


async def tell(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Send why a run failed to the notification block that its parameter `notify` names."""
    if name := flow_run.parameters.get("notify"):
        from inspect import isawaitable

        from prefect.blocks import notifications  # noqa: F401  slow; registers the kinds of blocks

        block: object = await Block.aload(name)
        if not isinstance(block, NotificationBlock):
            raise TypeError(f"{name} is no notification block")
        sent: object = block.notify(str(state.message), subject=f"{flow.name} {flow_run.name}: {state.name}")
        if isawaitable(sent):
            await sent


@flow(
    name="extract_releases",
    persist_result=False,
    validate_parameters=True,
    on_failure=[tell],
    on_crashed=[tell],
)
def extract_releases(
    sources: Annotated[list[str], Field(min_length=1, description="Files and folders of releases")],
    out: Annotated[str, Field(description="Folder of the tables")] = "outputs/tables",
    metadata: Annotated[str | None, Field(description="CSV that describes the files")] = None,
    workers: Annotated[int, Field(ge=1, le=256, description="Processes that extract")] = 1,
    prune: Annotated[bool, Field(description="Remove releases whose source is gone")] = False,
    force: Annotated[bool, Field(description="Prune even where a folder is empty")] = False,
    engine: Annotated[EngineName, Field(description="Where releases are extracted")] = "processes",
    dask_address: Annotated[str | None, Field(description="Dask scheduler, as tcp://host:8786")] = None,
    model: Annotated[str | None, Field(description="Another spaCy pipeline")] = None,
    lexicons: Annotated[str | None, Field(description="Folder of lexicons of your own")] = None,
    time_limit: Annotated[float, Field(gt=0, description="Seconds that one release may take")] = (
        RELEASE_SECONDS
    ),
    feeds: Annotated[
        list[str],
        Field(description="Feeds, saved into the first source (a folder) before each run"),
    ] = [],  # noqa: B006  Prefect makes a list of its own
    allow_private: Annotated[bool, Field(description="Fetch from private networks, too")] = False,
    notify: Annotated[
        str | None, Field(description="Notification block told of a failure, as slack-webhook/analysts")
    ] = None,
) -> State[RunSummary]:
    """Extract releases into tables, those of feeds, too.

    Failed where it could not complete, new failures appeared, or a feed could not be read; the rest is done
    all the same.
    """
    logging.getLogger("communique").setLevel(logging.INFO)  # `serve` has these lines shown on the server
    logging.getLogger("prefect.engine").addFilter(without_traceback)
    try:
        faults = faults_of_feeds(feeds, sources[0], allow_private=allow_private)
        summary = extract(
            sources,
            out,
            metadata,
            prune=prune,
            force=force,
            model=model,
            lexicons=lexicons,
            engine=engine_for(workers, engine, dask_address),
            time_limit=time_limit,
            progress=progress(),
            run_batch=extract_batch,
        )
    except (OSError, RuntimeError, ValueError, MissingExtraError) as error:  # what `extract` says it raises
        return Failed(message=str(error) or type(error).__name__, data=error)
    create_table_artifact(key=ARTIFACT, table=table_of(summary), description=summary.sentence())
    if told := told_of(faults, summary):
        return Failed(message=told, data=NewFailures(told, summary))
    return Completed(message=summary.sentence(), data=summary)


def told_of(faults: FeedFaults, summary: RunSummary) -> str:
    """What went wrong in a run that completed, ten pages and ten releases by name; empty for nothing."""
    failed = faults.new_failures, sorted(summary.new_failures)
    new = [some_of(names, 10) for names in failed if names]
    told = [f"not fetched: {faults.not_fetched}"] if faults.not_fetched else []
    return "; ".join([*told, f"new failures: {', '.join(new)}"] if new else told)


def without_traceback(record: logging.LogRecord) -> bool:
    """Keeps a line of the process that ran a failed flow; why it failed is the message of the run."""
    record.exc_info = record.exc_text = None
    return True


def table_of(summary: RunSummary) -> list[dict[str, Any]]:
    """The run's row, one line per column, then the failures."""
    row = {name: value for name, value in summary.row().items() if name != "failed_sources"}
    counts = [{"what": name, "value": str(value)} for name, value in row.items()]
    counts += [{"what": f"not read: {name}", "value": str(n)} for name, n in sorted(summary.unread.items())]
    return counts + [{"what": f"failed: {name}", "value": why} for name, why in summary.failures.items()]
