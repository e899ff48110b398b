"""What holds of dates in any text, however hostile."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.extractors.annotations import DATES
from communique.extractors.dates.grammar import find
from communique.extractors.dates.periods import period, shift
from communique.extractors.dates.windows import due_window

NLP = spacy.blank("en")
NLP.max_length = 10_000_000
NLP.add_pipe("communique_dates")

# Pieces of dates, so that what is drawn is nearly one, often.
VISIBLE = """
1 2 12 24 29 30 31 31st 99 2024 1999 0000 9999 2024-25 2024-11-01 1/2/2024 May march February Feb. Tuesday
next last this the end of early between from to and until - – , . every per annum year years week decades
century ago later twice a an half hundred first last quarter Q3 FY summer 1990s today yesterday annually on
in by within $ million İ [ ( 2030 Agenda
"""
PIECES = [*VISIBLE.split(), "\n", "\u2060", "\xa0"]
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
DAYS = st.none() | st.dates()


def annotated(text: str, published: dt.date | None) -> list[tuple[int, int, object]]:
    doc = NLP.make_doc(text)
    doc._.published = published
    NLP.get_pipe("communique_dates")(doc)  # type: ignore[operator]
    found, end = [], 0
    for span in doc.spans[DATES]:
        timex = span._.timex
        assert text[span.start_char : span.end_char] == span.text
        assert span.start_char >= end
        end = span.end_char
        assert (timex.start is None) == (timex.end is None) == (timex.anchor is None)
        assert timex.start is None or timex.start <= timex.end
        start, last = due_window(span)
        assert start is None or last is None or start <= last
        found.append((span.start_char, span.end_char, timex))
    return found


@given(SENTENCES, DAYS)
@settings(max_examples=300, deadline=None)
def test_near_dates_never_crash_and_stay_in_order(text: str, published: dt.date | None) -> None:
    annotated(text, published)


@given(st.text(max_size=80), DAYS)
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(text: str, published: dt.date | None) -> None:
    annotated(text, published)


@given(SENTENCES)
@settings(max_examples=50, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert annotated(text, dt.date(2024, 2, 29)) == annotated(text, dt.date(2024, 2, 29))


@pytest.mark.parametrize("today", ["1999-12-31", "2031-03-01"])
def test_no_date_depends_on_the_day_it_runs(monkeypatch: pytest.MonkeyPatch, today: str) -> None:
    class Frozen(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Frozen:
            return cls.fromisoformat(today)

        utcnow = today = now  # type: ignore[assignment]

    from communique.extractors.dates.explicit import parse_day

    monkeypatch.setattr("datetime.datetime", Frozen)
    parse_day.cache_clear()
    assert str(parse_day("3 May 2019")) == "2019-05-03"
    assert str(parse_day("8/29/23")) == "2023-08-29"
    parse_day.cache_clear()


HOSTILE = [
    "",
    " ",
    "(",
    "1",
    "2024 ",
    "the ",
    "2024-",
    "5, ",
    "1.",
    "1,",
    "Article 5, ",
    "twenty-",
    "a\n",
    "A. ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = f"2024 {piece * 10_000} May"
    start = time.process_time()
    find(text)
    assert time.process_time() - start < 2


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(-50, 50))
def test_periods_hold_their_day_and_follow_each_other(day: dt.date, n: int) -> None:
    for unit in ("day", "week", "month", "quarter", "half", "year", "decade"):
        first, last = period(unit, day)
        assert first <= day <= last
        assert period(unit, last + dt.timedelta(days=1))[0] == last + dt.timedelta(days=1)
        assert period(unit, shift(first, n, unit))[0] == shift(first, n, unit)
