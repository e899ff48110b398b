"""Version folders: every commit is a complete folder, made visible by one atomic rename.

    TABLES/versions/000007/releases/2024-11.parquet    one folder per commit
    TABLES/current -> versions/000007                  the switch
    TABLES/releases -> current/releases                what readers open

Files that a commit does not change are hard links into the version before it. The two newest versions
are kept, so that a reader who resolved `current` can finish.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CURRENT = "current"
VERSIONS = "versions"
BUILDING = "building"
KEPT = 2


def current(folder: Path) -> Path | None:
    """The version that readers see, its real path; None before the first commit."""
    link = folder / CURRENT
    return link.resolve(strict=True) if link.is_symlink() else None


@contextmanager
def new_version(folder: Path) -> Iterator[Path]:
    """An empty folder to fill; published when the block ends well, thrown away when it raises.

    The caller holds the folder's lock and has synced the files it wrote.
    """
    drop_old(folder)  # a version that could not be switched to would stand in the way
    building = folder / VERSIONS / BUILDING
    building.mkdir(parents=True)
    try:
        yield building
        _publish(folder, building)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    drop_old(folder)


def link_or_copy(source: Path, target: Path) -> None:
    """A hard link, or a copy on a file system without them."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
        sync(target)


def point_tables(folder: Path, names: Iterable[str]) -> None:
    """Make `folder/<name>` lead to the current version's table. Raises FileExistsError on a foreign one."""
    for name in names:
        link, target = folder / name, Path(CURRENT) / name
        if not (link.is_symlink() and link.readlink() == target):
            link.symlink_to(target)


def drop_old(folder: Path) -> None:
    """Remove what dead runs left behind, and all but the newest versions."""
    shutil.rmtree(folder / VERSIONS / BUILDING, ignore_errors=True)
    seen = current(folder)
    versions = _numbered(folder)
    # A version above the current one was finished but never switched to: its run was killed.
    stale = [v for v in versions if seen is None or v.name > seen.name]
    for version in [*stale, *[v for v in versions if v not in stale][:-KEPT]]:
        shutil.rmtree(version, ignore_errors=True)


def sync(path: Path) -> None:
    """Flush a file or a folder's entries to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _publish(folder: Path, building: Path) -> None:
    for path in (*(p for p in building.iterdir() if p.is_dir()), building):
        sync(path)
    seen = current(folder)
    version = folder / VERSIONS / f"{int(seen.name) + 1 if seen else 1:06d}"
    building.rename(version)
    sync(version.parent)
    switch = folder / f".{CURRENT}"
    switch.unlink(missing_ok=True)
    switch.symlink_to(Path(VERSIONS) / version.name)
    switch.replace(folder / CURRENT)
    sync(folder)


def _numbered(folder: Path) -> list[Path]:
    return sorted(p for p in (folder / VERSIONS).glob("*") if re.fullmatch(r"\d{6,}", p.name))
