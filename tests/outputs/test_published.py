"""Publishing tables to a real S3 server: whole versions, kills at every step, readers, addresses."""

from __future__ import annotations

import io
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.fs as fs
import pytest
from fsspec.implementations.dirfs import DirFileSystem
from fsspec.implementations.memory import MemoryFileSystem
from object_store import client
from small_releases import write_releases
from typer.testing import CliRunner

from communique.models.lexicons import SHIPPED, lay_over
from communique.outputs import NoTablesError, open_tables, remote
from communique.outputs import published as module
from communique.outputs.asking import WrongUsageError
from communique.outputs.published import publish
from communique.outputs.remote import AddressError, file_system
from communique.outputs.reviews import FILE, Review, Reviews
from communique.outputs.state import write_lexicons
from communique.outputs.store import StoreError
from communique.pipelines.cli import app
from communique.pipelines.extract import extract

KEY = "not-a-key-of-anybody"


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The address of a new bucket, of which the environment has the keys."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    name = f"b{abs(hash(request.node.name)) % 10**9}"
    client(endpoint).create_dir(name)
    return f"s3://{name}"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Tables of two releases, and of the same and two more."""
    home = tmp_path_factory.mktemp("grown")
    folder = write_releases(home / "releases", 2)
    extract([folder], home / "small")
    extract([folder], home / "large")
    extract([write_releases(home / "more", 4)], home / "large")
    return home / "small", home / "large"


def count(address: str) -> int:
    """The releases that a reader finds, once all tables agree."""
    tables = open_tables(address)
    rows = {name: tables.frame(name) for name in ("releases", "commitments", "commitment_parties")}
    ids = set(rows["releases"]["release_id"])
    assert all(set(frame["release_id"]) <= ids for frame in rows.values())
    assert len(ids) == len(rows["releases"])
    assert not rows["commitments"].empty
    return len(ids)


def objects(address: str) -> list[str]:
    store, root = file_system(address)
    found = store.get_file_info(fs.FileSelector(root, recursive=True, allow_not_found=True))
    return [info.path for info in found if info.is_file]


def test_what_is_published_is_read_as_it_lies(bucket: str, grown: tuple[Path, Path]) -> None:
    address = f"{bucket}/a/prefix"
    with pytest.raises(NoTablesError, match="nothing is published"):
        open_tables(address)
    done = publish(grown[1], address + "/")
    assert done.files == done.sent == len(objects(address)) - 1
    here, there = open_tables(grown[1]), open_tables(address)
    assert there.commitments().equals(here.commitments())
    assert there.sql("select count(*) as n from commitments")["n"].iloc[0] == len(here.frame("commitments"))
    release = here.releases()["release_id"].iloc[0]
    assert there.release(release)["releases"].equals(here.release(release)["releases"])
    assert publish(grown[1], address).sent == 0
    shown = CliRunner().invoke(app, ["commitments", "--out", address, "--format", "csv"])
    assert shown.exit_code == 0
    assert len(pd.read_csv(io.StringIO(shown.output))) == len(here.commitments())


def test_only_what_changed_is_sent_and_the_version_before_stays(
    bucket: str, grown: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, out = write_releases(tmp_path / "releases", 3), tmp_path / "out"
    extract([folder], out)
    first = publish(out, bucket)
    begun = open_tables(bucket)
    extract([folder], out)  # a row in `runs` only
    second = publish(out, bucket)
    assert 0 < second.sent < second.files
    assert len(begun.frame("releases")) == 3
    assert len(begun.frame("runs")) == 1 and len(open_tables(bucket).frame("runs")) == 2
    extract([folder], out)
    third = publish(out, bucket)
    versions = {path.split("/versions/")[1].split("/")[0] for path in objects(bucket) if "/versions/" in path}
    assert versions == {second.version, third.version} and first.version not in versions


def test_readers_see_what_was_reviewed_by_hand(bucket: str, grown: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(grown[0], out, symlinks=True)
    plain = publish(out, bucket)
    found = open_tables(bucket).commitments()
    assert found["verdict"].isna().all()
    rows = [Review(found["commitment_id"][0], "rejected"), Review(found["commitment_id"][1], "confirmed")]
    Reviews(out, SHIPPED).add(rows)
    done = publish(out, bucket)
    assert (done.files, done.sent) == (plain.files + 1, 1)
    assert publish(out, bucket).sent == 0
    there = open_tables(bucket)
    assert there.commitments().equals(open_tables(out).commitments())
    assert len(there.commitments()) == len(found) - 1
    assert there.commitments()["verdict"].dropna().tolist() == ["confirmed"]
    (out / FILE).write_text("commitment_id,verdict\na,perhaps\n")
    with pytest.raises(WrongUsageError, match=r"reviews.csv, row 2: no verdict 'perhaps'"):
        publish(out, bucket)
    assert publish(grown[0], bucket).version == plain.version
    assert open_tables(bucket).commitments()["verdict"].isna().all()
    write_lexicons(out / "current", lay_over({"states": {"states": {"CAN": {"also": ["Maple Realm"]}}}}))
    corrected = f"commitment_id,verdict,parties\n{rows[0].commitment_id},corrected,Maple Realm\n"
    (out / FILE).write_text(corrected)
    publish(out, bucket)
    found = open_tables(bucket).commitments(parties="the Maple Realm")
    assert found.set_index("commitment_id")["parties"][rows[0].commitment_id] == ["CAN"]


class Killed(BaseException):
    pass


class Dying:
    """A file system whose changes end at the one of that number, as a kill would."""

    def __init__(self, store: Any, last: int) -> None:
        self._store, self.left = store, last

    def __getattr__(self, name: str) -> Any:
        if name in {"open_output_stream", "copy_file", "delete_dir"}:
            if self.left == 0:
                raise Killed
            self.left -= 1
        return getattr(self._store, name)


def test_a_kill_at_each_kind_of_step_shows_readers_one_version_or_the_other(
    bucket: str, grown: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    seen = []
    steps = publish(grown[1], f"{bucket}/whole").files + 2  # each file, the switch, what is dropped
    last = range(steps - 3, steps + 1)  # the last file, the switch, what is dropped, and no kill
    for step in [*range(0, steps - 3, 4), *last]:  # one file of four: each is sent as the others are
        address = f"{bucket}/{step}"
        publish(grown[0], address)
        store, root = file_system(address)
        store.create_dir(f"{root}/versions/000000-left")
        with store.open_output_stream(f"{root}/versions/000000-left/file") as stream:
            stream.write(b"left by another that was killed")
        dying = Dying(store, step)
        with monkeypatch.context() as patched:
            patched.setattr(module, "file_system", lambda address, dying=dying, root=root: (dying, root))
            if step < steps:
                with pytest.raises(Killed):
                    publish(grown[1], address)
            else:
                publish(grown[1], address)
        assert dying.left == 0
        seen.append(count(address))
        publish(grown[1], address)
        assert count(address) == 6
    assert seen == [2] * (len(seen) - 2) + [6, 6]


@pytest.mark.parametrize("other", [b"{}", b"[1]", b"no JSON"])
def test_an_object_of_somebody_else_in_the_place_of_the_switch_is_told_and_stays(
    bucket: str, grown: tuple[Path, Path], other: bytes
) -> None:
    store, root = file_system(bucket)
    with store.open_output_stream(f"{root}/current.json") as stream:
        stream.write(other)
    for use in (lambda: publish(grown[0], bucket), lambda: open_tables(bucket)):
        with pytest.raises(StoreError, match=r"current.json was not written by communique"):
            use()
    assert objects(bucket) == [f"{root}/current.json"]


PUBLISH = "import sys; from communique.outputs.published import publish; publish(sys.argv[1], sys.argv[2])"


def test_processes_that_are_killed_leave_a_version_and_the_next_completes_it(
    bucket: str, grown: tuple[Path, Path]
) -> None:
    publish(grown[0], bucket)
    for wait in (0.0, 0.1, 0.2):
        before = set(objects(bucket))
        run = subprocess.Popen([sys.executable, "-c", PUBLISH, str(grown[1]), bucket])
        while run.poll() is None and set(objects(bucket)) == before:
            time.sleep(0.01)
        time.sleep(wait)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert count(bucket) in (2, 6)
        publish(grown[0], bucket)
    publish(grown[1], bucket)
    assert count(bucket) == 6


def test_what_did_not_arrive_whole_is_not_shown(
    bucket: str, grown: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(grown[0], bucket)

    def cut(store: Any, path: Path, target: str) -> None:
        with store.open_output_stream(target) as stream:
            stream.write(path.read_bytes()[:-1])

    monkeypatch.setattr(module, "_send", cut)
    with pytest.raises(OSError, match="did not arrive whole"):
        publish(grown[1], bucket)
    assert count(bucket) == 2


def test_the_command_tells_where_and_how_much_and_never_a_key(bucket: str, grown: tuple[Path, Path]) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["publish", *arguments])
        assert KEY not in done.output
        return done.exit_code, done.output

    code, told = run(str(grown[0]), bucket)
    assert code == 0 and f"{bucket}: version 00" in told
    assert all(KEY not in Path(path).read_text(errors="replace") for path in grown[0].rglob("*.parquet"))
    assert run(str(grown[0]), "s3://no-such-bucket/prefix")[0] == 3
    assert run(str(grown[0]), "ftp://host/prefix")[0] == 2
    assert run(str(grown[0].parent), bucket)[0] == 3
    summary = CliRunner().invoke(app, ["summary", "--out", bucket])
    assert summary.exit_code == 3 and "is an address" in summary.output
    assert CliRunner().invoke(app, ["extract", str(grown[0].parent), "--out", bucket]).exit_code == 2


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://host/prefix", "begins with s3://, gs://, az://"),
        ("s3://id:secret@bucket/prefix", "keys belong in the environment"),
        ("s3://bucket?access_key=id", "keys belong in the environment"),
        ("s3:///prefix", "names no bucket"),
        ("s3://bucket//prefix", "names no bucket"),
        ("az://container/prefix", "needs AZURE_STORAGE_ACCOUNT"),
    ],
)
def test_an_address_that_is_none_or_holds_a_key_is_refused(
    address: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT", raising=False)
    with pytest.raises(AddressError, match=told) as raised:
        file_system(address)
    assert "secret" not in str(raised.value)


def test_the_other_stores_have_file_systems_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", "account")
    assert file_system("az://container/a/b/")[1] == "container/a/b"
    store, path = file_system("gs://bucket/a")
    assert (store.type_name, path) == ("gcs", "bucket/a")


@pytest.mark.parametrize("scheme", ["gs", "az"])
def test_other_stores_are_published_to_and_read_as_s3_is(
    scheme: str, grown: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In memory, behind Arrow's interface: what is asked of a store is no more than all of them have."""
    memory = DirFileSystem(f"/{scheme}", MemoryFileSystem())  # paths without a slash before, as in stores
    store = fs.PyFileSystem(fs.FSSpecHandler(memory))
    monkeypatch.setitem(remote._MAKERS, scheme, lambda path, options: store)
    address = f"{scheme}://{scheme}-bucket/prefix"
    publish(grown[0], address)
    begun = open_tables(address)
    assert publish(grown[1], address).sent > 0
    assert (count(address), len(begun.frame("releases"))) == (6, 2)
    assert publish(grown[1], address).sent == 0


def test_there_must_be_tables(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no tables in"):
        publish(tmp_path, bucket)
    assert objects(bucket) == []


def test_an_endpoint_that_does_not_answer_is_told(
    grown: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    began = time.monotonic()
    with pytest.raises(OSError) as raised:
        publish(grown[0], "s3://bucket/prefix")
    assert KEY not in str(raised.value)
    assert time.monotonic() - began < 60
