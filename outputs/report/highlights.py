"""A release's text as inert HTML with its actors, dates, dialogues and commitments highlighted.

Highlights overlap (a date inside an undertaking), so the text is cut at every boundary and each piece
carries the classes of all highlights over it: no nesting, whatever the offsets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Highlight:
    """`css` is the class of the highlight, `tip` what a pointer shows, `anchor` the id that links lead to."""

    start: int
    end: int
    css: str
    tip: str = ""
    anchor: str | None = None


def highlighted(text: str, highlights: Iterable[Highlight]) -> Markup:
    """`text` escaped, with `highlights` as spans; a line of the text is a paragraph.

    Offsets count characters of `text`; a highlight outside the text is cut to it.
    """
    sweep, paragraphs, start = _Sweep(highlights), [], 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = sweep.over(start, end)
        if line.strip():
            paragraphs.append(Markup("<p>{}</p>").format(_line(text, start, end, inside)))
        start = end + 1
    return Markup("\n").join(paragraphs)


class _Sweep:
    """The highlights over one stretch of a text after the other, each looked at where it lies only."""

    def __init__(self, highlights: Iterable[Highlight]) -> None:
        self._waiting = deque(
            sorted(highlights, key=lambda highlight: (highlight.start, -highlight.end, highlight.css))
        )
        self._open: list[Highlight] = []

    def over(self, start: int, end: int) -> list[Highlight]:
        """The highlights that the stretch overlaps; it begins where the one before ended, or later."""
        while self._waiting and self._waiting[0].start < end:
            self._open.append(self._waiting.popleft())
        self._open = [highlight for highlight in self._open if highlight.end > start]
        return self._open


def _line(text: str, start: int, end: int, highlights: Sequence[Highlight]) -> Markup:
    cuts = {start, end}
    cuts.update(at for highlight in highlights for at in (highlight.start, highlight.end) if start < at < end)
    sweep = _Sweep(highlights)
    return Markup("").join(_piece(text, a, b, sweep.over(a, b)) for a, b in pairwise(sorted(cuts)))


def _piece(text: str, start: int, end: int, highlights: Sequence[Highlight]) -> Markup:
    over = [highlight for highlight in highlights if highlight.start <= start and end <= highlight.end]
    if not over:
        return escape(text[start:end])
    anchors = [Markup('<a id="{}"></a>').format(m.anchor) for m in over if m.anchor and m.start == start]
    classes = " ".join(dict.fromkeys(highlight.css for highlight in over))
    tip = " · ".join(dict.fromkeys(highlight.tip for highlight in over if highlight.tip))
    span = Markup('<mark class="{}" title="{}">{}</mark>').format(classes, tip, text[start:end])
    return Markup("").join([*anchors, span])
