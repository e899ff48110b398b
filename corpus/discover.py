"""Which files are sources of releases, in a fixed order, without leaving the folders given."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from communique.corpus import metadata as meta
from communique.corpus.decode import decode
from communique.corpus.kinds import SUFFIXES
from communique.corpus.metadata import Metadata
from communique.corpus.release import ReadError
from communique.corpus.source import MAX_BYTES, Source, Unreadable, load

# A browser that saves "page.html" puts its pictures and frames into "page_files" beside it.
SAVED_FOLDER = "_files"
_PAGES = (".html", ".htm", ".xhtml")
_Tables = list[tuple[Path, meta.Table]]
Unmet = dict[Path, set[str]]
Unknown = dict[Path, tuple[str, ...]]


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
            yield from walk.folder(root)
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
class _Folder:
    """A folder to walk, with the metadata tables of the folders above it."""

    path: Path
    tables: _Tables = field(default_factory=list)


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

    def folder(self, root: Path) -> Iterator[Source | ReadError]:
        """The sources below a folder. A stack is kept by hand: folders may lie deeper than calls may."""
        open_ = [self._within(_Folder(root))]
        while open_:
            found = next(open_[-1], None)
            if found is None:
                open_.pop()
            elif isinstance(found, _Folder):
                open_.append(self._within(found))
            else:
                yield found

    def _within(self, folder: _Folder) -> Iterator[Source | ReadError | _Folder]:
        """The sources and the folders that lie right in a folder."""
        try:
            with os.scandir(folder.path) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield ReadError(self._name(folder.path), f"cannot be opened: {error.strerror}")
            return
        tables = list(folder.tables)
        if any(entry.name == meta.FILE_NAME for entry in entries):
            yield from self._own_table(folder.path, tables)
        saved = {
            Path(entry.name).stem + SAVED_FOLDER for entry in entries if entry.name.lower().endswith(_PAGES)
        }
        for entry in entries:
            if entry.name in saved and entry.is_dir():
                self.unread[SAVED_FOLDER] += 1
            elif not entry.name.startswith("."):
                yield from self._entry(entry, tables)
        if tables and tables[-1][0] == folder.path:
            self.note_unmet(folder.path / meta.FILE_NAME, tables[-1][1])

    def _entry(self, entry: os.DirEntry[str], tables: _Tables) -> Iterator[Source | ReadError | _Folder]:
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
                yield _Folder(path, tables)
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
