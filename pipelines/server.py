"""Whether a run can count on Prefect: its server answers, or a temporary one can start."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import httpx
import prefect
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, PREFECT_SERVER_DATABASE_CONNECTION_URL
from sqlalchemy.engine import make_url

SECONDS = 5  # Prefect itself would try again and again, for minutes


def require_server() -> None:
    """Raises RuntimeError where the server at PREFECT_API_URL does not answer, or none could be started.

    Prefect would wait for that as long as PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS says.
    """
    if url := PREFECT_API_URL.value():
        _require_answer(url)
    else:
        _require_home(Path(PREFECT_HOME.value()))
        _require_database(make_url(str(PREFECT_SERVER_DATABASE_CONNECTION_URL.value())).database)


def _require_answer(url: str) -> None:
    """One answer in all of SECONDS: a name server may be slow, too, and a server send a byte now and then."""
    answer: SimpleQueue[Exception | None] = SimpleQueue()
    Thread(target=_ask, args=(f"{url.rstrip('/')}/health", answer), daemon=True).start()
    try:
        error = answer.get(timeout=SECONDS)
    except Empty:
        error = TimeoutError("timed out")
    if error is not None:
        shown = re.sub(r"//[^/@]*@", "//", url)  # it may hold a password
        raise RuntimeError(
            f"no Prefect server answers at {shown} (PREFECT_API_URL): {error or type(error).__name__}; "
            "start it, or run with --no-prefect"
        ) from error


def _ask(url: str, answer: SimpleQueue[Exception | None]) -> None:
    try:
        # No secret is sent, and any answer will do: what the server is and who may use it, Prefect finds out.
        httpx.get(url, timeout=SECONDS, verify=False)
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
