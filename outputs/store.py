"""The store: all tables in one folder, read by anyone, written by one run at a time, commit by commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.fs as fs
import pyarrow.parquet as pq

from communique.models.lexicons import SHIPPED, Lexicons
from communique.outputs import versions
from communique.outputs.index import Index, entries_of, read_index
from communique.outputs.lock import exclusive
from communique.outputs.partitions import UNKNOWN, among, by_month, months_in, part, read_part, write_part
from communique.outputs.remote import is_address
from communique.outputs.schemas import (
    FAILURES,
    MONTHLY,
    RELEASES,
    RUNS,
    SCHEMA_VERSION,
    TABLES,
    VERSION_KEY,
    Table,
)
from communique.outputs.state import Key, SourceState, read_states, write_lexicons, write_states

if TYPE_CHECKING:  # with it comes spaCy, which the store does not need
    from communique.outputs.rows import Row, Rows

ArrowTables = dict[str, pa.Table]


class StoreError(RuntimeError):
    """The folder cannot be used as a store; the message says why and what to do."""


@dataclass(slots=True)
class Changes:
    """What one commit changes.

    `added` holds tables of extracted rows, as `to_arrow` makes them; a release that is already there is
    replaced. `removed` are releases to drop. `sources` are new states, None for a source to forget.
    """

    added: list[ArrowTables] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    sources: dict[Key, SourceState | None] = field(default_factory=dict)


def to_arrow(rows: Rows) -> ArrowTables:
    """Rows by table name as Arrow tables of the declared schemas.

    Raises ValueError where a row does not fit: a wrong type, or null where the schema has none.
    """
    tables = {}
    for name, some in rows.items():
        table = pa.Table.from_pylist(some, schema=TABLES[name].schema)
        for column in table.schema:
            if not column.nullable and table[column.name].null_count:
                raise ValueError(f"{name}.{column.name} is null")
        tables[name] = table
    return tables


def without(tables: ArrowTables, release_ids: Set[str]) -> ArrowTables:
    """The tables but for the rows of some releases."""
    if not release_ids:
        return tables
    return {name: rows.filter(pc.invert(among(rows, release_ids))) for name, rows in tables.items()}


def snapshot(folder: Path) -> Path:
    """The newest version of the tables as a plain folder that no later commit changes.

    Use it to read several tables of one state. Raises StoreError where there are no tables, or some of
    another schema version, and for an address.
    """
    if is_address(folder):
        raise StoreError(
            f"{folder} is an address, and here a folder of this machine is needed; `communique commitments`, "
            "`report`, `sql` and `communique.open_tables` read what was published"
        )
    version = versions.current(folder)
    if version is None:
        raise StoreError(f"no tables in {folder}: run `communique extract` first, or `communique demo`")
    refuse_other_schema(version, folder)
    return version


def refuse_other_schema(version: Path | str, folder: Path | str, store: fs.FileSystem | None = None) -> None:
    """StoreError where a version, which `folder` has as its newest, is of another schema version."""
    metadata = pq.read_schema(f"{version}/{RELEASES.name}/{UNKNOWN}.parquet", filesystem=store).metadata
    found = (metadata or {}).get(VERSION_KEY, b"none").decode()
    if found != SCHEMA_VERSION:
        raise StoreError(
            f"the tables in {folder} have schema version {found}, this program writes {SCHEMA_VERSION}; "
            "extract into a new folder"
        )


class Store:
    """The tables of one folder, open for writing. Made by `open_store`."""

    def __init__(self, folder: Path, lexicons: Lexicons) -> None:
        self.folder, self.lexicons = folder, lexicons
        self._version = versions.current(folder)
        self.sources = read_states(self._version)
        self.failures: dict[Key, Row] = {(row["root"], row["source"]): row for row in self._whole(FAILURES)}
        self._runs = self._whole(RUNS)
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """All releases; read when first asked for, a run with nothing to do never asks."""
        if self._index is None:
            self._index = read_index(self._version)
        return self._index

    def commit(self, changes: Changes, run: Row | None = None) -> None:
        """Make the changes, the failures as they stand and the run's row visible, all at once.

        When it raises, the tables and this object are as before, and it may be tried again.
        """
        added = _concatenated(changes.added)
        sources = {key: state for key, state in {**self.sources, **changes.sources}.items() if state}
        runs = [*self._runs, *([run] if run else [])]
        try:
            touched = self._update_index(added["releases"], changes.removed)
            ids = added["releases"]["release_id"].to_pylist()
            months = {release_id: self.index.entries[release_id].month for release_id in ids}
            dropped = changes.removed | set(ids)
            with versions.new_version(self.folder) as building:
                for table in TABLES.values():
                    (building / table.name).mkdir()
                for table in MONTHLY:
                    new = by_month(added[table.name], months)
                    self._write_monthly(building, table, new, dropped, touched[table.name])
                write_part(building, FAILURES, UNKNOWN, _from_rows(FAILURES, [*self.failures.values()]))
                write_part(building, RUNS, UNKNOWN, _from_rows(RUNS, runs))
                write_states(building, sources)
                write_lexicons(building, self.lexicons)
        except BaseException:
            self._index = None  # read again from what is there
            raise
        self._version, self.sources, self._runs = versions.current(self.folder), sources, runs

    def _update_index(self, releases: pa.Table, removed: Set[str]) -> dict[str, set[str]]:
        """Bring the index up to date; the months whose file must be written anew, by table."""
        if not (releases.num_rows or removed):
            return defaultdict(set)
        new = entries_of(releases)
        gone = removed | {entry.release_id for entry in new}
        old = {release_id: self.index.remove(release_id) for release_id in gone}
        for entry in new:
            self.index.add(entry, old[entry.release_id])
        changed = [entry for entry in (*old.values(), *new) if entry]
        months = {entry.month for entry in changed}
        relabelled = {entry.month for entry in self.index.relabel({entry.text_key for entry in changed})}
        return {table.name: months | (relabelled if table is RELEASES else set()) for table in MONTHLY}

    def _write_monthly(
        self,
        building: Path,
        table: Table,
        new: dict[str, pa.Table],
        dropped: Set[str],
        touched: Set[str],
    ) -> None:
        for month in sorted({*months_in(self._version, table), *touched, UNKNOWN}):
            if month not in touched and self._version and part(self._version, table, month).exists():
                versions.link_or_copy(part(self._version, table, month), part(building, table, month))
                continue
            rows = read_part(self._version, table, month, without=dropped)
            if month in new:
                rows = pa.concat_tables([rows, new[month]])
            write_part(building, table, month, self._labelled(rows) if table is RELEASES else rows)

    def _labelled(self, releases: pa.Table) -> pa.Table:
        """Rows of `releases` with `duplicate_of` and `first_seen` as the whole store has them."""
        entries = [self.index.entries[release_id] for release_id in releases["release_id"].to_pylist()]
        for name in ("duplicate_of", "first_seen"):
            at = RELEASES.schema.get_field_index(name)
            values = pa.array([getattr(entry, name) for entry in entries], RELEASES.schema.field(at).type)
            releases = releases.set_column(at, RELEASES.schema.field(at), values)
        return releases

    def _whole(self, table: Table) -> list[Row]:
        rows: list[Row] = read_part(self._version, table, UNKNOWN).to_pylist()
        return rows


@contextmanager
def open_store(folder: Path, lexicons: Lexicons = SHIPPED) -> Iterator[Store]:
    """The store in `folder`, made where there is none, locked until the block ends.

    What it commits is read with the words of `lexicons`.

    Raises StoreLockedError where another run writes to it, StoreError where the folder holds something else
    or tables of another schema version, OSError where it cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _refuse_foreign(folder)
    with exclusive(folder):
        (folder / versions.VERSIONS).mkdir(exist_ok=True)
        versions.drop_old(folder)
        if (version := versions.current(folder)) is not None:
            refuse_other_schema(version, folder)
        versions.point_tables(folder, TABLES)
        yield Store(folder, lexicons)


def _refuse_foreign(folder: Path) -> None:
    for name in TABLES:
        for path in (folder / name, folder / f"{name}.parquet"):
            if path.exists() and not path.is_symlink():
                raise StoreError(f"{path} was not written by communique; give another folder for the tables")


def _concatenated(parts: list[ArrowTables]) -> ArrowTables:
    return {t.name: pa.concat_tables([t.schema.empty_table(), *(p[t.name] for p in parts)]) for t in MONTHLY}


def _from_rows(table: Table, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=table.schema)
