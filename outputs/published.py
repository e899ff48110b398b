"""Tables in an object store: whole versions beside each other, and one object that names the newest.

    s3://bucket/prefix/versions/000007-9f86d081884c7d65/releases/2024-11.parquet
    s3://bucket/prefix/versions/000007-9f86d081884c7d65/reviews.csv  what was reviewed by hand
    s3://bucket/prefix/current.json                                the switch

A version has the name of what it holds, so that a publication that was broken off is done again in its place.
The version before the newest is kept, for readers who have begun with it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.fs as fs

from communique.outputs.remote import file_system
from communique.outputs.reviews import FILE, Reviews
from communique.outputs.state import lexicons_of
from communique.outputs.store import StoreError, snapshot

CURRENT = "current.json"
VERSIONS = "versions"
AT_ONCE = 8  # files on their way
PIECE = 1 << 20

#: The files of a version by their names in it.
Paths = dict[str, Path]


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: `sent` of its `files` were not there before."""

    address: str
    version: str
    files: int
    sent: int


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its name, the one before it, and the hash of each of its files."""

    name: str
    previous: str | None
    files: dict[str, str]


def publish(folder: str | Path, address: str) -> Publication:
    """Copy the newest tables of `folder` and their reviews to an address, and then switch readers to them.

    One publisher at a time. Whatever stops it, readers see the version before, whole; it can be done again.

    Raises StoreError where there are no tables, a run replaced them twice meanwhile, or something else lies
    at the address, WrongUsageError (a ValueError) where the reviews make no sense, AddressError (one, too)
    for an address that is none, OSError where it cannot be written to.
    """
    store, root = file_system(address)
    folder = Path(folder)
    source = snapshot(folder)
    with TemporaryDirectory() as beside:
        try:
            return _publish(
                _files(source) | _reviews(folder, source, Path(beside)), source.name, address, store, root
            )
        except FileNotFoundError as error:
            if source.exists():
                raise
            raise StoreError(f"runs replaced {source} while it was published; publish again") from error


def _publish(paths: Paths, of: str, address: str, store: fs.FileSystem, root: str) -> Publication:
    files = {name: _hash(path) for name, path in paths.items()}
    before = _read(store, root)
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
    new = Version(f"{of}-{digest}", before.name if before else None, files)
    if before is not None and before.name == new.name:
        return Publication(address, new.name, len(files), 0)
    sent = _copy(store, root, paths, new, before)
    _check(store, root, paths, new.name)
    _write(store, f"{root}/{CURRENT}", json.dumps(_shown(new)).encode())
    _drop(store, root, keep={new.name, new.previous})
    return Publication(address, new.name, len(files), sent)


def newest(address: str) -> tuple[fs.FileSystem, str]:
    """The newest version published at an address: its file system, and its path in it.

    Raises FileNotFoundError where nothing is published, StoreError where something else is, AddressError for
    an address that is none, OSError where it cannot be read.
    """
    store, root = file_system(address)
    version = _read(store, root)
    if version is None:
        raise FileNotFoundError(f"nothing is published at {address}")
    return store, f"{root}/{VERSIONS}/{version.name}"


def _files(version: Path) -> Paths:
    found = sorted(path for path in version.rglob("*") if path.is_file())
    return {path.relative_to(version).as_posix(): path for path in found}


def _reviews(folder: Path, version: Path, beside: Path) -> Paths:
    """A copy of the reviews as they stand, since people go on reviewing while it is sent."""
    reviews = Reviews(folder, lexicons_of(version))
    if not reviews.all:
        return {}
    return {FILE: Path(shutil.copy(reviews.path, beside))}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(store: fs.FileSystem, root: str) -> Version | None:
    path = f"{root}/{CURRENT}"
    if store.get_file_info(path).type == fs.FileType.NotFound:
        return None
    with store.open_input_stream(path) as file:
        content = file.read()
    try:
        said = json.loads(content)
        return Version(said["version"], said["previous"], dict(said["files"]))
    except (ValueError, LookupError, TypeError) as error:
        raise StoreError(f"{path} was not written by communique; publish to another prefix") from error


def _shown(version: Version) -> dict[str, object]:
    return {"version": version.name, "previous": version.previous, "files": version.files}


def _copy(store: fs.FileSystem, root: str, paths: Paths, new: Version, before: Version | None) -> int:
    """Put the files of a version in place; how many were sent, and not copied there from the one before."""
    known = before.files if before else {}
    same = {name for name, hash_ in new.files.items() if known.get(name) == hash_}
    target, old = f"{root}/{VERSIONS}/{new.name}", f"{root}/{VERSIONS}/{before.name if before else ''}"
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [
            pool.submit(store.copy_file, f"{old}/{name}", f"{target}/{name}")
            if name in same
            else pool.submit(partial(_send, store, paths[name], f"{target}/{name}"))
            for name in new.files
        ]
        for one in done:
            one.result()
    return len(new.files) - len(same)


def _send(store: fs.FileSystem, path: Path, target: str) -> None:
    with path.open("rb") as file, store.open_output_stream(target) as stream:
        while piece := file.read(PIECE):
            stream.write(piece)


def _write(store: fs.FileSystem, path: str, content: bytes) -> None:
    """One object at once: a store shows it when it is whole."""
    with store.open_output_stream(path) as stream:
        stream.write(content)


def _check(store: fs.FileSystem, root: str, paths: Paths, name: str) -> None:
    """Raises OSError where not all is there, before a reader is sent to it."""
    base = f"{root}/{VERSIONS}/{name}"
    found = {
        info.path.removeprefix(f"{base}/"): info.size
        for info in store.get_file_info(fs.FileSelector(base, recursive=True))
        if info.is_file
    }
    for file, path in paths.items():
        if found.get(file) != path.stat().st_size:
            raise OSError(f"{file} did not arrive whole; publish again")


def _drop(store: fs.FileSystem, root: str, keep: set[str | None]) -> None:
    """Remove older versions, and what publications left that were broken off."""
    for info in store.get_file_info(fs.FileSelector(f"{root}/{VERSIONS}")):
        if info.type == fs.FileType.Directory and info.base_name not in keep:
            store.delete_dir(info.path)
