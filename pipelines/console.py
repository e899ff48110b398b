"""What the commands share: where they print, the option for the tables, how a failure is told."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

import typer
from rich.console import Console
from rich.text import Text

from communique.outputs.asking import WrongUsageError
from communique.outputs.extras import MissingExtraError

DEFAULT_OUT = Path("outputs/tables")
INCOMPLETE = 3  # exit code
WRONG_USAGE = 2  # exit code, as Typer's own

# Words of names in the query of an address, and how they stand in these.
_KEY_WORDS = frozenset(("key", "apikey", "token", "secret", "sig", "signature", "password"))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

Out = Annotated[Path, typer.Option("--out", "-o", help="Folder of the tables.", file_okay=False)]


def _found(sources: list[str]) -> list[str]:
    """Refuses a path at which nothing is, and an address that is none or holds a key.

    A server keeps what a flow was called with. What an address holds is found out later.
    """
    for source in sources:
        if "://" in source:
            from communique.outputs.remote import AddressError, require_address

            try:
                require_address(source)
            except AddressError as error:
                raise typer.BadParameter(str(error)) from error
        elif not Path(source).exists():
            raise typer.BadParameter(f"Path {source!r} does not exist.")
    return sources


def without_key(addresses: list[str] | None) -> list[str] | None:
    """Refuses an address with a password or a key in it, for it would stand in parameters and ledgers."""
    for address in addresses or ():
        try:
            parts = urlsplit(address)
        except ValueError as error:  # brackets that hold no IPv6 address
            raise typer.BadParameter("an address that is none of the web") from error
        names = (name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
        if parts.username or parts.password or any(map(_names_key, names)):
            raise typer.BadParameter("an address with a password or a key in it is not fetched")
    return addresses


def _names_key(name: str) -> bool:
    """Whether a word of the name is one for a key: "api_key", "accessToken", and no "keyword"."""
    return not _KEY_WORDS.isdisjoint(word.lower() for word in _WORD.findall(name))


Sources = Annotated[
    list[str],
    typer.Argument(
        help="Files and folders of releases, read recursively; or addresses as s3://bucket/prefix.",
        callback=_found,
    ),
]
Lexicons = Annotated[
    Path | None,
    typer.Option(
        help="Folder of lexicons of your own, laid over the shipped ones.", exists=True, file_okay=False
    ),
]

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

# A terminal acts on these where it prints them; text of a release is to be read only.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str, style: str = "") -> Text:
    """Text of a release, a path or a reason to print as it is: no mark-up, control codes made visible."""
    return Text(_CONTROL.sub("\ufffd", text), style)


def print_failures(failures: Mapping[str, str], new: Container[str]) -> None:
    """What failed and why, a line each; what failed for the first time stands out."""
    for name, reason in failures.items():
        word = plain("failed", "red") if name in new else plain("failed again", "yellow")
        console.print("  ", word, plain(f" {name}: {reason}"), sep="", soft_wrap=True)


@contextmanager
def reported() -> Iterator[None]:
    """Log lines on standard error; what stops the command told in a line, with the exit code for it."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger = logging.getLogger("communique")
    logger.addHandler(lines)
    logger.setLevel(logging.INFO)
    propagated, logger.propagate = (
        logger.propagate,
        False,
    )  # Prefect prints what reaches the root logger a second time
    try:
        yield
    except (OSError, RuntimeError, ValueError, LookupError, MissingExtraError) as error:
        errors.print(plain(f"communique: {error or type(error).__name__}", "red"))
        raise typer.Exit(WRONG_USAGE if isinstance(error, WrongUsageError) else INCOMPLETE) from error
    finally:
        logger.removeHandler(lines)
        logger.propagate = propagated
