"""PDFs: paragraphs in reading order."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from small_pdf import Put, Rule, column, pdf

from communique.corpus import ReadError, Release, Source, read
from communique.corpus.readers import pdf as reader
from communique.corpus.readers.pdf_lines import Line, Page
from communique.corpus.readers.pdf_paragraphs import paragraphs

FULL = [
    "The ministers of Ghana and Togo met in Lomé and spoke of the port",
    "that both of them want to build. Ghana and Togo agreed to open a",
    "railway to it by 2030.",
]
JOINED = " ".join(FULL)


# Made by Writer, LaTeX and Chromium of the sample releases (tests/support/real_pdfs.py).
REAL = sorted((Path(__file__).parent / "pdfs").glob("*.pdf"))


def read_bytes(folder: Path, data: bytes) -> Release | ReadError:
    (folder / "a.pdf").write_bytes(data)
    (item,) = read(Source("a.pdf", folder.resolve(), (folder / "a.pdf").resolve()))
    return item


def lines_of(folder: Path, *pages: Sequence[Put | Rule], data: bytes = b"") -> list[str]:
    item = read_bytes(folder, data or pdf(*pages))
    assert isinstance(item, Release), item
    return item.text.split("\n")


def reason_of(folder: Path, data: bytes) -> str:
    item = read_bytes(folder, data)
    assert isinstance(item, ReadError), item
    return item.reason


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_text_of_a_real_pdf_is_that_of_its_release(tmp_path: Path, path: Path) -> None:
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert lines_of(tmp_path, data=path.read_bytes()) == expected


def test_lines_of_a_paragraph_are_joined_and_others_are_not(tmp_path: Path) -> None:
    page = column(60, 700, ["Port talks in Lomé", *FULL, *FULL])
    assert lines_of(tmp_path, page) == ["Port talks in Lomé", JOINED, JOINED]


def test_a_running_head_of_a_single_page_breaks_no_paragraph(tmp_path: Path) -> None:
    page = [Put(60, 760, "Ministry of Foreign Affairs"), Put(450, 760, "Press release 12/2031")]
    lines = lines_of(tmp_path, page + column(60, 700, [*FULL[:2], *FULL]))
    assert lines[1:] == [" ".join([*FULL[:2], *FULL])]


def test_hyphens_at_line_ends_are_undone_but_for_compounds(tmp_path: Path) -> None:
    lines = [
        "The ministers agreed to build a port and to give it to both govern-",
        "ments for long-term use, so that their companies may keep on long-",
        "term trade.",
    ]
    assert lines_of(tmp_path, column(60, 700, lines)) == [
        "The ministers agreed to build a port and to give it to both governments for long-term use, "
        "so that their companies may keep on long-term trade."
    ]


def test_a_paragraph_may_be_set_off_by_space_or_by_its_first_line(tmp_path: Path) -> None:
    full = [*FULL[:2], "railway to it by 2030, and to keep it open for thirty years after"]
    spaced = column(60, 700, full) + column(60, 700 - 12 * 3 - 6, full)
    assert lines_of(tmp_path, spaced) == [" ".join(full)] * 2
    indented = column(60, 700, full) + [Put(80, 664, FULL[0][:60])] + column(60, 652, full[1:])
    assert lines_of(tmp_path, indented) == [" ".join(full), " ".join([FULL[0][:60], *full[1:]])]


def test_no_item_of_a_list_is_lost_or_joined(tmp_path: Path) -> None:
    items = [
        "Initiatives:",
        "• Togo will give land for the port and for the railway that leads",
        "to it",
        "• Ghana pays",
    ]
    numbers = ["1. Togo builds", "2. Ghana pays", "3. Benin (which", "came late) helps"]
    lines = lines_of(tmp_path, column(60, 700, items + numbers))
    assert lines[:3] == ["Initiatives:", f"{items[1]} to it", "• Ghana pays"]
    assert lines[3:5] == numbers[:2]


def test_a_place_where_a_word_might_be_broken_is_no_space(tmp_path: Path) -> None:
    assert lines_of(tmp_path, [Put(60, 700, "minis "), Put(90, 700, "ters")]) == ["ministers"]
    assert lines_of(tmp_path, [Put(60, 700, "minis "), Put(96, 700, "ters")]) == ["minis ters"]


def test_an_accent_that_is_drawn_over_a_letter_is_of_it(tmp_path: Path) -> None:
    assert lines_of(tmp_path, [Put(60, 700, "Lom\u00b4"), Put(78, 700, "e in Togo")]) == ["Lomé in Togo"]
    assert lines_of(tmp_path, [Put(60, 700, "Lom\u00b4"), Put(84, 700, "e in Togo")]) == [
        "Lom\u00b4e in Togo"
    ]


def test_an_accent_that_a_letter_only_touches_is_a_sign_of_its_own(tmp_path: Path) -> None:
    line = [Put(60, 700, "Lom\u00b4"), Put(83.9, 700, "e in Togo")]
    assert lines_of(tmp_path, line) == ["Lom\u00b4e in Togo"]


def test_a_line_that_goes_on_a_full_one_is_of_its_paragraph_though_space_is_between(tmp_path: Path) -> None:
    below = 676 - 20
    page = [*column(60, 700, [*FULL[:2], FULL[0]]), Put(60, below, "that both want.")]
    assert lines_of(tmp_path, page) == [" ".join([*FULL[:2], FULL[0], "that both want."])]
    page[-1] = Put(60, below, "Benin was there.")
    assert lines_of(tmp_path, page)[1:] == ["Benin was there."]


def test_an_indented_line_below_an_indented_paragraph_of_one_line_begins_another(tmp_path: Path) -> None:
    def page(first: str) -> list[Put]:
        return [*column(60, 700, FULL), Put(80, 664, first), Put(80, 652, next_), Put(60, 640, FULL[1])]

    first, next_ = "Ghana and Togo met in Lomé and spoke of the port to it", FULL[0][:60]
    assert lines_of(tmp_path, page(f"{first}."))[1:] == [f"{first}.", f"{next_} {FULL[1]}"]
    assert lines_of(tmp_path, page(f"{first} and"))[1:] == [f"{first} and {next_} {FULL[1]}"]


def test_a_dash_within_a_sentence_and_an_acronym_begin_no_paragraph_but_a_heading_does(
    tmp_path: Path,
) -> None:
    lines = [
        "PORTS OF GHANA AND TOGO, AND THE RAILWAY TO THEM AND TO BENIN",
        *FULL[:1],
        "– which both of them want to build – and of a railway, as part of",
        "ECOWAS.",
    ]
    assert lines_of(tmp_path, column(60, 700, lines)) == [lines[0], " ".join(lines[1:])]


@pytest.mark.parametrize("rest", ["COP 28.", "G7, G20 AND ASEAN,", "WTO (OF GENEVA)"])
def test_acronyms_that_wrap_stay_in_their_sentence_and_a_heading_below_its_end_does_not(
    tmp_path: Path, rest: str
) -> None:
    wrapped = [FULL[0], "G7, G20, ASEAN, ECOWAS, MERCOSUR, NATO, WTO, IMF, OECD, ADB,", FULL[1], rest]
    assert lines_of(tmp_path, column(60, 700, wrapped)) == [" ".join(wrapped)]
    heading = [f"{FULL[0][:-1]}.", "A. PORTS OF TOGO.", FULL[1]]
    assert lines_of(tmp_path, column(60, 700, heading)) == heading


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    narrow = [
        "Ghana and Togo agreed to build the",
        "port of Lomé anew, and to open the",
        "railway to it by 2030 for all of",
    ]
    left = [*narrow, *narrow, "their people and for those who are"]
    right = ["neighbours to them, be it to north", *narrow, *narrow, "them."]
    title = [Put(60, 730, "Joint statement of the ministers of Ghana and Togo on ports and on rail", 12)]
    page = (
        title
        + [put for pair in zip(column(60, 700, left), column(320, 700, right), strict=False) for put in pair]
        + [Put(320, 700 - 12 * 7, "them.")]
    )
    assert lines_of(tmp_path, page) == [title[0].text, " ".join([*left, *right])]


def test_words_set_wide_in_a_narrow_column_are_no_cells() -> None:
    words, full = ["Togo", "will", "open", "its", "port"], "for all who live by the sea in"

    def side(x: float) -> list[Line]:
        rows = [
            [(x + 36 * n, x + 36 * n + 20, word) for n, word in enumerate(words)],
            [(x, x + 164, full)],
        ] * 4
        return [
            Line(x0, x1, 700 - 12 * n, 10, text, 20) for n, row in enumerate(rows) for x0, x1, text in row
        ]

    assert paragraphs([Page((*side(60), *side(320)))]) == [" ".join([*words, full] * 8)]


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [("Ghana", "pays ten million"), ("Togo", "gives the land"), ("Benin", "builds a road")]
    page = [
        Put(x, 700 - 14 * n, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((60, 320), row, strict=True)
    ]
    assert lines_of(tmp_path, page) == [
        "Ghana pays ten million",
        "Togo gives the land",
        "Benin builds a road",
    ]


def test_lines_that_go_on_within_a_cell_are_joined(tmp_path: Path) -> None:
    page = column(60, 700, FULL)
    rows = [
        ("Ghana", "Ghana will pay ten million for the", "2031"),
        ("Togo", "Togo will give the land for the", "2032"),
    ]
    for n, (state, pledge, year) in enumerate(rows):
        y = 640 - 40 * n
        page += [Put(60, y, state), Put(160, y, pledge), Put(420, y, year), Put(160, y - 12, "port of Lomé.")]
    told = ["Ghana", "Ghana will pay ten million for the port of Lomé.", "2031"]
    assert lines_of(tmp_path, page)[1:] == [
        *told,
        "Togo",
        "Togo will give the land for the port of Lomé.",
        "2032",
    ]


def test_rules_part_cells_however_close_they_stand(tmp_path: Path) -> None:
    rows = [
        ("Togo", "Togo will give the land for the", "2031"),
        ("Benin", "Benin will build a road.", "2032"),
    ]
    page: list[Put | Rule] = []
    for n, (state, pledge, year) in enumerate(rows):
        y = 640 - 24 * n
        page += [Put(60, y, state), Put(94, y, pledge), Put(284, y, year), Rule(56, y + 11, 320, y + 11)]
    page += [Put(94, 628, "port of Lomé."), *(Rule(x, 600, x, 651) for x in (91, 282))]
    assert lines_of(tmp_path, page) == [
        *("Togo", "Togo will give the land for the port of Lomé.", "2031"),
        *("Benin", "Benin will build a road.", "2032"),
    ]


@pytest.mark.parametrize(("end", "rows"), [(364, 1), (450, 2)])
def test_an_underline_parts_no_rows_and_a_rule_that_goes_beyond_its_text_does(
    tmp_path: Path, end: float, rows: int
) -> None:
    pledge = "Togo will give the land for the ports"
    page: list[Put | Rule] = []
    for n, state in enumerate(("Togo", "Benin")):
        y = 640 - 40 * n
        page += [Put(60, y, state), Put(142, y, pledge), Put(440, y, "2031"), Put(142, y - 12, "of it.")]
        page += [Rule(142, y - 2, end, y - 2)]
    found = lines_of(tmp_path, page)
    assert (f"{pledge} of it." in found) is (rows == 1)


def test_what_a_browser_prints_over_and_under_a_page_goes(tmp_path: Path) -> None:
    over = [Put(30, 780, "11/30/31, 9:52 AM", 8), Put(300, 780, "Port talks in Lomé", 8)]
    under = [Put(30, 20, "https://mfa.example/port-talks", 8), Put(560, 20, "1/1", 8)]
    text = column(60, 700, ["Port talks in Lomé", *FULL])
    assert lines_of(tmp_path, over + text + under) == ["Port talks in Lomé", JOINED]
    two = [column(60, top, FULL) + under[:1] for top in (700, 650)]
    assert lines_of(tmp_path, *two) == [JOINED, JOINED]


def test_an_address_that_closes_a_text_is_of_it(tmp_path: Path) -> None:
    address = Put(60, 640, "https://mfa.example/port-talks")
    assert lines_of(tmp_path, [*column(60, 700, FULL), address]) == [JOINED, address.text]
    count = Put(560, 640, "1/1")
    assert lines_of(tmp_path, [*column(60, 700, FULL), address, count]) == [JOINED]


def test_a_year_alone_on_the_last_line_of_a_page_is_no_page_number(tmp_path: Path) -> None:
    full = [FULL[0], "that both of them want. They agreed to open a railway to it by"]
    other = [
        "Benin was not there. It will have a railway of its own to the sea",
        "for all who live by the rivers in the north, and will open it by",
    ]
    pages = [[*column(60, 700, [*lines, "2031."]), Put(300, 20, "1")] for lines in (full, other)]
    assert lines_of(tmp_path, *pages) == [" ".join([*lines, "2031."]) for lines in (full, other)]


def test_a_list_that_goes_on_behind_a_page_keeps_its_items(tmp_path: Path) -> None:
    first = [*FULL, "They thanked:", "the port of Lomé,"]
    assert lines_of(tmp_path, column(60, 700, first), column(60, 700, ["the railway, and", "the sea."]))[
        1:
    ] == [
        "They thanked:",
        "the port of Lomé,",
        "the railway, and",
        "the sea.",
    ]


def test_running_heads_and_page_numbers_go_and_paragraphs_go_on_behind_them(tmp_path: Path) -> None:
    def page(number: int, lines: list[str], top: float = 700) -> list[Put]:
        return [
            Put(60, 770, "MFA Togo"),
            Put(500, 770, f"No {number}"),
            *column(60, top, lines),
            Put(300, 20, f"- {number} -"),
        ]

    pages = [page(1, [*FULL, *FULL[:2]]), page(2, [FULL[2], "Togo thanked Ghana for it.", *FULL[:2]])]
    expected = [JOINED, JOINED, "Togo thanked Ghana for it.", JOINED, "MFA Togo paid."]
    assert lines_of(tmp_path, *pages, page(3, [FULL[2], "MFA Togo paid."], 650)) == expected


def test_notes_go_to_the_end_and_their_marks_go(tmp_path: Path) -> None:
    first = [*column(60, 700, FULL[:2]), Put(60 + 6 * len(FULL[1]), 688, "1", 6, 4)]
    notes = [Put(60, 60, "12", 5, 3), Put(66, 60, "Lomé is in Togo.", 7), Put(60, 50, "13 Togo is small.", 7)]
    assert lines_of(tmp_path, first + notes, column(60, 700, FULL[2:])) == [
        JOINED,
        "12 Lomé is in Togo.",
        "13 Togo is small.",
    ]
    assert lines_of(tmp_path, [Put(60, 700, "5 km"), Put(84, 700, "th", 6, 4)]) == ["5 kmth"]


def test_notes_stand_at_the_foot_of_each_column(tmp_path: Path) -> None:
    narrow = ["Ghana and Togo agreed to build the", "port of Lomé anew, and to open the"]
    left = [*column(60, 700, narrow * 3), Put(60, 60, "1 Lomé is in Togo.", 7)]
    right = [*column(320, 700, [*narrow * 3, "them."]), Put(320, 60, "2 Benin is not.", 7)]
    assert lines_of(tmp_path, left + right) == [
        " ".join([*narrow * 6, "them."]),
        "1 Lomé is in Togo.",
        "2 Benin is not.",
    ]


def test_the_title_is_what_the_writer_gave(tmp_path: Path) -> None:
    for title, expected in (("Port talks", "Port talks"), ("Microsoft Word - a.docx", None), ("", None)):
        item = read_bytes(tmp_path, pdf(column(60, 700, FULL), title=title))
        assert isinstance(item, Release)
        assert item.title == expected


def test_a_scan_says_that_it_has_no_text_and_a_page_of_one_is_told_of(tmp_path: Path) -> None:
    assert reason_of(tmp_path, pdf([])).startswith("no text layer: a scan")
    item = read_bytes(tmp_path, pdf(column(60, 700, FULL), []))
    assert isinstance(item, Release)
    assert item.warnings == ("pages without text: 2",)


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.4 x", pdf([Put(1, 1, "x")])[:150]])
def test_a_broken_pdf_says_so(tmp_path: Path, data: bytes) -> None:
    assert reason_of(tmp_path, data).startswith("broken PDF: ")


def test_text_that_stands_farther_off_than_any_page_is_not_read(tmp_path: Path) -> None:
    lines = column(60, 700, FULL)
    for far in (Put(999_999, 60, "Benin"), Put(60, -999_999, "Benin")):
        assert lines_of(tmp_path, [*lines, far]) == [JOINED]
    assert lines_of(tmp_path, [*lines, Put(60, 60, "Benin")]) == [JOINED, "Benin"]


def test_a_stream_may_be_empty_or_packed_twice(tmp_path: Path) -> None:
    twice = zlib.compress(zlib.compress(b"x"))
    for packed in (zlib.compress(b""), b"", twice):
        stream = b"stream\n%s\nendstream\n" % packed
        assert lines_of(tmp_path, data=pdf(column(60, 700, FULL)) + stream) == [JOINED]


def test_streams_that_unpack_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(column(60, 700, FULL), packed=True)
    assert isinstance(read_bytes(tmp_path, data), Release)
    layers = b"x"
    for _ in range(reader._LAYERS):
        layers = zlib.compress(layers)
    monkeypatch.setattr(reader, "MAX_UNPACKED", 100)
    assert reader._unpacked(memoryview(layers), 1000) == 1001
    assert reason_of(tmp_path, data) == "unpacks to more than the limit of 0.0001 MB"
