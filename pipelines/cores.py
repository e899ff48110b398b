"""One core for the matrices: they are small, and workers that each use all take cores from one another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


class OneCore:
    """A limit that belongs to the process: runs in several threads share it, and the last one lifts it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0
        self._limit: Any = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """The limit for the block, over the libraries that are loaded when it is first set."""
        with self._lock:
            if self._limit is None:
                self._limit = _pools().limit(limits=1, user_api="blas")
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    self._limit.restore_original_limits()
                    self._limit = None

    def keep(self) -> None:
        """Never lift the limit once it is set: for a process that does nothing else."""
        with self._lock:
            self._users += 1


ONE_CORE = OneCore()


@cache
def _pools() -> ThreadpoolController:
    """The thread pools of the libraries that the pipeline has loaded."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
