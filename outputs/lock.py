"""One writer at a time: an advisory lock that the kernel releases when its holder dies.

Windows has no such lock, and the links by which readers are switched for administrators only: tables are
written on Linux and macOS.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"


class StoreLockedError(RuntimeError):
    """Another run is writing to the same tables."""


@contextmanager
def exclusive(folder: Path, name: str = LOCK) -> Iterator[None]:
    """Hold the folder's lock of that name. Raises StoreLockedError at once where another process holds it.

    A link in the lock's place is not followed: what it leads to would be written over. It raises OSError, as
    does a system without such locks.
    """
    if fcntl is None:
        raise OSError("tables are written on Linux and macOS; on Windows, run communique in WSL")
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(folder / name, flags, 0o666), "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise StoreLockedError(
                f"another run (process {holder}) is writing to {folder}; wait for it to end"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
