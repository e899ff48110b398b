"""Sources in an object store: a copy on this machine, brought up to date before a run reads it."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Container, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import pyarrow.fs as fs

from communique.corpus import MAX_BYTES
from communique.outputs.files import replace_file
from communique.outputs.lock import exclusive
from communique.outputs.remote import file_system, is_address, one_spelling

AT_ONCE = 16  # files on their way

log = logging.getLogger(__name__)


def local_copies(sources: Iterable[str | Path]) -> list[str | Path]:
    """The sources, with the folder of its copy in place of each address.

    Raises AddressError (a ValueError) for an address that is none, OSError where it cannot be read,
    StoreLockedError where another run copies from it.
    """
    return [
        _copied(source) if isinstance(source, str) and is_address(source) else source for source in sources
    ]


def _copied(address: str) -> Path:
    """The folder of the copy: files as they are at the address now, no others.

    Of a file larger than is read at all only so much comes that this is seen.
    """
    store, root = file_system(address)
    key = hashlib.sha256(one_spelling(address).encode()).hexdigest()[:12]
    folder = _cache() / key / root.rsplit("/", 1)[-1]
    folder.mkdir(parents=True, exist_ok=True)
    found = store.get_file_info(fs.FileSelector(root, recursive=True))
    there = {folder / name: info for info in found if info.is_file and (name := _name(info.path, root))}
    with exclusive(folder.parent):  # or another run's files on the way would go with what is left over
        _clear(folder, there)
        stale = [path for path, info in there.items() if not _same(path, info)]
        log.info("%d files at %s, %d of them new or changed", len(there), address, len(stale))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(lambda path: _download(store, there[path], path), stale):
                pass
    return folder


def _clear(folder: Path, but: Container[Path]) -> None:
    """Remove the files below a folder that are not among those to keep, and folders without any.

    Before new ones come: where a file lay, there may now be a folder.
    """
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_dir():
            if path not in but:
                path.unlink()
        elif not any(path.iterdir()):
            path.rmdir()


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "communique" / "sources"


def _name(path: str, root: str) -> str | None:
    """The name of a file below the root; None where it would lead out of the copy."""
    name = path.removeprefix(f"{root}/")
    parts = PurePosixPath(name).parts
    return (
        None
        if path == root or not parts or name != "/".join(parts) or {".", "..", "/"} & set(parts)
        else name
    )


def _same(path: Path, info: fs.FileInfo) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    size: int = min(info.size, MAX_BYTES + 1)
    return status.st_size == size and status.st_mtime_ns == int(info.mtime_ns)


def _download(store: fs.FileSystem, info: fs.FileInfo, path: Path) -> None:
    with store.open_input_stream(info.path) as file:
        replace_file(path, file.read(MAX_BYTES + 1))
    os.utime(path, ns=(info.mtime_ns, info.mtime_ns))
