"""A Prefect server that is configured and does not answer is told at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prefect_server import COMMUNIQUE


@pytest.fixture(params=["nobody", "mute"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """An address at which nobody listens, or somebody who never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if request.param == "mute":
            listener.listen()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"


@pytest.mark.parametrize("command", ["extract", "serve"])
def test_a_server_that_does_not_answer_is_named_with_the_way_without(
    command: str, address: str, releases: Callable[[int], Path], tmp_path: Path
) -> None:
    environment = {**os.environ, "PREFECT_API_URL": address, "PREFECT_HOME": str(tmp_path / "home")}
    arguments = [sys.executable, "-c", COMMUNIQUE, command, str(releases(1)), "--out", str(tmp_path / "out")]
    began = time.monotonic()
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=120)
    assert time.monotonic() - began < 10 + 20  # what the machine takes to import Prefect
    assert done.returncode == 3
    assert address in done.stderr and "--no-prefect" in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out" / "current").exists()
