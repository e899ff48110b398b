"""Scheduled runs: a deployment of the flow on a Prefect server, served by this process.

A deployment belongs to one folder of tables and runs once at a time; a run that falls due meanwhile waits.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

# Each run is a process that inherits this: what it logs is then shown on the server.
os.environ.setdefault("PREFECT_LOGGING_EXTRA_LOGGERS", "communique")

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL
from prefect.types.entrypoint import EntrypointType

from communique.outputs.asking import WrongUsageError
from communique.outputs.remote import is_address
from communique.pipelines.flows import extract_releases
from communique.pipelines.server import require_server

ONE_RUN = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


def serve(
    sources: Sequence[str | Path],
    out: Path,
    metadata: Path | None = None,
    *,
    cron: str,
    timezone: str = "UTC",
    **parameters: Any,
) -> None:
    """Run the flow by the clock until the process is told to end; Prefect then pauses the schedule.

    `timezone` is an IANA name, `parameters` are further ones of the flow. Raises ValueError where the
    schedule is none, RuntimeError where no Prefect server is configured or it cannot be reached.
    """
    schedule = schedule_of(cron, timezone)
    if not PREFECT_API_URL.value():
        raise RuntimeError(
            "serving needs a Prefect server: run `prefect server start` and set PREFECT_API_URL"
        )
    require_server()
    extract_releases.serve(
        name=deployment_name(out),
        schedule=schedule,
        parameters={
            "sources": [located(source) for source in sources],
            "out": str(out.resolve()),
            "metadata": str(metadata.resolve()) if metadata else None,
            **parameters,
        },
        global_limit=ONE_RUN,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def located(source: str | Path) -> str:
    """A source as every process finds it."""
    return str(source) if is_address(source) else str(Path(source).resolve())


def schedule_of(cron: str, timezone: str) -> Schedule:
    """The schedule. Raises WrongUsageError where the cron line or the time zone is none."""
    if timezone not in available_timezones():
        raise WrongUsageError(f"{timezone!r} is no IANA time zone, as America/Toronto is")
    try:
        return Cron(cron, timezone=timezone)
    except ValueError as error:
        raise WrongUsageError(f"{cron!r} is no cron schedule, as '0 6 * * *' is: {error}") from error


def deployment_name(out: Path) -> str:
    """One name for each folder of tables, so that serving it again replaces its deployment."""
    path = out.resolve()
    return f"{path.name or 'tables'}-{hashlib.sha256(str(path).encode()).hexdigest()[:6]}"
