from __future__ import annotations

import datetime as dt

import pytest

from communique.corpus.dateline import Dateline, find_dateline
from communique.corpus.days import Order, day_in_figures, full_days, order_of, parse_day
from communique.corpus.inferred import day_of_address, infer_published


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("November 1, 2024", "2024-11-01"),
        ("1 November 2024", "2024-11-01"),
        ("on Friday, Nov. 1st 2024", "2024-11-01"),
        ("the 26th day of April, 2023", "2023-04-26"),
        ("April 13 to 15, 2023", "2023-04-15"),
        ("13–15 April 2023", "2023-04-15"),
        ("6 and 7 DECEMBER 2022", "2022-12-07"),
        ("2024-11-01", "2024-11-01"),
        ("2024.11.01", "2024-11-01"),
        ("2024/11/1", "2024-11-01"),
        ("03.11.2024", "2024-11-03"),
        ("1-Nov-2024", "2024-11-01"),
        ("2024年11月1日", "2024-11-01"),
        ("1st of November of 2024", "2024-11-01"),
        ("November 1,2024", "2024-11-01"),
        ("1 de noviembre de 2024", "2024-11-01"),
        ("1er novembre 2024", "2024-11-01"),
        ("3. Oktober 2024", "2024-10-03"),
    ],
)
def test_full_days(text: str, day: str) -> None:
    assert [str(found.day) for found in full_days(f"They met {text}.")] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "November 2024",
        "in 2024",
        "November 1",
        "31 February 2023",
        "1 November 20245",
        "12024-11-011",
        "Maybe 1, 2024",
        "1.2.20245",
        "10.11.2024.7",
        "2024-11/01",
        "1 de noviembre",
    ],
)
def test_no_full_day(text: str) -> None:
    assert not list(full_days(text))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/11/2024", "2024-11-13"),
        ("11/13/2024", "2024-11-13"),
        ("05-05-2024", "2024-05-05"),
        ("12/11/2024", None),
        ("12-11-2024", None),
        ("31/02/2024", None),
        ("No. 13/11/2024-5", None),
    ],
)
def test_figures_tell_a_day_only_in_one_order(text: str, day: str | None) -> None:
    found = day_in_figures(text)
    assert (found and str(found.day)) == day


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("DMY", "12/11/2024", "2024-11-12"),
        ("MDY", "12/11/2024", "2024-12-11"),
        ("MDY", "13/11/2024", "2024-11-13"),
        ("DMY", "12/11/2024 09:30", "2024-11-12"),
        (None, "13-11-2024", "2024-11-13"),
    ],
)
def test_an_order_tells_a_day_in_figures(order: Order | None, text: str, day: str) -> None:
    assert str(parse_day(text, order)) == day


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["12/11/2024", None, "13/11/2024"], "DMY"),
        (["12/11/2024", "11/13/2024 10:00"], "MDY"),
        (["13/11/2024", "11/13/2024"], None),
        (["12/11/2024", "2024-11-13"], None),
    ],
)
def test_a_column_shows_its_order_where_it_has_one(column: list[str | None], order: Order | None) -> None:
    assert order_of(column) == order


