"""From the rows of pages to paragraphs: the lines of each joined, notes at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, repeat

from communique.corpus.readers.pdf_lines import Line, Page
from communique.corpus.readers.pdf_rows import Row, in_order, without_heads
from communique.corpus.unwrap import joined, written_in

_NOTE_SIZE = 0.9
_NOTE = re.compile(r"[\d*†‡§\[(]")
_SIZES = 0.08
_BULLET = re.compile(r"[•▪■●‣◦·–—*\uf000-\uf0ff-]\s")
_DASHES = "–—-"  # they also stand in sentences
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s")
_END = re.compile(r"[.!?:;][”’\"')\]]*$")
_FEW_ROWS = 8
_WIDE_GAP = 1.2


def paragraphs(pages: list[Page]) -> list[str]:
    """The paragraphs of a document, its notes at the end."""
    pages = [Page(tuple(lines)) for lines in without_heads([list(page.lines) for page in pages])]
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0
    text: list[Row] = []
    notes: list[Row] = []
    ordered = [in_order(number, list(page.lines)) for number, page in enumerate(pages)]
    for rows in map(_with_edge, ordered, repeat(_edge(ordered))):
        first = _first_note(rows, body)
        text += rows[:first]
        notes += rows[first:]
    written = written_in("\n".join(row.line.text for row in text))
    return [
        joined([row.line.text for row in rows], written) for part in (text, notes) for rows in _split(part)
    ]


def _edge(pages: list[list[Row]]) -> float:
    """The right edge of the text of pages with one column."""
    return max((row.right for rows in pages for row in rows if _is_single(rows)), default=0.0)


def _with_edge(rows: list[Row], edge: float) -> list[Row]:
    """The rows; those of a page with a few lines in one column have the edge of the other pages."""
    few = len(rows) < _FEW_ROWS and _is_single(rows)
    return [replace(row, right=edge) for row in rows] if few else rows


def _is_single(rows: list[Row]) -> bool:
    return len({row.column for row in rows}) == 1


def _first_note(rows: list[Row], body: float) -> int:
    """Where the notes at the foot of a page begin."""
    first = len(rows)
    while first and rows[first - 1].line.size < _NOTE_SIZE * body:
        first -= 1
    return next((n for n in range(first, len(rows)) if _NOTE.match(rows[n].line.text)), len(rows))


def _split(rows: list[Row]) -> Iterator[list[Row]]:
    """The rows of each paragraph."""
    if not rows:
        return
    pitch = _pitches(rows)
    paragraph = [rows[0]]
    for last, row in pairwise(rows):
        if _begins(last, row, pitch, paragraph[0]):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    yield paragraph


def _pitches(rows: Iterable[Row]) -> dict[int, float]:
    """The usual distance of lines of each size."""
    found: dict[int, list[float]] = {}
    for last, row in pairwise(rows):
        alike = last.column == row.column and round(last.line.size) == round(row.line.size)
        if alike and not (last.cells and row.cells):
            found.setdefault(round(row.line.size), []).append(last.line.y - row.line.y)
    return {size: sorted(gaps)[len(gaps) // 4] for size, gaps in found.items()}


def _begins(last: Row, row: Row, pitch: dict[int, float], first: Row) -> bool:
    """Whether a row begins a paragraph; `first` is the row that began the last one."""
    before, line = last.line, row.line
    if last.cells or row.cells:
        return True
    if abs(before.size - line.size) > _SIZES * max(before.size, line.size):
        return True
    if before.text.isupper() != line.text.isupper() and (
        (_is_heading(before) and first.line.text.isupper())
        or (_is_heading(line) and not _is_rest(line, before))
    ):
        return True
    if _BULLET.match(line.text) and (line.text[0] not in _DASHES or _may_end(before, first.line)):
        return True
    if _NUMBER.match(line.text) and _may_end(before, first.line):
        return True
    if last.column != row.column:
        return _END.search(before.text) is not None or (_had_room(last, line) and not line.text[0].islower())
    if before.y - line.y > _WIDE_GAP * pitch.get(round(line.size), before.y - line.y):
        return True
    return _is_indented(last, row, first) or _had_room(last, line)


def _is_heading(line: Line) -> bool:
    """Several words in capitals."""
    return line.text.isupper() and " " in line.text


def _is_rest(line: Line, before: Line) -> bool:
    """Whether a line in capitals is wrapped from the sentence before: "COP 28.", "G7, G20 AND ASEAN,"."""
    return line.text.endswith((".", ",", ")", "]")) and _END.search(before.text) is None


def _is_indented(last: Row, row: Row, first: Row) -> bool:
    step = 0.8 * row.line.size
    return row.line.x0 > last.line.x0 + step and not (_is_item(first.line) and last is first)


def _is_item(line: Line) -> bool:
    return bool(_BULLET.match(line.text) or _NUMBER.match(line.text))


def _may_end(before: Line, first: Line) -> bool:
    """Whether an item whose mark may be text stands below a line: below its end, or below another item."""
    return bool(_END.search(before.text) or _is_item(first))


def _had_room(last: Row, line: Line) -> bool:
    """Whether the first word of a line would have fitted on the last one, which so ended on purpose."""
    before = last.line
    if before.text.endswith("-"):
        return False
    width = (before.x1 - before.x0) / max(1, len(before.text))
    return before.x1 + (len(line.text.split(" ", 1)[0]) + 2) * width < last.right
