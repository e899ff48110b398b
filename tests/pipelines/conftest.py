"""Small releases to run on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prefect_server import Server, end
from small_releases import write_releases


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One Prefect server for all tests of flows; it takes long to start."""
    server = Server(tmp_path_factory.mktemp("prefect"))
    yield server
    end(server.process, signal.SIGKILL)


@pytest.fixture
def releases(tmp_path: Path) -> Callable[[int], Path]:
    """Makes a folder of that many releases."""

    def make(count: int) -> Path:
        return write_releases(tmp_path / "releases", count)

    return make
