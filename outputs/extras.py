"""What is installed by an extra only, and how its absence is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

EXTRA_OF = {
    **dict.fromkeys(("pandas", "duckdb", "xlsxwriter"), "sql"),
    **dict.fromkeys(("altair", "jinja2", "markupsafe"), "report"),
    "prefect": "prefect",
    **dict.fromkeys(("httpx", "protego"), "fetch"),
    "distributed": "dask",
}


class MissingExtraError(ImportError):
    """An extra is not installed; the message names it."""


def installed(module: str) -> bool:
    """Whether a module of an extra is there; nothing is imported."""
    return find_spec(module) is not None


@contextmanager
def extra(purpose: str, name: str | None = None) -> Iterator[None]:
    """Raises MissingExtraError where the block imports what is not there, with what it is for.

    `name` is the extra that has all of it, where several have the module.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        known = EXTRA_OF.get((error.name or "").partition(".")[0])
        if known is None:
            raise
        name = name or known
        raise MissingExtraError(
            f"{purpose} needs the extra {name}: pip install 'communique[{name}]'"
        ) from error
