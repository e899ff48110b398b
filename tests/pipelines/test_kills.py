"""A run killed at any moment leaves whole tables, and the next run completes them."""

from __future__ import annotations

from pathlib import Path

from kills import kill_until_done, start
from small_releases import differing, write_releases

KILLS = 10


def test_killed_runs_lose_nothing_that_was_committed_and_end_in_equal_tables(tmp_path: Path) -> None:
    releases = write_releases(tmp_path / "releases", 300)
    assert start(releases, tmp_path / "expected", workers=1).wait() == 0
    assert kill_until_done(releases, tmp_path / "out", KILLS, seed=6) == KILLS
    assert differing(tmp_path / "expected", tmp_path / "out") == []
