"""Runs that are killed: `python tests/support/kills.py 100` kills a run at random that many times.

Each kill hits a run over releases that still has work to do, alone or with its workers, in the middle of
commits too. After each the tables must hold together; after the last completion they must equal those of
an uninterrupted run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from small_releases import differing, write_releases

from communique.outputs.verify import verify

# Small commits, so that many kills fall into one.
RUN = """
import sys
from communique.pipelines import extract as module
if __name__ == "__main__":
    module.JOB_SIZE, module.COMMIT_SOURCES, module.COMMIT_SHARE = 4, (8, 8), 1.0
    print("started", flush=True)
    summary = module.extract([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]))
    print(summary.new, flush=True)
"""


def start(releases: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    command = [sys.executable, "-c", RUN, str(releases), str(out), str(workers)]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)


def kill_until_done(releases: Path, out: Path, kills: int, seed: int) -> int:
    """Kill runs at random moments until one completes after `kills` hits; returns how many hit.

    Raises AssertionError where the tables do not hold after a kill.
    """
    chance = random.Random(seed)
    hits = 0
    while hits < kills:
        run = start(releases, out, workers=chance.choice([1, 1, 2]))
        before = version(out)
        began = time.monotonic()
        while version(out) == before and run.poll() is None and time.monotonic() - began < 60:
            time.sleep(0.01)  # the first commit shows that the model is loaded and work is going on
        time.sleep(chance.uniform(0.0, 0.4))
        running = run.poll() is None
        end(run, with_workers=chance.random() < 0.5)
        problems = verify(out)
        assert not problems, problems[:5]
        if not running:
            return hits
        hits += 1
    complete = start(releases, out, workers=1)
    assert complete.wait() == 0
    return hits


def version(out: Path) -> str | None:
    """The commit that readers see."""
    link = out / "current"
    return link.readlink().name if link.is_symlink() else None


def end(run: subprocess.Popen[bytes], *, with_workers: bool) -> None:
    """SIGKILL for the process alone, or for its group."""
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL) if with_workers else run.kill()
    run.wait()


def main(kills: int) -> None:
    """Kill that many runs, over fresh tables each time one completed, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        releases = write_releases(Path(folder) / "releases", 300)
        expected = Path(folder) / "expected"
        assert start(releases, expected, workers=2).wait() == 0
        hits = rounds = 0
        while hits < kills:
            rounds += 1
            out = Path(folder) / f"tables-{rounds}"
            hits += kill_until_done(releases, out, min(10, kills - hits), seed=rounds)
            found = differing(expected, out)
            assert not found, found
            print(f"{hits} kills: tables equal those of an uninterrupted run", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
