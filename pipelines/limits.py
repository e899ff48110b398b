"""A time limit for a block of code, in whatever thread it runs."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

RELEASE_SECONDS = 300.0  # the longest release that is read at all takes some 30


class Overdue(BaseException):
    """The block took too long. No Exception: libraries that catch any would go on."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises Overdue in the block once it has lasted so long.

    It comes between two steps of Python, and in the main thread inside a regular expression; code in C
    that does not come back is not interrupted.
    """
    main = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    with _by_alarm(seconds) if main else _by_timer(seconds):
        yield


def _reason(seconds: float) -> str:
    return f"took more than {seconds:g} s"


@contextmanager
def _by_alarm(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Overdue(_reason(seconds))

    handler = signal.signal(signal.SIGALRM, ring)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        try:  # it may ring here too
            signal.setitimer(signal.ITIMER_REAL, *timer)
        finally:
            signal.signal(signal.SIGALRM, handler)


@contextmanager
def _by_timer(seconds: float) -> Iterator[None]:
    thread = threading.get_ident()
    lock, over = threading.Lock(), False

    class Late(Overdue):  # a thread is sent a class, which makes the exception without arguments
        def __str__(self) -> str:
            return _reason(seconds)

    def ring() -> None:
        with lock:
            if not over:
                _raise_in(thread, Late)

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()
        _raise_in(thread, None)  # what was sent and has not come yet


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Have a thread raise an exception at its next step; None takes back one that it has not raised."""
    raised = None if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
