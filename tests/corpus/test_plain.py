"""The text layer: what is stored of a text as people have it."""

from __future__ import annotations

import pytest

from communique.corpus.plain import plain
from communique.corpus.side_by_side import one_column


@pytest.mark.parametrize(
    "written, stored",
    [
        ("North\u00a0Korea, New  Zealand and\tFiji", "North Korea, New Zealand and Fiji"),
        ("Guinea\u2011Bissau", "Guinea-Bissau"),
        ("an of\u00adfice in Ja\u200bpan\u202c", "an office in Japan"),
        ("con\ufb01rmed by the o\ufb03ce", "confirmed by the office"),
        ("\uff2aapan, \uff12\uff10\uff12\uff16", "Japan, 2026"),
        ("d\u02bcIvoire and d`Ivoire", "d\u2019Ivoire and d'Ivoire"),
        ("S p a i n signed", "Spain signed"),
        ("C\xc3\xb4te d\xe2\x80\x99Ivoire", "Côte d’Ivoire"),
        ("\xe2\x80\xa2 ports\n\xef\x82\xb7 roads", "• ports\n• roads"),
        ("Japan\xe2\u20ac\u2122s plan of 2026\xe2\u20ac\u201c27", "Japan’s plan of 2026–27"),
        ("the “café”— of Nestl\xe9”…", "the “café”— of Nestl\xe9”…"),
        ("\xe2\u20ac\u0153Yes\xe2\u20ac\x9d", "“Yes”"),
        ("SÃO PAULO, Â", "SÃO PAULO, Â"),
        ("«ALEMÃ», the AlemÃ£ and the USÂ\xa0of 1Âº", "«ALEMÃ», the Alemã and the US of 1º"),
        ("ROMÂ\xadNIA and coÂ\xadoperation", "ROMÂNIA and cooperation"),
        ("a \U0001f3f3\ufe0f\u200d\U0001f308 flag", "a \U0001f3f3\ufe0f\u200d\U0001f308 flag"),
    ],
)
def test_what_hides_a_word_goes(written: str, stored: str) -> None:
    assert plain(written) == stored


@pytest.mark.parametrize(
    "written, stored",
    [
        ("Peru1 and Kenya\u00b2 met.[3] Kosovo* came", "Peru and Kenya met. Kosovo came"),
        ("by June 2026\u00b3. Then", "by June 2026. Then"),
        ("They met in Accra.2 Then Togo spoke of ports.11", "They met in Accra. Then Togo spoke of ports."),
        ("No.5 of it, at 5 p.m.2 Art.6 A and Accra.2 then", None),
        ("Geneva,12 March 2024, in Geneva.12 March, the Annex.3 The list", None),
        ("Total,15", None),
        ("40 km\u00b2, the G20, COVID-19, Annex1 and Horizon2020", None),
        ("a [draft] of 10\u00b2 pages, 3 * 4", None),
    ],
)
def test_footnote_marks_go_and_numbers_stay(written: str, stored: str | None) -> None:
    assert plain(written) == (stored or written)


@pytest.mark.parametrize("mark", ["\u27a2", "\u2713", "\u25a0", "\u2043", "\uf0b7", "\u25cf"])
def test_a_bullet_is_a_bullet(mark: str) -> None:
    assert plain(f"They agreed to:\n{mark} meet") == "They agreed to:\n\u2022 meet"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("They will: • lend boats; and • open ports", "They will:\n• lend boats; and\n• open ports"),
        ("lend boats \uf0b7 open ports", "lend boats\n• open ports"),
        ("\u25cf\n\nlend boats\n\n\u25cf \nopen ports", "• lend boats\n\n• open ports"),
        ("\u25cf\n\n\nlend boats", None),
        ("Release No. 5 • Lima • 4 July 2031", None),
        ("lend boats • open ports", None),
    ],
)
def test_a_bullet_within_a_line_or_over_one_begins_an_item_and_parts_nothing_else(
    written: str, stored: str | None
) -> None:
    assert plain(written) == (stored or written)


def test_a_circled_number_is_a_number() -> None:
    assert plain("\u2460 meet") == "(1) meet"


@pytest.mark.parametrize(
    "written, stored",
    [
        ("They will meet\nnext year.", "They will meet next year."),
        ("A pact to es-\ntablish a long-\nterm office.", "A pact to establish a long-term office."),
        ("The Indo-\nPacific plan", "The Indo-Pacific plan"),
        ("six ex-\nperts of an inter-\nnational firm", "six experts of an international firm"),
        ("part-\nners in so-\ncial care", "partners in social care"),
        ("part-\ntime work, so-\ncalled", "part-time work, so-called"),
        ("an ex-\nking, no other ex-king", "an ex-king, no other ex-king"),
        ("high-\nway four, a highway", "highway four, a highway"),
        ("The people-to-\npeople and govern-\nment talks", "The people-to-people and government talks"),
        (
            "The Indo-Pa-\ncific plan, a state-of-the-\nart port",
            "The Indo-Pacific plan, a state-of-the-art port",
        ),
        ("two go\u00ad\nvern\u00adments", "two governments"),
        ("The people-\nto-people talks", "The people-to-people talks"),
        ("A UN-\nled plan for the U.S.-\nTogo pact", "A UN-led plan for the U.S.-Togo pact"),
        ("They met on 4-\n5 May and in 2024 -\nin Oslo", "They met on 4-5 May and in 2024 - in Oslo"),
        ("due by\nJune", "due by June"),
        ("The plan was told to Mr\nDiaz", "The plan was told to Mr Diaz"),
        (
            "He came back to Accra from a visit to Jordan,\nSyria and Peru.",
            "He came back to Accra from a visit to Jordan, Syria and Peru.",
        ),
        ("   2.   Chile will host\n        the talks.", "2. Chile will host the talks."),
        ("> They agreed to\n> meet.", "They agreed to meet."),
        ("They met.\n\n- 2 -\n\nThen", "They met.\n\n\nThen"),
    ],
)
def test_a_broken_paragraph_is_a_line(written: str, stored: str) -> None:
    assert plain(written, hard_wrapped=True) == stored


