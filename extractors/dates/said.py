"""What a calendar expression says, and what it means beside a release.

Each class keeps what was said (a partial date); `resolve` gives the days meant, seen from a
`Reference`, or None where they cannot be told. Kept apart after edsnlp's dates and rigour's
partial dates: a wrong resolution never loses what was written.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import isleap
from dataclasses import dataclass, replace
from typing import Literal

from communique.extractors.dates.explicit import parse_day
from communique.extractors.dates.periods import period, shift, value

PERIOD = re.compile(r"P(\d+)([YMWD])")
UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
Anchor = Literal["explicit", "published", "context"]


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day (inclusive), with TIMEX3 value and granularity."""

    start: dt.date
    end: dt.date
    value: str
    granularity: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class FiscalRule:
    """The first month of a country's fiscal year, and whether a single year names its end."""

    month: int
    names_end: bool
    pairs: bool  # "2024-25" is one fiscal year, not two


@dataclass(slots=True)
class Reference:
    """From where a release is read.

    `day` is its publication day (`anchor` "published") or, where that is unknown, the day of its
    dateline ("context"); `last` the date mentioned before; `story` the day or month told before in the same paragraph;
    `leaning` whether the sentence looks
    back (-1), ahead (1) or neither.
    """

    day: dt.date | None
    anchor: Anchor = "published"
    last: Interval | None = None
    story: Interval | None = None
    leaning: int = 0
    order: str = "MDY"
    fiscal: FiscalRule | None = None

    def around(self) -> tuple[dt.date, int, Anchor] | None:
        """The day near which a yearless date lies, and to which side of it: that of the release, or of
        a story told in the same paragraph that lies more than a year back."""
        if self.story and (not self.day or (self.day - self.story.end).days > 365):
            return self.story.start, 1, "context"
        return (self.day, self.leaning, self.anchor) if self.day else None


def spell(start: dt.date, end: dt.date, anchor: Anchor, unit: str | None = None) -> Interval:
    """The interval of one `unit`, or of free ends."""
    if unit:
        granularity = "interval" if unit in ("decade", "weekend") else unit
        return Interval(start, end, value(unit, start), granularity, anchor)
    if start == end:
        return Interval(start, end, start.isoformat(), "day", anchor)
    return Interval(start, end, f"{start}/{end}", "interval", anchor)


class Said:
    """A calendar expression before it is resolved."""

    __slots__ = ()

    @property
    def written(self) -> str | None:
        """The TIMEX3 value as far as it was said."""
        return None

    def resolve(self, ref: Reference) -> Interval | None:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Day(Said):
    """A full day ("1 November 2024"), as written."""

    text: str

    def resolve(self, ref: Reference) -> Interval | None:
        day = parse_day(self.text, ref.order)
        return spell(day, day, "explicit", "day") if day else None


@dataclass(frozen=True, slots=True)
class InYear(Said):
    """Days of a month, a month, quarter, half or season; of a year said, said relatively, or left open.

    `years` counts from the year of the release ("of last year"), `which` from the release itself
    ("this March" 0, "last March" -1).
    """

    unit: str
    month: int
    first: int | None = None
    last: int | None = None
    year: int | None = None
    years: int | None = None
    which: int | None = None
    weekday: int | None = None

    @property
    def written(self) -> str | None:
        year = f"{self.year:04}" if self.year else "XXXX"
        model = value(self.unit, dt.date(2000, self.month, self.first or 1))
        return f"{year}{model[4:]}"

    def of(self, year: int) -> tuple[dt.date, dt.date]:
        """Its days in `year`; ValueError where there are none (30 February)."""
        if self.first:
            return dt.date(year, self.month, self.first), dt.date(year, self.month, self.last or self.first)
        start = dt.date(year, self.month, 1)
        return start, shift(start, 1, self.unit) - dt.timedelta(days=1)

    def resolve(self, ref: Reference) -> Interval | None:
        unit = None if self.last else self.unit
        if self.year:
            return spell(*self.of(self.year), "explicit", unit)
        around = ref.around()
        if not around:
            if ref.last is None or self.which is not None or self.years is not None:
                return None
            return spell(*self.of(ref.last.start.year), "context", unit)
        if (self.years is not None or self.which is not None) and ref.day:
            around = ref.day, 0, ref.anchor
        day, leaning, anchor = around
        if self.years is not None:
            return spell(*self.of(day.year + self.years), anchor, unit)
        return spell(*self._near(day, leaning), anchor, unit)

    def _near(self, day: dt.date, leaning: int) -> tuple[dt.date, dt.date]:
        """The nearest of the years around `day`, rather of the same year, and rather behind than ahead."""
        behind, ahead = {-1: (1.0, 99.0), 0: (1.0, 1.3), 1: (2.5, 1.0)}[leaning]
        if self.which:
            behind, ahead = (1, 99) if self.which < 0 else (99, 1)

        def distance(days: tuple[dt.date, dt.date]) -> float:
            start, end = days
            if start <= day <= end:
                return 400 if self.which else 0  # "last May", said in May, is that of the year before
            gap = (day - end).days * behind if end < day else (start - day).days * ahead
            return gap * (1 if start.year == day.year or self.which else 1.5)

        if self.which == 0:
            return self.of(day.year)
        return min(map(self.of, self._years(day.year)), key=distance)

    def _years(self, year: int) -> list[int]:
        """The years that come in question; a weekday said with the day chooses among them."""
        years = [year - 1, year, year + 1]
        if self.month == 2 and self.first == 29:
            return [y for y in range(year - 4, year + 5) if isleap(y)]
        fitting = [y for y in years if self.weekday is not None and self.of(y)[0].weekday() == self.weekday]
        return fitting or years


@dataclass(frozen=True, slots=True)
class Years(Said):
    """A year, years or a decade."""

    first: int
    last: int
    unit: str = "year"

    def resolve(self, ref: Reference) -> Interval | None:
        start, end = dt.date(self.first, 1, 1), dt.date(self.last, 12, 31)
        if self.unit == "year" and self.last > self.first:
            return Interval(start, end, f"{self.first}/{self.last}", "interval", "explicit")
        return spell(start, end, "explicit", self.unit)


@dataclass(frozen=True, slots=True)
class Fiscal(Said):
    """Fiscal years, by the rule of their country; calendar years where it is unknown."""

    first: int | None = None
    last: int | None = None
    n: int = 0
    rule: FiscalRule | None = None

    @property
    def written(self) -> str | None:
        return f"FY{self.first}" if self.first else None

    def resolve(self, ref: Reference) -> Interval | None:
        rule, anchor = self.rule or ref.fiscal or FiscalRule(1, False, False), ref.anchor
        back = int(rule.names_end)
        first, last = self.first, self.last
        if first is None:
            if not ref.day:
                return None
            first = ref.day.year + self.n + back - (ref.day.month < rule.month)
        else:
            anchor = "explicit"
        if last == first + 1 and rule.pairs:
            first, last = first + back, first + back
        start = dt.date(first - back, rule.month, 1)
        end = shift(dt.date((last or first) - back, rule.month, 1), 1, "year") - dt.timedelta(days=1)
        value = f"FY{first}" + (f"/FY{last}" if last and last > first else "")
        return Interval(start, end, value, "interval" if "/" in value else "year", anchor)


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


@dataclass(frozen=True, slots=True)
class Unanchored(Said):
    """A length or a recurrence: no place in the calendar, only an ISO 8601 period."""

    timex_type: Literal["DURATION", "SET"]
    period: str | None

    @property
    def written(self) -> str | None:
        return self.period

    def resolve(self, ref: Reference) -> Interval | None:
        return None
