"""The Dask engine on a real local cluster of two worker processes."""

from __future__ import annotations

import datetime as dt
import logging
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from dask_jobs import dying_of_one_source, slowly, without_files
from small_releases import differing

from communique.corpus import Source
from communique.outputs.asking import WrongUsageError
from communique.outputs.verify import verify
from communique.pipelines import extract as module
from communique.pipelines.engines import engine_for
from communique.pipelines.extract import extract
from communique.pipelines.worker import Job

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

Releases = Callable[[int], Path]


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    """Two workers, replaced when they die.

    A cluster looks after lost workers once, some time after the loss, and gives up the place of one that is
    away at that moment: here one that a later test has just killed. So it looks when the tests are over.
    """
    late = dask.config.set({"distributed.deploy.lost-worker-timeout": "1h"})
    with (
        late,
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
    ):
        yield cluster


@pytest.fixture
def small_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "JOB_SIZE", 2)


def kill_a_worker(address: str, seen: list[int]) -> None:
    """Kill one worker process while it works."""
    with distributed.Client(address, set_as_default=False) as client:
        worker = next(name for name, running in client.processing().items() if running)
        seen.append(client.run(os.getpid, workers=[worker])[worker])
    os.kill(seen[0], 9)


@pytest.mark.usefixtures("small_jobs")
def test_a_cluster_gives_the_same_rows_though_a_worker_is_killed_midway(
    cluster: distributed.LocalCluster, releases: Releases, tmp_path: Path
) -> None:
    from communique.pipelines.dask_engine import on_dask

    folder, killed = releases(30), list[int]()
    extract([folder], tmp_path / "here")
    engine = partial(on_dask, address=cluster.scheduler_address, run=slowly)
    killer = threading.Thread(target=kill_a_worker, args=(cluster.scheduler_address, killed))

    def progress(done: int, total: int) -> None:
        if done == 8:
            killer.start()

    summary = extract([folder], tmp_path / "there", engine=engine, progress=progress)
    killer.join()
    assert len(killed) == 1
    assert (summary.new, summary.failed) == (30, 0)
    assert differing(tmp_path / "here", tmp_path / "there") == []
    assert verify(tmp_path / "there") == []


@pytest.mark.usefixtures("small_jobs")
def test_a_source_that_kills_every_worker_is_recorded_and_the_others_go_on(
    cluster: distributed.LocalCluster, releases: Releases, tmp_path: Path
) -> None:
    from communique.pipelines.dask_engine import on_dask

    engine = partial(on_dask, address=cluster.scheduler_address, run=dying_of_one_source)
    summary = extract([releases(8)], tmp_path / "out", engine=engine)
    assert summary.new == 7
    assert summary.failures == {"0005.txt": "the worker process died while extracting it"}
    assert len(pd.read_parquet(tmp_path / "out" / "releases")) == 7


@pytest.mark.usefixtures("small_jobs")
def test_workers_need_not_see_the_files(
    cluster: distributed.LocalCluster, releases: Releases, tmp_path: Path
) -> None:
    from communique.pipelines.dask_engine import on_dask

    folder = releases(5)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "large.txt").write_bytes(b"x" * 10_000_001)
    extract([folder], tmp_path / "here")
    engine = partial(on_dask, address=cluster.scheduler_address, run=without_files)
    summary = extract([folder], tmp_path / "there", engine=engine)
    assert summary.failures == {"empty.txt": "empty", "large.txt": "larger than the limit of 10 MB"}
    assert differing(tmp_path / "here", tmp_path / "there") == []


def test_what_a_job_carries_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.pipelines import dask_engine

    monkeypatch.setattr(dask_engine, "JOB_BYTES", 10)
    sources = []
    for name, size in (("a", 6), ("b", 4), ("c", 12), ("d", 1), ("e", 9)):
        (tmp_path / name).write_bytes(b"x" * size)
        sources.append(Source(name, tmp_path, tmp_path / name))
    job = Job(tuple(sources), "1", dt.datetime.now(dt.UTC))
    carried = list(dask_engine._carried(iter([job])))
    assert [[source.source for source in part.sources] for part in carried] == [["a", "b"], ["c"], ["d", "e"]]
    assert [len(source.data or b"") for part in carried for source in part.sources] == [6, 4, 12, 1, 9]


def test_a_worker_with_another_communique_is_refused(
    cluster: distributed.LocalCluster,
    releases: Releases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "fingerprint", lambda *given: "another")
    with pytest.raises(RuntimeError, match="this run another"):
        extract([releases(1)], tmp_path / "out", engine=engine_for(1, "dask", cluster.scheduler_address))
    assert verify(tmp_path / "out") == []


def test_a_worker_with_other_code_around_the_extraction_is_refused(
    cluster: distributed.LocalCluster,
    releases: Releases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("communique.pipelines.dask_engine.code_around", lambda: "elsewhere")
    with pytest.raises(RuntimeError, match=r"this run \w+-elsewhere"):
        extract([releases(1)], tmp_path / "out", engine=engine_for(1, "dask", cluster.scheduler_address))


def test_the_lines_of_dask_are_back_after_a_run(
    cluster: distributed.LocalCluster, releases: Releases, tmp_path: Path
) -> None:
    loggers = [logging.getLogger(name) for name in ("distributed.client", "distributed.utils")]
    before = [logger.level for logger in loggers]
    extract([releases(1)], tmp_path / "out", engine=engine_for(1, "dask", cluster.scheduler_address))
    assert [logger.level for logger in loggers] == before


def test_a_cluster_out_of_reach_is_told(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.pipelines.dask_engine.CONNECT_SECONDS", 1)
    with pytest.raises(OSError, match="127.0.0.1:9"):
        extract([releases(1)], tmp_path / "out", engine=engine_for(1, "dask", "tcp://127.0.0.1:9"))


def test_a_cluster_without_workers_is_told_and_given_up(
    releases: Releases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from communique.pipelines import dask_engine

    monkeypatch.setattr(dask_engine, "WORKER_SECONDS", 2)
    folder, out = releases(2), tmp_path / "out"
    with distributed.LocalCluster(n_workers=0, processes=True, dashboard_address=None) as empty:
        engine = engine_for(1, "dask", empty.scheduler_address)
        with pytest.raises(RuntimeError, match="has had no worker for 2 s"):
            extract([folder], out, engine=engine)
        extract([folder], out)
        assert extract([folder], out, engine=engine).unchanged == 2  # nothing to do, nobody to wait for
    assert "waits for one for 2 s" in caplog.text


@pytest.mark.parametrize("arguments", [("dask", None), ("processes", "tcp://127.0.0.1:8786")])
def test_engine_and_address_are_given_together(arguments: tuple[str, str | None]) -> None:
    with pytest.raises(ValueError, match="together"):
        engine_for(1, *arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["nonsense", "tcp://host", "tcp://host/8786", "tcp://ho st:8786"])
def test_an_address_that_is_none_is_wrong_usage(address: str) -> None:
    with pytest.raises(WrongUsageError, match="no address of a scheduler"):
        engine_for(1, "dask", address)
    assert callable(engine_for(1, "dask", "tls://[::1]:8786"))
