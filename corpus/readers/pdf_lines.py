"""The lines of a page of a PDF: where they stand and what they say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from communique.corpus.readers.pdf_rules import Rule, Rules, rules_of

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTComponent, LTPage

# Shares of the size of the type: a wider gap is a space, a still wider one parts columns or
# cells, and the widest is of a table whatever stands above and below.
_SPACE = 0.17
_GAP = 0.9
CELL_GAP = 2.0
SPACES = 0.6  # two spaces: what a line lacks to take one more word
PITCH = 1.45  # of lines of a cell
_SAME_LINE = 0.5
_OVERLAP = 0.7
_RAISED_SIZE, _RAISED = 0.85, 0.12
_MOST = 0.5  # of an accent
_UNDERLINE = 0.3
_BEYOND = 1.0  # point by which an underline may be longer than its text
# Points from the corner of a page, which may be 14,400 long: what is farther off is not seen.
_FARTHEST = 20_000
_DRAWN = {0: None, 0x00AD: "-", 0x2010: "-", 0x2011: "-"}
# Accents that are drawn over the next letter, and their combining forms.
_ACCENTS = dict(
    zip(
        "`´ˆ˜¯˘˙¨˚˝ˇ",
        map(chr, (*range(0x300, 0x305), *range(0x306, 0x309), *range(0x30A, 0x30D))),
        strict=True,
    )
)
_NOTE_MARK = re.compile(r"[\d*†‡§,]")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text in one row; `y` is its base, which grows upwards, `word` the width of its first word.

    `beside_rule` and `below_rule` say that a rule stands before or over it, as in the cell of a table.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    word: float
    beside_rule: bool = False
    below_rule: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which the file has them."""

    lines: tuple[Line, ...]


def page_of(layout: LTPage) -> Page:
    upright, level = rules_of(layout)
    lines = [line for line in map(_line, _runs(_chars(layout), upright)) if line]
    level = level.without(rule for line in lines for rule in _underlines(line, level))
    return Page(tuple(_ruled(line, upright, level) for line in lines))


def _chars(parent: Iterable[LTComponent]) -> Iterator[LTChar]:
    """The characters of a page and of the forms in it; those that stand upright, and where a page can be."""
    from pdfminer.layout import LTChar, LTFigure

    for item in parent:
        if isinstance(item, LTChar):
            if item.upright and all(abs(at) < _FARTHEST for at in item.bbox):
                yield item
        elif isinstance(item, LTFigure):
            yield from _chars(item)


def _runs(chars: Iterable[LTChar], rules: Rules) -> Iterator[list[LTChar]]:
    """Characters that stand beside each other in a row."""
    run: list[LTChar] = []
    for char in chars:
        if run and _is_blank(run[-1]) and char.x0 < (run[-1].x0 + run[-1].x1) / 2:
            run.pop()  # it took no room: a place where the word might have been broken
        if run and not _beside(run[-1], char, rules):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _is_blank(char: LTChar) -> bool:
    return not char.get_text().strip()


def _beside(last: LTChar, char: LTChar, rules: Rules) -> bool:
    size = max(last.size, char.size)
    gap = char.x0 - last.x1
    near = abs(_base(char) - _base(last)) < _SAME_LINE * size and -_OVERLAP * size < gap < _GAP * size
    return near and not (gap > _SPACE * size and rules.between(last.x1, char.x0, _base(char)))


def _base(char: LTChar) -> float:
    return float(char.matrix[5])


def _line(chars: list[LTChar]) -> Line | None:
    """The line, without raised marks of notes; None where it is blank."""
    filled = [char for char in chars if not _is_blank(char)]
    if not filled:
        return None
    size = Counter(round(char.size, 1) for char in filled).most_common(1)[0][0]
    usual = [char for char in filled if char.size >= _RAISED_SIZE * size]
    foot = Counter(round(char.y0, 1) for char in usual).most_common(1)[0][0]
    marks = [_is_note_mark(char, size, foot) for char in chars]
    first = marks.index(False)  # the number of a note stands before its text
    pieces = [*map(_text, chars[:first]), " "]
    for at in range(first, len(chars)):
        if marks[at]:
            continue
        char, before = chars[at], chars[max(first, at - 1)]
        if char.x0 - before.x1 > _SPACE * size:
            pieces.append(" ")
        drawn_over = pieces[-1] in _ACCENTS and _covers(char, before)
        pieces.append(_accented(_text(char), pieces.pop()) if drawn_over else _text(char))
    text = " ".join("".join(pieces).split())
    ends = (at for at in range(1, len(filled)) if filled[at].x0 - filled[at - 1].x1 > _SPACE * size)
    word = filled[next(ends, len(filled)) - 1].x1 - filled[0].x0
    return Line(filled[0].x0, filled[-1].x1, _base(usual[0]), size, text, word) if text else None


def _underlines(line: Line, level: Rules) -> list[Rule]:
    """The rules right below a line that reach no farther than its text: those of a table do."""
    return level.within(line.y - _UNDERLINE * line.size, line.y, line.x0 - _BEYOND, line.x1 + _BEYOND)


def _ruled(line: Line, upright: Rules, level: Rules) -> Line:
    """The line with what is drawn right before it and over it."""
    return replace(
        line,
        beside_rule=upright.between(line.x0 - CELL_GAP * line.size, line.x0, line.y),
        below_rule=level.between(line.y, line.y + PITCH * line.size, (line.x0 + line.x1) / 2),
    )


def _is_note_mark(char: LTChar, size: float, foot: float) -> bool:
    small = char.size < _RAISED_SIZE * size and char.y0 > foot + _RAISED * size
    return small and _NOTE_MARK.fullmatch(char.get_text()) is not None


def _covers(letter: LTChar, accent: LTChar) -> bool:
    """Whether a letter stands under most of an accent: what is set close only touches it."""
    shared = min(letter.x1, accent.x1) - max(letter.x0, accent.x0)
    return bool(shared > _MOST * (accent.x1 - accent.x0))


def _accented(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", letter.replace("ı", "i") + _ACCENTS[accent])


def _text(char: LTChar) -> str:
    """The character; nothing for one that the font does not tell, "(cid:3)".

    A hyphen that is drawn is one, however soft its code.
    """
    text = char.get_text().translate(_DRAWN)
    return "" if text.startswith("(cid:") else text
