"""From the lines of pages to paragraphs: reading order, running heads, joined lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, repeat
from statistics import median

from communique.corpus.readers.pdf_lines import Line, Page
from communique.corpus.unwrap import joined, written_in

# Running heads stand in the outermost rows of most pages, at the same height.
_OUTER_ROWS = 3
_HEAD_SHARE = 0.4
_HEIGHT = 6.0
_PAGE_NUMBER = re.compile(
    r"[^\w]*(?:page )?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[^\w]*", re.IGNORECASE
)
# A column has so many lines of so many characters; fewer are a table.
_COLUMN_LINES = 5
_COLUMN_CHARS = 20
_SPANNING = 0.35
_FULL = 0.95
_ALIKE = 0.2
_STEP = 2.0
_NOTE_SIZE = 0.9
_NOTE = re.compile(r"[\d*†‡§\[(]")
_SIZES = 0.08
_BULLET = re.compile(r"[•▪■●‣◦·–—*\uf000-\uf0ff-]\s")
_DASHES = "–—-"  # they also stand in sentences
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s")
_END = re.compile(r"[.!?:;][”’\"')\]]*$")
_FEW_ROWS = 8
_CELL_GAP = 2.0
_WIDE_GAP = 1.2


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with the right edge of its column; `cells` where it is a row of a table."""

    line: Line
    column: tuple[int, int]  # of which page, and which one there
    right: float
    cells: bool


def paragraphs(pages: list[Page]) -> list[str]:
    """The paragraphs of a document, its notes at the end."""
    pages = [Page(tuple(lines)) for lines in _without_heads([list(page.lines) for page in pages])]
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0
    text: list[_Row] = []
    notes: list[_Row] = []
    ordered = [_in_order(number, list(page.lines)) for number, page in enumerate(pages)]
    for rows in map(_with_edge, ordered, repeat(_edge(ordered))):
        first = _first_note(rows, body)
        text += rows[:first]
        notes += rows[first:]
    written = written_in("\n".join(row.line.text for row in text))
    return [
        joined([row.line.text for row in rows], written) for part in (text, notes) for rows in _split(part)
    ]


# Running heads


