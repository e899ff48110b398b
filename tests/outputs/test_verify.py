"""verify finds what is wrong: each case spoils one thing in good tables."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from small_releases import write_releases

from communique.outputs.store import snapshot
from communique.outputs.verify import pipeline_versions, verify
from communique.pipelines.extract import extract

Spoil = Callable[[pa.Table], pa.Table]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    extract([write_releases(tmp_path / "in", 4)], tmp_path / "out")
    return tmp_path / "out"


def changed(column: str, value: object) -> Spoil:
    def change(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index(column)
        field = table.schema.field(at)
        values = [value, *table[column].to_pylist()[1:]]
        return table.set_column(at, field, pa.array(values, field.type))

    return change


def doubled(table: pa.Table) -> pa.Table:
    return pa.concat_tables([table, table.slice(0, 1)])


def shifted(table: pa.Table) -> pa.Table:
    at = table.schema.get_field_index("start_char")
    return table.set_column(at, table.schema.field(at), pc.add(table["start_char"], pa.scalar(1, pa.int32())))


def emptied(table: pa.Table) -> pa.Table:
    return table.slice(0, 0)


@pytest.mark.parametrize(
    ("name", "spoil", "problem"),
    [
        ("actors", shifted, "offsets"),
        ("actors", doubled, "comes twice"),
        ("actors", changed("kind", "planet"), "not one of"),
        ("releases", emptied, "no release"),
        ("releases", changed("text_sha256", "0"), "not the hash"),
        ("releases", changed("duplicate_of", "other"), "duplicate_of"),
        ("releases", changed("text_key", "0"), "text_key"),
        ("releases", changed("published_from", None), "published_from"),
        ("releases", changed("published", dt.date(1999, 1, 1)), "stands in"),
        ("releases", changed("file_name", "other.txt"), "file_name"),
        ("commitments", changed("what", "something else"), "offsets"),
        ("commitments", changed("commitment_id", "0"), "the id is not"),
        ("commitments", changed("due_start", dt.date(2199, 1, 1)), "due from"),
        ("commitments", changed("confidence", 1.5), "confidence"),
        ("commitments", changed("sentence_start_char", 10_000), "not in its sentence"),
        ("commitments", changed("parties", ["CAN", None]), "null in a list"),
        ("commitment_parties", changed("actor_id", "other"), "differs from commitments"),
        ("commitment_parties", emptied, "differs from commitments"),
        ("dates", lambda table: table.drop_columns(["value"]), "not as declared"),
    ],
)
def test_verify_names_what_is_wrong(out: Path, name: str, spoil: Spoil, problem: str) -> None:
    assert verify(out) == []
    path = sorted((snapshot(out) / name).glob("2024-*.parquet"))[0]
    spoiled = spoil(pq.read_table(path, partitioning=None))
    path.unlink()  # the version before may share the file
    pq.write_table(spoiled, path)
    problems = verify(out)
    assert problems
    assert any(problem in line for line in problems)


def test_verify_finds_a_missing_table_and_a_broken_file(out: Path) -> None:
    path = snapshot(out) / "runs" / "unknown.parquet"
    path.unlink()
    assert verify(out) == ["runs: no file for unknown months"]
    path.write_bytes(b"PAR1")
    assert "cannot be read" in verify(out)[0]


def test_verify_finds_bytes_that_were_changed(out: Path) -> None:
    path = sorted((snapshot(out) / "releases").glob("2024-*.parquet"))[0]
    data = bytearray(path.read_bytes())
    at = len(data) // 3
    data[at : at + 40] = bytes(40)
    path.unlink()
    path.write_bytes(data)
    assert verify(out)


def test_verify_finds_what_the_next_run_would_miss(out: Path) -> None:
    (snapshot(out) / "_state" / "sources.parquet").unlink()
    assert "cannot be read" in verify(out)[0]


def test_verify_finds_a_name_that_readers_would_follow_elsewhere(out: Path) -> None:
    (out / "actors").unlink()
    assert verify(out) == ["actors: does not lead to current/actors"]


def test_tables_without_their_commit_are_not_taken_for_good(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out / "releases", tmp_path / "copy" / "releases")
    assert "current is missing" in verify(tmp_path / "copy")[0]


def test_mixed_pipeline_versions_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = write_releases(tmp_path / "in", 3), tmp_path / "out"
    extract([folder], out)
    assert len(pipeline_versions(out)) == 1
    (folder / "0001.txt").unlink()
    monkeypatch.setattr("communique.pipelines.extract.fingerprint", lambda *_: "another")
    extract([folder], out)
    assert verify(out) == []
    assert list(pipeline_versions(out).values()) == [2, 1]
    assert list(pipeline_versions(out))[0] == "another"
    assert pipeline_versions(tmp_path / "none") == {}


def test_no_tables_are_no_problem(tmp_path: Path) -> None:
    assert verify(tmp_path) == []
    assert verify(tmp_path / "none") == []
