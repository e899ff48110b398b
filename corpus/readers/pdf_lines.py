"""The lines of a page of a PDF: where they stand and what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTComponent, LTPage

# Shares of the size of the type: a wider gap is a space, a still wider one parts columns or cells.
_SPACE = 0.17
_GAP = 1.1
_SAME_LINE = 0.5
_RAISED_SIZE, _RAISED = 0.85, 0.12
# Points from the corner of a page, which may be 14,400 long: what is farther off is not seen.
_FARTHEST = 20_000
_NOTE_MARK = re.compile(r"[\d*†‡§,]")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text in one row; `y` is its base, which grows upwards."""

    x0: float
    x1: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which the file has them."""

    lines: tuple[Line, ...]


def page_of(layout: LTPage) -> Page:
    return Page(tuple(line for chars in _runs(_chars(layout)) if (line := _line(chars))))


def _chars(parent: Iterable[LTComponent]) -> Iterator[LTChar]:
    """The characters of a page and of the forms in it; those that stand upright, and where a page can be."""
    from pdfminer.layout import LTChar, LTFigure

    for item in parent:
        if isinstance(item, LTChar):
            if item.upright and all(abs(at) < _FARTHEST for at in item.bbox):
                yield item
        elif isinstance(item, LTFigure):
            yield from _chars(item)


def _runs(chars: Iterable[LTChar]) -> Iterator[list[LTChar]]:
    """Characters that stand beside each other in a row."""
    run: list[LTChar] = []
    for char in chars:
        if run and not _beside(run[-1], char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _beside(last: LTChar, char: LTChar) -> bool:
    size = max(last.size, char.size)
    gap = char.x0 - last.x1
    return abs(_base(char) - _base(last)) < _SAME_LINE * size and -_SAME_LINE * size < gap < _GAP * size


def _base(char: LTChar) -> float:
    return float(char.matrix[5])


def _line(chars: list[LTChar]) -> Line | None:
    """The line, without raised marks of notes; None where it is blank."""
    filled = [char for char in chars if char.get_text().strip()]
    if not filled:
        return None
    size = Counter(round(char.size, 1) for char in filled).most_common(1)[0][0]
    usual = [char for char in filled if char.size >= _RAISED_SIZE * size]
    foot = Counter(round(char.y0, 1) for char in usual).most_common(1)[0][0]
    pieces: list[str] = []
    last: LTChar | None = None
    for char in chars:
        if _is_note_mark(char, size, foot) and pieces:
            last = char
            continue
        if last is not None and char.x0 - last.x1 > _SPACE * size:
            pieces.append(" ")
        pieces.append(_text(char))
        last = char
    text = " ".join("".join(pieces).split())
    return Line(filled[0].x0, filled[-1].x1, _base(usual[0]), size, text) if text else None


def _is_note_mark(char: LTChar, size: float, foot: float) -> bool:
    small = char.size < _RAISED_SIZE * size and char.y0 > foot + _RAISED * size
    return small and _NOTE_MARK.fullmatch(char.get_text()) is not None


def _text(char: LTChar) -> str:
    """The character; nothing for one that the font does not tell, "(cid:3)"."""
    text = char.get_text().replace("\0", "")
    return "" if text.startswith("(cid:") else text
