"""Speed, latency, memory and growth of whole runs, each part measured in one go on one machine.

    python tests/benchmarks/bench_extract.py FOLDER                      # all parts, hours
    python tests/benchmarks/bench_extract.py FOLDER --parts speed --releases 300
    python tests/benchmarks/bench_extract.py FOLDER --parts growth --sizes 1000 2000 4000
    python tests/benchmarks/bench_extract.py FOLDER --parts growth --sizes 1000 50000 --chars 1500

FOLDER holds releases. Fewer are drawn at even distances; more are the same texts under other names. Every run
has a process of its own that collects garbage as the command does. Start-up (imports, loading the model) is
left out but for the latency of a single release. Times are of the clock: what else the machine did
meanwhile is told, and spoils them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from machine import clocks, others, processor
from threadpoolctl import threadpool_limits

from communique.corpus import Release, Source, discover, read
from communique.pipelines.cli import main as as_a_command
from communique.pipelines.extract import JOB_SIZE, extract

P = ParamSpec("P")
T = TypeVar("T")

TIMES = 3  # of each latency, of which the median counts
NEW = 10  # releases that come later
TRIVIAL = """
from prefect import flow
@flow
def trivial(): pass
trivial()
"""


@dataclass(frozen=True)
class Run:
    """One run: seconds by the clock and of computing, without start-up, and peak memory in MB."""

    seconds: float
    computing: float
    parent: float
    worker: float


def main(folder: Path, parts: Sequence[str], releases: int, sizes: Sequence[int], chars: int | None) -> None:
    """Measure and print."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}")
    for part in parts:
        with tempfile.TemporaryDirectory() as scratch, others():
            if part == "speed":
                speed(folder, Path(scratch), releases, chars)
            elif part == "latency":
                latency(folder, Path(scratch))
            else:
                growth(folder, Path(scratch), sizes, chars)


def speed(folder: Path, scratch: Path, count: int, chars: int | None) -> None:
    """One worker against the bare model, nothing new against a first run, two workers against one."""
    chosen = copies(folder, scratch / "in", range(count), count, chars)
    own = alone(bare, chosen)
    print(f"{count} releases, bare pipe of the model: {own:.1f} s", flush=True)
    one, again = alone(run, chosen, scratch / "one", 1), alone(run, chosen, scratch / "one", 1)
    print(f"extract: {one.seconds:.1f} s, computing {one.computing:.1f} s; again {again.seconds:.2f} s")
    print(f"extract / bare pipe: {one.seconds / own:.2f} (at most 1.4)")
    print(f"nothing new / first run: {again.seconds / one.seconds:.2%} (under 1 %)", flush=True)
    two = alone(run, chosen, scratch / "two", 2)
    print(f"two workers: {two.seconds:.1f} s, computing {two.computing:.1f} s")
    print(f"one worker / two: {one.seconds / two.seconds:.2f} (at least 1.7)", flush=True)


