"""A publication day inferred where neither metadata nor a dateline state it: rather none than a wrong one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from communique.corpus.days import full_days, month_number, yearless_days

HEAD_LINES, SENTENCES, MAX_LINE = 3, 2, 2_000
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
# What the parties of a release did at the event that it reports.
_EVENT = re.compile(
    r"\b(?:met|held|(?:co-)?hosted|convened|spoke|gathered|assembled|signed|visited|concluded|conducted|welcomed|"
    r"undertook|paid|received|took place|launched|adopted|(?:co-)?chaired|participated|arrived|exchanged)\b"
)
# What makes a day in the head one of something else: to come, earlier, or of an emergency declared later.
_OTHER = re.compile(
    r"\b(?:will|would|shall|previous(?:ly)?|building on|following|follow-up|since|until|earlier|ahead of|"
    r"last|next|upcoming|prepar\w+|to attend|as a result of|beginning|during the period|into law|Act)\b",
    re.IGNORECASE,
)
_BEFORE_DAY = re.compile(r"(?:^|\b(?:on|from|this))\s*(?:the\s+)?$", re.IGNORECASE)
# "the July 11-12, 2023 Summit": the day names a thing.
_NAMES_A_THING = re.compile(r",?\s+(?:[A-Z]\w|meeting|summit|visit|statement|agreement|declaration|call)")
# The sentence has another day for now, and the full one is of something earlier.
_ELSEWHEN = re.compile(r"\b(?:today|yesterday|ago|anniversary)\b", re.IGNORECASE)
_TODAY = re.compile(r"\btoday,?\s*\(?\s*$", re.IGNORECASE)
_ADDRESS_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ADDRESS_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def day_of_address(address: str) -> dt.date | None:
    """The day that a URL or path holds ("/2024/11/01/", "2024-11-01-talks.txt"); None for none or many."""
    days = set()
    for year, _, month, day in _ADDRESS_DAY.findall(address):
        try:
            days.add(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def infer_published(text: str, address: str = "") -> dt.date | None:
    """The day of the event that the head reports ("met on 5 March 2009"), or that the text calls today.

    A day without a year gets the one that the address holds; without one it stays unknown.
    """
    sentences = list(_head_sentences(text))
    return (
        next((day for sentence in sentences if (day := _event_day(sentence))), None)
        or _called_today(text)
        or next((day for sentence in sentences if (day := _yearless_day(sentence, address))), None)
    )


def _head_sentences(text: str) -> Iterator[str]:
    lines = islice((line for line in text.split("\n") if line.strip()), HEAD_LINES)
    for line in lines:
        yield from _SENTENCE_END.split(line[:MAX_LINE])[:SENTENCES]


def _event_day(sentence: str) -> dt.date | None:
    """The last of the days on which the event took place."""
    if not _EVENT.search(sentence) or _ELSEWHEN.search(sentence):
        return None
    days = [day.day for day in full_days(sentence) if _dates_event(sentence, day.start, day.end)]
    return max(days, default=None)


def _dates_event(sentence: str, start: int, end: int) -> bool:
    before = sentence[:start]
    return (
        bool(_BEFORE_DAY.search(before))
        and not _OTHER.search(before)
        and not _NAMES_A_THING.match(sentence, end)
    )


def _called_today(text: str) -> dt.date | None:
    days = {day.day for day in full_days(text) if _TODAY.search(text[max(0, day.start - 12) : day.start])}
    return days.pop() if len(days) == 1 else None


def _yearless_day(sentence: str, address: str) -> dt.date | None:
    years = set(_ADDRESS_YEAR.findall(address))
    if len(years) != 1 or not _EVENT.search(sentence) or _ELSEWHEN.search(sentence):
        return None
    for start, end, month, day in yearless_days(sentence):
        if _dates_event(sentence, start, end):
            try:
                return dt.date(int(next(iter(years))), month_number(month), day)
            except ValueError:
                continue
    return None
