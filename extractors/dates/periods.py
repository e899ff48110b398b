"""Calendar arithmetic: units, the periods that they cut, and their TIMEX3 values."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def shift(day: dt.date, n: float, unit: str) -> dt.date:
    """`day` moved by `n` units; the last of a month stays within the month it lands in.

    Raises ValueError or OverflowError where the calendar ends.
    """
    if unit in DAYS:
        return day + dt.timedelta(days=round(n * DAYS[unit]))
    year, month = divmod(day.year * 12 + day.month - 1 + round(n * MONTHS[unit]), 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise ValueError(f"no year {year}")
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def begin(unit: str, day: dt.date) -> dt.date:
    """The first day of the `unit` in which `day` lies; weeks begin on Monday."""
    if unit == "day":
        return day
    if unit in DAYS:
        monday = day - dt.timedelta(days=day.weekday())
        return monday + dt.timedelta(days=5) if unit == "weekend" else monday
    if unit == "decade":
        return dt.date(day.year - day.year % 10, 1, 1)
    months = min(MONTHS[unit], 12)
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def period(unit: str, day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of the `unit` in which `day` lies."""
    start = begin(unit, day)
    if unit == "weekend":
        return start, start + dt.timedelta(days=1)
    return start, shift(start, 1, unit) - dt.timedelta(days=1)


def value(unit: str, start: dt.date) -> str:
    """The TIMEX3 value of the `unit` that begins at `start` ("2024-W07", "2024-Q3", "202" for the 2020s)."""
    match unit:
        case "day":
            return start.isoformat()
        case "week" | "weekend":
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02}" + ("-WE" if unit == "weekend" else "")
        case "month":
            return start.isoformat()[:7]
        case "quarter":
            return f"{start.year:04}-Q{(start.month + 2) // 3}"
        case "half":
            return f"{start.year:04}-H{(start.month + 5) // 6}"
        case "season":
            return f"{start.year:04}-{('WI', 'SP', 'SU', 'FA')[start.month // 3 % 4]}"
        case "decade":
            return f"{start.year // 10:03}"
        case _:
            return f"{start.year:04}"
