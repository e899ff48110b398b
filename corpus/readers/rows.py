"""JSON, JSON lines and CSV: each row with a `text` is a release."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from communique.corpus.columns import canonical_columns, has_column, reader_of
from communique.corpus.metadata import Metadata
from communique.corpus.normalise import canonical
from communique.corpus.readers.feed import html_text, is_json_feed, json_feed
from communique.corpus.readers.parsed import Parsed, RowError

_COLUMNS = ("title", "publisher", "published", "url")
# A text that is a page's body, and one with no more than mark-up within its lines.
_HTML = re.compile(r"</(?:p|div|li|h[1-6]|td|pre|blockquote|section|article)>|<br ?/?>", re.IGNORECASE)
_INLINE_HTML = re.compile(r"</(?:a|b|em|i|span|strong|sub|sup|u)>", re.IGNORECASE)
# A plain text with these was escaped; any "<" in it is text.
_ENTITY = re.compile(r"&(?:amp|nbsp|quot|[lr][sd]quo|[nm]dash|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)
# HTML that was escaped as a whole.
_ESCAPED_HTML = re.compile(r"&lt;/(?:p|div|li|h[1-6]|a|em|strong|span)&gt;|&lt;br ?/?&gt;", re.IGNORECASE)
# A line end that was escaped, and what tells that they were: a blank line, or two of them with a line behind.
_ESCAPED_END = re.compile(r"(?:\\r)?\\n")
_LINE = r"\\n {0,8}(?:[\"'“‘(]?[A-ZÀ-ÖØ-Þ]|[-*•·–—] |\(?(?:\d{1,2}|[a-z])[.)])"
_ESCAPED = re.compile(rf"\\n(?:\\r)?\\n|{_LINE}.*{_LINE}")
_DEEPEST = 4  # of the list of rows in an answer of a web service
_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")


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


def read_json(text: str) -> Iterator[Parsed | RowError]:
    """Each row of a list or an object of rows, or the one row that the file is; JSON lines too.

    A row without `id` has its key, or its number in the list. Raises ValueError where there are no rows.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text[: error.pos].rstrip(" ").endswith("\n"):
            yield from read_jsonl(text)
            return
        raise ValueError(f"not valid JSON: {error}"[:200]) from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not valid JSON: {error}"[:200]) from None
    if is_json_feed(value):
        yield from json_feed(value)
        return
    for number, row in _json_rows(value):
        try:
            if not isinstance(row, dict):
                raise ValueError("not a JSON object")
            yield _row(row, number)
        except ValueError as error:
            yield RowError(number, str(error))


def _json_rows(value: Any) -> Iterator[tuple[str, Any]]:
    """The rows with their key or number: of a list, an object of rows or of columns, or of what holds one."""
    if isinstance(value, dict):
        if _has_text(value):
            value = _rows_of_columns({name: _rendered(column) for name, column in value.items()}) or [value]
        elif all(isinstance(row, dict) for row in value.values()) and any(map(_has_text, value.values())):
            yield from value.items()
            return
        else:
            value = _list_in(value, _DEEPEST)
    if not isinstance(value, list) or not value:
        raise ValueError("no rows with a text")
    for number, row in enumerate(value, 1):
        yield str(number), _unfolded(row)


def _has_text(row: Mapping[str, Any]) -> bool:
    return has_column(list(row), "text")


def _rows_of_columns(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table that was written column by column, as pandas does; none where it was not."""
    if not all(isinstance(column, dict) for column in value.values()):
        return []
    keys = dict.fromkeys(key for column in value.values() for key in column)
    return [{name: column.get(key) for name, column in value.items()} for key in keys]


def _list_in(value: Any, depth: int) -> list[Any] | None:
    """The only list of objects that an object holds, itself or in those within it; None for none or many."""
    inner = value.values() if isinstance(value, dict) and depth else ()
    lists = [v for v in inner if isinstance(v, list) and v and all(isinstance(row, dict) for row in v)]
    if not lists:
        lists = [found for v in inner if (found := _list_in(v, depth - 1))]
    return lists[0] if len(lists) == 1 else None


def _unfolded(row: Any) -> Any:
    """A row whose fields stand in an object within it, with these as its own."""
    if not isinstance(row, dict) or _has_text(row):
        return row
    inner = [v for v in row.values() if isinstance(v, dict) and _has_text(v)]
    return {**row, **inner[0]} if len(inner) == 1 else row


def read_csv(text: str) -> Iterator[Parsed | RowError]:
    """Each row below the header is a release; a row without `id` has its number, the first being 1.

    Raises ValueError where there is no column `text`.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # of the process: never lowered
    reader = reader_of(text)
    number, line = 0, 1
    try:
        if not has_column(list(reader.fieldnames or ()), "text"):
            raise ValueError("no column text")
        line = reader.line_num + 1
        for number, values in enumerate(reader, 1):
            try:
                _refuse_loose_commas(values, line)
                yield _row(values, str(number))
            except ValueError as error:
                yield RowError(str(number), str(error))
            line = reader.line_num + 1
    except csv.Error as error:
        if not number and not reader.line_num:
            raise ValueError(f"not a CSV table: {error}") from None
        yield RowError(str(number + 1), f"line {line}: a quote is not closed, or not doubled ({error})")


def _refuse_loose_commas(values: Mapping[str, Any], line: int) -> None:
    """Raises ValueError where a sentence was cut at its commas; further columns of a table begin at once."""
    if any(cell.startswith(" ") for cell in values.get("") or () if isinstance(values.get(""), list)):
        raise ValueError(f"line {line}: more cells than columns, a comma is not in quotes")


def _row(values: Mapping[str, Any], number: str) -> Parsed:
    values = {name: _rendered(value) for name, value in canonical_columns(values).items()}
    text = _joined(values["text"])
    text = unescape(text) if _ESCAPED_HTML.search(text) else text
    text = _ESCAPED_END.sub("\n", text) if "\n" not in text and _ESCAPED.search(text) else text
    named = {name: _field(values, name) for name in _COLUMNS}
    named["title"] = unescape(named["title"] or "")
    html = _as_html(text)
    return Parsed(
        html_text(html) if html else unescape(text) if _ENTITY.search(text) else text,
        Metadata.of(named),
        _field(values, "id") or number,
        hard_wrapped=not html,
    )


def _rendered(value: Any) -> Any:
    """A field; of an object with the text "rendered", as WordPress has them, that text."""
    return value.get("rendered", value) if isinstance(value, dict) else value


def _joined(text: Any) -> str:
    """The text; paragraphs in a list are one text. Raises ValueError where it is neither."""
    if isinstance(text, list) and text and all(isinstance(part, str) for part in text):
        return "\n\n".join(text)
    if not isinstance(text, str):
        raise ValueError("no text" if text is None else "text is no string")
    return text


def _as_html(text: str) -> str | None:
    """A text with mark-up as HTML, its line ends kept where no tag tells of them; None where it has none."""
    if _HTML.search(text):
        return text if "<pre" in text.lower() else _BLANK_LINE.sub("<p>", text)
    return text.replace("\n", "<br>") if _INLINE_HTML.search(text) else None


def _field(values: Mapping[str, Any], name: str) -> str | None:
    """A column as a string; numbers are written out, anything nested or not Unicode is refused."""
    value = values[name]
    if value is None or isinstance(value, str):
        return canonical(value or "").strip() or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"{name} is no string")
