"""A Dask cluster as a user starts one: a scheduler and two workers, each a process of its own.

The workers are slow, so that a run over some releases lasts until a process is killed under it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dask_jobs import has_model
from distributed import Client
from prefect_server import wait_for


class Cluster:
    """Where its scheduler listens, and its processes."""

    def __init__(self, home: Path) -> None:
        place = home / "scheduler.json"
        place.unlink(missing_ok=True)
        quiet = ["--no-dashboard", "--scheduler-file", str(place)]
        self.scheduler = _start(home, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", *quiet)
        self.address = wait_for(lambda: _address(place), seconds=60)
        worker = (self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--preload", "dask_jobs")
        self.workers = [_start(home, "dask_worker", *worker) for _ in range(2)]

    def wait_for_work(self, workers: int) -> int:
        """The process id of a worker that has loaded its model and is at a job; there are so many workers."""
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
            return wait_for(lambda: _at_work(client), seconds=60)

    def end(self) -> None:
        """End every process."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def started(home: Path) -> Iterator[Cluster]:
    """A cluster for the block."""
    cluster = Cluster(home)
    try:
        yield cluster
    finally:
        cluster.end()


def _start(home: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    path = os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")))
    with (home / "dask.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *arguments],
            stdout=log,
            stderr=log,
            cwd=home,
            env={**os.environ, "PYTHONPATH": path},
        )


def _address(place: Path) -> str | None:
    with contextlib.suppress(OSError, ValueError):  # not written, or not to its end
        return str(json.loads(place.read_text())["address"])
    return None


def _at_work(client: Client) -> int | None:
    busy = [name for name, jobs in client.processing().items() if jobs]
    loaded = client.run(has_model, workers=busy) if busy else {}
    ready = [name for name in busy if loaded.get(name)]
    return int(client.run(os.getpid, workers=ready[:1])[ready[0]]) if ready else None
