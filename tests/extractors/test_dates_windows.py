"""The days within which something is due, by the words beside a date."""

from __future__ import annotations

import datetime as dt

import pytest
import spacy
from spacy.language import Language

from communique.extractors.annotations import DATES
from communique.extractors.dates.windows import due_window

PUBLISHED = dt.date(2024, 11, 1)


@pytest.fixture(scope="module")
def dates() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_dates")
    return nlp


def window(nlp: Language, text: str) -> tuple[str, str]:
    doc = nlp.make_doc(text)
    doc._.published = PUBLISHED
    nlp.get_pipe("communique_dates")(doc)  # type: ignore[operator]
    (span,) = doc.spans[DATES]
    start, end = due_window(span)
    return str(start or ""), str(end or "")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("next week", "2024-11-04", "2024-11-10"),
        ("by 2030", "", "2030-12-31"),
        ("by the end of 2030", "", "2030-12-31"),
        ("no later than September 1, 2025", "", "2025-09-01"),
        ("until April 2026", "", "2026-04-30"),
        ("on or before 1 May 2025", "", "2025-05-01"),
        ("before 2026", "", "2025-12-31"),
        ("before the end of 2026", "", "2026-12-31"),
        ("from 1 July 2025", "2025-07-01", ""),
        ("starting in January 2025", "2025-01-01", ""),
        ("as early as 2027", "2027-01-01", ""),
        ("beginning in FY 2026", "2026-01-01", ""),
        ("after 2026", "2027-01-01", ""),
        ("in 2026 and beyond", "2026-01-01", ""),
        ("from 2025 to 2027", "2025-01-01", "2027-12-31"),
        ("between May and July 2025", "2025-05-01", "2025-07-31"),
        ("between now and 2027", "2024-11-01", "2027-12-31"),
        ("over the next five years", "2024-11-01", "2029-11-01"),
        ("within the next two months", "2024-11-01", "2025-01-01"),
        ("within six months", "2024-11-01", "2025-05-01"),
        ("within 90 days", "2024-11-01", "2025-01-30"),
        ("within six months of its adoption", "", ""),
        ("for six months", "", ""),
        ("by the end of Q1 2025", "", "2025-03-31"),
        ("by the start of 2026", "", "2026-01-01"),
        ("at the start of 2026", "2026-01-01", "2026-12-31"),
        ("from the end of 2025", "2025-12-31", ""),
        ("by 5 p.m. EST on March 15, 2025", "", "2025-03-15"),
        ("by noon on 15 March 2025", "", "2025-03-15"),
        ("by 17:00 Lima time on 15 March 2025", "", "2025-03-15"),
        ("by COB on 15 March 2025", "", "2025-03-15"),
        ("by the end of the day tomorrow", "", "2024-11-02"),
        ("at noon on 15 March 2025", "2025-03-15", "2025-03-15"),
        ("within 72 hours", "2024-11-01", "2024-11-04"),
        ("every two years", "", ""),
    ],
)
def test_window(dates: Language, text: str, start: str, end: str) -> None:
    assert window(dates, f"They will report {text}.") == (start, end)
