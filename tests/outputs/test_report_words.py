"""What the report calls days, periods, actors and dialogues."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from communique.outputs.asking import Filters
from communique.outputs.called import named, names_of
from communique.outputs.report.words import asked_for, in_words, period


@pytest.mark.parametrize(
    ("value", "words"),
    [("2024-11-01", "1 Nov 2024"), ("2024-11", "Nov 2024"), ("2024", "2024"), (None, "")],
)
def test_a_day_in_words_is_as_precise_as_it_was(value: str | None, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-01-01", "2026-12-31", "2026"),
        ("2025-01-01", "2026-12-31", "2025 to 2026"),
        ("2026-02-01", "2026-02-28", "Feb 2026"),
        ("2024-01-01", "2024-06-30", "Jan to Jun 2024"),
        ("2024-01-01", "2024-06-29", "1 Jan to 29 Jun 2024"),
        ("2024-06-02", "2024-06-29", "2 to 29 Jun 2024"),
        ("2024-11-01", "2025-02-28", "1 Nov 2024 to 28 Feb 2025"),
        ("2026-03-05", "2026-03-05", "5 Mar 2026"),
        (None, "2026-03-05", "by 5 Mar 2026"),
        ("2026-03-05", None, "from 5 Mar 2026"),
        (None, None, ""),
    ],
)
def test_a_period_in_words(start: str | None, end: str | None, words: str) -> None:
    assert period(pd.NaT if start is None else pd.Timestamp(start), pd.Timestamp(end)) == words


def test_an_id_has_the_name_most_rows_give_it_else_itself() -> None:
    known = names_of(
        pd.Series(["KOR", "KOR", "KOR", None]), pd.Series(["Korea", "South Korea", "Korea", "x"])
    )
    assert named(["KOR", "XYZ"], known) == ["Korea", "XYZ"]
    assert named(None, known) == []


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({}, ""),
        ({"parties": ["CAN", "KOR"], "due": "2026-Q1"}, "party Canada and KOR; due in 2026-Q1"),
        ({"parties": ["CAN", "KOR"], "any_party": True}, "party Canada or KOR"),
        ({"to": "UKR", "acts": ["agree", "enact"]}, "towards UKR; act agree or enact"),
        ({"since": dt.date(2024, 5, 1), "joint": True}, "published from 2024-05-01; two or more bound"),
        ({"domestic": True, "sort": "due"}, ""),
    ],
)
def test_a_page_says_what_it_was_made_for(filters: Filters, words: str) -> None:
    assert asked_for(filters, {"CAN": "Canada"}) == words
