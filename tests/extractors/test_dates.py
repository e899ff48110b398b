"""Dates in sentences: every expression stands in brackets with its value, [quote|value].

A value is a day, `first..last`, an ISO 8601 period, or `?` where the text does not tell. The
release is of Friday, 1 November 2024.
"""

from __future__ import annotations

import datetime as dt
import pickle
import re

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from communique.extractors.annotations import DATES, Timex
from communique.extractors.dates.grammar import WORD, compiled, find

PUBLISHED = dt.date(2024, 11, 1)
MARK = re.compile(r"\[([^|\[\]]+)\|([^|\[\]]+)\]")

EXPLICIT = [
    "They met on [1 November 2024|2024-11-01].",
    "They met on [November 1st, 2024|2024-11-01].",
    "They met on [Friday, November 1, 2024|2024-11-01] in Ottawa.",
    "The text of [2024-11-01|2024-11-01] stands.",
    "The letter of [Nov. 1, 2024|2024-11-01] stands.",
    "SEOUL, [21 MAY 2023|2023-05-21] - The envoys met.",
    "Posted on [8/29/23|2023-08-29].",
    "Posted on [25/04/2023|2023-04-25].",
    "It entered into force on [the 3rd of March 2019|2019-03-03].",
    "Done at Lisbon, [the fifth day of June, 2022|2022-06-05].",
]
RANGES = [
    "The visit of [October 24-26, 2024|2024-10-24..2024-10-26] went well.",
    "They talked from [3 to 5 May 2023|2023-05-03..2023-05-05].",
    "They talked on [3 and 4 May 2023|2023-05-03..2023-05-04].",
    "They talked on [5, 6 and 7 December 2023|2023-12-05..2023-12-07].",
    "From [30 October to 2 November 2023|2023-10-30..2023-11-02] they talked.",
    "From [December 30, 2023 – January 2, 2024|2023-12-30..2024-01-02] it was shut.",
    "Between [March and June 2023|2023-03-01..2023-06-30] it fell.",
    "Between [November and February 2023|2022-11-01..2023-02-28] it fell.",
    "Between [2021 and 2023|2021-01-01..2023-12-31] it fell.",
    "The budget of [2021–2027|2021-01-01..2027-12-31] is agreed.",
    "The members for [2024-25|2024-01-01..2025-12-31] are elected.",
    "They talked on [12/13 May 2024|2024-05-12..2024-05-13].",
    "The members for [2021/22|2021-01-01..2022-12-31] are elected.",
    "From [May 2019 until June 2021|2019-05-01..2021-06-30] she served.",
]
PERIODS = [
    "It began in [September 2022|2022-09-01..2022-09-30].",
    "It began in [February of 2024|2024-02-01..2024-02-29].",
    "It began in [early June 2023|2023-06-01..2023-06-30].",
    "It began in [2019|2019-01-01..2019-12-31].",
    "It will end by [the end of 2025|2025-01-01..2025-12-31].",
    "It will end by [mid-2026|2026-01-01..2026-12-31].",
    "Exports rose in [the third quarter of 2023|2023-07-01..2023-09-30].",
    "Exports rose in [Q4 2023|2023-10-01..2023-12-31].",
    "Exports rose in [the first half of 2024|2024-01-01..2024-06-30].",
    "Exports rose in [the first six months of 2024|2024-01-01..2024-06-30].",
    "They meet in [the fall of 2025|2025-09-01..2025-11-30].",
    "They meet in [winter 2025|2025-12-01..2026-02-28].",
    "It will matter in [the 2030s|2030-01-01..2039-12-31] as in [the late 1990s|1990-01-01..1999-12-31].",
    "It met in [the week of 18 September 2023|2023-09-18..2023-09-24].",
    "It met in [the first week of October 2023|2023-10-02..2023-10-08].",
    "It met on [the second Tuesday of May 2023|2023-05-09].",
]
FISCAL = [
    "Funds of [FY 2025|2025-01-01..2025-12-31] are spent.",
    "Japan's [FY 2027|2027-04-01..2028-03-31] budget is set.",
    "Funds of [JFY2024|2024-04-01..2025-03-31].",
    "The U.S. [fiscal year 2023|2022-10-01..2023-09-30] is over.",
    "The British [FY 2024-25|2024-04-01..2025-03-31] has begun.",
    "The Australian [2024-25 financial year|2024-07-01..2025-06-30] has begun.",
    "The [fiscal years 2024 and 2025|2024-01-01..2025-12-31] are over.",
    "In U.S. [FY 2013-2016|2012-10-01..2016-09-30] it doubled.",
]
DEICTIC = [
    "They signed it [today|2024-11-01].",
    "They met [this morning|2024-11-01] and dined [last night|2024-10-31] before the last evening meal.",
    "They report in [approximately one year’s time|2025-01-01..2025-12-31].",
    "[Yesterday|2024-10-31] they met; [tomorrow|2024-11-02] they part.",
    "They meet [the day after tomorrow|2024-11-03].",
    "They meet [this week|2024-10-28..2024-11-03] and [next week|2024-11-04..2024-11-10].",
    "They met [last month|2024-10-01..2024-10-31] and [earlier this year|2024-01-01..2024-12-31].",
    "They will meet [later this month|2024-11-01..2024-11-30].",
    "They will meet in [this decade|2020-01-01..2029-12-31].",
    "They will meet [this December|2024-12-01..2024-12-31].",
    "They met [last November|2023-11-01..2023-11-30].",
    "They will meet in [March of next year|2025-03-01..2025-03-31].",
    "They will meet [next Tuesday|2024-11-05].",
    "They met on [Wednesday|2024-10-30].",
    "They will meet on [Monday|2024-11-04].",
    "They will meet on [Tuesday of next week|2024-11-05].",
    "It is spent over [the next five years|2024-11-01..2029-11-01].",
    "It doubled over [the past decade|2014-11-01..2024-11-01].",
    "It grew over [the last 18 months|2023-05-01..2024-11-01].",
    "It was founded [75 years ago|1949-01-01..1949-12-31].",
    "It lasts for [the rest of the year|2024-11-01..2024-12-31].",
    "It will close by [year-end|2024-01-01..2024-12-31].",
    "It will close by [end-2025|2025-01-01..2025-12-31].",
    "They will meet in [two years' time|2026-01-01..2026-12-31].",
    "It ends [180 days from the date of this order|2024-11-01..2025-04-30].",
    "It ends [two weeks after 1 July 2024|2024-07-15].",
]
YEARLESS = [
    "They met on [October 18|2024-10-18].",
    "They will meet on [15 December|2024-12-15].",
    "They will meet in [February|2025-02-01..2025-02-28].",
    "They looked forward to meeting in [April|2025-04-01..2025-04-30].",
    "It has grown since [May|2024-05-01..2024-05-31].",
    "It has grown since [December|2023-12-01..2023-12-31].",
    "After the [March|2024-03-01..2024-03-31] summit they parted.",
    "They spoke on [Monday, January 15|2024-01-15].",
    "They met on [3 May 2010|2010-05-03] and again on [9 June|2010-06-09].",
    "They met in [2021|2021-01-01..2021-12-31]. [That year|2021-01-01..2021-12-31] it rained.",
    "They met on [3 May 2010|2010-05-03] and parted on [the following day|2010-05-04].",
]
SETS = [
    "They meet [annually|P1Y].",
    "They hold [annual|P1Y] consultations.",
    "They meet [every two years|P2Y].",
    "They meet [on a biennial basis|P2Y].",
    "They meet [twice a year|P6M].",
    "They meet [at least once a year|P1Y].",
    "They report [each quarter|P3M] and [every other month|P2M].",
    "They give two tonnes [per year|P1Y].",
    "They meet [once every three years|P3Y].",
    "[Semi-annual|P6M] reports are due.",
]
DURATIONS = [
    "They have been friends for [more than 60 years|P60Y].",
    "It is a [six-month|P6M] pilot.",
    "It took [nearly a decade|P10Y].",
    "It took [more than a year and a half|P18M].",
    "It lasts [three weeks|P3W] or [48 hours|PT48H].",
    "Within [six months|P6M] of entry into force they report.",
    "It lasts [three to five years|?].",
    "It lasted [half a century|P50Y] and [a quarter of a century|P25Y].",
    "It enters into force [thirty (30) days|P30D] after its adoption.",
    "It was a [year-long|P1Y] effort.",
    "It has stood for [one hundred and fifty years|P150Y].",
    "She served for [twenty\u2011three years|P23Y].",
]
UNTOLD = [
    "[That day|?] will be remembered.",
    "It closed on [31 June 2024|?].",
]
NOTHING = [
    "The 2030 Agenda and Agenda 2063 guide them.",
    "COP26, the G20 and the 2+2 were praised.",
    "They recalled UNSCR 1718 and resolutions 2270 (2016), 2371 and 2397.",
    "The 1951 Mutual Defense Treaty stands.",
    "The 2024-25 Mutual Cultural Exchange Year was opened.",
    "They marked the 60th anniversary in the 75th year of the 21st century.",
    "They may march on. May they prosper.",
    "April Jones and Minister June Park spoke.",
    "It sent 2,000 troops, some 2000 people and $2023.",
    "Regulation (EU) 2016/679 applies; call +65 2024 1234.",
    "Article 9, Section 2024 and paragraph 12 apply.",
    "They face the challenges of today and today's world.",
    "Recently, soon, now and in the coming months they hope.",
    "It is a plan for the summer and for decades to come.",
    "The Annual Exchange of Visits and the Five-Year Plan were named.",
    "Vision 2030 and Horizon 2020 were named.",
    "A six-year-old asked about the 100-year anniversary.",
    "See https://example.org/2024/05/03/news for more.",
    "It is about our daily lives and each other.",
    "It happened on Good Friday and Black Friday.",
    "The CHIPS Act of 2022 is law.",
    "It fell by 2023 percent over 12.2024 metres.",
]
GLUED = [
    "It opens by [15June 2027|2027-06-15].",
    "It opens by [15 June,2027|2027-06-15].",
    "It opens by [15th.June.2027|2027-06-15].",
    "It opens by [15 June2027|2027-06-15].",
    "It opens by [June15, 2027|2027-06-15].",
    "It opens in hall 15June.",
]
YEARS_READ = [
    "It opens by [15 March 2570|2027-03-15].",
    "By [the end of 2570 (B.E.)|2027-01-01..2027-12-31] it opens.",
    "It opens by [15 Mar '28|2028-03-15].",
    "It opens by [15-Mar-28|2028-03-15].",
    "It opens by [15 March 28|2028-03-15].",
    "On [15 March|2024-03-15] 28 envoys met.",
    "It opens by [15 March (2028)|2028-03-15].",
    "It opens by [March/2028|2028-03-01..2028-03-31].",
    "It opened on [15 March|?] 1446, as they count.",
    "On [15 March|2025-03-15] 2500 guests will come.",
    "It opens by [15 March|?] 20XX, by [March|?] 202_ or by [March|?] MMXXVII.",
    "It opened in [March|?] MCMXCIV.",
    "In [March|2025-03-01..2025-03-31], MCC and Peru will meet; in [May|2025-05-01..2025-05-31], MDC will.",
    "On [15 March|2025-03-15] 20x more boats will come.",
    "It opens by [15 Ramadan 1446 AH, corresponding to 15 March 2025|2025-03-15].",
    "Done at Lima on [the twelfth day of May two thousand and twenty-four|2024-05-12].",
    "It opens by [the end of twenty twenty-eight|2028-01-01..2028-12-31].",
    "They sent two thousand and twenty-four tents.",
    "It opens by [the end of Reiwa 7|2025-01-01..2025-12-31].",
    "It opens in [ROC year 114|2025-01-01..2025-12-31].",
    "Room 114 of the ROC embassy was shut.",
]
PARTS = [
    "It opens by [the end of Q1 2025|2025-01-01..2025-03-31].",
    "It opens by [the end of fiscal year 2025|2025-01-01..2025-12-31].",
    "It opens by [the end of the first half of 2025|2025-01-01..2025-06-30].",
    "It opens in [2H 2025|2025-07-01..2025-12-31].",
    "It opens in [1H25|2025-01-01..2025-06-30].",
    "It opens in [Q3 '25|2025-07-01..2025-09-30].",
    "It opens by [month-end|2024-11-01..2024-11-30].",
    "It opens by [year end|2024-01-01..2024-12-31].",
    "It opens around [the turn of the year|2024-12-01..2025-01-31].",
    "It will open before [Christmas|2024-12-25].",
    "The envoy to Christmas Island spoke.",
    "It will open by [Monday week|2024-11-11].",
    "They met over [the weekend|2024-10-26..2024-10-27].",
    "They will meet over [the weekend|2024-11-02..2024-11-03].",
    "It will open by [the 15th|2024-11-15].",
    "They marked the 15th anniversary on the 15th floor.",
    "They will report in [the next 48 hours|2024-11-01..2024-11-03].",
    "They will report in [a fortnight|2024-11-15].",
]
IN_BRACKETS = [
    "They met [today|2024-10-30] ([30 October 2024|2024-10-30]).",
    "They met [yesterday|2024-10-29] ([Tuesday, 29 October|2024-10-29]).",
    "They met [today|2024-10-31] (31) and part [tomorrow|2024-11-01] (01st).",
    "They met [today|2024-11-01] (3), as a note at the foot says, and part [tomorrow|2024-11-02] (30).",
    "They met [today|2024-11-01] (20) of them.",
    "They met [today|2024-11-01], and on [30 October 2024|2024-10-30].",
]
COUNTS = [
    "They sent 1950 tents and 2024 blankets.",
    "They have its [2030|2030-01-01..2030-12-31] targets and [2029|2029-01-01..2029-12-31] "
    "and [2030|2030-01-01..2030-12-31] levels.",
    "The 1900 MHz band opens at 1900 hours.",
    "Use version 1.2.2025 and IP 10.10.2024.",
]
SENTENCES = [
    *GLUED, *YEARS_READ, *PARTS, *IN_BRACKETS, *COUNTS,
    *EXPLICIT, *RANGES, *PERIODS, *FISCAL, *DEICTIC, *YEARLESS, *SETS, *DURATIONS, *UNTOLD, *NOTHING
]  # fmt: skip


