"""The lines of a row of a table."""

from __future__ import annotations

from collections.abc import Sequence

_SENTENCE = 3  # words


def lines_of_row(cells: Sequence[Sequence[str]]) -> list[str]:
    """What the cells say on one line, "Peru 2031"; a cell that holds sentences has lines of its own.

    A row with one filled cell only lays out its lines.
    """
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    if len(filled) == 1:
        return list(filled[0])
    lines: list[str] = []
    short: list[str] = []
    for cell in filled:
        if _tells(cell):
            lines += [*filter(None, [" ".join(short)]), *cell]
            short = []
        else:
            short += cell
    return [*lines, *filter(None, [" ".join(short)])]


def _tells(cell: Sequence[str]) -> bool:
    return any(line.rstrip().endswith((".", "!", "?")) and len(line.split()) >= _SENTENCE for line in cell)
