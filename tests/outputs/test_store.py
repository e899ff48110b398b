"""The store: rows come back as written, commits are whole, old versions and strangers are kept apart."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from functools import partial
from itertools import count
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from steps import kill_at

from communique.corpus.normalise import sha256 as digest
from communique.corpus.normalise import text_key
from communique.models.lexicons import SHIPPED, lay_over
from communique.outputs import schemas, versions
from communique.outputs.rows import Row
from communique.outputs.schemas import MONTHLY, TABLES, VERSION_KEY
from communique.outputs.state import SourceState, lexicons_of
from communique.outputs.store import ArrowTables, Changes, StoreError, open_store, snapshot, to_arrow
from communique.outputs.verify import verify

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
DAYS = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))


def release(number: int, published: dt.date | None = None, key: str | None = None, **values: object) -> Row:
    name = f"r{number}"
    text = f"They agreed. {key or name}"
    return {
        **{"release_id": name, "source": f"{name}.txt", "file_name": f"{name}.txt", "text": text},
        **{"source_sha256": "a", "text_sha256": digest(text.encode()), "text_key": text_key(text)},
        **{
            "n_tokens": 3,
            "extracted_at": NOW,
            "first_seen": NOW,
            "pipeline_version": "v",
            "published": published,
        },
        **{"published_from": "metadata" if published else None, **values},
    }


def date(number: int, start: int, end: int) -> Row:
    row = {
        "release_id": f"r{number}",
        "mention_id": f"m{number}-{start}",
        "start_char": start,
        "end_char": end,
    }
    return {**row, "text": "They agreed."[start:end], "timex_type": "DATE"}


def tables(*releases: Row, dates: tuple[Row, ...] = ()) -> ArrowTables:
    return to_arrow({**{t.name: [] for t in MONTHLY}, "releases": list(releases), "dates": list(dates)})


def state(number: int) -> SourceState:
    return SourceState("/in", f"r{number}.txt", "a", None, "v", True, (f"r{number}",))


def commit(folder: Path, *releases: Row, dates: tuple[Row, ...] = (), removed: tuple[int, ...] = ()) -> None:
    numbers = [int(row["release_id"][1:]) for row in releases]
    sources = {state(n).key: state(n) for n in numbers} | {state(n).key: None for n in removed}
    with open_store(folder) as store:
        store.commit(Changes([tables(*releases, dates=dates)], {f"r{n}" for n in removed}, sources))


def ids(folder: Path) -> list[str]:
    return sorted(pd.read_parquet(folder / "releases")["release_id"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 8), DAYS, st.sampled_from("xyz"), st.text(max_size=5)), max_size=5),
        max_size=4,
    )
)
def test_the_tables_hold_the_last_commit_of_every_release(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[int, dt.date | None, str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("store") / "out"
    commit(folder)
    expected: dict[str, Row] = {}
    for batch in batches:
        rows = {n: release(n, day, key, title=title) for n, day, key, title in batch}
        commit(folder, *rows.values(), dates=tuple(date(n, 0, 4) for n in rows))
        expected |= {row["release_id"]: row for row in rows.values()}
    found = pq.read_table(snapshot(folder) / "releases").to_pylist()
    assert {r["release_id"]: (r["published"], r["title"]) for r in found} == {
        name: (row["published"], row["title"]) for name, row in expected.items()
    }
    assert len(pd.read_parquet(folder / "dates")) == len(expected)
    assert verify(folder) == []


def test_a_release_keeps_when_it_was_first_seen_until_it_is_removed(tmp_path: Path) -> None:
    later = NOW + dt.timedelta(days=7)
    again = {"extracted_at": later, "first_seen": later}

    def seen() -> dict[str, dt.datetime]:
        rows = pq.read_table(snapshot(tmp_path) / "releases").to_pylist()
        return {row["release_id"]: row["first_seen"] for row in rows}

    commit(tmp_path, release(1), release(3))
    commit(tmp_path, release(1, dt.date(2024, 5, 1), **again), release(2, **again))
    assert seen() == {"r1": NOW, "r2": later, "r3": NOW}
    commit(tmp_path, removed=(3,))
    commit(tmp_path, release(3, **again))
    assert seen() == {"r1": NOW, "r2": later, "r3": later}
    assert verify(tmp_path) == []


def test_pandas_duckdb_and_polars_read_a_table_as_it_lies(tmp_path: Path) -> None:
    commit(tmp_path, release(1, dt.date(2024, 5, 1)), release(2))
    columns = TABLES["releases"].schema.names
    assert list(pd.read_parquet(tmp_path / "releases").columns) == columns
    assert pl.read_parquet(tmp_path / "releases").columns == columns
    assert duckdb.sql(f"from '{tmp_path}/releases/*.parquet'").columns == columns
    assert len(pl.read_parquet(tmp_path / "releases")) == 2


def test_an_empty_store_has_every_table(tmp_path: Path) -> None:
    commit(tmp_path)
    for name, table in TABLES.items():
        assert list(pd.read_parquet(tmp_path / name).columns) == table.schema.names


def test_every_field_is_described_and_files_carry_the_schema_version(tmp_path: Path) -> None:
    commit(tmp_path, release(1))
    for table in TABLES.values():
        schema = pq.read_schema(tmp_path / table.name / "unknown.parquet")
        assert schema.metadata[VERSION_KEY] == schemas.SCHEMA_VERSION.encode()
        assert all(field.metadata[b"description"] for field in schema)


def test_a_commit_links_the_files_that_it_does_not_change(tmp_path: Path) -> None:
    commit(tmp_path, release(1, dt.date(2024, 5, 1)), release(2, dt.date(2024, 6, 1)))
    before = {p.name: p.stat().st_ino for p in snapshot(tmp_path).glob("releases/*")}
    commit(tmp_path, release(3, dt.date(2024, 6, 7)))
    after = {p.name: p.stat().st_ino for p in snapshot(tmp_path).glob("releases/*")}
    assert {name for name in after if after[name] != before[name]} == {"2024-06.parquet"}


def test_the_same_rows_make_the_same_files_in_whatever_order(tmp_path: Path) -> None:
    rows = [release(n, dt.date(2024, 1 + n % 2, 1), key="k") for n in range(6)]
    commit(tmp_path / "a", *rows)
    for row in reversed(rows):
        commit(tmp_path / "b", row)
    for path in snapshot(tmp_path / "a").glob("releases/*"):
        assert path.read_bytes() == (snapshot(tmp_path / "b") / "releases" / path.name).read_bytes()


def test_a_reader_that_resolved_the_link_keeps_its_state(tmp_path: Path) -> None:
    commit(tmp_path, release(1))
    seen = snapshot(tmp_path)
    commit(tmp_path, removed=(1,))
    assert len(pd.read_parquet(seen / "releases")) == 1
    assert ids(tmp_path) == []


def test_two_versions_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        commit(tmp_path, release(number))
    assert [p.name for p in sorted((tmp_path / "versions").iterdir())] == ["000004", "000005"]


def test_a_version_that_was_not_switched_to_does_not_stop_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, release(1))

    def full(self: Path, target: Path) -> None:
        raise OSError("full")

    change = Changes([tables(release(2))], set(), {state(2).key: state(2)})
    with open_store(tmp_path) as store:
        with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
            patch.setattr(Path, "symlink_to", full)
            store.commit(change)
        store.commit(change)
    assert ids(tmp_path) == ["r1", "r2"]


def test_a_link_that_leads_elsewhere_is_not_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "actors").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="actors"):
        commit(tmp_path / "out", release(1))


def test_tables_behind_a_link_are_written_and_checked(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    commit(tmp_path / "out", release(1))
    assert ids(tmp_path / "real") == ["r1"]
    assert verify(tmp_path / "out") == []


@pytest.mark.parametrize("name", ["building", "000002"])
def test_what_a_dead_run_left_is_cleared(tmp_path: Path, name: str) -> None:
    commit(tmp_path, release(1))
    (tmp_path / "versions" / name / "releases").mkdir(parents=True)
    commit(tmp_path, release(2))
    assert ids(tmp_path) == ["r1", "r2"]
    assert verify(tmp_path) == []


def test_a_commit_that_fails_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path, release(1, dt.date(2024, 1, 1)))
    moved = Changes([tables(release(1, dt.date(2024, 2, 1)))], set(), {})
    with open_store(tmp_path) as store:
        with monkeypatch.context() as patch:
            patch.setattr(versions, "_publish", lambda *args: (_ for _ in ()).throw(OSError("full")))
            with pytest.raises(OSError, match="full"):
                store.commit(moved)
        store.commit(moved)
    assert ids(tmp_path) == ["r1"]
    assert verify(tmp_path) == []


def test_a_kill_at_any_step_of_a_commit_leaves_the_one_before_or_the_whole_of_it(tmp_path: Path) -> None:
    commit(tmp_path / "base", release(1, dt.date(2024, 1, 1)), release(2, dt.date(2024, 2, 1)))
    commit(tmp_path / "base", release(3, dt.date(2024, 2, 2)))

    def change(folder: Path) -> None:
        commit(folder, release(1, dt.date(2024, 3, 1)), release(4), dates=(date(4, 0, 4),), removed=(2,))

    seen = []
    for step in count():
        folder = tmp_path / str(step)
        shutil.copytree(tmp_path / "base", folder, symlinks=True)
        killed = kill_at(step, partial(change, folder))
        assert verify(folder) == []
        seen.append(ids(folder))
        if step % 10 == 0:  # the next run goes on from there
            commit(folder, release(5))
            assert verify(folder) == []
            assert ids(folder) == sorted([*seen[-1], "r5"])
        if not killed:
            break
    before, after = ["r1", "r2", "r3"], ["r1", "r3", "r4"]
    switched = seen.index(after)
    assert seen == [before] * switched + [after] * (len(seen) - switched)
    assert switched > 15


def test_a_file_system_without_hard_links_gets_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    commit(tmp_path, release(1, dt.date(2024, 1, 1)))
    commit(tmp_path, release(2))
    assert ids(tmp_path) == ["r1", "r2"]


def test_tables_of_another_schema_version_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, release(1))
    monkeypatch.setattr("communique.outputs.store.SCHEMA_VERSION", "another")
    with (
        pytest.raises(StoreError, match=f"schema version {schemas.SCHEMA_VERSION}, .* writes another"),
        open_store(tmp_path),
    ):
        pass


def test_a_version_has_the_words_that_its_run_was_given(tmp_path: Path) -> None:
    own = lay_over({"states": {"states": {"CAN": {"also": ["Maple Realm"]}}}})
    for lexicons in (own, SHIPPED):
        with open_store(tmp_path / "out", lexicons) as store:
            store.commit(Changes([tables(release(1))], set(), {}))
        assert lexicons_of(snapshot(tmp_path / "out")) is lexicons
    with own.used():  # where it was given none, those in use
        assert lexicons_of(snapshot(tmp_path / "out")) is own


def test_a_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.outputs.lock.fcntl", None)
    with pytest.raises(OSError, match="on Windows, run communique in WSL"), open_store(tmp_path):
        pass


def test_null_where_the_schema_has_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"releases\.text is null"):
        tables(release(1, text=None))