@pytest.fixture(scope="module")
def dates() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_dates")
    return nlp


def spans(
    nlp: Language, text: str, published: dt.date | None = PUBLISHED, publisher: str | None = None
) -> list[Span]:
    doc = nlp.make_doc(text)
    doc._.published, doc._.publisher = published, publisher
    return list(nlp.get_pipe("communique_dates")(doc).spans[DATES])  # type: ignore[operator]


def unmark(sentence: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain sentence and what is marked in it; ValueError where a bracket is open."""
    plain = MARK.sub(r"\1", sentence)
    if set(plain) & set("[]|"):
        raise ValueError(f"unbalanced mark: {sentence}")
    return plain, MARK.findall(sentence)


def spelled(timex: Timex) -> str:
    if timex.timex_type != "DATE":
        return timex.value or "?"
    if timex.start is None:
        return "?"
    return str(timex.start) if timex.start == timex.end else f"{timex.start}..{timex.end}"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence(dates: Language, sentence: str) -> None:
    plain, expected = unmark(sentence)
    assert [(span.text, spelled(span._.timex)) for span in spans(dates, plain)] == expected


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_rule_begins_with_a_word_that_is_no_opener(sentence: str) -> None:
    """The finder, tried at every word, finds nothing that the opening words miss."""
    plain, _ = unmark(sentence)
    starts = {mention.start for mention in find(plain)}
    inside = [range(m.start, m.end) for m in find(plain)]
    for word in WORD.finditer(plain):
        match = compiled().finder.match(plain, word.start())
        opens = compiled().opens(word)
        assert opens or match is None or word.start() in starts or any(word.start() in r for r in inside)


@pytest.mark.parametrize(
    ("text", "anchor", "granularity", "value"),
    [
        ("on 1 November 2024", "explicit", "day", "2024-11-01"),
        ("in May 2024", "explicit", "month", "2024-05"),
        ("in 2024", "explicit", "year", "2024"),
        ("in Q3 2024", "explicit", "quarter", "2024-Q3"),
        ("in the first half of 2024", "explicit", "half", "2024-H1"),
        ("in the spring of 2024", "explicit", "season", "2024-SP"),
        ("on 3-5 May 2024", "explicit", "interval", "2024-05-03/2024-05-05"),
        ("this week", "published", "week", "2024-W44"),
        ("on May 5", "published", "day", "2024-05-05"),
        ("on 5 May 2010 and on 8 May", "context", "day", "2010-05-08"),
    ],
)
def test_tells_what_resolved_a_date(
    dates: Language, text: str, anchor: str, granularity: str, value: str
) -> None:
    timex = spans(dates, f"They met {text}.")[-1]._.timex
    assert (timex.anchor, timex.granularity, timex.value) == (anchor, granularity, value)


def test_fiscal_year_and_order_of_figures_follow_the_publisher(dates: Language) -> None:
    text = "In FY 2024 and on 03/07/2023 they met."
    american = spans(dates, text, publisher="The White House")
    assert [spelled(s._.timex) for s in american] == ["2023-10-01..2024-09-30", "2023-03-07"]
    british = spans(dates, text, publisher="Foreign Office, United Kingdom")
    assert [spelled(s._.timex) for s in british] == ["2024-04-01..2025-03-31", "2023-07-03"]


@pytest.mark.parametrize(
    ("figures", "publisher", "day"),
    [
        ("12/11/2024", None, "?"),
        ("12-11-2024", None, "?"),
        ("11/11/2024", None, "2024-11-11"),
        ("12.11.2024", None, "2024-11-12"),
        ("12/11/2024", "The White House", "2024-12-11"),
        ("12.11.2024", "The White House", "2024-11-12"),
        ("12/11/2024", "Government of India", "2024-11-12"),
        ("12/11/2024", "Government of Canada", "?"),
    ],
)
def test_the_order_of_figures_is_never_guessed(
    dates: Language, figures: str, publisher: str | None, day: str
) -> None:
    (span,) = spans(dates, f"It opens by {figures}.", publisher=publisher)
    assert spelled(span._.timex) == day


@pytest.mark.parametrize(
    ("publisher", "day"),
    [("A library", "2024-11-12"), ("Government of India", "2024-11-12"), ("The White House", "?")],
)
def test_figures_stay_open_where_those_beside_them_go_against_the_publishers_order(
    dates: Language, publisher: str, day: str
) -> None:
    shows, asked = spans(dates, "It opened on 25/10/2024 and closes on 12/11/2024.", publisher=publisher)
    assert (spelled(shows._.timex), spelled(asked._.timex)) == ("2024-10-25", day)


@pytest.mark.parametrize(
    ("head", "today"),
    [
        ("SEOUL, 30 October 2024 - ", "2024-10-30"),
        ("SEOUL, 1 October 2024 - ", "2024-11-01"),
        ("The report of 30 October 2024 was read. ", "2024-11-01"),
        ("", "2024-11-01"),
    ],
)
def test_today_is_the_day_of_the_dateline(dates: Language, head: str, today: str) -> None:
    assert spelled(spans(dates, f"{head}They met today.")[-1]._.timex) == today


def test_one_day_in_figures_shows_the_order_of_all(dates: Language) -> None:
    found = spans(dates, "From 12/11/2024, or rather 13/11/2024.")
    assert [spelled(span._.timex) for span in found] == ["2024-11-12", "2024-11-13"]
    doubtful = spans(dates, "From 12/11/2024, not 13/11/2024 or 11/13/2024.")
    assert [spelled(span._.timex) for span in doubtful] == ["?", "2024-11-13", "2024-11-13"]


def test_without_a_publication_day_nothing_is_guessed(dates: Language) -> None:
    found = spans(dates, "They met yesterday, on July 18 and last year.", published=None)
    assert [span._.timex.start for span in found] == [None, None, None]
    assert found[1]._.timex.value == "XXXX-07-18"


def test_a_dateline_stands_in_for_the_publication_day(dates: Language) -> None:
    timex = spans(dates, "OSLO, 4 June 2019 - The ministers met yesterday.", published=None)[1]._.timex
    assert (timex.start, timex.anchor) == (dt.date(2019, 6, 3), "context")


def test_gaps_may_be_line_ends_but_not_paragraphs(dates: Language) -> None:
    found = spans(dates, "They met on 1\nNovember 2024.\n\n5\n\nMay 2023 was dry.")
    assert [span.text for span in found] == ["1\nNovember 2024", "May 2023"]


def test_component_survives_the_way_to_another_process(dates: Language) -> None:
    component = pickle.loads(pickle.dumps(dates.get_pipe("communique_dates")))
    doc = component(dates.make_doc("They met in 2019."))
    assert [span.text for span in doc.spans[DATES]] == ["2019"]


@pytest.mark.parametrize("sentence", ["open [1 May|2024-05-01", "no | mark", "stray ]"])
def test_unbalanced_marks_are_refused(sentence: str) -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        unmark(sentence)


def test_a_day_in_the_name_of_a_file_is_none_of_the_text(dates: Language) -> None:
    doc = dates("See minutes-2031-05-03-final.pdf, minutes of 2031-05-03.")
    assert [span.text for span in doc.spans["dates"]] == ["2031-05-03"]


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        (dt.date(2024, 5, 15), "It will open by the 31st.", "2024-05-31"),
        (dt.date(2024, 2, 15), "It will open by the 30th.", "2024-03-30"),
        (dt.date(2024, 2, 15), "It opened on the 31st.", "2024-01-31"),
    ],
)
def test_a_day_that_some_months_lack(dates: Language, published: dt.date, text: str, day: str) -> None:
    assert spelled(spans(dates, text, published=published)[-1]._.timex) == day


def test_a_line_of_an_itinerary_is_no_dateline(dates: Language) -> None:
    head = "\n".join(f"Stop {n} of the tour." for n in range(9))
    text = f"{head}\n30 October 2024\nThey met today.\n" + "\n".join(["They went on."] * 9)
    assert [spelled(s._.timex) for s in spans(dates, text) if s.text == "today"] == ["2024-11-01"]