LONG = "The ministers of both states met in Oslo today and agreed to hold talks"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (f"{LONG} on\n\nfish.", f"{LONG} on fish."),
        (f"{LONG} with\n\n\n\nNorway.", f"{LONG} with Norway."),
        (f"{LONG}\n\n7\n\non fish.", f"{LONG} on fish."),
        (f"{LONG} twice, {LONG[4:]} in\nmay.", f"{LONG} twice, {LONG[4:]} in may."),
        (f"{LONG}.\n\non fish", None),
        (f"“{LONG}.”\n\non fish", None),
        (f"{LONG} (of fish)\n\non ships", f"{LONG} (of fish) on ships"),
        (f"{LONG.upper()}\n\non fish", None),
        (f"{LONG}\n\n7\n\nThey left.", None),
        (f"{LONG} from\n\n12 May on.", f"{LONG} from 12 May on."),
        (f"{LONG} from\n\n12 See the treaty.", None),
        (f"{LONG} from\n\nMINISTRY OF FISHERIES", None),
        (f"{LONG}\n\nmedia@mfa.example", None),
        (f"{LONG}\n\n- fish", None),
        (f"{LONG}:\n\n{LONG[4:]}\n\nfish each year", None),
        ("MINISTER FOR FISHERIES OF THE KINGDOM OF NORWAY AND THE\n\nKING", None),
        ("a visit of the minister\n\nfish and ships", None),
    ],
)
def test_a_sentence_goes_on_behind_blank_lines_and_the_number_of_a_page(
    written: str, stored: str | None
) -> None:
    assert plain(written, hard_wrapped=True) == (stored or written)


def test_a_line_that_fills_the_width_goes_on_whatever_comes() -> None:
    text = (
        "The ministers of both states met in Oslo today and agreed to hold\ntalks. They thanked the king for"
    )
    assert "\n" not in plain(f"{text} his\nHospitality.", hard_wrapped=True)


@pytest.mark.parametrize(
    "text",
    [
        "Joint statement\nOslo, 3 May 2024\nThe ministers met.",
        "They will:\nmeet each year;\nshare data; and\nopen an office.",
        "They agreed to\n- meet\n- share data",
        "They met.\nthe end",
        "They agreed on:\nmore trade\nfewer tolls",
        f"{'They will meet again and again. ' * 5}\nand so on",
    ],
)
def test_lines_of_their_own_stay(text: str) -> None:
    assert plain(text, hard_wrapped=True) == "\n".join(line.strip() for line in text.split("\n"))


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    text = (
        "Lima, 3 March 2031\n\n"
        "Peru and Chile agreed to open     Chile will host the next\n"
        "a joint office for the ports      meeting of the council in\n"
        "of Callao and Arica.              Santiago in May 2032.\n\n"
        "They thanked the mayors of\n"
        "both cities for their help.       Peru will pay for it.\n\n"
        "Signed by both."
    )
    assert [line for line in plain(text, hard_wrapped=True).split("\n") if line] == [
        "Lima, 3 March 2031",
        "Peru and Chile agreed to open a joint office for the ports of Callao and Arica.",
        "They thanked the mayors of both cities for their help.",
        "Chile will host the next meeting of the council in Santiago in May 2032.",
        "Peru will pay for it.",
        "Signed by both.",
    ]


@pytest.mark.parametrize(("alone", "one"), [(15, True), (30, False)])
def test_columns_go_on_behind_a_few_lines_of_the_left_one_alone(alone: int, one: bool) -> None:
    both = ["Peru agreed to open an office.     Chile will host the council."] * 3
    lines = one_column("\n".join([*both, *["They met."] * alone, *both])).split("\n")
    assert (lines.index("They met.") < lines.index("Chile will host the council.")) is one


def test_rows_of_a_table_stay_rows() -> None:
    table = "State      Pledge\nChile      ten buses and the fuel for them\nPeru       a road to the border\n"
    assert plain(table, hard_wrapped=True).split("\n")[1] == "Chile ten buses and the fuel for them"


def test_lines_of_marked_up_text_are_paragraphs_already() -> None:
    assert plain("They will meet\nnext year.") == "They will meet\nnext year."
