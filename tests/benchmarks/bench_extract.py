"""Ratios and memory of whole runs over a folder of releases, all measured in one run on one machine.

    OMP_NUM_THREADS=1 python tests/benchmarks/bench_extract.py FOLDER [COUNT]

Start-up (imports, loading the model) is left out but for the latency of a single release.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from communique.corpus import Release, discover, read
from communique.corpus.discover import Source
from communique.models.loader import load_base
from communique.pipelines import worker
from communique.pipelines.extract import extract

ONE = "import sys; from communique.pipelines.cli import app; app()"
PEAK = """
import resource, sys
from communique.pipelines.extract import extract
if __name__ == "__main__":
    extract([sys.argv[1]], sys.argv[2])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main(folder: Path, count: int) -> None:
    """Measure and print."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        there = Path(scratch)
        throughput(folder, there, count)
        latency(folder, there)
        for number in (count // 4, count):
            part = copies(folder, there / f"part-{number}", number)
            used = peak(part, there / f"peak-{number}")
            print(f"peak memory over {number} releases: {used:.0f} MB", flush=True)


def throughput(folder: Path, scratch: Path, count: int) -> None:
    """Whole runs against the bare model (seconds of computing), and two workers against one (wall time)."""
    chosen, few = copies(folder, scratch / "in", count), copies(folder, scratch / "few", 2)
    found = (item for source in sources(chosen) for item in read(source))
    texts = [item.text for item in found if isinstance(item, Release)]
    base, _ = load_base(None), worker._pipeline(None)
    list(base.pipe(texts[:5]))
    bare = seconds(lambda: list(base.pipe(texts)), time.process_time)
    one = seconds(lambda: extract([chosen], scratch / "one"), time.process_time)
    again = seconds(lambda: extract([chosen], scratch / "one"), time.process_time)
    print(f"{len(texts)} releases: bare pipe {bare:.1f} s, extract {one:.1f} s, again {again:.2f} s")
    print(f"extract / bare pipe: {one / bare:.2f} (at most 1.4)")
    print(f"nothing new / first run: {again / one:.2%} (under 1 %)", flush=True)
    alone = seconds(lambda: extract([chosen], scratch / "alone"))
    start = seconds(lambda: extract([few], scratch / "few-tables", workers=2))
    two = seconds(lambda: extract([chosen], scratch / "two", workers=2)) - start
    print(f"one worker / two, start-up of {start:.1f} s apart: {alone / two:.2f} (at least 1.7)", flush=True)


def sources(folder: Path) -> list[Source]:
    """The files of a folder."""
    return [item for item in discover([folder]) if isinstance(item, Source)]


def copies(folder: Path, target: Path, count: int) -> Path:
    """A folder of that many of the releases, repeated under other names where there are fewer."""
    target.mkdir()
    found = sources(folder)
    for number, source in enumerate(islice(found * (count // len(found) + 1), count)):
        text = source.path.read_bytes()
        (target / f"{number:06d}{source.suffix}").write_bytes(text.replace(b"source_url:", b"was_at:"))
    return target


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The time that a call takes by the clock."""
    began = clock()
    work()
    return clock() - began


def latency(folder: Path, scratch: Path) -> None:
    """One release from the command line: with Prefect's temporary server, and as a plain function."""
    one = next(source.path for source in sources(folder))
    for kind, options in (("temporary Prefect server", []), ("plain function", ["--no-prefect"])):
        out = scratch / kind.replace(" ", "-")
        command = [sys.executable, "-c", ONE, "extract", str(one), "--out", str(out), *options]
        spent = seconds(lambda command=command: subprocess.run(command, check=True, capture_output=True))
        print(f"one release, {kind}: {spent:.1f} s", flush=True)


def peak(folder: Path, out: Path) -> float:
    """Largest resident memory of a run in a process of its own, in MB."""
    command = [sys.executable, "-c", PEAK, str(folder), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
