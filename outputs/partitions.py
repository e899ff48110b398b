"""One table's files inside a version: one Parquet file per month of publication."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Set
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.outputs.schemas import Table
from communique.outputs.versions import sync

# Where the month is not known. This file always exists, so that an empty table can be read too.
UNKNOWN = "unknown"


def month_of(published: dt.date | None) -> str:
    """The name of the file that holds a release and all its rows."""
    return f"{published:%Y-%m}" if published else UNKNOWN


def months_in(version: Path | None, table: Table) -> list[str]:
    """The months that a version has files for."""
    return sorted(path.stem for path in (version / table.name).glob("*.parquet")) if version else []


def part(version: Path, table: Table, month: str) -> Path:
    """The path of one month's file."""
    return version / table.name / f"{month}.parquet"


def read_part(version: Path | None, table: Table, month: str, *, without: Set[str] = frozenset()) -> pa.Table:
    """One month's rows but those of the releases `without`; no rows where there is no file."""
    if version is None or not part(version, table, month).exists():
        return table.schema.empty_table()
    rows = pq.read_table(part(version, table, month), schema=table.schema, partitioning=None)
    return rows.filter(pc.invert(among(rows, without))) if without else rows


def write_part(version: Path, table: Table, month: str, rows: pa.Table) -> None:
    """Write one month's rows in the table's order, synced; nothing where there are none."""
    if rows.num_rows or month == UNKNOWN:
        rows = rows.sort_by([(name, "ascending") for name in table.order])
        path = part(version, table, month)
        pq.write_table(rows, path, compression="zstd")
        sync(path)


def by_month(rows: pa.Table, months: Mapping[str, str]) -> dict[str, pa.Table]:
    """The rows of each month, in one pass. `months` has the month of each release."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, release_id in enumerate(rows["release_id"].to_pylist()):
        places[months[release_id]].append(at)
    whole = rows.combine_chunks()  # thousands of small chunks are slow to pick from
    return {month: whole.take(pa.array(some, pa.int64())) for month, some in places.items()}


def among(rows: pa.Table, release_ids: Set[str]) -> pa.ChunkedArray:
    """A mask of the rows that belong to one of the releases."""
    return pc.is_in(rows["release_id"], value_set=pa.array(sorted(release_ids), pa.string()))
