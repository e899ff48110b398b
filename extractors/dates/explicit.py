"""Full calendar days as written, read by dateparser under fixed settings."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from typing import Any

from communique.corpus.days import Order, shown_order

# In figures alone; dots part day, month and year in this order everywhere.
FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d\d)")
# dateparser trips over these; none of them says anything that day, month and year do not.
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
GLUE = re.compile(r"(?<=\w)[./-](?=[^\W\d])|(?<=[^\W\d])[./-](?=\d)")
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
def parse_day(text: str, order: Order | None = "MDY") -> dt.date | None:
    """The day that `text` ("Nov. 1st, 2024", "2024-11-01", "8/29/23") names; None where there is none.

    Without an `order` figures name a day only where they have one reading: "12/11/2024" has two.
    """
    plain = " ".join(GLUE.sub(" ", FILLING.sub(" ", text)).split())
    if figures := FIGURES.fullmatch(plain):
        if figures[2] == ".":
            order = "DMY"
        elif order is None and figures_order(plain) is None and figures[1] != figures[3]:
            return None
    order = order or "DMY"
    for attempt in (order, "DMY" if order == "MDY" else "MDY"):  # "21/04/2016" has one reading only
        found: dt.datetime | None
        found = _parser("YMD" if plain[:4].isdigit() else attempt).get_date_data(plain).date_obj
        if found:
            return found.date()
    return None


def figures_order(text: str) -> Order | None:
    """The order that a day in figures shows; None where both readings are days, and for any other text."""
    figures = FIGURES.fullmatch(text)
    return shown_order(figures) if figures else None
