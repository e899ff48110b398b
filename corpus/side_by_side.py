"""Text whose columns were written side by side, with spaces between them: one column after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_GAP = 2
# Columns of text have so many lines of so many characters; what is shorter is a table.
_LINES, _WIDTH = 3, 20
_APART = 20  # lines of the left column alone, and a region ends: none is looked through time and again


def one_column(text: str) -> str:
    """The text with columns below each other; tables and all else stay as they are."""
    return "\n".join(_ordered(text.split("\n"))) if _GAP.search(text) else text


def _ordered(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        gap = _GAP.search(lines[at])
        if gap is None:
            yield lines[at]
            at += 1
            continue
        end, gutter = _region(lines, at, gap.span())
        left = [line[:gutter].rstrip() for line in lines[at:end]]
        right = [line[gutter:].strip() for line in lines[at:end]]
        both = [(a, b) for a, b in zip(left, right, strict=True) if a.strip() and b]
        wide = len(both) >= _LINES and all(
            median(map(len, side)) >= _WIDTH for side in zip(*both, strict=True)
        )
        yield from [*left, "", *right] if wide else lines[at:end]
        at = end


def _region(lines: list[str], first: int, gap: tuple[int, int]) -> tuple[int, int]:
    """Where the lines end that leave a gap blank, behind the last that goes on beyond it; its middle."""
    start, end = gap
    last = first
    for at in range(first + 1, len(lines)):
        line = lines[at].rstrip()
        reached = max(start, len(line[:end].rstrip()))  # by what stands to the left
        resumed = min(end, len(line) - len(line[reached:].lstrip())) if len(line) > start else end
        if resumed - reached < _LEAST_GAP or at - last > _APART:
            break
        start, end = reached, resumed
        last = at if len(line) > end else last
    return last + 1, (start + end) // 2
