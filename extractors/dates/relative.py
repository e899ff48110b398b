"""Calendar expressions that start from another day: the release, the date before, or each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from communique.extractors.dates.periods import period, shift
from communique.extractors.dates.said import Interval, InYear, Reference, Said, spell

PERIOD = re.compile(r"P(\d+)([YMWD])")
UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


@dataclass(frozen=True, slots=True)
class Relative(Said):
    """A calendar unit counted from the release ("last month"), or from the date before ("that year").

    `rest` keeps only what remains of it after the release.
    """

    unit: str
    n: float
    base: Literal["release", "before"] = "release"
    rest: bool = False

    def resolve(self, ref: Reference) -> Interval | None:
        if self.base == "before":
            if ref.last is None:
                return None
            start, end = period(self.unit, ref.last.start)
            if ref.last.end > end:  # "that day" after a year: which one is not said
                return None
            return spell(*period(self.unit, shift(ref.last.start, self.n, self.unit)), "context", self.unit)
        if not ref.day:
            return None
        start, end = period(self.unit, shift(ref.day, self.n, self.unit))
        if self.rest and start < ref.day <= end:
            return spell(ref.day, end, ref.anchor)
        return spell(start, end, ref.anchor, self.unit)


@dataclass(frozen=True, slots=True)
class Rolling(Said):
    """The time from the release to the same day so much later, or earlier ("the next five years")."""

    unit: str
    n: float

    def resolve(self, ref: Reference) -> Interval | None:
        if not ref.day:
            return None
        other = shift(ref.day, self.n, self.unit)
        return spell(min(ref.day, other), max(ref.day, other), ref.anchor)


@dataclass(frozen=True, slots=True)
class Weekday(Said):
    """A day of the week; `which` as in InYear, by calendar weeks unless `nearest` ("this past Friday")."""

    weekday: int
    which: int | None = None
    nearest: bool = False

    @property
    def written(self) -> str | None:
        return f"XXXX-WXX-{self.weekday + 1}"

    def resolve(self, ref: Reference) -> Interval | None:
        if not ref.day:
            return None
        ahead = (self.weekday - ref.day.weekday()) % 7
        if self.nearest:
            days = ahead or 7 if self.which == 1 else ahead - 7
        elif self.which is not None:
            days = self.weekday - ref.day.weekday() + 7 * self.which
        else:
            days = ahead if ref.leaning > 0 or not ahead else ahead - 7
        day = ref.day + dt.timedelta(days=days)
        return spell(day, day, ref.anchor, "day")


@dataclass(frozen=True, slots=True)
class Week(Said):
    """The week of a day ("the week of 18 September"), or the nth of a month (-1 the last)."""

    day: Said
    nth: int | None = None

    def resolve(self, ref: Reference) -> Interval | None:
        inside = self.day.resolve(ref)
        if not inside:
            return None
        if self.nth is None:
            return spell(*period("week", inside.start), inside.anchor, "week")
        # The weeks of a month are those whose Thursday lies in it, as ISO 8601 has it for years.
        edge = inside.start if self.nth > 0 else inside.end - dt.timedelta(days=6)
        thursday = edge + dt.timedelta(days=(3 - edge.weekday()) % 7)
        thursday += dt.timedelta(weeks=max(self.nth, 1) - 1)
        return spell(*period("week", thursday), inside.anchor, "week")


@dataclass(frozen=True, slots=True)
class NthWeekday(Said):
    """The nth of a weekday in a month (-1 the last)."""

    month: Said
    weekday: int
    nth: int

    def resolve(self, ref: Reference) -> Interval | None:
        month = self.month.resolve(ref)
        if not month:
            return None
        edge = month.start if self.nth > 0 else month.end - dt.timedelta(days=6)
        ahead = (self.weekday - edge.weekday()) % 7 + 7 * (max(self.nth, 1) - 1)
        day = edge + dt.timedelta(days=ahead)
        return spell(day, day, month.anchor, "day") if day <= month.end else None


@dataclass(frozen=True, slots=True)
class DayOf(Said):
    """A day by its number in a month told otherwise ("the 15th of this month")."""

    month: Said
    day: int

    def resolve(self, ref: Reference) -> Interval | None:
        month = self.month.resolve(ref)
        if not month:
            return None
        day = month.start.replace(day=self.day)
        return spell(day, day, month.anchor, "day")


@dataclass(frozen=True, slots=True)
class NextDay(Said):
    """A day by its number alone ("on the 15th"): the next where the sentence looks ahead, else the last."""

    day: int

    def resolve(self, ref: Reference) -> Interval | None:
        if not ref.day:
            return None
        days = list(self._near(ref.day))
        if ref.leaning > 0:
            found = min((day for day in days if day >= ref.day), default=None)
        else:
            found = max((day for day in days if day <= ref.day), default=None)
        return spell(found, found, ref.anchor, "day") if found else None

    def _near(self, today: dt.date) -> Iterator[dt.date]:
        """The day in the months around `today` that have it: no two in a row lack one."""
        for n in (-2, -1, 0, 1, 2):
            month = shift(today.replace(day=1), n, "month")
            with suppress(ValueError):
                yield month.replace(day=self.day)


@dataclass(frozen=True, slots=True)
class Weekend(Said):
    """ "the weekend": the next one, but the last one where the sentence looks back from before it."""

    def resolve(self, ref: Reference) -> Interval | None:
        if not ref.day:
            return None
        start, _ = period("weekend", ref.day)
        if start > ref.day and ref.leaning <= 0:
            start -= dt.timedelta(days=7)
        return spell(start, start + dt.timedelta(days=1), ref.anchor, "weekend")


@dataclass(frozen=True, slots=True)
class EndOf(Said):
    """The first `n` units of a year, or its last where `n` is negative."""

    year: Said
    unit: str
    n: float

    def resolve(self, ref: Reference) -> Interval | None:
        year = self.year.resolve(ref)
        if not year:
            return None
        one = dt.timedelta(days=1)
        if self.n > 0:
            return spell(year.start, shift(year.start, self.n, self.unit) - one, year.anchor)
        return spell(shift(year.end + one, self.n, self.unit), year.end, year.anchor)


@dataclass(frozen=True, slots=True)
class Offset(Said):
    """A length before or after a date ("two weeks after 1 July 2024")."""

    period: str
    sign: int
    date: Said

    def resolve(self, ref: Reference) -> Interval | None:
        found = self.date.resolve(ref)
        parts = PERIOD.fullmatch(self.period)
        if not found or not parts:
            return None
        edge = found.end if self.sign > 0 else found.start
        day = shift(edge, self.sign * int(parts[1]), UNITS[parts[2]])
        return spell(day, day, found.anchor, "day")


@dataclass(frozen=True, slots=True)
class Range(Said):
    """From the first day of `first` to the last day of `last`; each lends the other the year it lacks."""

    first: Said
    last: Said

    def resolve(self, ref: Reference) -> Interval | None:
        first, last = self.first, self.last
        start, end = first.resolve(ref), last.resolve(ref)
        if start and end and _open(first):
            start = _lend(first, end.end.year, end, -1) or start
        elif start and end and _open(last):
            end = _lend(last, start.start.year, start, 1) or end
        if not start or not end or start.start > end.end:
            return None
        anchor = end.anchor if start.anchor == "explicit" else start.anchor
        return spell(start.start, end.end, anchor)


def _open(said: Said) -> bool:
    return isinstance(said, InYear) and said.year is None and said.years is None and said.which is None


def _lend(said: Said, year: int, other: Interval, step: int) -> Interval | None:
    """`said` in the year of `other`, or the next one over where the range would run backwards."""
    assert isinstance(said, InYear)
    ref = Reference(None)
    found = replace(said, year=year).resolve(ref)
    if found and (found.start > other.end if step < 0 else found.end < other.start):
        found = replace(said, year=year + step).resolve(ref)
    return found and replace(found, anchor=other.anchor)
