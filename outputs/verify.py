"""Every invariant of the tables, checked from the files alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from communique.corpus.normalise import text_key
from communique.outputs.index import Index, entries_of
from communique.outputs.partitions import UNKNOWN, month_of, months_in, part
from communique.outputs.rows import SHARED, Row, stable_id
from communique.outputs.schemas import (
    ACTS,
    EVENT_KINDS,
    MONTHLY,
    RELEASES,
    SCHEMA_VERSION,
    SCOPES,
    TABLES,
    VERSION_KEY,
    Table,
)
from communique.outputs.state import read_states
from communique.outputs.versions import CURRENT, current

# Columns that hold a quote, by table, and the prefix of their offsets.
QUOTES = {
    "actors": {"text": ""},
    "dates": {"text": ""},
    "dialogues": {"text": ""},
    "events": {"text": ""},
    "commitments": {"trigger": "trigger_", "what": "what_", "sentence": "sentence_"},
}
ALLOWED = {
    ("actors", "kind"): {"state", "organization", "person", "group"},
    ("dates", "timex_type"): {"DATE", "DURATION", "SET"},
    ("dialogues", "kind"): {"dialogue", "instrument", "initiative"},
    ("events", "kind"): {"dialogue", "instrument", "initiative"},
    ("events", "event"): set(EVENT_KINDS),
    ("commitments", "act"): set(ACTS),
    ("releases", "scope"): set(SCOPES),
    ("commitments", "scope"): set(SCOPES),
    ("commitments", "status"): {"current", "background"},
    ("failures", "stage"): {"read", "extract"},
}


def verify(folder: Path) -> list[str]:
    """What is wrong with the tables in `folder`, in words; nothing where all holds or there are no tables.

    One month is held in memory at a time.
    """
    try:
        version = current(folder)
    except OSError as error:
        return [f"current version: {error}"]
    if version is None:
        found = [name for name in TABLES if any((folder / name).glob("*.parquet"))]
        return [f"{name}: no table of a commit: {CURRENT} is missing" for name in found]
    return [*_links(folder), *_problems(version)]


def pipeline_versions(folder: Path) -> dict[str, int]:
    """How many releases each `pipeline_version` has extracted, the most first; of a folder that holds."""
    version = current(folder)
    if version is None:
        return {}
    found: Counter[str] = Counter()
    for month in months_in(version, RELEASES):
        path = part(version, RELEASES, month)
        rows = pq.read_table(path, columns=["pipeline_version"], partitioning=None)
        found.update(rows["pipeline_version"].to_pylist())
    return dict(found.most_common())


def _links(folder: Path) -> Iterator[str]:
    """Names under which readers do not find the tables of the last commit."""
    for name in TABLES:
        if not (folder / name).exists() or (folder / name).resolve() != (folder / CURRENT / name).resolve():
            yield f"{name}: does not lead to {CURRENT}/{name}"


def _problems(version: Path) -> Iterator[str]:
    broken = [problem for table in TABLES.values() for problem in _files(version, table)]
    yield from broken
    if broken:  # the rows cannot be read as declared
        return
    try:
        yield from _contents(version)
    except (OSError, ValueError, pa.ArrowException) as error:  # bytes that are none of Parquet's, or no text
        yield f"a file cannot be read to its end: {error}"


def _contents(version: Path) -> Iterator[str]:
    keys: dict[str, set[tuple[object, ...]]] = {name: set() for name in TABLES}
    index = Index(())
    for month in _months(version):
        tables = {table.name: _rows(version, table, month) for table in MONTHLY}
        for entry in entries_of(_table(version, RELEASES, month)):
            index.add(entry)
        yield from _month(month, tables, keys)
    for table in TABLES.values():
        if not table.monthly:
            yield from _keys(table, _rows(version, table, UNKNOWN), keys)
    yield from _duplicates(index)
    yield from _states(version, set(index.entries))


def _files(version: Path, table: Table) -> Iterator[str]:
    """Files that are missing, cannot be read or have another schema."""
    if UNKNOWN not in months_in(version, table):
        yield f"{table.name}: no file for unknown months"
    for month in months_in(version, table):
        where = f"{table.name}/{month}.parquet"
        try:
            schema = pq.read_schema(part(version, table, month))
        except (OSError, pa.ArrowException) as error:
            yield f"{where}: cannot be read: {error}"
            continue
        if (found := (schema.metadata or {}).get(VERSION_KEY)) != SCHEMA_VERSION.encode():
            yield f"{where}: schema version {found!r}, not {SCHEMA_VERSION}"
        elif not schema.equals(table.schema, check_metadata=True):
            yield f"{where}: columns are not as declared"


def _months(version: Path) -> list[str]:
    return sorted({month for table in MONTHLY for month in months_in(version, table)})


def _table(version: Path, table: Table, month: str) -> pa.Table:
    path = part(version, table, month)
    return pq.read_table(path, partitioning=None) if path.exists() else table.schema.empty_table()


def _rows(version: Path, table: Table, month: str) -> list[Row]:
    rows: list[Row] = _table(version, table, month).to_pylist()
    return rows


def _month(
    month: str, tables: dict[str, list[Row]], keys: dict[str, set[tuple[object, ...]]]
) -> Iterator[str]:
    texts = {row["release_id"]: row["text"] for row in tables["releases"]}
    for table in MONTHLY:
        yield from _keys(table, tables[table.name], keys)
        yield from _values(table.name, tables[table.name])
        for row in tables[table.name]:
            if row["release_id"] not in texts:
                yield f"{table.name}: {_named(table, row)}: no release {row['release_id']!r} in {month}"
            else:
                yield from _quotes(table, row, texts[row["release_id"]])
    for row in tables["releases"]:
        yield from _release(row, month)
    for row in tables["commitments"]:
        yield from _commitment(row)
    yield from _parties(tables)


def _keys(table: Table, rows: list[Row], keys: dict[str, set[tuple[object, ...]]]) -> Iterator[str]:
    for row in rows:
        key = tuple(row[column] for column in table.key)
        if key in keys[table.name]:
            yield f"{table.name}: {_named(table, row)} comes twice"
        keys[table.name].add(key)


def _values(name: str, rows: list[Row]) -> Iterator[str]:
    for (table, column), allowed in ALLOWED.items():
        for value in {row[column] for row in rows} - allowed - {None} if table == name else ():
            yield f"{name}.{column}: {value!r} is not one of {', '.join(sorted(allowed))}"
    for row in rows:
        for column, value in row.items():
            if isinstance(value, list) and None in value:
                yield f"{name}.{column}: null in a list of {row['release_id']}"


def _quotes(table: Table, row: Row, text: str) -> Iterator[str]:
    for column, prefix in QUOTES.get(table.name, {}).items():
        start, end = row[f"{prefix}start_char"], row[f"{prefix}end_char"]
        if not 0 <= start <= end <= len(text) or text[start:end] != row[column]:
            yield f"{table.name}: {_named(table, row)}: offsets {start}:{end} do not give {row[column]!r}"


def _release(row: Row, month: str) -> Iterator[str]:
    name = row["release_id"]
    if hashlib.sha256(row["text"].encode()).hexdigest() != row["text_sha256"]:
        yield f"releases: {name}: text_sha256 is not the hash of text"
    if text_key(row["text"]) != row["text_key"]:
        yield f"releases: {name}: text_key is not that of text"
    if (row["published"] is None) != (row["published_from"] is None):
        yield f"releases: {name}: published and published_from do not go together"
    if row["source"].rsplit("/", 1)[-1] != row["file_name"]:
        yield f"releases: {name}: file_name is not the last part of source"
    if row["first_seen"] > row["extracted_at"]:
        yield f"releases: {name}: first seen {row['first_seen']}, after it was extracted"
    if month_of(row["published"]) != month:
        yield f"releases: {name}: published {row['published']} stands in {month}"


def _commitment(row: Row) -> Iterator[str]:
    name = f"commitments: {row['commitment_id']}"
    what = row["what_start_char"], row["what_end_char"]
    if stable_id(row["release_id"], row["act"], *what) != row["commitment_id"]:
        yield f"{name}: the id is not that of its release, act and offsets"
    if not row["sentence_start_char"] <= what[0] <= what[1] <= row["sentence_end_char"]:
        yield f"{name}: the undertaking is not in its sentence"
    if row["due_start"] and row["due_end"] and row["due_start"] > row["due_end"]:
        yield f"{name}: due from {row['due_start']} to {row['due_end']}"
    if not 0 <= (row["confidence"] or 0) <= 1:
        yield f"{name}: confidence {row['confidence']}"


def _parties(tables: dict[str, list[Row]]) -> Iterator[str]:
    """`commitment_parties` says of each party what `commitments` says of it."""
    published = {row["release_id"]: row["published"] for row in tables["releases"]}
    want = {
        (row["commitment_id"], party): [*(row[c] for c in SHARED), published.get(row["release_id"])]
        for row in tables["commitments"]
        for party in row["parties"] or ()
    }
    got = {
        (row["commitment_id"], row["actor_id"]): [*(row[c] for c in SHARED), row["published"]]
        for row in tables["commitment_parties"]
    }
    for key in sorted(want.keys() | got.keys(), key=str):
        if want.get(key) != got.get(key):
            yield f"commitment_parties: {key[0]} and {key[1]}: differs from commitments"


def _duplicates(index: Index) -> Iterator[str]:
    for entry in index.relabel({entry.text_key for entry in index.entries.values()}):
        yield f"releases: {entry.release_id}: duplicate_of should be {entry.duplicate_of!r}"


def _states(version: Path, releases: set[str]) -> Iterator[str]:
    """Every release belongs to one source that the next run knows of."""
    owned = [release_id for state in read_states(version).values() for release_id in state.release_ids]
    for release_id in sorted(releases.symmetric_difference(owned)):
        yield f"sources: {release_id}: is not both a release and of a known source"
    if len(owned) != len(set(owned)):
        yield "sources: a release belongs to two of them"


def _named(table: Table, row: Row) -> str:
    return " ".join(str(row[column]) for column in table.key)
