"""What stands over and under the text of a PDF's pages: running heads, numbers, what a browser prints."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from communique.corpus.readers.pdf_lines import CELL_GAP, Line

# Running heads stand in the outermost rows of most pages, at the same height.
_OUTER_ROWS = 3
_HEAD_SHARE = 0.4
_HEIGHT = 6.0
# A number with a full stop or a comma ends a sentence.
_AROUND = r"[-–—|\[\]()•·\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_AROUND}(?:page )?(?:\d{{1,3}}|[ivxl]{{1,6}})(?:\s*(?:/|of)\s*\d{{1,3}})?{_AROUND}", re.IGNORECASE
)
# What a browser prints over and under a page: its address, the count of pages, the minute of printing.
_ADDRESS = re.compile(r"(?:https?|file|\ufb01le)://\S+", re.IGNORECASE)
_COUNT = re.compile(r"(?:page )?\d{1,3}\s*(?:/|of)\s*\d{1,3}", re.IGNORECASE)
_MINUTE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?: ?[AP]M)?",
    re.IGNORECASE,
)


def without_heads(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """The lines of each page without its number, what a browser printed, and what most pages have there."""
    pages = [_without_printed(lines) for lines in pages]
    outer = [_outer(lines) for lines in pages]
    seen = Counter(key for lines in outer for key in {_head(line) for line in lines})
    least = max(2, _HEAD_SHARE * len(pages))
    for lines, edge in zip(pages, outer, strict=True):
        starts = _starts(edge)
        heads = {id(line) for line in edge if seen[_head(line)] >= least and not _is_text(line, starts)}
        numbers = [line for line in edge if id(line) not in heads and _PAGE_NUMBER.fullmatch(line.text)]
        text = {round(line.y) for line in lines if id(line) not in heads and line not in numbers}
        heads |= {id(line) for line in numbers if round(line.y) not in text}  # beside text it is of a table
        yield [line for line in lines if id(line) not in heads]


def _without_printed(lines: list[Line]) -> list[Line]:
    """The lines without the first and the last row where a browser printed them, with the title beside.

    An address alone may be a link that closes the text: it goes beside a count of pages, or where the minute
    is told over or under the page.
    """
    heights = [round(line.y) for line in lines]
    ends = {min(heights, default=0), max(heights, default=0)}
    rows = {end: [line.text for line in lines if round(line.y) == end] for end in ends}
    timed = {end for end, row in rows.items() if any(map(_MINUTE.fullmatch, row))}
    addressed = {end for end, row in rows.items() if any(map(_ADDRESS.fullmatch, row))}
    counted = {end for end, row in rows.items() if any(map(_COUNT.fullmatch, row))}
    dropped = timed | (addressed if timed else addressed & counted)
    return [line for line in lines if round(line.y) not in dropped]


def _starts(lines: list[Line]) -> dict[int, list[float]]:
    """Where the lines at each height begin, from left to right."""
    starts: dict[int, list[float]] = {}
    for line in sorted(lines, key=lambda line: line.x0):
        starts.setdefault(round(line.y), []).append(line.x0)
    return starts


def _is_text(line: Line, starts: dict[int, list[float]]) -> bool:
    """Whether a number belongs to a text, as the last word of one ("2031.") or the number of a note does."""
    if _PAGE_NUMBER.fullmatch(line.text) is None:
        return not any(map(str.isalpha, line.text))
    row = starts[round(line.y)]
    behind = bisect_right(row, line.x1)
    return behind < len(row) and row[behind] - line.x1 < CELL_GAP * line.size


def _outer(lines: list[Line]) -> list[Line]:
    heights = sorted({round(line.y) for line in lines})
    edge = {*heights[:_OUTER_ROWS], *heights[-_OUTER_ROWS:]}
    return [line for line in lines if round(line.y) in edge]


def _head(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y / _HEIGHT)
