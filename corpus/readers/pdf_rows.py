"""The rows of the pages of a PDF in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from statistics import median

from communique.corpus.readers.pdf_lines import CELL_GAP, Line
from communique.corpus.readers.pdf_tables import reach, table_lines

# A column has so many lines of so many characters; fewer are a table.
_COLUMN_LINES = 5
_COLUMN_CHARS = 20
_SPANNING = 0.35
_FULL = 0.95
_ALIKE = 0.2
_STEP = 2.0
_CELL_LINES = 8
_MARK = re.compile(r"\W|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}")  # of an item or a note
_RAGGED = 3.0  # sizes of the type by which lines that are full may differ


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the edges of its column; `cells` where it is a row of a table."""

    line: Line
    column: tuple[int, int]  # of which page, and which one there
    left: float
    right: float
    cells: bool


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
    edges = _left_edge(lines), _right_edge([row[0] for row in across if len(row) == 1] or lines)
    gaps = [_gaps(row, _starts(across, at)) for at, row in enumerate(across)]
    cells = [
        _meet(own, [*_beside(across, gaps, at, -1), *_beside(across, gaps, at, 1)])
        for at, own in enumerate(gaps)
    ]
    return list(_with_tables(across, cells, column, edges))


def _with_tables(
    rows: list[list[Line]], cells: list[bool], column: tuple[int, int], edges: tuple[float, float]
) -> Iterator[Row]:
    """Each row, and each line that the rows of a table make."""
    at = 0
    while at < len(rows):
        end = reach(rows, at, cells) if cells[at] else at + 1
        if end > at + 1:
            place = _merged(rows[at])
            yield from (
                Row(replace(place, text=line), column, *edges, True) for line in table_lines(rows[at:end])
            )
        else:
            yield Row(_merged(rows[at]), column, *edges, cells[at])
        at = end


def _left_edge(lines: list[Line]) -> float:
    """Where most lines begin."""
    starts = Counter(round(line.x0) for line in lines)
    return float(max(starts, key=lambda start: (starts[start], -start), default=0))


def _right_edge(lines: list[Line]) -> float:
    """How far to the right the text goes: as far as two of its lines, for one may be a running head."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    ends = sorted((line.x1 for line in lines if round(line.size) == usual), reverse=True)
    farthest = next(iter(ends), 0.0)
    return next((end for end, other in pairwise(ends) if end - other < _RAGGED * usual), farthest)


def _starts(rows: list[list[Line]], at: int) -> set[int]:
    """Where the pieces of the rows above and below begin, to the point."""
    beside = chain.from_iterable(rows[max(0, at - 1) : at] + rows[at + 1 : at + 2])
    return {round(line.x0) + off for line in beside for off in (-1, 0, 1)}


def _gaps(row: list[Line], starts: set[int]) -> list[tuple[float, float]]:
    """The gaps in a row that are as between cells of a table.

    They are wide and not all alike as in a justified row, or a rule or the rows beside it show a cell there.
    """
    pieces = row[1:] if _MARK.fullmatch(row[0].text) else row
    pairs = list(pairwise(pieces))
    widths = [line.x0 - last.x1 for last, line in pairs]
    even = len(widths) > 1 and max(widths) - min(widths) < _ALIKE * row[0].size
    return [
        (last.x1, line.x0)
        for (last, line), width in zip(pairs, widths, strict=True)
        if line.beside_rule or (not even and (width > CELL_GAP * line.size or round(line.x0) in starts))
    ]


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
    text = " ".join(line.text for line in row)
    return Line(row[0].x0, row[-1].x1, longest.y, longest.size, text, row[0].word)
