"""`communique extract --engine dask` on a cluster of separate processes, some of which are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prefect_server import COMMUNIQUE
from small_releases import differing, rows_of, write_releases

from communique.outputs.verify import verify
from communique.pipelines.extract import extract

pytest.importorskip("distributed")
from dask_cluster import Cluster, started

Releases = Callable[[int], Path]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@contextmanager
def run(folder: Path, out: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    """The command, running; ended with the block."""
    where = ["--no-prefect", "--engine", "dask", "--dask-address", address]
    arguments = [sys.executable, "-c", COMMUNIQUE, "extract", str(folder), "--out", str(out), *where]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as command:
        try:
            yield command
        finally:
            command.kill()


def test_the_command_gives_the_same_rows_on_a_cluster_that_loses_a_worker(
    cluster: Cluster, releases: Releases, tmp_path: Path
) -> None:
    folder = releases(120)
    extract([folder], tmp_path / "here")
    with run(folder, tmp_path / "there", cluster.address) as command:
        os.kill(cluster.wait_for_work(2), signal.SIGKILL)
        assert command.poll() is None
        told, _ = command.communicate(timeout=120)
    assert command.returncode == 0, told
    assert "120 new" in told
    assert differing(tmp_path / "here", tmp_path / "there") == []
    assert verify(tmp_path / "there") == []


# Last here: it ends the scheduler.
def test_a_scheduler_that_is_lost_is_told_and_the_tables_stay(
    cluster: Cluster, releases: Releases, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    extract([releases(3)], out)
    before = rows_of(out)
    folder = write_releases(tmp_path / "releases", 120)
    with run(folder, out, cluster.address) as command:
        cluster.wait_for_work(1)
        cluster.scheduler.kill()
        assert command.poll() is None
        told, _ = command.communicate(timeout=120)
    assert command.returncode == 3, told
    assert f"the Dask cluster at {cluster.address} was lost" in told
    assert "Traceback" not in told
    assert all(before[name].equals(table) for name, table in rows_of(out).items())
    assert verify(out) == []
