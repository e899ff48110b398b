"""Full calendar days as written in head lines, and the strict reading of a metadata date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Literal, NamedTuple

Order = Literal["DMY", "MDY"]

_MONTHS = "January February March April May June July August September October November December"
_NAMES = _MONTHS.split()
# "Sept" beside the three-letter forms.
_NUMBER = {name[:n].lower(): i for i, name in enumerate(_NAMES, 1) for n in (3, 4, len(name))}
# The day of a head line may stand in the language of the house: Spanish, French, Portuguese, German, Italian.
_FOREIGN = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
)
_FOREIGN_NUMBER = {name: i for names in _FOREIGN for i, name in enumerate(names.split(), 1)}
# Long forms first; matched whatever the case.
MONTH = "(?:" + "|".join([*_NAMES, "Sept", *(name[:3] for name in _NAMES if name != "May")]) + r")\b\.?"
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
# The days before the last one of a range ("13 to 15 April", "April 13-15"): the last day counts. A number of
# the release ("No. 5, 12 November") is none.
_FIRST_DAYS = rf"(?:(?<!No\.\s)(?<!No\s)(?<!Nr\.\s)(?:{_DAY}\s?(?:-|–|to|and|&|,)\s?){{1,3}})?"
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
FULL_DAY = re.compile(
    rf"\b(?:{WEEKDAY}?(?:"
    rf"(?P<m1>{MONTH})\s{{1,2}}{_FIRST_DAYS}(?P<d1>{_DAY})(?:,\s{{0,2}}|\s{{1,2}}(?:of\s)?){_YEAR.format('y1')}"
    rf"|{_FIRST_DAYS}(?P<d2>{_DAY})(?:\s+day)?(?:\s+of)?\s{{1,2}}(?P<m2>{MONTH})"
    rf"(?:,\s{{0,2}}|\s{{1,2}}(?:of\s)?){_YEAR.format('y2')}"
    rf"|(?P<d5>{_DAY})-(?P<m5>{MONTH})-{_YEAR.format('y5')}"
    rf"|(?P<d6>1er|{_DAY})[.°º]?\s(?:de\s)?(?P<m6>{'|'.join(_FOREIGN_NUMBER)})\s(?:de\s|del\s)?{_YEAR.format('y6')}"
    rf")|{_YEAR.format('y3')}(?P<sep>[-/]|\.\s?)(?P<m3>[01]?\d)(?P=sep)(?P<d3>[0-3]?\d)(?![\d-])"
    # Dots part day, month and year in this order everywhere.
    rf"|(?P<d4>[0-3]?\d)\.\s?(?P<m4>[01]?\d)\.\s?{_YEAR.format('y4')}(?!\.?\d)"
    rf"|{_YEAR.format('y7')}\s?[年년]\s?(?P<m7>[01]?\d)\s?[月월]\s?(?P<d7>[0-3]?\d)\s?[日일])",
    re.IGNORECASE,
)
# Slashes and hyphens say the order only where one figure can be no month: "13/11/2024".
_FIGURES = re.compile(rf"(?<![\w/-])(\d{{1,2}})([/-])(\d{{1,2}})\2{_YEAR.format('y')}(?![\w/-])")
_TIME = re.compile(r"(?:,?\s+\d{1,2}:\d\d.{0,20})?")
_FORMS = "1234567"
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


def day_in_figures(text: str, order: Order | None = None) -> Day | None:
    """The first day in figures with slashes or hyphens, where their order is not in doubt, or given."""
    for match in _FIGURES.finditer(text):
        shown = shown_order(match) or order
        if shown or match[1] == match[3]:
            day, month = (match[1], match[3]) if shown == "DMY" else (match[3], match[1])
            with suppress(ValueError):
                return Day(match.start(), match.end(), dt.date(int(match["y"]), int(month), int(day)))
    return None


def order_of(texts: Iterable[str | None]) -> Order | None:
    """The order of the days in figures of one column, where some show it and none shows the other."""
    matches = (_FIGURES.match(text.strip()) for text in texts if text)
    orders = {order for match in matches if match and (order := shown_order(match))}
    return orders.pop() if len(orders) == 1 else None


def shown_order(figures: re.Match[str]) -> Order | None:
    """The order that a day in figures (groups 1 and 3) shows by a number that is no month."""
    first, second = int(figures[1]) > 12, int(figures[3]) > 12
    return None if first == second else "DMY" if first else "MDY"


def yearless_days(text: str) -> Iterator[tuple[int, int, str, int]]:
    """Start, end, month name and day of the month of every day written without a year ("July 18")."""
    for match in _YEARLESS.finditer(text):
        day = match["d1"] or match["d2"]
        yield match.start(), match.end(), match["m1"] or match["m2"], int(re.sub(r"\D", "", day))


def _day_of(match: re.Match[str]) -> dt.date | None:
    year, month, day = next(
        (match[f"y{form}"], match[f"m{form}"], match[f"d{form}"])
        for form in _FORMS
        if match[f"y{form}"] is not None
    )
    number = int(month) if month.isdigit() else _FOREIGN_NUMBER.get(month.lower()) or month_number(month)
    try:
        return dt.date(int(year), number, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 for an English month name or its abbreviation, as matched by MONTH."""
    return _NUMBER[name.rstrip(".").lower()]


def parse_day(text: str, order: Order | None = None) -> dt.date:
    """The day that a metadata field states: ISO 8601, RFC 2822, an English full day, or figures.

    The day is the one written, in whatever time zone; the order of "2024/11/01" is not in doubt. Raises
    ValueError for anything else: without an order "03/04/2024" is the third of April or the fourth of March,
    and "2024-11" is no day.
    """
    text = text.strip()
    for form in (_iso, _written, partial(_in_figures, order=order), _rfc_2822):
        day = form(text)
        if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    which = " of one reading" if _FIGURES.match(text) else ""
    raise ValueError(f"not a day{which}: {text[:60]!r}")


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


def _in_figures(text: str, order: Order | None) -> dt.date | None:
    match = _FIGURES.match(text)
    found = day_in_figures(match.group(), order) if match and _TIME.fullmatch(text, match.end()) else None
    return found.day if found else None


def _rfc_2822(text: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
