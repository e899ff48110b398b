"""A Prefect server that does not answer, or a temporary one that could not start, is told at once."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from prefect_server import COMMUNIQUE, Server

from communique.pipelines.server import _require_answer


def drip(listener: socket.socket) -> None:
    """Answer a byte at a time, and never to the end."""
    asked, _ = listener.accept()
    with suppress(OSError):
        while asked.send(b"H"):
            time.sleep(0.5)


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """An address at which nobody listens, or somebody who never answers, or never to the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if request.param != "nobody":
            listener.listen()
        if request.param == "dripping":
            threading.Thread(target=drip, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"


@pytest.mark.parametrize(
    ("command", "address"),
    [("extract", "nobody"), ("extract", "mute"), ("extract", "dripping"), ("serve", "nobody")],
    indirect=["address"],
)
def test_a_server_that_does_not_answer_is_named_with_the_way_without(
    command: str, address: str, releases: Callable[[int], Path], tmp_path: Path
) -> None:
    environment = {**os.environ, "PREFECT_API_URL": address, "PREFECT_HOME": str(tmp_path / "home")}
    arguments = [sys.executable, "-c", COMMUNIQUE, command, str(releases(1)), "--out", str(tmp_path / "out")]
    began = time.monotonic()
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=120)
    assert time.monotonic() - began < 10 + 20  # what the machine takes to import Prefect
    assert done.returncode == 3
    assert address in done.stderr and "--no-prefect" in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out" / "current").exists()


@pytest.mark.parametrize("address", ["localhost:4200", "prefect.example/api", "http://[::1/api"])
def test_an_address_that_is_none_is_told_at_once(address: str) -> None:
    with pytest.raises(RuntimeError, match="--no-prefect") as told:
        _require_answer(address)
    assert f"at {address} (PREFECT_API_URL)" in str(told.value)


@pytest.mark.parametrize("password", ["s3cret", "s3@cret", "80/s3cret", "s3cret/", "a#s3cret"])
def test_a_password_is_told_to_nobody(password: str) -> None:
    with pytest.raises(RuntimeError) as told:
        _require_answer(f"http://ana:{password}@127.0.0.1:1/api")
    assert "s3" not in str(told.value) and "--no-prefect" in str(told.value)


def test_no_password_is_sent_where_a_server_is_looked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asked: list[bytes] = []

        def answer() -> None:
            found, _ = listener.accept()
            with found:
                asked.append(found.recv(10_000))
                found.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        _require_answer(f"http://ana:s3cret@127.0.0.1:{listener.getsockname()[1]}/api")
        thread.join()
    assert asked[0].startswith(b"GET /api/health") and b"authorization" not in asked[0].lower()


@pytest.mark.parametrize("broken", ["home", "database", "version"])
def test_a_temporary_server_that_could_not_start_is_told_with_the_way_without(
    broken: str, releases: Callable[[int], Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    if broken == "home":
        home.write_text("no folder")
    else:
        home.mkdir()
        with sqlite3.connect(home / "prefect.db") as database:
            database.execute("create table alembic_version (version_num varchar)")
            database.execute("insert into alembic_version values ('ffffffffffff')")
        database.close()
    if broken == "database":
        (home / "prefect.db").write_bytes(b"no database, " * 100)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment["PREFECT_HOME"] = str(home)
    arguments = [
        sys.executable,
        "-c",
        COMMUNIQUE,
        "extract",
        str(releases(1)),
        "--out",
        str(tmp_path / "out"),
    ]
    began = time.monotonic()
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=120)
    assert time.monotonic() - began < 10 + 20  # what the machine takes to import Prefect
    assert done.returncode == 3
    (line,) = done.stderr.strip().splitlines()
    assert str(home) in line and "--no-prefect" in line
    assert not (tmp_path / "out" / "current").exists()


def test_a_database_that_prefect_can_bring_up_to_date_is_left_to_it(tmp_path: Path) -> None:
    from communique.pipelines.server import _require_database

    for version in ("9725c1cbee35", None):  # the first that Prefect ever had; and none yet
        path = tmp_path / f"{version}.db"
        with sqlite3.connect(path) as database:
            if version:
                database.execute("create table alembic_version (version_num varchar)")
                database.execute(f"insert into alembic_version values ('{version}')")
        database.close()
        _require_database(str(path))
    _require_database(str(tmp_path / "none.db"))
    _require_database(None)


@pytest.mark.parametrize("ask", [lambda server: server.get("/x"), lambda server: server.post("/x").json()])
def test_a_server_of_these_tests_is_asked_again_while_its_database_is_locked(
    ask: Callable[[Server], object],
) -> None:
    statuses = iter([503, 200, 404])
    answers = httpx.MockTransport(lambda _: httpx.Response(next(statuses), json={"found": 1}))
    server = Server.__new__(Server)  # one that was not started
    server._client = httpx.Client(transport=answers, base_url="http://127.0.0.1/api")
    assert ask(server) == {"found": 1}
    assert server.deployment("nightly") is None
