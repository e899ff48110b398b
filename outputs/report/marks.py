"""A release's text as inert HTML with its actors, dates, dialogues and commitments marked.

Marks overlap (a date inside an undertaking), so the text is cut at every boundary and each piece
carries the classes of all marks over it: no nesting, whatever the offsets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Mark:
    """`css` is the class of the mark, `tip` what a pointer shows, `anchor` the id that links lead to."""

    start: int
    end: int
    css: str
    tip: str = ""
    anchor: str | None = None


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """`text` escaped, with `marks` as spans; a line of the text is a paragraph.

    Offsets count characters of `text`; a mark outside the text is cut to it.
    """
    sweep, paragraphs, start = _Sweep(marks), [], 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = sweep.over(start, end)
        if line.strip():
            paragraphs.append(Markup("<p>{}</p>").format(_line(text, start, end, inside)))
        start = end + 1
    return Markup("\n").join(paragraphs)


class _Sweep:
    """The marks over one stretch of a text after the other, each looked at where it lies only."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._waiting = deque(sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.css)))
        self._open: list[Mark] = []

    def over(self, start: int, end: int) -> list[Mark]:
        """The marks that the stretch overlaps; it begins where the one before ended, or later."""
        while self._waiting and self._waiting[0].start < end:
            self._open.append(self._waiting.popleft())
        self._open = [mark for mark in self._open if mark.end > start]
        return self._open


def _line(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    cuts = {start, end}
    cuts.update(at for mark in marks for at in (mark.start, mark.end) if start < at < end)
    sweep = _Sweep(marks)
    return Markup("").join(_piece(text, a, b, sweep.over(a, b)) for a, b in pairwise(sorted(cuts)))


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    if not over:
        return escape(text[start:end])
    anchors = [Markup('<a id="{}"></a>').format(m.anchor) for m in over if m.anchor and m.start == start]
    classes = " ".join(dict.fromkeys(mark.css for mark in over))
    tip = " · ".join(dict.fromkeys(mark.tip for mark in over if mark.tip))
    span = Markup('<mark class="{}" title="{}">{}</mark>').format(classes, tip, text[start:end])
    return Markup("").join([*anchors, span])
