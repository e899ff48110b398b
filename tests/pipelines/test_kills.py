"""A run killed at any moment leaves whole tables, and the next run completes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KILLS, RELEASES = 6, 120


def test_killed_runs_lose_nothing_that_was_committed_and_end_in_equal_tables() -> None:
    script = Path(__file__).parents[1] / "support" / "kills.py"
    done = subprocess.run([sys.executable, script, str(KILLS), str(RELEASES)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"{KILLS} kills: tables equal" in done.stdout
