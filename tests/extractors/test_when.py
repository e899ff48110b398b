"""The day of an undertaking, its term and its period, in sentences of our own."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.language import Language

from communique.extractors.annotations import Commitment

PUBLISHED = dt.date(2024, 11, 6)
PLEDGE = "The two ministers agreed to reopen the bridge."
Term = tuple[str | None, str | None]


def undertakings(nlp: Language, text: str, published: dt.date | None = PUBLISHED) -> list[Commitment]:
    doc = nlp.make_doc(text)
    doc._.title, doc._.published = "Joint Statement of Chile and Peru", published
    return [span._.commitment for span in nlp(doc).spans["commitments"]]


@pytest.mark.parametrize(
    ("opening", "day", "told_by"),
    [
        ("The ministers met in Lima on 1 November 2024. ", "2024-11-01", "meeting"),
        ("The ministers met in Lima on October 31 and November 1, 2024. ", "2024-11-01", "meeting"),
        ("The ministers met yesterday in Lima. ", "2024-11-05", "meeting"),
        ("The talks were held in Lima on November 4-5, 2024. ", "2024-11-05", "meeting"),
        ("It was their first call since the vote on 20 October 2024. ", "2024-11-06", "published"),
        ("The Minister called his colleague on 5 November. ", "2024-11-05", "meeting"),
        ("The Minister concluded her visit of November 1 to 4 to Lima. ", "2024-11-04", "meeting"),
        ("The Minister was in Lima yesterday to meet her colleague. ", "2024-11-05", "meeting"),
        ("The Minister travelled to Lima on 4 November. ", "2024-11-04", "meeting"),
        ("At a dinner last night the Presidents spoke of old times. ", "2024-11-05", "meeting"),
        ("They agreed to plant cedars during their talks in Lima on 4 November. ", "2024-11-04", "meeting"),
        ("They agreed to plant the cedars bought in Lima on 4 November. ", "2024-11-06", "published"),
        ("The Bank issued a statement on 4 November. ", "2024-11-04", "statement"),
        ("As the Minister said on 4 November, roads matter. ", "2024-11-06", "published"),
        ("The ministers met in Lima on 7 November 2024. ", "2024-11-07", "meeting"),  # told in another zone
        ("The ministers meet in Lima on 7 November 2024. ", "2024-11-06", "published"),
        ("Relations began in 1962. ", "2024-11-06", "published"),
        ("The ministers met in Lima on 1 March 2019. ", "2024-11-06", "published"),  # history
        ("The ministers will meet in Lima on 20 November 2024. ", "2024-11-06", "published"),  # to come
    ],
)
def test_day_of_the_meeting_else_publication(nlp: Language, opening: str, day: str, told_by: str) -> None:
    last = undertakings(nlp, opening + PLEDGE)[-1]
    assert (last.agreed_on, last.agreed_on_from) == (day, told_by)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Chile and Peru on Monday agreed to reopen the bridge.", "2024-11-04"),
        ("The ministers of Chile and Peru yesterday, 5 November, signed a pact on bees.", "2024-11-05"),
        ("The winner of the vote on Monday agreed to reopen the bridge.", "2024-11-06"),
        ("The general who resigned on Monday agreed to reopen the bridge.", "2024-11-06"),
    ],
)
def test_a_day_between_who_agrees_and_the_predicate_is_its_day(nlp: Language, said: str, day: str) -> None:
    (one,) = undertakings(nlp, said)
    assert one.agreed_on == day


def test_the_meeting_of_the_own_sentence_tells_the_day(nlp: Language) -> None:
    text = "The ministers met on 1 November 2024. At the talks held on 4 November they pledged to act."
    assert undertakings(nlp, text)[-1].agreed_on == "2024-11-04"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("agreed on Monday to reopen the bridge", "2024-11-04"),
        ("agreed on Monday that they would reopen the bridge", "2024-11-04"),
        ("agreed in Lima on 4 November 2024 to reopen the bridge", "2024-11-04"),
        ("have agreed on Friday, 1 November, to reopen the bridge", "2024-11-01"),
        ("agreed at the summit to reopen the bridge", "2024-11-06"),
        ("agreed on a plan to reopen the bridge", "2024-11-06"),
    ],
)
def test_a_day_between_the_predicate_and_its_complement_is_its_day(
    nlp: Language, said: str, day: str
) -> None:
    text = f"Chile and Peru {said}."
    doc = nlp.make_doc(text)
    doc._.published = PUBLISHED
    (span,) = nlp(doc).spans["commitments"]
    assert span.text.endswith("reopen the bridge") and "ovember" not in span.text
    assert not span.text.startswith(("Monday", "Friday", "summit"))
    assert span._.commitment.agreed_on == day


def test_a_need_agreed_on_is_no_undertaking(nlp: Language) -> None:
    assert not undertakings(nlp, "Chile and Peru agreed on the need to reopen the bridge.")


@pytest.mark.parametrize(
    "closing",
    [
        "Done at Lima on the fourth day of November two thousand and twenty-four.",
        "Done at Lima this fourth day of November, in the year two thousand and twenty-four.",
        "Issued in Lima, 4-Nov-2024",
    ],
)
def test_closing_lines_in_words_tell_the_day(nlp: Language, closing: str) -> None:
    assert {found.agreed_on for found in undertakings(nlp, f"{PLEDGE}\n\n{closing}", None)} == {"2024-11-04"}


def test_closing_line_tells_the_day(nlp: Language) -> None:
    [found] = undertakings(nlp, PLEDGE + "\nIssued in Lima, 4 November 2024")
    assert (found.agreed_on, found.agreed_on_from) == ("2024-11-04", "statement")


def test_without_any_day_there_is_none(nlp: Language) -> None:
    [found] = undertakings(nlp, PLEDGE, None)
    assert (found.agreed_on, found.agreed_on_from) == (None, None)


@pytest.mark.parametrize(
    ("sentence", "text", "term"),
    [
        ("Chile will review the plan (2025-2028) for rivers.", "2025-2028", ("2025-01-01", "2028-12-31")),
        ("Chile will host the games in 2027.", "2027", ("2027-01-01", "2027-12-31")),
        ("Chile will cut emissions by 2030.", "2030", (None, "2030-12-31")),
        ("Chile will, by 2030, cut its emissions by a third.", "2030", (None, "2030-12-31")),
        ("Later this year, Chile will open a school.", "Later this year", ("2024-01-01", "2024-12-31")),
        ("Chile will train pilots beginning in 2026.", "2026", ("2026-01-01", None)),
        ("Chile will host the 2026 Forest Forum.", "2026", ("2026-01-01", "2026-12-31")),
        ("Chile will send the roadmap and 2035 target by 2026.", "2026", (None, "2026-12-31")),
    ],
)
def test_term_belongs_to_the_undertaking(nlp: Language, sentence: str, text: str, term: Term) -> None:
    found = undertakings(nlp, sentence)[-1]
    days = tuple(str(day) if day else None for day in (found.due_start, found.due_end))
    assert (found.due_text, days) == (text, term)


@pytest.mark.parametrize(
    "sentence",
    [
        "Chile will expand the park opened in 2019.",
        "Today Chile agreed to reopen the bridge.",
        "Chile will cut emissions from 2020 levels.",
        "Chile will review the Decade of Rivers (2018-2028).",
        "Chile will expand the centre established this year.",
        "As directed by the two presidents in May 2025, the ministers agreed to adopt a plan.",
    ],
)
def test_other_dates_are_no_term(nlp: Language, sentence: str) -> None:
    found = undertakings(nlp, sentence)[-1]
    assert (found.due_text, found.due_start, found.due_end) == (None, None, None)


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("The ministers agreed to meet annually.", "P1Y"),
        ("The ministers agreed to meet every two years.", "P2Y"),
        ("The ministers agreed to hold an annual forum.", "P1Y"),
        ("The ministers agreed to meet regularly.", None),
        ("The ministers agreed to raise annual funding for schools.", None),
        ("The ministers agreed to allow stays of 30 days every six months.", None),
        ("The ministers agreed to hold talks of two days, every six months.", "P6M"),
    ],
)
def test_period_of_what_recurs(nlp: Language, sentence: str, period: str | None) -> None:
    assert undertakings(nlp, sentence)[0].recurrence == period
