"""The rows of a table in a PDF: lines that go on within a cell are joined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from communique.corpus.readers.cells import lines_of_row
from communique.corpus.readers.pdf_lines import PITCH, SPACES, Line
from communique.corpus.unwrap import joined

_ALIGNED = 0.5  # sizes of the type by which lines of a cell may begin apart


def reach(rows: list[list[Line]], first: int, cells: list[bool]) -> int:
    """Where a table ends that begins at `first`: behind rows of cells, and lines that go on in one."""
    starts: set[int] = set()
    for at in range(first, len(rows)):
        row = rows[at]
        if cells[at]:
            starts |= {round(line.x0) for line in row}
        elif not all(_fits(line, starts) for line in row) or (
            len(row) == 1 and not _is_near(rows[at - 1], row)
        ):
            return at
    return len(rows)


def table_lines(rows: list[list[Line]]) -> Iterator[str]:
    """The lines that the rows of a table make."""
    columns = _columns(rows)
    cells: list[list[Line]] = [[] for _ in columns]
    last: list[Line] = []
    for row in rows:
        below_rule = any(line.below_rule for line in row)
        if last and (below_rule or not (_is_near(last, row) and _goes_on(cells[0], row[0], columns))):
            yield from _lines(cells)
            cells = [[] for _ in columns]
        for line in row:
            cells[_column(line, columns)].append(line)
        last = row
    yield from _lines(cells)


def _is_near(above: list[Line], row: list[Line]) -> bool:
    return above[0].y - row[0].y <= PITCH * row[0].size


def _fits(line: Line, starts: set[int]) -> bool:
    """Whether a line begins where a cell does, and ends before the next."""
    beyond = [start for start in starts if start > line.x0 + _ALIGNED * line.size]
    aligned = any(abs(start - line.x0) <= _ALIGNED * line.size for start in starts)
    return aligned and all(line.x1 < start for start in beyond)


def _columns(rows: list[list[Line]]) -> list[float]:
    """Where the columns of a table begin."""
    found: list[float] = []
    for line in sorted((line for row in rows for line in row), key=lambda line: line.x0):
        if not found or line.x0 - found[-1] > _ALIGNED * line.size:
            found.append(line.x0)
    return found


def _column(line: Line, columns: list[float]) -> int:
    return bisect_right(columns, line.x0) - 1


def _goes_on(first: list[Line], line: Line, columns: list[float]) -> bool:
    """Whether a row goes on the one above: its first column is blank, or its word did not fit there."""
    if _column(line, columns) > 0 or not first:
        return True
    return len(columns) > 1 and first[-1].x1 + SPACES * line.size + line.word > columns[1]


def _lines(cells: list[list[Line]]) -> list[str]:
    return lines_of_row([[joined([line.text for line in cell], set())] for cell in cells if cell])
