"""Which files are sources of releases, in a fixed order, without leaving the folders given."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from communique.corpus import metadata as meta
from communique.corpus.decode import decode
from communique.corpus.kinds import SUFFIXES
from communique.corpus.metadata import Metadata
from communique.corpus.normalise import sha256
from communique.corpus.release import ReadError

MAX_BYTES = 10_000_000
# A browser that saves "page.html" puts its pictures and frames into "page_files" beside it.
SAVED_FOLDER = "_files"
_PAGES = (".html", ".htm", ".xhtml")
_Tables = list[tuple[Path, meta.Table]]
Unmet = dict[Path, set[str]]
Unknown = dict[Path, tuple[str, ...]]


class Unreadable(Exception):
    """A source gives no bytes or no text; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: `path` is where it lies, `source` its name relative to `root`.

    `given` is what metadata tables say of it. A source on its way to another machine has its bytes with it
    (`carried`), or why there are none.
    """

    source: str
    root: Path
    path: Path
    given: Metadata = meta.NOTHING
    max_bytes: int = MAX_BYTES
    data: bytes | None = None
    refused: str | None = None

    @property
    def suffix(self) -> str:
        """The suffix that decides how it is read, in lower case."""
        return PurePosixPath(self.source).suffix.lower()

    @property
    def metadata_sha256(self) -> str:
        """Fingerprint of what metadata tables say of this file."""
        return self.given.fingerprint()

    def load(self) -> bytes:
        """The bytes of the file. Raises Unreadable with the reason."""
        if self.refused is not None:
            raise Unreadable(self.refused)
        return load(self.path, self.root, self.max_bytes) if self.data is None else self.data

    def carried(self) -> Source:
        """The same with its bytes, to be read where its file is not."""
        try:
            return replace(self, data=self.load())
        except Unreadable as error:
            return replace(self, refused=str(error))

    def bare(self) -> Source:
        """The same without them."""
        return replace(self, data=None, refused=None)

    def sha256(self) -> str | None:
        """Hash of the bytes, None where they cannot be read (`read` then tells why)."""
        try:
            return sha256(self.load())
        except Unreadable:
            return None


def load(path: Path, root: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file below `root`. Raises Unreadable with the reason.

    Opening neither follows a link that was put there meanwhile nor waits for a pipe.
    """
    try:
        if not path.resolve(strict=True).is_relative_to(root):
            raise Unreadable("leads out of the source folder")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Unreadable("not a regular file")
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise Unreadable("no such file (it may have been removed meanwhile)") from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        raise Unreadable(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > max_bytes:
        raise Unreadable(f"larger than the limit of {max_bytes / 1e6:g} MB")
    return data


def discover(
    sources: Iterable[str | Path],
    metadata: str | Path | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    skip: Path | None = None,
    unread: Counter[str] | None = None,
    unmet: Unmet | None = None,
    unknown: Unknown | None = None,
) -> Iterator[Source | ReadError]:
    """Every file with a suffix of SUFFIXES in the sources, folders recursively and sorted.

    Hidden files, `metadata.csv` and the `metadata` table are no sources. Links are followed to files within
    the source folder only; the folder `skip` is passed over, and so are the `_files` folders of saved pages.
    What else a folder holds is counted by suffix in `unread`, and rows of a metadata table that no file of
    this or an earlier call asked for are named in `unmet`, by the table's path, its columns that are not
    understood in `unknown`. Reads no file but the metadata tables. Raises ValueError where the `metadata`
    table given cannot be read.
    """
    given = _given_table(metadata) if metadata else None
    unknown = {} if unknown is None else unknown
    if given is not None:
        unknown[Path(metadata or "").resolve()] = given.unknown
    for source in sources:
        start = Path(source)
        root = (start if start.is_dir() else start.parent).resolve()
        walk = _Walk(
            root,
            given,
            Path(metadata).resolve() if metadata else None,
            max_bytes,
            skip,
            Counter() if unread is None else unread,
            {} if unmet is None else unmet,
            unknown,
        )
        if start.is_dir():
            yield from walk.folder(root, [])
        else:
            yield from walk.named_file(start)
        if given is not None:
            walk.note_unmet(Path(metadata or "").resolve(), given)


def _given_table(path: str | Path) -> meta.Table:
    path = Path(path).resolve()
    try:
        table = meta.read_table(decode(load(path, path.parent)))
    except (Unreadable, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from None
    if table.refused:
        raise ValueError(f"{path.name}: path leaves its folder: {table.refused[0]}")
    return table


@dataclass(frozen=True, slots=True)
class _Walk:
    root: Path
    given: meta.Table | None
    given_path: Path | None
    max_bytes: int
    skip: Path | None
    unread: Counter[str]
    unmet: Unmet
    unknown: Unknown

    def note_unmet(self, path: Path, table: meta.Table) -> None:
        """Name the rows that no file has asked for yet."""
        left = table.unmet()
        self.unmet[path] = self.unmet.get(path, left) & left

    def named_file(self, path: Path) -> Iterator[Source | ReadError]:
        """A file that was named itself: its own metadata.csv counts, and a link may be anywhere."""
        if not path.exists():
            yield ReadError(path.name, "no such file or folder")
        elif path.suffix.lower() not in SUFFIXES:
            yield ReadError(path.name, f"unknown suffix; read are {', '.join(SUFFIXES)}")
        else:
            tables: _Tables = []
            yield from self._own_table(self.root, tables)
            known, real = self._metadata(self.root / path.name, tables), path.resolve()
            yield Source(path.name, real.parent, real, known, self.max_bytes)

    def folder(self, folder: Path, tables: _Tables) -> Iterator[Source | ReadError]:
        """The sources below a folder; `tables` are the metadata tables of the folders above it."""
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield ReadError(self._name(folder), f"cannot be opened: {error.strerror}")
            return
        tables = list(tables)
        yield from self._own_table(folder, tables)
        saved = {
            Path(entry.name).stem + SAVED_FOLDER for entry in entries if entry.name.lower().endswith(_PAGES)
        }
        for entry in entries:
            if entry.name in saved and entry.is_dir():
                self.unread[SAVED_FOLDER] += 1
            elif not entry.name.startswith("."):
                yield from self._entry(entry, tables)
        if tables and tables[-1][0] == folder:
            self.note_unmet(folder / meta.FILE_NAME, tables[-1][1])

    def _entry(self, entry: os.DirEntry[str], tables: _Tables) -> Iterator[Source | ReadError]:
        path = Path(entry.path)
        name = self._name(path)
        if not _is_unicode(name):
            yield ReadError(ascii(name), "the name is not Unicode")
        elif path == self.skip:
            return
        elif entry.is_symlink() and (reason := self._refused_link(path)):
            yield ReadError(name, reason)
        elif entry.is_dir():
            if not entry.is_symlink():  # the folder itself lies below the root and is read there
                yield from self.folder(path, tables)
        elif self._is_source(path):
            real = path.resolve() if entry.is_symlink() else path
            yield Source(name, self.root, real, self._metadata(path, tables), self.max_bytes)
        elif path.suffix.lower() not in SUFFIXES:
            self.unread[path.suffix.lower()] += 1

    def _refused_link(self, path: Path) -> str | None:
        try:
            inside = path.resolve(strict=True).is_relative_to(self.root)
        except (OSError, RuntimeError):
            return "symbolic link that leads nowhere"
        return None if inside else "symbolic link out of the source folder"

    def _is_source(self, path: Path) -> bool:
        if path.suffix.lower() not in SUFFIXES or path.name == meta.FILE_NAME:
            return False
        return self.given_path is None or path.resolve() != self.given_path

    def _own_table(self, folder: Path, tables: _Tables) -> Iterator[ReadError]:
        path = folder / meta.FILE_NAME
        if not path.is_file() or path.resolve() == self.given_path:
            return
        try:
            table = meta.read_table(decode(load(path, self.root, self.max_bytes)))
        except (Unreadable, ValueError) as error:
            yield ReadError(self._name(path), str(error))
            return
        for name in table.refused:
            yield ReadError(self._name(path), f"path leaves its folder: {name}")
        self.unknown[path] = table.unknown
        tables.append((folder, table))

    def _metadata(self, path: Path, tables: _Tables) -> Metadata:
        """The given table over that of the nearest folder over those above."""
        found = meta.NOTHING
        for folder, table in tables:
            found = table.find(PurePosixPath(path.relative_to(folder).as_posix())).over(found)
        if self.given:
            found = self.given.find(PurePosixPath(self._name(path))).over(found)
        return found

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
