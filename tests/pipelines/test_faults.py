"""What can go wrong outside: each fault ends in a clear message, and the tables are as they were."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from small_releases import rows_of, text_of
from typer.testing import CliRunner

from communique.outputs.verify import verify
from communique.pipelines import extract as module
from communique.pipelines.cli import app
from communique.pipelines.extract import extract

Releases = Callable[[int], Path]


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A mount for the block; the test is skipped where mounting is not allowed."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() or subprocess.run(["mount", *options, str(folder)], capture_output=True).returncode:
        pytest.skip("may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def run(folder: Path, out: Path) -> str:
    """The message of a run that cannot be completed."""
    result = CliRunner().invoke(app, ["extract", str(folder), "--out", str(out), "--no-prefect"])
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    return result.output


def test_a_full_disk_is_told_and_the_tables_stay(releases: Releases, tmp_path: Path) -> None:
    folder, out = releases(6), tmp_path / "out"
    with mounted(out, "-t", "tmpfs", "-o", "size=512k", "tmpfs"):
        extract([folder], out)
        before = rows_of(out)
        for number in range(40):
            (folder / f"more-{number}.txt").write_text(text_of(number) * 20)
        filler = out / "filler"
        free = os.statvfs(out)
        filler.write_bytes(b"x" * (free.f_bavail * free.f_frsize - 40_000))
        assert "No space left" in run(folder, out)
        assert verify(out) == []
        assert all(before[name].equals(table) for name, table in rows_of(out).items())
        filler.unlink()
        (folder / "more-39.txt").unlink()
        assert len(pd.read_parquet(out / "releases")) == 6


def test_read_only_tables_are_told_and_can_still_be_read(releases: Releases, tmp_path: Path) -> None:
    folder, out = releases(2), tmp_path / "out"
    extract([folder], out)
    (folder / "new.txt").write_text(text_of(9))
    with mounted(out, "--bind", "-o", "ro", str(out)):
        assert "Read-only file system" in run(folder, out)
        assert verify(out) == []
        assert len(pd.read_parquet(out / "releases")) == 2


def test_a_clock_that_was_set_back_changes_no_row(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = releases(3), tmp_path / "out"
    (folder / "empty.txt").write_bytes(b"")
    extract([folder], out)
    before = rows_of(out)
    (folder / "new.txt").write_text(text_of(9))

    class Earlier(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Earlier:
            return cls(2001, 2, 3, tzinfo=tz)

    monkeypatch.setattr(module.dt, "datetime", Earlier)
    summary = extract([folder], out)
    assert (summary.new, summary.unchanged) == (1, 3)
    assert summary.seconds >= 0
    monkeypatch.undo()
    assert verify(out) == []
    kept = rows_of(out)["releases"]
    assert len(kept[kept["source"] != "new.txt"]) == len(before["releases"])
    failure = pd.read_parquet(out / "failures").iloc[0]
    assert failure["first_seen"] <= failure["last_seen"]
    runs = pd.read_parquet(out / "runs")
    assert (runs["started_at"] <= runs["finished_at"]).all()
