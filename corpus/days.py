"""Full calendar days as written in English, and the strict reading of a metadata date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_MONTHS = "January February March April May June July August September October November December"
_NAMES = _MONTHS.split()
# "Sept" beside the three-letter forms.
_NUMBER = {name[:n].lower(): i for i, name in enumerate(_NAMES, 1) for n in (3, 4, len(name))}
# Long forms first; matched whatever the case.
MONTH = "(?:" + "|".join([*_NAMES, "Sept", *(name[:3] for name in _NAMES if name != "May")]) + r")\b\.?"
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
# The days before the last one of a range ("13 to 15 April", "April 13-15"): the last day counts.
_FIRST_DAYS = rf"(?:{_DAY}\s?(?:-|–|to|and|&|,)\s?){{0,3}}"
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
FULL_DAY = re.compile(
    rf"\b(?:{WEEKDAY}?(?:"
    rf"(?P<m1>{MONTH})\s{{1,2}}{_FIRST_DAYS}(?P<d1>{_DAY}),?\s{{1,2}}{_YEAR.format('y1')}"
    rf"|{_FIRST_DAYS}(?P<d2>{_DAY})(?:\s+day)?(?:\s+of)?\s{{1,2}}(?P<m2>{MONTH}),?\s{{1,2}}{_YEAR.format('y2')}"
    rf")|{_YEAR.format('y3')}-(?P<m3>[01]\d)-(?P<d3>[0-3]\d)(?![\d-]))",
    re.IGNORECASE,
)
_YEARLESS = re.compile(
    rf"\b{WEEKDAY}?(?:(?P<m1>{MONTH})\s{_FIRST_DAYS}(?P<d1>{_DAY})|{_FIRST_DAYS}(?P<d2>{_DAY})\s(?P<m2>{MONTH}))"
    r"(?![\w-])(?!,?\s+\d)",
    re.IGNORECASE,
)
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Day(NamedTuple):
    """A full day found in a text, and where."""

    start: int
    end: int
    day: dt.date


def full_days(text: str) -> Iterator[Day]:
    """Every full day written in the text ("1 November 2024", "April 13 to 15, 2023": the last day)."""
    for match in FULL_DAY.finditer(text):
        if (day := _day_of(match)) is not None:
            yield Day(match.start(), match.end(), day)


def yearless_days(text: str) -> Iterator[tuple[int, int, str, int]]:
    """Start, end, month name and day of the month of every day written without a year ("July 18")."""
    for match in _YEARLESS.finditer(text):
        day = match["d1"] or match["d2"]
        yield match.start(), match.end(), match["m1"] or match["m2"], int(re.sub(r"\D", "", day))


def _day_of(match: re.Match[str]) -> dt.date | None:
    year, month, day = next(
        (match[f"y{form}"], match[f"m{form}"], match[f"d{form}"])
        for form in "123"
        if match[f"y{form}"] is not None
    )
    number = int(month) if month.isdigit() else month_number(month)
    try:
        return dt.date(int(year), number, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 for an English month name or its abbreviation, as matched by MONTH."""
    return _NUMBER[name.rstrip(".").lower()]


def parse_day(text: str) -> dt.date:
    """The day that a metadata field states: ISO 8601, RFC 2822, or an English full day.

    The day is the one written, in whatever time zone; the order of "2024/11/01" is not in doubt. Raises
    ValueError for anything else: "03/04/2024" is the third of April or the fourth of March, and "2024-11" is
    no day.
    """
    text = text.strip()
    for form in (_iso, _written, _rfc_2822):
        day = form(text)
        if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise ValueError(f"not a day: {text[:60]!r}")


def _iso(text: str) -> dt.date | None:
    text = re.sub(r"^(\d{4})([/.])(\d\d)\2(\d\d)(?!\d)", r"\1-\3-\4", text)
    if not re.match(r"\d{4}-?\d\d-?\d\d(?![\d-])", text):
        return None
    try:
        return dt.datetime.fromisoformat(text.split("[")[0].strip()).date()
    except ValueError:
        return None


def _written(text: str) -> dt.date | None:
    match = FULL_DAY.fullmatch(text)
    return _day_of(match) if match else None


def _rfc_2822(text: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError):
        return None
