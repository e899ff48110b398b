"""Whether a run can count on Prefect: its server answers, and goes on to, or a temporary one can start."""

from __future__ import annotations

import logging
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import httpx
import prefect
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, PREFECT_SERVER_DATABASE_CONNECTION_URL
from sqlalchemy.engine import make_url

SECONDS = 5  # Prefect itself would try again and again, for minutes
# Told within 25 seconds, and not where a busy server is late once.
LOOK_SECONDS, MISSED = 7, 2

log = logging.getLogger(__name__)


def require_server() -> None:
    """Raises RuntimeError where the server at PREFECT_API_URL does not answer, or none could be started.

    Prefect would wait for that as long as PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS says.
    """
    if url := PREFECT_API_URL.value():
        _require_answer(url)
    else:
        _require_home(Path(PREFECT_HOME.value()))
        _require_database(make_url(str(PREFECT_SERVER_DATABASE_CONNECTION_URL.value())).database)


@contextmanager
def watched() -> Iterator[None]:
    """A line tells where the server at PREFECT_API_URL answers no longer while the block runs.

    Prefect itself asks it only between two batches, which may each take many minutes.
    """
    over = Event()
    if url := PREFECT_API_URL.value():
        Thread(target=_watch, args=(url, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _watch(url: str, over: Event) -> None:
    missed = 0
    while missed < MISSED and not over.wait(LOOK_SECONDS):
        missed = missed + 1 if _fault(url) else 0
    if missed == MISSED:
        log.warning(
            "the Prefect server at %s answers no longer; where it stays away, the run ends "
            "with the batch that it is at, which is committed",
            _shown(url),
        )


def _require_answer(url: str) -> None:
    if error := _fault(url):
        raise RuntimeError(
            f"no Prefect server answers at {_shown(url)} (PREFECT_API_URL): {_reason(error)}; "
            "start it, or run with --no-prefect"
        ) from error


def _shown(url: str) -> str:
    """The address without a password, which may hold any sign."""
    return re.sub(r"//.*@", "//", url)


def _reason(error: Exception) -> str:
    """What went wrong; what cannot be read of an address may be a part of the password."""
    told = "" if isinstance(error, httpx.InvalidURL | ValueError) else str(error)
    return told or type(error).__name__


def _fault(url: str) -> Exception | None:
    """Why no answer is there in SECONDS in all: name servers may be slow, and servers send byte by byte."""
    answer: SimpleQueue[Exception | None] = SimpleQueue()
    Thread(target=_ask, args=(f"{url.rstrip('/')}/health", answer), daemon=True).start()
    try:
        return answer.get(timeout=SECONDS)
    except Empty:
        return TimeoutError("timed out")


def _ask(url: str, answer: SimpleQueue[Exception | None]) -> None:
    try:
        # No secret is sent, and any answer will do: what the server is and who may use it, Prefect finds out.
        httpx.get(httpx.URL(url).copy_with(userinfo=b""), timeout=SECONDS, verify=False)
        answer.put(None)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        answer.put(error)


def _require_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise RuntimeError(
            f"Prefect cannot write to {home} (PREFECT_HOME): {error.strerror}; "
            "set another, or run with --no-prefect"
        ) from error


def _require_database(name: str | None) -> None:
    """A database of SQLite that is there already must be one that this Prefect can bring up to date."""
    path = Path(name) if name else None
    if path is None or not path.is_file():
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            found = [row[0] for row in database.execute("select version_num from alembic_version")]
    except sqlite3.OperationalError:  # no table yet, or a server is at it: that is for Prefect to find out
        return
    except sqlite3.DatabaseError as error:
        raise RuntimeError(_unusable(path, str(error))) from error
    folder = Path(prefect.__file__).parent / "server" / "database" / "_migrations" / "versions" / "sqlite"
    known = {part for migration in folder.glob("*.py") for part in re.split(r"[_.]", migration.name)}
    if unknown := [version for version in found if known and version not in known]:
        raise RuntimeError(_unusable(path, f"version {unknown[0]} is not of Prefect {prefect.__version__}"))


def _unusable(path: Path, reason: str) -> str:
    return (
        f"Prefect cannot use the database {path}: {reason}; "
        "set another PREFECT_HOME, or run with --no-prefect"
    )