@pytest.mark.parametrize(
    ("order", "day"), [("DMY", dt.date(2024, 11, 12)), ("MDY", dt.date(2024, 12, 11)), (None, None)]
)
def test_a_dateline_in_figures_has_the_order_given(order: Order | None, day: dt.date | None) -> None:
    assert find_dateline("Lima, 12/11/2024\nThey met.", order).published == day


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-01",
        "20241101",
        "2024-11-01T23:30:00-05:00",
        "2024-11-01 23:30:00+09:00",
        "2024-11-01T10:00:00Z",
        "Fri, 01 Nov 2024 22:00:00 GMT",
        "November 1, 2024",
        " 1 Nov 2024 ",
    ],
)
def test_days_of_metadata(text: str) -> None:
    assert parse_day(text) == dt.date(2024, 11, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01/11/2024",
        "2024-11",
        "2024",
        "2024-13-01",
        "yesterday",
        "1 Nov",
        "0001-01-01",
        "2024-11-01-02",
        "x" * 9999,
        "Fri, 1 Nov 99999999999 09:00:00 +0000",
        "Fri, 1 Nov 2024 09:00:00 +99999999999999",
    ],
)
def test_no_days_of_metadata(text: str) -> None:
    with pytest.raises(ValueError, match="not a day"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "day", "place"),
    [
        (
            "November 1, 2024 - Ottawa, Ontario - Global Affairs Canada\nWe met.",
            "2024-11-01",
            "Ottawa, Ontario",
        ),
        ("WASHINGTON, March 3, 2022 — The two sides met.", "2022-03-03", "WASHINGTON"),
        ("Joint statement\n\nSEOUL, 16 April 2023\n\nThe ministers met.", "2023-04-16", "SEOUL"),
        ("(Port Moresby, 22 May 2023) The two sides met.", "2023-05-22", "Port Moresby"),
        ("21 January 2026\nThe treaty was signed.", "2026-01-21", None),
        ("For immediate release: 4 July 2022\nText.", "2022-07-04", None),
        ("Published on Tuesday, 5 July 2022\nText.", "2022-07-05", None),
        ("Text.\n" * 20 + "Issued in Tokyo, 26 October 2016", "2016-10-26", "Tokyo"),
        ("Text.\n" * 20 + "MINISTRY OF LAW\n8 JUNE 2023", "2023-06-08", None),
        ("Posted: July 4, 2022 at 5:00 PM\nText.", "2022-07-04", None),
        ("Date: Mon, 4 Jul 2022 09:15:00 +0900\nText.", "2022-07-04", None),
        ("July 4, 2022 | 3 p.m. EST\nText.", "2022-07-04", None),
        ("Release date: 4 Jul 2022\nText.", "2022-07-04", None),
        ("Press Release No. 7/2022, 4 July 2022\nText.", "2022-07-04", None),
        ("Press Release No. 5, 4 July 2022\nText.", "2022-07-04", None),
        ("PRESS RELEASE\nNo. 5, 4 July 2022\nText.", "2022-07-04", None),
        ("3, 4 July 2022\nText.", "2022-07-04", None),
        ("Ministry of Foreign Affairs, Lima, 4 July 2022\nText.", "2022-07-04", "Lima"),
        ("4 July 2022, Lima\nText.", "2022-07-04", "Lima"),
        ("Lima, 4 de julio de 2022\nText.", "2022-07-04", "Lima"),
        ("31/07/2022\nText.", "2022-07-31", None),
        ("Signed at Lima, this 4th day of July, 2022\nText.", "2022-07-04", "Lima"),
        ("Done in Lima on the 4th of July 2022, in duplicate.\nText.", "2022-07-04", "Lima"),
        ("LIMA, 4 July 2022 (Reuters) - Chile agreed.", "2022-07-04", "LIMA"),
        ("July 4, 2022 (Provisional translation)\nText.", "2022-07-04", None),
        ("Release No. 12/2022 | Lima | 4 July 2022\nText.", "2022-07-04", "Lima"),
        ("Text: Ministry | Date: 4 July 2022\nText.", "2022-07-04", None),
        ("Embargoed until 10:00 am EST, July 4, 2022\nText.", "2022-07-04", None),
        ("First published: 4 July 2022 Last updated: 5 July 2022\nText.", "2022-07-04", None),
        ("4 July 2022 / 14:30\nText.", "2022-07-04", None),
        ("2022. 7. 4.\nText.", "2022-07-04", None),
        ("Lima, 28 June – 4 July 2022\nText.", "2022-07-04", "Lima"),
        ("Lima/Santiago, 4 July 2022\nText.", "2022-07-04", "Lima/Santiago"),
        ("Lima 4 July 2022: Chile agreed.", "2022-07-04", "Lima"),
        ("Issued by the Ministry of Foreign Affairs, 4 July 2022\nText.", "2022-07-04", None),
        ("Ottawa – The two sides met.", None, "Ottawa"),
        ("Washington, D.C. – The two sides met.", None, "Washington, D.C."),
        ("Washington, D.C., 4 July 2022\nText.", "2022-07-04", "Washington, D.C."),
        ("FA159 4 July 2022\nText.", "2022-07-04", None),
        ("4 July 2022 MPS 032/2022\nText.", "2022-07-04", None),
        ("4 Jul 2022 Posted in Press releases\nText.", "2022-07-04", None),
        ("4 Jul 2022\nLima, 4 July 2022 – They met.", "2022-07-04", "Lima"),
        ("4 Jul 2022\nLima, 3 July 2022 – They met.", "2022-07-04", None),
        ("Canberra\nThe two sides met.", None, "Canberra"),
    ],
)
def test_datelines(text: str, day: str | None, place: str | None) -> None:
    found = find_dateline(text)
    assert (found.published and str(found.published), found.place) == (day, place)


