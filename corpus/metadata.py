"""What is known of a release beside its text, and which source of it counts."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import PurePosixPath

from communique.corpus.columns import canonical_columns, has_column, not_understood, reader_of, unguarded
from communique.corpus.days import Order, order_of, parse_day
from communique.corpus.normalise import canonical, one_line, sha256

FILE_NAME = "metadata.csv"
GIVEN = ("title", "publisher", "published", "url")
_MAX_FIELD = 10_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, publisher, publication day and address as written; None where not given.

    `shared_url` says that the same table gives the address to other files too: parts of one page, which
    the address does not tell apart.
    """

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    shared_url: bool = False

    @classmethod
    def of(cls, values: dict[str, str | None]) -> Metadata:
        """From named values: blanks count as not given, others are put on one line."""
        title, publisher, published, url = (one_line(values.get(name) or "") or None for name in GIVEN)
        return cls(title, publisher, published, url)

    def over(self, other: Metadata) -> Metadata:
        """This metadata, with what it does not give taken from the other."""
        return Metadata(
            self.title or other.title,
            self.publisher or other.publisher,
            self.published or other.published,
            self.url or other.url,
            self.shared_url if self.url else other.shared_url,
        )

    @lru_cache(maxsize=64)  # noqa: B019  most files of a large folder have the same, that is none
    def fingerprint(self) -> str:
        """The same for the same values, on every run and machine."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode())


NOTHING = Metadata()


def in_one_order(column: Sequence[Metadata]) -> list[Metadata]:
    """The metadata, days in figures written anew where those of all show their order ("13/04/2024")."""
    order = order_of(item.published for item in column)
    return [replace(item, published=_iso(item.published, order)) for item in column] if order else [*column]


def _iso(published: str | None, order: Order | None) -> str | None:
    try:
        return parse_day(published, order).isoformat() if published else None
    except ValueError:  # told of where it is read
        return published


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a metadata CSV by file name; `refused` are rows whose path leaves its folder.

    `unknown` are its columns that are not understood, `met` the names of rows that were asked for.
    """

    rows: dict[str, Metadata]
    refused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    met: set[str] = field(default_factory=set)

    def find(self, path: PurePosixPath) -> Metadata:
        """What the table says of a file: by its path, else by its name; nothing where it says nothing."""
        for name in (_forward(str(path)), _forward(path.name)):
            if name in self.rows:
                self.met.add(name)
                return self.rows[name]
        return NOTHING

    def unmet(self) -> set[str]:
        """The names of rows that no file asked for."""
        return self.rows.keys() - self.met


def read_table(text: str) -> Table:
    """Read a metadata CSV: column file_name, and title, publisher, published, url where present.

    A first row wins over a later one of the same file; the quote that guards a formula is no part of a cell.
    Raises ValueError where it is no such table.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_FIELD))  # of the process: never lowered
    rows: dict[str, Metadata] = {}
    refused = []
    try:
        reader = reader_of(canonical(text))
        if not has_column(list(reader.fieldnames or ()), "file_name"):
            raise ValueError("no column file_name")
        for values in reader:
            row = canonical_columns({column: unguarded(cell) for column, cell in values.items()})
            name = (row.get("file_name") or "").strip()
            if leaves(name):
                refused.append(name)
            elif name:
                rows.setdefault(_forward(name).removeprefix("./"), Metadata.of(row))
    except csv.Error as error:
        raise ValueError(f"not a CSV table: {error}") from None
    rows = dict(zip(rows, in_one_order(list(rows.values())), strict=True))
    files = Counter(row.url for row in rows.values())
    marked = {n: replace(row, shared_url=bool(row.url) and files[row.url] > 1) for n, row in rows.items()}
    return Table(marked, tuple(refused), not_understood(reader.fieldnames or ()))


def _forward(name: str) -> str:
    """A path as Windows writes it, too, with slashes."""
    return name.replace("\\", "/")


def leaves(name: str) -> bool:
    """Whether a path written in metadata points out of its folder."""
    path = PurePosixPath(_forward(name))
    return path.is_absolute() or ".." in path.parts
