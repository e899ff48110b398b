"""Full calendar days as written, read by dateparser under fixed settings."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from typing import Any

# dateparser trips over these; none of them says anything that day, month and year do not.
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
FILLING = re.compile(rf"\b(?:{WEEKDAY}|the|day|of)(?!\w)|,", re.IGNORECASE)


@cache
def _parser(order: str) -> Any:
    """The parser for one order of numeric dates ("MDY", "DMY"); built once, it takes 0.1 s.

    REQUIRE_PARTS and the fixed RELATIVE_BASE keep the result from depending on the day it runs.
    """
    from dateparser.date import DateDataParser

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": order,
        "PREFER_LOCALE_DATE_ORDER": False,
        "RELATIVE_BASE": dt.datetime(2000, 1, 1),
    }
    return DateDataParser(languages=["en"], settings=settings)


@lru_cache(maxsize=65_536)
def parse_day(text: str, order: str = "MDY") -> dt.date | None:
    """The day that `text` ("Nov. 1st, 2024", "2024-11-01", "8/29/23") names; None where there is none."""
    plain = " ".join(FILLING.sub(" ", text).split())
    for attempt in (order, "DMY" if order == "MDY" else "MDY"):  # "21/04/2016" has one reading only
        found: dt.datetime | None
        found = _parser("YMD" if plain[:4].isdigit() else attempt).get_date_data(plain).date_obj
        if found:
            return found.date()
    return None
