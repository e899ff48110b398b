"""A Prefect server of its own, as a user starts it, and what its API tells."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

Found = TypeVar("Found")

_RECORD = re.compile(r"^(?=\d\d:\d\d:\d\d)", re.MULTILINE)
_FRAME = re.compile(r'^[\s|]*File "(.+?)", line ', re.MULTILINE)
_OF_A_LIBRARY = re.compile(
    rf"<frozen |.*/site-packages/(?!communique/)|{re.escape(sysconfig.get_path('stdlib'))}/(?!site-packages/)"
)
# How Prefect tells that a flow raised, and Typer that a command did.
_RAISED = re.compile(r"Encountered exception during execution|─ Traceback")

COMMUNIQUE = "from communique.pipelines.cli import app; app()"


class Server:
    """`prefect server start` on a free port, with its database in `home`."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.home, self.url = home, f"http://127.0.0.1:{port}/api"
        self.environment = {
            **os.environ,
            "PREFECT_HOME": str(home),
            "PREFECT_API_URL": self.url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_UI_ENABLED": "false",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        }
        with (home / "server.log").open("w") as log:  # it names its locked database, with a traceback
            self.process = self.start("-m", "prefect", "server", "start", "--port", str(port), stdout=log)
        self._client = httpx.Client(base_url=self.url, timeout=30)
        wait_for(self._healthy, seconds=180)

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """A Python process that uses this server; what it prints goes to `home/log`."""
        with (self.home / "log").open("a") as log:
            options = {"stdout": log, "stderr": subprocess.STDOUT, **options}
            command = [sys.executable, *arguments]
            return subprocess.Popen(
                command, env=self.environment, text=True, start_new_session=True, **options
            )

    def get(self, path: str) -> Any:
        """The answer of the API."""
        return self._asked("GET", path).raise_for_status().json()

    def post(self, path: str, **body: Any) -> httpx.Response:
        """The response of the API to a body."""
        return self._asked("POST", path, json=body)

    def deployment(self, name: str) -> Any:
        """A deployment of the flow, None where there is none yet."""
        response = self._asked("GET", f"/deployments/name/extract_releases/{name}")
        return response.json() if response.is_success else None

    def failed(self, deployment_id: str) -> Any:
        """The flow run of a deployment that failed last, None where there is none yet."""
        state = {"type": {"any_": ["FAILED"]}}
        deployment = {"id": {"any_": [deployment_id]}}
        runs: list[Any] = self.post(
            "/flow_runs/filter", deployments=deployment, flow_runs={"state": state}
        ).json()
        return runs[0] if runs else None

    def ended(self, run_id: str) -> Any:
        """A flow run once it has ended."""
        ends = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        return wait_for(
            lambda: run if (run := self.get(f"/flow_runs/{run_id}"))["state_type"] in ends else None
        )

    def log(self) -> str:
        """What the processes printed that use this server."""
        return (self.home / "log").read_text()

    def faults(self) -> list[str]:
        """What the server told with a traceback, but for its database being locked."""
        told = re.split(r"^(?=\S.* \| |[A-Z]+: )", (self.home / "server.log").read_text(), flags=re.MULTILINE)
        return [record for record in told if "Traceback" in record and "database is locked" not in record]

    def _asked(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The response of the API; asked for again while its database is locked."""

        def unlocked() -> httpx.Response | None:
            response = self._client.request(method, path, **options)
            return None if response.status_code == httpx.codes.SERVICE_UNAVAILABLE else response

        return wait_for(unlocked)

    def _healthy(self) -> bool:
        try:
            return self._client.get("/health").is_success
        except httpx.TransportError:
            return False


def own_tracebacks(log: str) -> list[str]:
    """What a log tells with a traceback through code of no library, or of a flow or a command that raised.

    Prefect's own threads tell others, of what a server on a busy machine did not answer in time: of a lease
    or an event, which they ask for again; if a run fails of it, its state says so.
    """
    return [
        record
        for record in _RECORD.split(log)
        if "Traceback" in record
        and (_RAISED.search(record) or not all(map(_OF_A_LIBRARY.match, _FRAME.findall(record))))
    ]


def end(process: subprocess.Popen[str], how: int = signal.SIGTERM) -> None:
    """End a process and its children; Prefect loses a signal that comes while it starts a run."""
    for _ in range(6):
        if process.poll() is None:
            os.killpg(process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
    assert process.poll() is not None


def wait_for(find: Callable[[], Found | None], seconds: float = 240) -> Found:
    """What `find` finds, as soon as it finds something. Raises AssertionError after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := find():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s")
