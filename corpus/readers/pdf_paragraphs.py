"""From the rows of pages to paragraphs: the lines of each joined, notes at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby, pairwise, repeat

from communique.corpus.readers.pdf_heads import without_heads
from communique.corpus.readers.pdf_lines import SPACES, Line, Page
from communique.corpus.readers.pdf_rows import Row, in_order
from communique.corpus.unwrap import joined, written_in

_NOTE_SIZE = 0.9
_NOTE = re.compile(r"[\d*†‡§\[(]")
_NOTE_NUMBER = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})\s")
_SIZES = 0.08
_BULLET = re.compile(r"[•▪■●‣◦·–—*\uf000-\uf0ff-]\s")
_DASHES = "–—-"  # they also stand in sentences
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s")
_END = re.compile(r"[.!?:;][”’\"')\]]*$")
_FEW_ROWS = 8
_WIDE_GAP = 1.25
_FULL = 0.15  # sizes of the type by which the ends of full lines differ
_SHORT = 0.6  # of the width


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
    edged = map(_with_edge, ordered, repeat(_edge(ordered)))
    for _, column in groupby(chain.from_iterable(edged), key=lambda row: row.column):
        rows = list(column)
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
    """Where the notes at the foot of a column begin."""
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
    return (
        (last.cells or row.cells)
        or abs(before.size - line.size) > _SIZES * max(before.size, line.size)
        or _parts_heading(before, line, first.line)
        or _is_marked(before, line, first.line)
        or _stands_apart(last, row, pitch, first)
    )


def _parts_heading(before: Line, line: Line, first: Line) -> bool:
    """Whether one of two lines is a heading in capitals, and the other not of it."""
    if before.text.isupper() == line.text.isupper():
        return False
    above = _is_heading(before) and first.text.isupper()
    return above or (_is_heading(line) and not _is_rest(line, before))


def _is_marked(before: Line, line: Line, first: Line) -> bool:
    """Whether a line begins with the mark of an item or of a note, which is no part of a sentence."""
    if _BULLET.match(line.text):
        return line.text[0] not in _DASHES or _may_end(before, first)
    if _NUMBER.match(line.text):
        return _may_end(before, first)
    notes = _NOTE_NUMBER.match(first.text) and _NOTE_NUMBER.match(line.text)
    return bool(notes and _END.search(before.text))


def _stands_apart(last: Row, row: Row, pitch: dict[int, float], first: Row) -> bool:
    """Whether its place, or room left on the line before, shows that a row begins a paragraph."""
    before, line = last.line, row.line
    if last.column != row.column:
        if _END.search(before.text):
            return last.right - before.x1 > _FULL * before.size
        return _had_room(last, line) and not (line.text[0].islower() and _is_long(last))
    if before.y - line.y > _WIDE_GAP * pitch.get(round(line.size), before.y - line.y):
        return not _reads_on(last, line)
    return _is_indented(last, row, first) or _had_room(last, line)


def _is_heading(line: Line) -> bool:
    """Several words in capitals."""
    return line.text.isupper() and " " in line.text


def _is_rest(line: Line, before: Line) -> bool:
    """Whether a line in capitals is wrapped from the sentence before: "COP 28.", "G7, G20 AND ASEAN,"."""
    return line.text.endswith((".", ",", ")", "]")) and _END.search(before.text) is None


def _is_indented(last: Row, row: Row, first: Row) -> bool:
    """Whether a row stands farther in than the last, or as far in as a paragraph that was one line long."""
    step = 0.8 * row.line.size
    hanging = last is first and (_is_item(first.line) or _NOTE_NUMBER.match(first.line.text))
    alike = last is first and abs(row.line.x0 - last.line.x0) < 1 and row.line.x0 > row.left + step
    beyond = row.line.x0 > last.line.x0 + step
    return (beyond and not hanging) or (alike and _END.search(last.line.text) is not None)


def _is_item(line: Line) -> bool:
    return bool(_BULLET.match(line.text) or _NUMBER.match(line.text))


def _may_end(before: Line, first: Line) -> bool:
    """Whether an item whose mark may be text stands below a line: below its end, or below another item."""
    return bool(_END.search(before.text) or _is_item(first))


def _is_long(row: Row) -> bool:
    return row.line.x1 - row.line.x0 > _SHORT * (row.right - row.line.x0)


def _reads_on(last: Row, line: Line) -> bool:
    """Whether a line goes on a sentence that filled the last one, however far below it stands."""
    return line.text[0].islower() and not _END.search(last.line.text) and not _had_room(last, line)


def _had_room(last: Row, line: Line) -> bool:
    """Whether the first word of a line would have fitted on the last one, which so ended on purpose."""
    before = last.line
    if before.text.endswith("-"):
        return False
    return before.x1 + SPACES * before.size + line.word < last.right
