"""The rows of the pages of a PDF in reading order, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from communique.corpus.readers.pdf_lines import Line
from communique.corpus.readers.pdf_tables import reach, table_lines

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
_CELL_GAP, _CELL_LINES = 2.0, 8
_RAGGED = 3.0  # sizes of the type by which lines that are full may differ


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the right edge of its column; `cells` where it is a row of a table."""

    line: Line
    column: tuple[int, int]  # of which page, and which one there
    right: float
    cells: bool


# Running heads


def without_heads(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """The lines of each page without page numbers and what stands at the edge of most pages."""
    outer = [_outer(lines) for lines in pages]
    seen = Counter(key for lines in outer for key in {_head(line) for line in lines})
    least = max(2, _HEAD_SHARE * len(pages))
    for lines, edge in zip(pages, outer, strict=True):
        heads = {id(line) for line in edge if seen[_head(line)] >= least}
        numbers = [line for line in edge if id(line) not in heads and _PAGE_NUMBER.fullmatch(line.text)]
        text = {round(line.y) for line in lines if id(line) not in heads and line not in numbers}
        heads |= {id(line) for line in numbers if round(line.y) not in text}  # beside text it is of a table
        yield [line for line in lines if id(line) not in heads]


def _outer(lines: list[Line]) -> list[Line]:
    heights = sorted({round(line.y) for line in lines})
    edge = {*heights[:_OUTER_ROWS], *heights[-_OUTER_ROWS:]}
    return [line for line in lines if round(line.y) in edge]


def _head(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y / _HEIGHT)


# Reading order


def in_order(page: int, lines: list[Line]) -> list[Row]:
    """The rows of a page, column by column between lines that span both."""
    gutter = _gutter(lines)
    if gutter is None:
        return _rows(lines, (page, 0))
    ordered: list[Row] = []
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


def _rows(lines: list[Line], column: tuple[int, int]) -> list[Row]:
    """Lines from top to bottom, what stands at one height as one."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        if rows and rows[-1][0].y - line.y < 0.5 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    across = [sorted(row, key=lambda line: line.x0) for row in rows]
    right = _right_edge([row[0] for row in across if len(row) == 1] or lines)
    gaps = [_gaps(row) for row in across]
    cells = [
        _meet(own, [*_beside(across, gaps, at, -1), *_beside(across, gaps, at, 1)])
        for at, own in enumerate(gaps)
    ]
    return list(_with_tables(across, cells, column, right))


def _with_tables(
    rows: list[list[Line]], cells: list[bool], column: tuple[int, int], right: float
) -> Iterator[Row]:
    """Each row, and each line that the rows of a table make."""
    at = 0
    while at < len(rows):
        end = reach(rows, at, cells) if cells[at] else at + 1
        if end > at + 1:
            place = _merged(rows[at])
            yield from (
                Row(replace(place, text=line), column, right, True) for line in table_lines(rows[at:end])
            )
        else:
            yield Row(_merged(rows[at]), column, right, cells[at])
        at = end


def _right_edge(lines: list[Line]) -> float:
    """How far to the right the text goes: as far as two of its lines, for one may be a running head."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    ends = sorted((line.x1 for line in lines if round(line.size) == usual), reverse=True)
    farthest = next(iter(ends), 0.0)
    return next((end for end, other in pairwise(ends) if end - other < _RAGGED * usual), farthest)


def _gaps(row: list[Line]) -> list[tuple[float, float]]:
    """The gaps in a row that are as wide as between cells of a table, not all alike as in a justified row."""
    widths = [line.x0 - last.x1 for last, line in pairwise(row)]
    if len(widths) > 1 and max(widths) - min(widths) < _ALIKE * row[0].size:
        return []
    return [(last.x1, line.x0) for last, line in pairwise(row) if line.x0 - last.x1 > _CELL_GAP * line.size]


def _beside(
    rows: list[list[Line]], gaps: list[list[tuple[float, float]]], at: int, step: int
) -> list[tuple[float, float]]:
    """The gaps of the row above or below, or behind lines that go on in one of its cells."""
    starts = [line.x0 for line in rows[at][1:]]
    for other in range(at + step, at + step * _CELL_LINES, step):
        if not 0 <= other < len(rows):
            break
        row = rows[other]
        if gaps[other] or len(row) > 1 or not any(abs(row[0].x0 - start) < 1 for start in starts):
            return gaps[other]
    return []


def _meet(gaps: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    """Whether a gap goes on in the row above or below: a line with wide spaces is alone with them."""
    return any(start < end_ and start_ < end for start, end in gaps for start_, end_ in others)


def _merged(row: list[Line]) -> Line:
    longest = max(row, key=lambda line: len(line.text))
    return Line(row[0].x0, row[-1].x1, longest.y, longest.size, " ".join(line.text for line in row))
