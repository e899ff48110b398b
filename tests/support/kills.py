"""Runs that are killed: `python tests/support/kills.py 200` kills a run at random that many times.

Each kill hits a run over releases that still has work to do, alone or with its workers, in the middle of
commits too. After each the tables must hold together; after the last completion they must equal those of
an uninterrupted run. Runs are forks of this process, which has loaded the model; only workers load it anew.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from multiprocessing.context import ForkProcess
from pathlib import Path

from small_releases import differing, write_releases

from communique.models.lexicons import SHIPPED
from communique.outputs.verify import verify
from communique.pipelines import extract as module
from communique.pipelines import worker


def start(releases: Path, out: Path, workers: int) -> ForkProcess:
    """A run in a process group of its own, with small commits, so that many kills fall into one."""
    run = multiprocessing.get_context("fork").Process(target=_run, args=(releases, out, workers))
    run.start()
    return run


def _run(releases: Path, out: Path, workers: int) -> None:
    os.setsid()
    module.JOB_SIZE, module.COMMIT_SOURCES, module.COMMIT_SHARE = 4, (8, 8, 8), 1.0
    module.extract([releases], out, workers=workers)


def kill_until_done(releases: Path, out: Path, kills: int, seed: int) -> int:
    """Kill runs at random moments until one completes or `kills` hit; returns how many hit.

    Raises AssertionError where the tables do not hold after a kill.
    """
    chance = random.Random(seed)
    hits = 0
    while hits < kills:
        run = start(releases, out, workers=2 if chance.random() < 0.15 else 1)
        before = version(out)
        began = time.monotonic()
        while version(out) == before and run.is_alive() and time.monotonic() - began < 60:
            time.sleep(0.01)  # the first commit shows that work is going on
        time.sleep(chance.uniform(0.0, 0.4))
        running = run.is_alive()
        end(run, with_workers=chance.random() < 0.5)
        problems = verify(out)
        assert not problems, problems[:5]
        if not running:
            return hits
        hits += 1
    complete = start(releases, out, workers=1)
    complete.join()
    assert complete.exitcode == 0
    return hits


def version(out: Path) -> str | None:
    """The commit that readers see."""
    link = out / "current"
    return str(link.readlink()) if link.is_symlink() else None


def end(run: ForkProcess, *, with_workers: bool) -> None:
    """SIGKILL for the process alone, or for its group."""
    if run.is_alive() and run.pid:
        (os.killpg if with_workers else os.kill)(run.pid, signal.SIGKILL)
    run.join()


def main(kills: int, count: int) -> None:
    """Kill that many runs over `count` releases, over fresh tables each time one completed, and compare."""
    worker._pipeline(None, SHIPPED)
    with tempfile.TemporaryDirectory() as folder:
        releases = write_releases(Path(folder) / "releases", count)
        expected = Path(folder) / "expected"
        complete = start(releases, expected, workers=1)
        complete.join()
        assert complete.exitcode == 0
        hits, seed = 0, 1
        while hits < kills:
            seed += 1
            out = Path(folder) / f"tables-{seed}"
            hits += kill_until_done(releases, out, min(10, kills - hits), seed)
            found = differing(expected, out)
            assert not found, found
            print(f"{hits} kills: tables equal those of an uninterrupted run", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)
