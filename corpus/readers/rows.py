"""JSON lines and CSV: each row with a `text` is a release."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from communique.corpus.metadata import Metadata
from communique.corpus.normalise import canonical
from communique.corpus.readers.parsed import Parsed, RowError

_COLUMNS = ("title", "publisher", "published", "url")


def read_jsonl(text: str) -> Iterator[Parsed | RowError]:
    """Each line that is not blank is a JSON object with `text`; a row without `id` has its line number."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _row(_json_object(line), str(number))
            except ValueError as error:
                yield RowError(str(number), str(error))


def _json_object(line: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not valid JSON: {error}"[:200]) from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def read_csv(text: str) -> Iterator[Parsed | RowError]:
    """Each row below the header is a release; a row without `id` has its number, the first being 1.

    Raises ValueError where there is no column `text`.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # of the process: never lowered
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    try:
        if "text" not in (reader.fieldnames or ()):
            raise ValueError("no column text")
        for number, values in enumerate(reader, 1):
            try:
                yield _row(values, str(number))
            except ValueError as error:
                yield RowError(str(number), str(error))
    except csv.Error as error:
        raise ValueError(f"not a CSV table: {error}") from None


def _row(values: Mapping[str, Any], number: str) -> Parsed:
    text = values.get("text")
    if not isinstance(text, str):
        raise ValueError("no text" if text is None else "text is no string")
    named = {name: _field(values, name) for name in _COLUMNS}
    return Parsed(text, Metadata.of(named), _field(values, "id") or number, hard_wrapped=True)


def _field(values: Mapping[str, Any], name: str) -> str | None:
    """A column as a string; numbers are written out, anything nested or not Unicode is refused."""
    value = values.get(name)
    if value is None or isinstance(value, str):
        return canonical(value or "").strip() or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"{name} is no string")
