"""The rules on a page of a PDF, which part the cells of a table however close their texts stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pdfminer.layout import LTComponent, LTLine, LTRect

# Points: what is wider is an area, what is shorter may be a letter that was drawn.
_WIDEST, _SHORTEST = 2.0, 6.0
_MOST = 5_000  # of a page that are looked at: one with more has a drawing


class Rule(NamedTuple):
    """Where an upright rule stands, and its foot and top; the same of a level one turned."""

    place: float
    start: float
    end: float


class Rules:
    """Rules of one direction, to be asked what they part."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = sorted(rules)
        self._places = [rule.place for rule in self._rules]

    def between(self, first: float, second: float, at: float) -> bool:
        """Whether one stands between two places and reaches over a point across."""
        return any(rule.start <= at <= rule.end for rule in self._beside(first, second))

    def within(self, first: float, second: float, start: float, end: float) -> list[Rule]:
        """Those between two places that reach over nothing before `start` or behind `end`."""
        return [rule for rule in self._beside(first, second) if start <= rule.start and rule.end <= end]

    def without(self, others: Iterable[Rule]) -> Rules:
        """The rules but for some of them."""
        return Rules(set(self._rules).difference(others))

    def _beside(self, first: float, second: float) -> list[Rule]:
        return self._rules[bisect_left(self._places, first) : bisect_right(self._places, second)]


def rules_of(page: Iterable[LTComponent]) -> tuple[Rules, Rules]:
    """The upright rules of a page and the level ones: lines, and the sides of boxes."""
    drawn = list(islice(_drawn(page), _MOST))
    upright = (
        Rule(x, d.y0, d.y1) for d in drawn if d.height > _SHORTEST for x in _sides(d.x0, d.x1, d.stroke)
    )
    level = (Rule(y, d.x0, d.x1) for d in drawn if d.width > _SHORTEST for y in _sides(d.y0, d.y1, d.stroke))
    return Rules(upright), Rules(level)


def _drawn(parent: Iterable[LTComponent]) -> Iterator[LTLine | LTRect]:
    from pdfminer.layout import LTFigure, LTLine, LTRect

    for item in parent:
        if isinstance(item, LTFigure):
            yield from _drawn(item)
        elif isinstance(item, LTLine | LTRect):
            yield item


def _sides(first: float, last: float, outlined: bool) -> tuple[float, ...]:
    """The sides of what is drawn: one of a rule, two of a box with an outline, none of an area."""
    return (first,) if last - first <= _WIDEST else (first, last) if outlined else ()