def test_a_dateline_may_name_the_publisher() -> None:
    assert find_dateline("May 2, 2023 – Ottawa – Global Affairs Canada").publisher == "Global Affairs Canada"


@pytest.mark.parametrize(
    "text",
    [
        "On 5 March 2009, the two leaders met in Canberra.",
        "The treaty of 4 April 1949 – the alliance's base – was recalled.",
        "Since September 2, 2022 – two years – the sides have worked together.",
        "Joint Statement – The ministers met.",
        "Partners – old and new – met.",
        "Agreement on Fisheries, 3 May 1999, remains in force.",
        "Agreement on Fisheries, 3 May 1999",
        "Law No. 5, 3 May 1999",
        "3 May 1999 was posted in the hall",
        "3 May 1999 B52 bombers",
        "Ministry of Foreign Affairs on the Declaration of 3 May 1999",
        "3 May 1999, a day to remember",
        "On 3 May 1999 – a year ago – the two men met",
        "Updated: 3 May 1999",
        "The treaty was signed in Lima on 3 May 1999",
        "3 May 1999 at 10:00 the two men met",
        "11/10/1999",
        "Posted: 3 May 1999 at the old harbour",
        "Text.\n" * 20 + "For details see the statement of 3 May 2021.",
    ],
)
def test_no_datelines(text: str) -> None:
    assert find_dateline(text) == Dateline()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 5 March 2009, the two leaders met in Canberra.", "2009-03-05"),
        ("The ministers met in Oslo from 11 to 13 June 2021 and agreed on a plan.", "2021-06-13"),
        ("Partners in peace\nThe Group convened in Suva on May 4, 2023. A first step.", "2023-05-04"),
        ("We greet you.\nToday, July 8, 2022, the council opens.", "2022-07-08"),
    ],
)
def test_days_of_the_event_reported(text: str, day: str) -> None:
    assert str(infer_published(text)) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ministers met and will meet again on 5 March 2030.",
        "Following talks held on 5 March 2009, work goes on.",
        "The two sides met ahead of the 11 July 2023 Summit.",
        "Today the two sides met, fifty years after they signed the treaty on 4 May 1973.",
        "They recalled the treaty of 4 May 1973.",
        "They discussed trade. They had talks. They held a first round on 4 May 1973.",
        "The ministers met on July 18.",
    ],
)
def test_no_day_rather_than_a_wrong_one(text: str) -> None:
    assert infer_published(text) is None


def test_the_address_gives_the_year_to_a_day_without_one() -> None:
    text = "The ministers met in Seoul on July 18."
    assert infer_published(text, "in/seoul-talks-2024-07.txt") == dt.date(2024, 7, 18)
    assert infer_published(text, "in/seoul-talks-2024-of-2023.txt") is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.org/2024/11/01/talks/", "2024-11-01"),
        ("2024-11/2024-11-01-talks.txt", "2024-11-01"),
        ("20241101_talks.txt", "2024-11-01"),
        ("talks-2024-11.txt", None),
        ("id-1202411015.txt", None),
        ("2024-11-01-and-2024-11-02.txt", None),
        ("2024-02-31.txt", None),
    ],
)
def test_days_of_addresses(address: str, day: str | None) -> None:
    found = day_of_address(address)
    assert (found and str(found)) == day