def latency(folder: Path, scratch: Path) -> None:
    """One release of middling length from the command line, start to end, and a flow that does nothing."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
    from prefect_server import COMMUNIQUE, Server

    release = str(by_size(folder)[len(sources(folder)) // 2])
    away = {**os.environ, "PREFECT_HOME": f"{scratch}/away", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    away.pop("PREFECT_API_URL", None)
    call = "import sys; from communique.pipelines.extract import extract; extract([sys.argv[1]], sys.argv[2])"
    command = ["-c", COMMUNIQUE, "extract", release, "--out"]
    plain = median(["-c", call, release, f"{scratch}/plain%d"], away)
    line = median([*command, f"{scratch}/line%d", "--no-prefect"], away)
    print(f"one release, plain function: {plain:.1f} s (under 4); as a command {line:.1f} s", flush=True)
    flow, ours = median(["-c", TRIVIAL], away), median([*command, f"{scratch}/temporary%d"], away)
    print(f"one release, temporary server: {ours:.1f} s (under 12); trivial flow {flow:.1f} s", flush=True)
    server = Server(scratch)
    there = server.environment
    flow, ours = median(["-c", TRIVIAL], there), median([*command, f"{scratch}/running%d"], there)
    print(f"one release, running server: {ours:.1f} s (under 5); trivial flow {flow:.1f} s", flush=True)
    server.process.terminate()
    server.process.wait()


def growth(folder: Path, scratch: Path, sizes: Sequence[int], chars: int | None) -> None:
    """Two workers over more and more releases, then ten new ones among the most and on their own."""
    print("releases     s  ms each  ms computing each  words/s  parent MB  worker MB")
    for size in sorted(sizes):
        chosen = copies(folder, scratch / f"in-{size}", range(size), size, chars)
        made = alone(run, chosen, scratch / f"out-{size}", 2)
        each, computing = made.seconds / size * 1e3, made.computing / size * 1e3
        words = alone(words_in, chosen) / made.seconds
        print(f"{size:8} {made.seconds:5.0f} {each:8.1f} {computing:18.1f} {words:8.0f}", end="")
        print(f" {made.parent:10.0f} {made.worker:10.0f}", flush=True)
    out, later = scratch / f"out-{size}", range(size, size + NEW)
    nothing = alone(run, chosen, out, 1)
    copies(folder, chosen, later, size, chars)
    among = alone(run, chosen, out, 1)
    own = alone(run, copies(folder, scratch / "ten", later, size, chars), scratch / "ten-tables", 1)
    print(f"nothing new among {size}: {nothing.seconds:.2f} s; ten new: {among.seconds:.2f} s", end="")
    print(f"; ten on their own: {own.seconds:.2f} s; parent {among.parent:.0f} MB", flush=True)


def alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function gives in a new process, where garbage is collected as by the command."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), as_a_command) as pool:
        return pool.submit(work, *args, **kwargs).result()


def bare(folder: Path) -> float:
    """Seconds that the base model takes over the texts on one core, in its own batches."""
    from communique.models.loader import load_base

    texts = [item.text for item in items(folder)]
    base = load_base()
    with threadpool_limits(1):
        deque(base.pipe(texts[:JOB_SIZE]), maxlen=0)
        began = time.perf_counter()
        deque(base.pipe(texts), maxlen=0)
    return time.perf_counter() - began


def run(folder: Path, out: Path, workers: int) -> Run:
    """One run without its start-up: with one worker the model is loaded before.

    Of more workers the start-up is what a short run takes to its first outcome, once this process has all
    that it needs itself; of their computing, which counts when they end, it is the whole of a short run.
    """
    short_run(folder, out, workers)
    off = (0.0, 0.0) if workers == 1 else short_run(folder, out, workers)
    start = clocks()
    extract([folder], out, workers=workers)
    wall = time.perf_counter()
    wait_for_workers()
    end = clocks()
    used = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Run(wall - start[0] - off[0], end[1] - start[1] - off[1], *used)


def short_run(folder: Path, out: Path, workers: int) -> tuple[float, float]:
    """Seconds until a run over short releases has its first outcome, and of computing until its end."""
    outcomes: list[float] = []
    start = clocks()
    with tempfile.TemporaryDirectory(dir=out.parent) as tables:
        shortest = by_size(folder)[: workers * JOB_SIZE]
        extract(shortest, tables, workers=workers, progress=lambda *_: outcomes.append(time.perf_counter()))
    wait_for_workers()
    return outcomes[0] - start[0], clocks()[1] - start[1]


def wait_for_workers() -> None:
    """Until every worker has ended and is counted."""
    while multiprocessing.active_children():
        time.sleep(0.01)


def median(arguments: list[str], environment: dict[str, str]) -> float:
    """Seconds that a Python process takes, after a first one that does not count; `%d` is its number."""
    spent = []
    for number in range(TIMES + 1):
        command = [sys.executable, *(part.replace("%d", str(number)) for part in arguments)]
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent[1:])


def sources(folder: Path) -> list[Source]:
    """The files of a folder."""
    return [item for item in discover([folder]) if isinstance(item, Source)]


def by_size(folder: Path) -> list[Path]:
    """The files of a folder, the shortest first."""
    return sorted((source.path for source in sources(folder)), key=lambda path: path.stat().st_size)


def words_in(folder: Path) -> int:
    """How many words the releases of a folder have."""
    return sum(len(item.text.split()) for item in items(folder))


def items(folder: Path) -> list[Release]:
    """The releases of a folder."""
    found = (item for source in sources(folder) for item in read(source))
    return [item for item in found if isinstance(item, Release)]


def copies(folder: Path, target: Path, numbers: range, count: int, chars: int | None) -> Path:
    """Some of `count` releases drawn from a folder, by number; each cut to so many characters if asked."""
    target.mkdir(exist_ok=True)
    found = sources(folder)
    step = max(1.0, len(found) / count)
    for number in numbers:
        source = found[int(number * step) % len(found)]
        text = source.path.read_text(encoding="utf-8", errors="replace").replace("source_url:", "was_at:")
        (target / f"{number:06d}{source.suffix}").write_text(text[:chars], encoding="utf-8")
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parts", nargs="+", default=["speed", "latency", "growth"])
    parser.add_argument("--releases", type=int, default=2000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 4000, 5000])
    parser.add_argument("--chars", type=int)
    main(**vars(parser.parse_args()))
