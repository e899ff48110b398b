"""A run as the command line starts it: through Prefect or plainly, with its progress shown."""

from __future__ import annotations

import logging
import os
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from communique.outputs.extras import installed
from communique.pipelines.console import INCOMPLETE
from communique.pipelines.engines import EngineName, engine_for
from communique.pipelines.extract import Progress
from communique.pipelines.extract import extract as plain_extract
from communique.pipelines.limits import RELEASE_SECONDS
from communique.pipelines.summary import RunSummary

LINE_EVERY = 10.0  # seconds
END_SECONDS = 5  # in which what stopped a run is printed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works; see `extract` for each."""

    workers: int = 1
    prune: bool = False
    force: bool = False
    engine: EngineName = "processes"
    dask_address: str | None = None
    model: str | None = None
    lexicons: str | None = None
    time_limit: float = RELEASE_SECONDS


def has_prefect() -> bool:
    """Whether the extra for flows is installed; where not, a line says what is done instead."""
    if installed("prefect"):
        return True
    log.info("Prefect is not installed: a plain run. A flow needs pip install 'communique[prefect]'")
    return False


def plainly(
    sources: Sequence[str | Path], out: Path, metadata: Path | None, options: Options, progress: Progress
) -> RunSummary:
    """Run the plain function."""
    return plain_extract(
        sources,
        out,
        metadata,
        prune=options.prune,
        force=options.force,
        model=options.model,
        lexicons=options.lexicons,
        engine=engine_for(options.workers, options.engine, options.dask_address),
        time_limit=options.time_limit,
        progress=progress,
    )


def as_flow(
    sources: Sequence[str | Path], out: Path, metadata: Path | None, options: Options, progress: Progress
) -> RunSummary:
    """Run the flow, on the configured Prefect server or a temporary one. Raises what made it incomplete.

    Where the server is lost, the process ends soon after, whatever else it is at.
    """
    _set_prefect()
    with warnings.catch_warnings():  # of what `require_server` says in a line
        warnings.filterwarnings("ignore", "Failed to create the Prefect home directory")
        from httpx import HTTPStatusError, TransportError

        from communique.pipelines.flows import PROGRESS, NewFailures, extract_releases
        from communique.pipelines.server import require_server, watched

    require_server()
    token = PROGRESS.set(progress)
    try:
        with watched():
            state = extract_releases(
                [str(source) for source in sources],
                str(out),
                str(metadata) if metadata else None,
                **asdict(options),
                return_state=True,
            )
        result = state.result(raise_on_failure=False)
        if isinstance(result, NewFailures):
            return result.summary
        if isinstance(result, RunSummary):
            return result
        raise result if isinstance(result, Exception) else RuntimeError(f"the flow run: {state.message}")
    except TransportError as error:
        _end_soon()
        raise RuntimeError(
            f"the Prefect server was lost ({error}); what was committed stays; run again or --no-prefect"
        ) from error
    except HTTPStatusError as error:
        raise RuntimeError(f"the Prefect server refused: {error}") from error
    finally:
        PROGRESS.reset(token)


def _set_prefect() -> None:
    """What Prefect reads when it is imported, where the user has not set it."""
    # The command tells what went wrong in a line of its own; Prefect's tracebacks go to its server.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_DEBUG_LEVEL", "CRITICAL")
    # A server that is gone is told within half a minute: by default each request is tried for one.
    os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", "1")
    # A frozen one ends the run within 75 seconds of its batch, by default after minutes; a server whose
    # database is busy says so after 10.
    os.environ.setdefault("PREFECT_API_REQUEST_TIMEOUT", "15")
    # The first temporary server of an account makes its database; 20 seconds do not always do.
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")


def _end_soon() -> None:
    """End the process although Prefect has more to tell the server that is gone.

    It would try for minutes, and for ever where the server is frozen; no signal but KILL would end it.
    """
    timer = Timer(END_SECONDS, os._exit, [INCOMPLETE])
    timer.daemon = True
    timer.start()


@contextmanager
def progress(console: Console) -> Iterator[Progress]:
    """Shows how far a run is: a bar in a terminal, a log line now and then elsewhere."""
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("extracting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        yield _Shown(bar)


class _Lines:
    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if done == total or time.monotonic() - self._last >= LINE_EVERY:
            self._last = time.monotonic()
            log.info("%d of %d sources extracted", done, total)


class _Shown:
    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("extracting", total=None)

    def __call__(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)
