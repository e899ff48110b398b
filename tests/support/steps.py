"""Work that is killed at one of its steps: whatever it changes of files, as the interpreter tells of it."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable

STEPS = {
    *("open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"),
    *("shutil.copyfile", "shutil.rmtree"),
}
READING = os.O_RDONLY | os.O_CLOEXEC
KILLED = 9
LONGEST = 60  # seconds


def kill_at(step: int, work: Callable[[], object]) -> bool:
    """Does the work in a fork that ends at once before the step of that number; whether it was killed."""
    process = multiprocessing.get_context("fork").Process(target=_run, args=(step, work))
    process.start()
    process.join(LONGEST)
    if process.is_alive():
        process.kill()
    assert process.exitcode in {0, KILLED}, process.exitcode
    return process.exitcode == KILLED


def _run(step: int, work: Callable[[], object]) -> None:
    left = step

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS and (event != "open" or arguments[2] != READING):
            left -= 1
            if left < 0:
                os._exit(KILLED)

    sys.addaudithook(hook)
    work()
    os._exit(0)  # what other tests in this process left to be done at its end is no part of the work
