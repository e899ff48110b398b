"""The machine that a benchmark runs on: its clocks, its processor, and what else it does."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVERYONE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def clocks() -> tuple[float, float]:
    """Seconds of the clock, and of computing by this process and those that it has waited for."""
    used = [resource.getrusage(who) for who in EVERYONE]
    return time.perf_counter(), sum(some.ru_utime + some.ru_stime for some in used)


def processor() -> str:
    """The name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())


@contextmanager
def others() -> Iterator[None]:
    """Tells how much of the machine other processes used meanwhile."""
    began, busy = clocks(), all_computing()
    yield
    seconds, own = (now - then for now, then in zip(clocks(), began, strict=True))
    share = (all_computing() - busy - own) / (seconds * (os.cpu_count() or 1))
    print(f"others used {max(0.0, share):.0%} of the machine meanwhile\n", flush=True)


def all_computing() -> float:
    """Seconds of computing by all processes since the machine was started."""
    user, nice, system = map(int, Path("/proc/stat").read_text().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")
