"""What a calendar expression says, and what it means beside a release.

Each class keeps what was said (a partial date); `resolve` gives the days meant, seen from a
`Reference`, or None where they cannot be told. Kept apart after edsnlp's dates and rigour's
partial dates: a wrong resolution never loses what was written.
"""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from dataclasses import dataclass
from typing import Literal

from communique.corpus.days import Order
from communique.extractors.dates.explicit import parse_day
from communique.extractors.dates.periods import shift, value

Anchor = Literal["explicit", "published", "context"]
# How much a day behind and a day ahead weigh for a yearless date, by the leaning of its sentence.
WEIGHTS = {-1: (1.0, 99.0), 0: (1.0, 1.3), 1: (2.5, 1.0), 2: (12.0, 1.0)}


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
    dateline ("context"); `last` the date mentioned before; `story` the day or month told before in
    the same paragraph; `leaning` whether the sentence looks back (-1), ahead (1, 2) or neither (0);
    `order` the order of numeric dates that publisher or text show, None where neither does or they
    differ; `fiscal` the rule of the publisher's country.
    """

    day: dt.date | None
    anchor: Anchor = "published"
    last: Interval | None = None
    story: Interval | None = None
    leaning: int = 0
    order: Order | None = None
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
class Numbered(Said):
    """A day told by a word and by its number: "today (22)"; further than a day from the word, a footnote."""

    word: Said
    number: int

    def resolve(self, ref: Reference) -> Interval | None:
        told = self.word.resolve(ref)
        near = (told.start + dt.timedelta(n) for n in (0, -1, 1)) if told else ()
        day = next((day for day in near if day.day == self.number), None)
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
        if self.first:
            return f"{year}-{self.month:02}-{self.first:02}"
        return year + value(self.unit, dt.date(2000, self.month, 1))[4:]

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
        if self.years is not None or self.which is not None:
            return spell(*self._counted(ref.day), ref.anchor, unit) if ref.day else None
        if near := ref.around():
            day, leaning, anchor = near
            return spell(*self._near(day, *WEIGHTS[leaning]), anchor, unit)
        return spell(*self.of(ref.last.start.year), "context", unit) if ref.last else None

    def _counted(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """Counted from the year of `day`, or from `day` itself: "last May", said in May, is a year back."""
        if not self.which:
            return self.of(day.year + (self.years or 0))
        past = [days for days in map(self.of, self._years(day.year)) if days[1] < day]
        ahead = [days for days in map(self.of, self._years(day.year)) if days[0] > day]
        return max(past) if self.which < 0 else min(ahead)

    def _near(self, day: dt.date, behind: float, ahead: float) -> tuple[dt.date, dt.date]:
        """The nearest of the years around `day`, rather of the same year, days behind and ahead weighted."""

        def distance(days: tuple[dt.date, dt.date]) -> float:
            gap = max((day - days[1]).days * behind, (days[0] - day).days * ahead, 0)
            return gap * (1 if days[0].year == day.year else 1.5)

        return min(map(self.of, self._years(day.year)), key=distance)

    def _years(self, year: int) -> list[int]:
        """The years that come in question; a weekday said with the day chooses among them."""
        years = [year - 1, year, year + 1]
        if self.month == 2 and self.first == 29:
            return [y for y in range(year - 4, year + 5) if isleap(y)]
        fitting = [y for y in years if self.weekday is not None and self.of(y)[0].weekday() == self.weekday]
        return fitting or years


@dataclass(frozen=True, slots=True)
class Unread(Said):
    """A day or month whose year stands there and cannot be read: none rather than another year."""

    def resolve(self, ref: Reference) -> Interval | None:
        return None


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
class Unanchored(Said):
    """A length or a recurrence: no place in the calendar, only an ISO 8601 period."""

    timex_type: Literal["DURATION", "SET"]
    period: str | None

    @property
    def written(self) -> str | None:
        return self.period

    def resolve(self, ref: Reference) -> Interval | None:
        return None