def _without_heads(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """The lines of each page without page numbers and what stands at the edge of most pages."""
    outer = [_outer(lines) for lines in pages]
    seen = Counter(key for lines in outer for key in {_head(line) for line in lines})
    least = max(2, _HEAD_SHARE * len(pages))
    for lines, edge in zip(pages, outer, strict=True):
        heads = {id(line) for line in edge if seen[_head(line)] >= least or _PAGE_NUMBER.fullmatch(line.text)}
        yield [line for line in lines if id(line) not in heads]


def _outer(lines: list[Line]) -> list[Line]:
    heights = sorted({round(line.y) for line in lines})
    edge = {*heights[:_OUTER_ROWS], *heights[-_OUTER_ROWS:]}
    return [line for line in lines if round(line.y) in edge]


def _head(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y / _HEIGHT)


# Reading order


def _in_order(page: int, lines: list[Line]) -> list[_Row]:
    """The rows of a page, column by column between lines that span both."""
    gutter = _gutter(lines)
    if gutter is None:
        return _rows(lines, (page, 0))
    ordered: list[_Row] = []
    left: list[Line] = []
    right: list[Line] = []
    band = 0
    for line in sorted(lines, key=lambda line: -line.y):
        if line.x0 < gutter < line.x1:
            ordered += (
                _rows(left, (page, band)) + _rows(right, (page, band + 1)) + _rows([line], (page, band + 2))
            )
            left, right, band = [], [], band + 3
        else:
            (left if line.x1 <= gutter else right).append(line)
    return ordered + _rows(left, (page, band)) + _rows(right, (page, band + 1))


def _gutter(lines: list[Line]) -> float | None:
    """Where the space between two columns of text is; None where there is one column."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    steps = [start + _STEP * n for n in range(int((end - start) / _STEP))]
    inner = [x for x in steps if start + 0.3 * (end - start) < x < start + 0.7 * (end - start)]
    crossing = [(sum(line.x0 < x < line.x1 for line in lines), x) for x in inner]
    fewest = min(crossing, default=(len(lines), 0.0))[0]
    if fewest > _SPANNING * len(lines):
        return None
    gutter = median(x for count, x in crossing if count == fewest)
    sides = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
    return gutter if all(map(_is_column, sides)) else None


def _is_column(lines: list[Line]) -> bool:
    """Whether one side has enough rows of enough text; words of a row that fills the width count together."""
    rows = [list(row) for _, row in groupby(sorted(lines, key=_height), key=_height)]
    edges = min((line.x0 for line in lines), default=0), max((line.x1 for line in lines), default=0)
    lengths = [_length(row, _FULL * (edges[1] - edges[0])) for row in rows]
    return len(rows) >= _COLUMN_LINES and median(lengths) >= _COLUMN_CHARS


def _height(line: Line) -> int:
    return round(line.y)


def _length(row: list[Line], full: float) -> int:
    """The characters of a row that is justified, else of its longest piece: a cell of a table."""
    width = max(line.x1 for line in row) - min(line.x0 for line in row)
    lengths = [len(line.text) for line in row]
    return sum(lengths) if width > full else max(lengths)


def _rows(lines: list[Line], column: tuple[int, int]) -> list[_Row]:
    """Lines from top to bottom, what stands at one height as one."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        if rows and rows[-1][0].y - line.y < 0.5 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    right = max((line.x1 for line in lines), default=0.0)
    across = [sorted(row, key=lambda line: line.x0) for row in rows]
    gaps = [[], *map(_gaps, across), []]
    cells = [
        _meet(own, [*above, *below]) for above, own, below in zip(gaps, gaps[1:], gaps[2:], strict=False)
    ]
    return [_Row(_merged(row), column, right, cell) for row, cell in zip(across, cells, strict=True)]


def _gaps(row: list[Line]) -> list[tuple[float, float]]:
    """The gaps in a row that are as wide as between cells of a table, not all alike as in a justified row."""
    widths = [line.x0 - last.x1 for last, line in pairwise(row)]
    if len(widths) > 1 and max(widths) - min(widths) < _ALIKE * row[0].size:
        return []
    return [(last.x1, line.x0) for last, line in pairwise(row) if line.x0 - last.x1 > _CELL_GAP * line.size]


def _meet(gaps: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    """Whether a gap goes on in the row above or below: a line with wide spaces is alone with them."""
    return any(start < end_ and start_ < end for start, end in gaps for start_, end_ in others)


def _merged(row: list[Line]) -> Line:
    longest = max(row, key=lambda line: len(line.text))
    return Line(row[0].x0, row[-1].x1, longest.y, longest.size, " ".join(line.text for line in row))


def _edge(pages: list[list[_Row]]) -> float:
    """The right edge of the text of pages with one column."""
    return max((row.right for rows in pages for row in rows if _is_single(rows)), default=0.0)


def _with_edge(rows: list[_Row], edge: float) -> list[_Row]:
    """The rows; those of a page with a few lines in one column have the edge of the other pages."""
    few = len(rows) < _FEW_ROWS and _is_single(rows)
    return [replace(row, right=edge) for row in rows] if few else rows


def _is_single(rows: list[_Row]) -> bool:
    return len({row.column for row in rows}) == 1


# Paragraphs


def _first_note(rows: list[_Row], body: float) -> int:
    """Where the notes at the foot of a page begin."""
    first = len(rows)
    while first and rows[first - 1].line.size < _NOTE_SIZE * body:
        first -= 1
    return next((n for n in range(first, len(rows)) if _NOTE.match(rows[n].line.text)), len(rows))


def _split(rows: list[_Row]) -> Iterator[list[_Row]]:
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


def _pitches(rows: Iterable[_Row]) -> dict[int, float]:
    """The usual distance of lines of each size."""
    found: dict[int, list[float]] = {}
    for last, row in pairwise(rows):
        if last.column == row.column and round(last.line.size) == round(row.line.size):
            found.setdefault(round(row.line.size), []).append(last.line.y - row.line.y)
    return {size: sorted(gaps)[len(gaps) // 4] for size, gaps in found.items()}


def _begins(last: _Row, row: _Row, pitch: dict[int, float], first: _Row) -> bool:
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


def _is_indented(last: _Row, row: _Row, first: _Row) -> bool:
    step = 0.8 * row.line.size
    return row.line.x0 > last.line.x0 + step and not (_is_item(first.line) and last is first)


def _is_item(line: Line) -> bool:
    return bool(_BULLET.match(line.text) or _NUMBER.match(line.text))


def _may_end(before: Line, first: Line) -> bool:
    """Whether an item whose mark may be text stands below a line: below its end, or below another item."""
    return bool(_END.search(before.text) or _is_item(first))


def _had_room(last: _Row, line: Line) -> bool:
    """Whether the first word of a line would have fitted on the last one, which so ended on purpose."""
    before = last.line
    if before.text.endswith("-"):
        return False
    width = (before.x1 - before.x0) / max(1, len(before.text))
    return before.x1 + (len(line.text.split(" ", 1)[0]) + 2) * width < last.right
