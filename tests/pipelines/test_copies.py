"""Sources in an object store: read as if they lay here, kept up to date, never out of their folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.fs as fs
import pytest
from object_store import client
from small_releases import text_of
from typer.testing import CliRunner

from communique.outputs.lock import StoreLockedError, exclusive
from communique.pipelines.cli import app
from communique.pipelines.copies import _name, local_copies
from communique.pipelines.extract import extract


@pytest.fixture
def store(endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[fs.S3FileSystem]:
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "not-a-key")
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    opened = client(endpoint)
    opened.create_dir("releases")
    yield opened
    opened.delete_dir_contents("releases")


def put(store: fs.S3FileSystem, name: str, content: bytes) -> None:
    with store.open_output_stream(f"releases/{name}") as stream:
        stream.write(content)


def test_a_run_reads_an_address_and_again_only_what_changed(store: fs.S3FileSystem, tmp_path: Path) -> None:
    for number in range(3):
        put(store, f"2031/{number}.txt", text_of(number).encode())
    put(store, "2031/metadata.csv", b"file_name,title\n1.txt,One\n")
    out = tmp_path / "out"
    first = extract(["s3://releases/2031"], out)
    assert (first.new, first.failed) == (3, 0)
    found = pd.read_parquet(out / "releases").set_index("source")
    assert sorted(found.index) == ["0.txt", "1.txt", "2.txt"]
    assert found.loc["1.txt", "title"] == "One"

    put(store, "2031/1.txt", text_of(7).encode())
    put(store, "2031/deep/3.txt", text_of(8).encode())
    store.delete_file("releases/2031/2.txt")
    second = extract(["s3://releases/2031"], out, prune=True)
    assert (second.new, second.changed, second.unchanged, second.removed) == (1, 1, 1, 1)


def test_the_copy_is_what_lies_there_and_no_more_than_is_read(
    store: fs.S3FileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.pipelines.copies.MAX_BYTES", 4)
    put(store, "a.txt", b"1234567")
    put(store, "b/c.txt", b"12")
    (folder,) = map(Path, local_copies(["s3://releases"]))
    assert {path.name: path.read_bytes() for path in folder.rglob("*.txt")} == {
        "a.txt": b"12345",
        "c.txt": b"12",
    }
    before = (folder / "a.txt").stat().st_ino
    store.delete_file("releases/b/c.txt")
    assert local_copies(["s3://releases"]) == [folder]
    assert [path.name for path in folder.iterdir()] == ["a.txt"]
    assert (folder / "a.txt").stat().st_ino == before


def test_a_folder_may_come_where_a_file_lay_and_a_file_where_a_folder_was(store: fs.S3FileSystem) -> None:
    put(store, "now.txt", b"12")
    put(store, "later.txt/a.txt", b"12")
    local_copies(["s3://releases"])
    for name in ("now.txt", "later.txt/a.txt"):
        store.delete_file(f"releases/{name}")
    store.delete_dir("releases/later.txt")
    put(store, "now.txt/a.txt", b"34")
    put(store, "later.txt", b"56")
    (folder,) = map(Path, local_copies(["s3://releases"]))
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"now.txt/a.txt", "later.txt"}


def test_two_runs_do_not_copy_at_once(store: fs.S3FileSystem) -> None:
    put(store, "a.txt", b"12")
    (folder,) = map(Path, local_copies(["s3://releases"]))
    with exclusive(folder.parent), pytest.raises(StoreLockedError, match="another run"):
        local_copies(["s3://releases"])


def test_one_place_has_one_copy_and_another_store_another(store: fs.S3FileSystem) -> None:
    put(store, "2031/a.txt", b"12")
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    address = f"s3://releases/2031?region=eu-1&endpoint_override={endpoint}"
    same = [address, f"s3:/releases/2031/?endpoint_override={endpoint}&region=eu-1"]
    one, other, elsewhere = local_copies([*same, "s3://releases/2031"])
    assert one == other != elsewhere
    assert {Path(folder).name for folder in (one, elsewhere)} == {"2031"}


def test_the_command_takes_addresses_and_refuses_what_is_none(store: fs.S3FileSystem, tmp_path: Path) -> None:
    put(store, "a.txt", text_of(1).encode())

    def run(source: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["extract", source, "--out", str(tmp_path / "out"), "--no-prefect"])
        return done.exit_code, done.output

    assert "1 new" in run("s3://releases")[1]
    assert run("ftp://host/releases")[0] == 2
    with pytest.raises(ValueError, match="a folder of this machine"):
        extract(["s3://releases"], Path("s3://bucket/tables"))
    assert run("s3://no-such-bucket")[0] == 3
    assert run("nowhere")[0] == 2


@pytest.mark.parametrize("path", ["b/../x", "b/./x", "b//x", "b", "b/"])
def test_names_that_lead_elsewhere_are_left_out(path: str) -> None:
    assert _name(path, "b") is None
    assert _name("b/c/x", "b") == "c/x"
