"""What cards call things: actors and dialogues by name, days and periods in words."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from communique.outputs.asking import Filters
from communique.outputs.called import named
from communique.outputs.cells import shown
from communique.outputs.filters import listed

MONTHS = calendar.month_abbr

#: Filters that a page was made with, and what it calls them.
ASKED = {
    **{"parties": "party", "to": "towards", "acts": "act", "text": "words", "dialogue": "dialogue or treaty"},
    **{"publisher": "publisher", "since": "published from", "until": "published to"},
    **{"new_since": "first seen since", "due": "due in", "due_after": "due from", "due_before": "due before"},
}


def asked_for(filters: Filters, known: Mapping[str, str]) -> str:
    """What a page was made for, as "party Canada and Peru; due in 2026"; "" where it was for all there is."""
    either = {"acts"} | ({"parties"} if filters.get("any_party") else set())
    told = []
    for name, label in ASKED.items():
        value: Any = filters.get(name)
        if value is not None:
            words = [str(value)] if isinstance(value, dt.date) else named(listed(value), known)
            told.append(f"{label} {(' or ' if name in either else ' and ').join(words)}")
    if filters.get("joint"):
        told.append("two or more bound")
    return "; ".join(told)


def in_words(value: Any) -> str:
    """ "2024-11-01" as "1 Nov 2024", "2024-11" as "Nov 2024"; "" for null."""
    parts = [int(part) for part in shown(value).split("-") if part]
    if len(parts) < 2:
        return shown(value)
    return " ".join([*map(str, parts[2:]), MONTHS[parts[1]], str(parts[0])])


def period(start: Any, end: Any) -> str:
    """The days from `start` to `end` in words: "2026" for the whole year; "" where neither is known."""
    first, last = (None if pd.isna(day) else pd.Timestamp(day) for day in (start, end))
    if first is None or last is None:
        told = [f"{word} {in_words(day)}" for word, day in (("from", first), ("by", last)) if day is not None]
        return " ".join(told)
    if first == last:
        return in_words(first)
    if first.day == 1 and last.is_month_end:
        if first.is_year_start and last.is_year_end:
            return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
        if first.year == last.year:
            months = dict.fromkeys((MONTHS[first.month], MONTHS[last.month]))
            return f"{' to '.join(months)} {first.year}"
    shared = [first.year == last.year, (first.year, first.month) == (last.year, last.month)]
    begun = " ".join(in_words(first).split()[: 3 - sum(shared)])
    return f"{begun} to {in_words(last)}"
