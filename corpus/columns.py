"""Tables as people have them: their separators, the names of their columns, and what stands for nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

# Names without separators and without what the column is of: "article_text", "fullText".
_WORDS = {
    "text": "text body content contents fulltext fullcontent bodytext plaintext article",
    "id": "id",
    "title": "title headline subject heading",
    "publisher": "publisher sourcename organisation organization ministry agency",
    "published": (
        "published date publishedat publicationdate publishdate publisheddate datepublished "
        "dateofpublication publishedon pubdate dateposted postedon"
    ),
    "url": "url link sourceurl address webaddress permalink",
    "file_name": "filename file",
}
_NAMES = {column: names.split() for column, names in _WORDS.items()}
_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names}
_OF_WHAT = re.compile(r"^(?:press)?(?:release|article|news|document|doc|page|post|statement|story)(?=[a-z])")
_NULL = frozenset(("", "nan", "nat", "null", "none", "n/a", "na", "#n/a", "<na>", "-", "--", "–", "—"))
_SEPARATORS = ",;\t|"
# A spreadsheet runs a cell that begins so as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """A cell that a spreadsheet runs nothing in; `unguarded` reads it again, also where it had quotes.

    A carriage return is a line end: `csv` puts it in no quotes, and it would begin a row.
    """
    cell = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def unguarded(value: object) -> object:
    """The cell that was guarded; any other as it is."""
    quoted = isinstance(value, str) and value.startswith("'") and value.lstrip("'").startswith(FORMULA)
    return value[1:] if isinstance(value, str) and quoted else value


def is_null(value: object) -> bool:
    """Whether a cell stands for nothing: null, not a number, or a word or dash for it."""
    return value is None or value != value or (isinstance(value, str) and value.strip().lower() in _NULL)


def canonical_columns(values: Mapping[Any, Any]) -> dict[str, Any]:
    """The values under the names of our columns, nothing where null; a plainer name goes before others."""
    named = [(name, value) for name, value in reversed(list(values.items())) if isinstance(name, str)]
    named.sort(key=lambda item: _squeezed(item[0]) in _COLUMN_OF)  # the last of one name is taken
    plain = {_known_name(name): value for name, value in named}
    found = {}
    for column, names in _NAMES.items():
        given = (plain[name] for name in names if name in plain and not is_null(plain[name]))
        found[column] = next(given, None)
    if found["text"] is None and isinstance(plain.get("text"), str) and not plain["text"].strip():
        found["text"] = plain["text"]  # a blank text is told as such
    return found


def has_column(names: list[str], column: str) -> bool:
    """Whether one of the header's names is understood as the column."""
    return any(column_of(name) == column for name in names)


def not_understood(names: Iterable[str]) -> tuple[str, ...]:
    """The header's names that are of none of our columns."""
    return tuple(name for name in names if name.strip() and column_of(name) is None)


def column_of(name: str) -> str | None:
    """The column of ours that a header's name is understood as; None for none."""
    return _COLUMN_OF.get(_known_name(name))


def _known_name(name: str) -> str:
    """A name as it is known: as a whole ("Posted on"), else without what it is of ("post date")."""
    whole = _squeezed(name)
    return whole if whole in _COLUMN_OF else plain_name(name)


def reader_of(text: str) -> csv.DictReader[str]:
    """A strict reader of a CSV with commas, semicolons, tabs or bars, as its first line has most of."""
    first, _, rest = text.partition("\n")
    separator = ""
    if first.lower().startswith("sep="):  # a spreadsheet's own line
        text, separator = rest, first[4:5]
        first = rest.partition("\n")[0]
    separator = separator or max(_SEPARATORS, key=first.count)
    return csv.DictReader(io.StringIO(text, newline=""), restkey="", delimiter=separator, strict=True)


def plain_name(name: str) -> str:
    """A name as it compares: in lower case, without separators and what it is of ("article_date")."""
    return _OF_WHAT.sub("", _squeezed(name))


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())
