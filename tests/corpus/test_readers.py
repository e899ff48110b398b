from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.corpus import ReadError, Release, discover, read
from communique.corpus.readers.rows import read_csv

Write = Callable[[str, str | bytes], Path]
ReadOne = Callable[[str, str | bytes], Release | ReadError]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


@pytest.fixture
def read_all(write: Write, tmp_path: Path) -> Callable[[str, str | bytes], list[Release | ReadError]]:
    def _read(name: str, content: str | bytes) -> list[Release | ReadError]:
        write(name, content)
        return [
            item
            for source in discover([tmp_path])
            for item in ([source] if isinstance(source, ReadError) else read(source))
        ]

    return _read


@pytest.fixture
def read_one(read_all: Callable[[str, str | bytes], list[Release | ReadError]]) -> ReadOne:
    def _read(name: str, content: str | bytes) -> Release | ReadError:
        (item,) = read_all(name, content)
        return item

    return _read


def release(item: Release | ReadError) -> Release:
    assert isinstance(item, Release), item
    return item


def reason(item: Release | ReadError) -> str:
    assert isinstance(item, ReadError), item
    return item.reason


# Text files


def test_text_keeps_its_paragraphs_and_items(read_one: ReadOne) -> None:
    raw = "  Two   spaces\tare one.\r\n\r\n- A bullet stays.\rCafe\u0301 \n"
    assert release(read_one("a.txt", raw)).text == "Two spaces are one.\n\n- A bullet stays.\nCafé"


def test_text_in_a_western_encoding(read_one: ReadOne) -> None:
    raw = "The ministers’ talks in Montréal went well – both said so.".encode("cp1252")
    assert (
        release(read_one("a.txt", raw)).text == "The ministers’ talks in Montréal went well – both said so."
    )


def test_text_in_another_encoding_is_detected(read_one: ReadOne) -> None:
    text = "Министры иностранных дел договорились провести следующую встречу в Астане. " * 5
    assert release(read_one("a.txt", text.encode("cp1251"))).text == text.strip()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_two_bytes_a_character_needs_no_mark(read_one: ReadOne, encoding: str) -> None:
    assert release(read_one("a.txt", SENTENCE.encode(encoding))).text == SENTENCE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_goes(read_one: ReadOne, encoding: str) -> None:
    assert release(read_one("a.txt", "Both sides agreed.".encode(encoding))).text == "Both sides agreed."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04\x00\x00rest of an archive", "binary: null bytes"),
        (b"\x7fELF\x01\x02\x01\x03" * 9, "binary: control codes"),
        ("e" + "\u0301\u0323" * 100, "more than 128 combining characters in a row"),
    ],
)
def test_what_is_no_text_is_refused(read_one: ReadOne, content: str | bytes, expected: str) -> None:
    assert reason(read_one("a.txt", content)) == expected


# Markdown


@pytest.mark.parametrize("marks", ["oo", "••", "––", "→→", ("(a)", "(b)"), ("i.", "ii.")])
def test_items_that_markdown_does_not_know_stay_apart(
    read_one: ReadOne, marks: str | tuple[str, ...]
) -> None:
    text = f"Steps:\n{marks[0]} a port\n{marks[1]} a road\n\nThey met\n– at last –\nin Lima."
    found = release(read_one("a.md", text)).text.split("\n")
    assert [line.split(" ")[-1] for line in found[:3]] == ["Steps:", "port", "road"]
    assert found[3:] == ["They met – at last – in Lima."]


def test_a_wrapped_item_ends_no_list_of_markdown(read_one: ReadOne) -> None:
    text = "Steps:\n• a port\nnear Lima\n• a road\n\nThey met\n• at last\nin Lima."
    assert release(read_one("a.md", text)).text.split("\n") == [
        "Steps:",
        "• a port near Lima",
        "• a road",
        "They met • at last in Lima.",
    ]


def test_markdown_gives_a_line_to_each_block_without_mark_up(read_one: ReadOne) -> None:
    raw = """# A *new* [forum](https://example.org/f)

The **two** sides met
in \\#Oslo &amp; agreed:

-   to meet again
    next year;
-   to sign the [text](https://example.org/t "title").

1.  First point
2.  Second point

> A quotation

<p>Some <b>old</b> mark-up<br>here</p>

| State | Share |
|-------|-------|
| Chile | 40    |

\\#\\#\\#
"""
    assert release(read_one("a.md", raw)).text.split("\n") == [
        "A new forum",
        "The two sides met in #Oslo & agreed:",
        "to meet again next year;",
        "to sign the text.",
        "1. First point",
        "2. Second point",
        "A quotation",
        "Some old mark-up",
        "here",
        "State Share",
        "Chile 40",
    ]


def test_front_matter_gives_metadata(read_one: ReadOne) -> None:
    raw = """---
title: "Joint\\_Statement\\u2060"
date: 2023-05-04
published_time: 2023-05-05 01:00:00-05:00
source_url: https://www.state.gov/joint-statement/
tags: [a, b]
---
Text of the statement.
"""
    item = release(read_one("a.md", raw))
    assert (item.title, item.url) == ("Joint Statement", "https://www.state.gov/joint-statement/")
    assert (item.published, item.published_from) == (dt.date(2023, 5, 4), "metadata")
    assert (item.publisher, item.speaks_for) == ("U.S. Department of State", ("USA",))
    assert item.text == "Text of the statement."


@pytest.mark.parametrize(
    "raw",
    [
        "---\ntitle: [never closed\n---\nText.",
        "---\ntitle: no end of it\n\nText.",
        "---\n- a list\n---\nText.",
        "---\na: " + "[" * 10_000 + "\n---\nText.",
    ],
)
def test_broken_front_matter_is_named(read_one: ReadOne, raw: str) -> None:
    assert reason(read_one("a.md", raw)).startswith("broken front matter: ")


@pytest.mark.parametrize(
    "title", ["Ports: the talks in Lomé", 'The "Lomé" talks: day one', "'Ports' of Togo"]
)
def test_a_title_with_a_colon_or_quotes_breaks_no_front_matter(read_one: ReadOne, title: str) -> None:
    item = release(read_one("a.md", f"---\ntitle: {title}\ndate: 2031-02-03\n---\nTogo pays."))
    assert (item.title, item.published, item.text) == (title, dt.date(2031, 2, 3), "Togo pays.")


def test_a_line_drawn_on_top_is_no_front_matter(read_one: ReadOne) -> None:
    assert release(read_one("a.md", "---\n\nBoth sides agreed.\n")).text == "Both sides agreed."


def test_aliases_in_front_matter_do_not_grow(read_one: ReadOne) -> None:
    bomb = "".join(f"b{i}: &b{i} [*b{i - 1}, *b{i - 1}]\n" for i in range(1, 20))
    raw = f"---\nb0: &b0 [x]\n{bomb}title: *b19\n---\nText."
    assert release(read_one("a.md", raw)).title is None


SENTENCE = "Ghana and Togo agreed to build a port."


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    "above",
    [
        '---\ntitle: "Port"\ndate: 2031-02-03\npublisher:\n  - MFA Togo\n---\n',
        "---\nTitle: Port\nDate: 2031/02/03\nPublisher: MFA Togo\n...\n",
        '+++\ntitle = "Port"\ndate = 2031-02-03\npublisher = "MFA Togo"\n[extra]\nx = 1\n+++\n',
        '{\n "title": "Port",\n "date": "2031-02-03T09:00:00",\n "publisher": "MFA Togo"\n}\n',
        "<!-- draft -->\n\nTitle: Port\nDate: 2031-02-03\nPublisher: MFA Togo\n\n",
    ],
)
def test_front_matter_of_every_form_gives_metadata(read_one: ReadOne, name: str, above: str) -> None:
    item = release(read_one(name, f"{above}\n4 May 2030\n\n{SENTENCE}\n"))
    assert (item.title, item.publisher, item.published) == ("Port", "MFA Togo", dt.date(2031, 2, 3))
    assert item.text.split() == ["4", "May", "2030", *SENTENCE.split()]


@pytest.mark.parametrize(
    "text",
    [
        f"---\nFor the press: at once\n---\n\n{SENTENCE}",
        f"---\ntitle: no end of it\n\n{SENTENCE}",
        f"Title: Port\n{SENTENCE}",
        f"Title: Port\nGhana: will build it\n\n{SENTENCE}",
        f"{{sic}} {SENTENCE}",
    ],
)
def test_what_is_no_front_matter_stays_in_a_plain_text(read_one: ReadOne, text: str) -> None:
    item = release(read_one("a.txt", text))
    assert item.title is None
    assert item.text.split() == text.split()


def test_toml_that_is_broken_is_named(read_one: ReadOne) -> None:
    raw = f"+++\ntitle = no quotes\n+++\n{SENTENCE}"
    assert reason(read_one("a.md", raw)).startswith("broken front matter: ")


# HTML

PAGE = """<!DOCTYPE html><html><head><title>Talks | Ministry</title>
<meta property="og:title" content="Oslo talks end">
<meta property="og:site_name" content="New Zealand Government">
<meta property="article:published_time" content="2031-02-03T10:00:00+13:00">
<link rel="canonical" href="https://www.beehive.govt.nz/release/oslo-talks">
<script>var agreed = "nothing";</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><main><article><h1>Oslo talks end</h1>
<p>{}</p><ol><li>hold yearly talks, and</li><li>share what they learn.</li></ol></article></main>
<footer>Copyright of the Crown</footer></body></html>"""


@pytest.mark.parametrize("sentences", [1, 40])
def test_html_gives_main_text_and_metadata(read_one: ReadOne, sentences: int) -> None:
    paragraph = " ".join(
        f"In session {n} the ministers of both states\nagreed on a plan." for n in range(sentences)
    )
    item = release(read_one("a.html", PAGE.replace("{}", paragraph)))
    lines = item.text.split("\n")
    assert lines[-3:] == [
        " ".join(paragraph.split()),
        "1. hold yearly talks, and",
        "2. share what they learn.",
    ]
    assert not {"Home", "Copyright of the Crown"} & set(lines)
    assert (item.title, item.publisher, item.speaks_for) == (
        "Oslo talks end",
        "New Zealand Government",
        ("NZL",),
    )
    assert (item.published, item.url) == (
        dt.date(2031, 2, 3),
        "https://www.beehive.govt.nz/release/oslo-talks",
    )


def test_a_paragraph_in_an_item_or_a_cell_is_its_text(read_one: ReadOne) -> None:
    items = "<p>They will:</p><ol><li><p>meet in Oslo.</p><p>Peru pays.</p></li><li>\n<p>trade</p></li></ol>"
    row = "<table><tr><td><p>Peru</p></td><td> <p>2031</p></td></tr></table>"
    lines = release(read_one("a.html", f"<html><body>{items}{row}</body></html>")).text.split("\n")
    assert lines == ["They will:", "1. meet in Oslo.", "Peru pays.", "2. trade", "Peru 2031"]


def test_what_stands_behind_a_paragraph_in_an_item_is_no_part_of_it(read_one: ReadOne) -> None:
    items = (
        "<li><p>They met.</p>Peru pays.</li><li><p>Ports</p><b>Trade</b></li><li><p>Fish <b>now</b></p></li>"
    )
    for more in ("", "<p>They will open an office for the ports of both states in Lima by 2031.</p>" * 20):
        page = f"<html><body><p>They will:</p><ul>{items}</ul>{more}</body></html>"
        lines = release(read_one("a.html", page)).text.split("\n")
        assert lines[1:6] == ["They met.", "Peru pays.", "Ports", "Trade", "Fish now"]


def test_an_empty_paragraph_parts_no_item_from_its_number(read_one: ReadOne) -> None:
    page = "<p>They will:</p><ol><li><p></p>meet in Oslo.</li><li><p> </p><b>trade</b>.</li></ol>"
    lines = release(read_one("a.html", f"<html><body>{page}</body></html>")).text.split("\n")
    assert lines == ["They will:", "1. meet in Oslo.", "2. trade."]


def test_a_place_on_its_own_site_is_no_address(read_one: ReadOne) -> None:
    raw = '<html><head><link rel="canonical" href="/news/1"></head><body><p>They met.</p></body></html>'
    assert release(read_one("a.html", raw)).url is None


def test_html_in_the_encoding_that_it_names(read_one: ReadOne) -> None:
    raw = '<html><head><meta charset="windows-1251"></head><body><p>Встреча в Москве</p></body></html>'
    assert release(read_one("a.htm", raw.encode("cp1251"))).text == "Встреча в Москве"


def test_html_does_not_read_external_entities(read_one: ReadOne, write: Write) -> None:
    secret = write(".secret", "hidden words")
    raw = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>Seen &x;</p></body></html>'
    assert "hidden" not in release(read_one("a.html", raw)).text


LONG = " ".join(
    f"In year {n} the two coast guards met and compared what they had learned." for n in range(15)
)


@pytest.mark.parametrize(
    "rest",
    [
        f"<div><p>{LONG}</p><div>Next steps<div>{SENTENCE}</div></div></div>",
        f"<p>{LONG}</p><h2>Next steps</h2><span style='display: block'>{SENTENCE}</span>",
        f"<p>{LONG}</p><dl><dt>Next steps</dt><dd>{SENTENCE}</dd></dl>",
        f"<article><p>{LONG}</p><h2>Next steps</h2>{SENTENCE}</article>",
        f"<article><p>{LONG}</p></article><article><h2>Next steps</h2><p>{SENTENCE}</p></article>",
        f"<article><p>{LONG}</p><footer><p>Next steps</p><p>{SENTENCE}</p></footer></article>",
        f"<form action='x'><div><p>{LONG}</p><div>Next steps</div>{SENTENCE}</div></form>",
    ],
)
def test_nothing_of_the_main_text_is_lost(read_one: ReadOne, rest: str) -> None:
    lines = release(read_one("a.html", f"<html><body>{rest}</body></html>")).text.split("\n")
    assert lines == [LONG, "Next steps", SENTENCE]


@pytest.mark.parametrize(
    "tag", ["div", "font", "table><tr><td", "ul><li", "blockquote", "o:p", "h1", "time", "h1><div><time"]
)
def test_a_page_may_lie_deeper_than_its_parser_goes(read_one: ReadOne, tag: str) -> None:
    unclosed = f"<{tag}>" * 1_000
    body = f"<p>Lomé</p>{unclosed}<p>{SENTENCE}</p>{unclosed}Togo pays."
    item = release(read_one("a.html", f"<html><body>{body}"))
    assert item.text.split("\n") == ["Lomé", SENTENCE, "Togo pays."]


def test_a_page_that_lies_too_deep_keeps_its_title_and_its_day(read_one: ReadOne) -> None:
    head = "<h1>Port of Lomé</h1><time datetime='2031-02-03'>Monday</time>"
    item = release(read_one("a.html", f"<html><body>{head}{'<div>' * 1_000}<p>{SENTENCE}</p>"))
    assert (item.title, item.published) == ("Port of Lomé", dt.date(2031, 2, 3))


@pytest.mark.parametrize(
    "notice",
    [
        "<div id='CookieBanner'><p>{}</p></div>",
        "<section role='dialog'><p>{}</p></section>",
        "<noframes>{}</noframes>",
        "<svg><title>{}</title></svg>",
    ],
)
def test_a_notice_and_the_name_of_a_picture_are_no_text(read_one: ReadOne, notice: str) -> None:
    body = f"<p>{SENTENCE}</p>{notice.format('This site will set cookies.')}<p>Togo pays.</p>"
    item = release(read_one("a.html", f"<html><body class='cookies-set'>{body}</body></html>"))
    assert (item.title, item.text.split("\n")) == (None, [SENTENCE, "Togo pays."])


def test_a_page_that_a_script_or_frames_fill_says_so(read_one: ReadOne) -> None:
    page = "<html><head><title>x</title></head><body><div id='root'></div><noscript>Use it.</noscript></body>"
    assert reason(read_one("a.html", page)) == "no text on the page: frames or a script fill it"


def test_cells_stand_on_one_line_but_for_those_that_hold_sentences(read_one: ReadOne) -> None:
    rows = [("State", "Pledge"), ("Togo", "ten buses"), ("Togo", "Togo will build a port.")]
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    told = ["State Pledge", "Togo ten buses", "Togo", "Togo will build a port."]
    page = release(read_one("a.html", f"<html><body><table>{table}</table></body></html>"))
    assert page.text.split("\n") == told


def test_cells_of_markdown_are_like_those_of_a_page(read_one: ReadOne) -> None:
    table = "| State | Pledge |\n|---|---|\n| Togo | ten buses |\n| Togo | Togo will build a port. |\n"
    told = ["State Pledge", "Togo ten buses", "Togo", "Togo will build a port."]
    assert release(read_one("a.md", table)).text.split("\n") == told


def test_no_item_is_lost_that_a_colon_announces_however_short(read_one: ReadOne) -> None:
    body = f"<h3>Steps:</h3><ul><li>a port</li><li>a road</li></ul><p>{LONG}</p>"
    item = release(read_one("a.html", f"<html><body><div>{body}</div></body></html>"))
    assert item.text.split("\n") == ["Steps:", "a port", "a road", LONG]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.xml"])
def test_a_page_is_a_page_whatever_its_suffix(read_one: ReadOne, name: str) -> None:
    page = f"<!DOCTYPE html>\n<html><head><title>Ports</title></head><body><p>{SENTENCE}</p></body></html>"
    item = release(read_one(name, page))
    assert (item.title, item.text) == ("Ports", SENTENCE)


def test_a_text_that_begins_with_a_tag_is_no_page(read_one: ReadOne) -> None:
    assert release(read_one("a.txt", "<html> is what both will use.")).text == "<html> is what both will use."


def test_other_kinds_are_told_by_their_first_bytes(read_one: ReadOne) -> None:
    assert reason(read_one("a.txt", "{\\rtf1 Togo pays.}")) == "rich text (RTF): save it as .docx"
    assert "broken PDF" in reason(read_one("a.txt", b"%PDF-1.7 cut"))


def test_a_page_that_a_browser_saved_as_one_file_may_be_called_a_page(read_one: ReadOne) -> None:
    part = f"--x\nContent-Type: text/html\n\n<html><body><p>{SENTENCE}</p></body></html>\n--x--\n"
    head = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    assert release(read_one("a.html", head + part)).text == SENTENCE


def test_a_piece_of_a_page_is_a_page(read_one: ReadOne) -> None:
    assert release(read_one("a.HTM", f"<p>{SENTENCE}</p>")).text == SENTENCE


def test_what_leads_elsewhere_is_no_main_text(read_one: ReadOne) -> None:
    related = "<li><a href='1'>Togo and Benin agreed to close a port at once.</a></li>" * 3
    teaser = "<article><h3><a href='2'>Benin will host a fair for all its neighbours.</a></h3></article>"
    body = f"<main><article><div>{SENTENCE}</div><p>{LONG}</p><ul>{related}</ul></article>{teaser}</main>"
    item = release(read_one("a.html", f"<html><body>{body}<aside><p>Benin pays.</p></aside></body></html>"))
    assert item.text.split("\n") == [SENTENCE, LONG]


def test_sentences_outside_the_main_text_are_told_of(read_one: ReadOne) -> None:
    outside = "This office answers letters of citizens on every second Monday."
    body = (
        f"<article><h1>Port</h1><p>{LONG}</p><p>{SENTENCE}</p></article><section><p>{outside}</p></section>"
    )
    page = f"<html><body>{body}</body></html>"
    item = release(read_one("a.html", page))
    told = "1 sentences of the page stand outside its main text"
    assert (outside in item.text) != (told in item.warnings)
    assert not release(read_one("a.html", page.replace(outside, ""))).warnings


def test_line_ends_of_preformatted_text_are_no_paragraphs(read_one: ReadOne) -> None:
    broken = "Ghana and Togo agreed to build a port and a\nrailway to it, and to open both to\nall by 2030."
    for text in (f"<pre>Lomé\n\n{broken}</pre>", f"<p>Lomé</p><p>{broken.replace(chr(10), '<br>')}</p>"):
        item = release(read_one("a.html", f"<html><body>{text}</body></html>"))
        assert item.text == "Lomé\n" + broken.replace("\n", " ")
    address = "<p>The Ministry<br>Port Road 5<br>Lomé</p>"
    item = release(read_one("a.html", f"<html><body>{address}</body></html>"))
    assert item.text == "The Ministry\nPort Road 5\nLomé"


def test_a_line_that_is_broken_once_is_one_line(read_one: ReadOne) -> None:
    raw = (
        "<p>Ghana and Togo agreed to build<br>a port.</p><p>Joint Statement of<br>Ghana and Togo<br>Lomé</p>"
    )
    text = "Ghana and Togo agreed to build a port.\nJoint Statement of Ghana and Togo\nLomé"
    assert release(read_one("a.html", raw)).text == text


def test_raised_note_marks_go_and_other_raised_text_stays(read_one: ReadOne) -> None:
    marked = "Ghana<sup>1</sup> and Togo<sup><a href='#n'>[2]</a></sup> give"
    raw = f"<body><p>{marked} 5 km<sup>2</sup> on the 5<sup>th</sup>.</p></body>"
    assert release(read_one("a.html", raw)).text == "Ghana and Togo give 5 km2 on the 5th."
    raw = "<p>In 2024<sup>1, 2</sup> Togo<a href='#fn3'>3</a> gave <a href='#part4'>4</a> boats.</p>"
    assert release(read_one("a.html", raw)).text == "In 2024 Togo gave 4 boats."


@pytest.mark.parametrize("to", ["#fn:3", "#_ftnref3", "#endnote-3", "#sdfootnote3sym", "#cite_note-tea-3"])
def test_an_anchor_that_names_no_numbered_note_is_text(read_one: ReadOne, to: str) -> None:
    raw = (
        f"<p>Togo<a href='{to}'>3</a> gave<a href='#notes'>[2]</a> <a href='#endorsement'>a</a> boat, "
        "<a href='#footer'>4</a> oars and <a href='#note'>5</a> nets.</p>"
    )
    assert release(read_one("a.html", f"<body>{raw}</body>")).text == "Togo gave a boat, 4 oars and 5 nets."


@pytest.mark.parametrize("name", ["iso-8859-1", "ISO-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_western_pages_are_read_as_browsers_do(read_one: ReadOne, name: str) -> None:
    raw = f'<html><head><meta charset="{name}"></head><body><p>“We agreed – at once”</p></body></html>'
    assert release(read_one("a.html", raw.encode("cp1252"))).text == "“We agreed – at once”"


def test_text_that_was_written_in_the_wrong_encoding_is_mended(read_one: ReadOne) -> None:
    meant = "Côte d’Ivoire and Türkiye met."
    assert (
        release(
            read_one("a.html", f"<html><body><p>{meant.encode().decode('cp1252')}</p></body></html>")
        ).text
        == meant
    )
    # A byte of the closing mark stands for nothing in the encoding.
    quoted = "They signed the “Accord”."
    wrong = "".join(bytes([b]).decode("cp1252" if b != 0x9D else "latin-1") for b in quoted.encode())
    assert release(read_one("a.html", f"<html><body><p>{wrong}</p></body></html>")).text == quoted
    right = "SÃO “Tomé” – né “AMANHÔ"  # as much as could be wrong, but is not all
    assert release(read_one("a.html", f"<html><body><p>{right}</p></body></html>")).text == right


def test_a_page_in_quoted_printable_is_read(read_one: ReadOne) -> None:
    raw = "<html><body><p>Ghana=E2=80=99s ministers agreed to build=\n a port.</p></body></html>"
    assert release(read_one("a.html", raw)).text == "Ghana’s ministers agreed to build a port."
    assert (
        release(read_one("a.html", "<html><body><p>Let a=5 and b=EF.</p></body></html>")).text
        == "Let a=5 and b=EF."
    )


JSON_LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    "page",
    [
        JSON_LD.replace("{}", '{"@type": "NewsArticle", "datePublished": "2031-02-03T23:00:00-05:00"}'),
        JSON_LD.replace(
            "{}", '{"@graph": [{"@type": "X"}, {"@type": "WebPage", "datePublished": "2031-02-03"}]}'
        ),
        JSON_LD.replace("{}", "{broken") + '<meta name="DC.date" content="2031-02-03">',
        '<meta name="DCTERMS.issued" content="2031-02-03"><meta name="modified" content="2032-01-01">',
        '<meta property="og:updated_time" content="2032-01-01"><body><time>2031-02-03</time>',
        '<body><time class="updated" datetime="2032-01-01">x</time><p><time>3 February 2031</time></p>',
        '<body><span itemprop="datePublished" content="2031-02-03">Tuesday</span>',
        '<meta name="date" content="this week"><body><time pubdate>2031-02-03</time>',
        '<html itemprop="datePublished" content="2031-02-03">',
    ],
)
def test_a_page_tells_its_day_in_many_ways(read_one: ReadOne, page: str) -> None:
    whole = page if page.startswith("<html") else f"<html>{page}"
    item = release(read_one("a.html", f"{whole}<p>Ghana and Togo met.</p></html>"))
    assert (item.published, item.published_from) == (dt.date(2031, 2, 3), "metadata")


@pytest.mark.parametrize(
    "page",
    [
        '<meta property="article:modified_time" content="2032-01-01">',
        '<body><time datetime="2032-01-01">x</time><time datetime="2031-01-01">y</time>',
        JSON_LD.replace("{}", '{"@type": "NewsArticle", "dateModified": "2032-01-01"}'),
    ],
)
def test_the_day_of_a_change_or_of_other_news_is_not_the_day_of_publication(
    read_one: ReadOne, page: str
) -> None:
    assert release(read_one("a.html", f"<html>{page}<p>Ghana and Togo met.</p></html>")).published is None


def test_what_no_table_can_hold_goes_from_a_pages_own_words(read_one: ReadOne) -> None:
    said = '{"datePublished": "2031-02-03", "publisher": "MFA \\ud800 Togo \\u00e9"}'
    page = f"<html>{JSON_LD.replace('{}', said)}<p>Ghana and Togo met.</p></html>"
    assert release(read_one("a.html", page)).publisher == "MFA Togo \u00e9"


# Rows


def test_each_json_line_is_a_release(read_all: Callable[..., list[Release | ReadError]]) -> None:
    rows = [
        {
            "id": "x1",
            "text": "The two sides agreed.",
            "title": "T",
            "published": "2024-02-29",
            "url": "https://nato.int/1",
        },
        {"text": "Cafe\u0301\r\nopens.", "id": 7},
        {"text": "No id."},
    ]
    items = read_all("r.jsonl", "\n".join(map(json.dumps, rows)) + "\n\n")
    assert [release(item).source for item in items] == ["r.jsonl#x1", "r.jsonl#7", "r.jsonl#3"]
    first, second, _ = map(release, items)
    assert (first.title, first.published, first.speaks_for) == ("T", dt.date(2024, 2, 29), ("NATO",))
    assert second.text == "Café opens."
    assert len({release(item).release_id for item in items}) == 3
    assert len({release(item).source_sha256 for item in items}) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("{not json", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ('["a", "list"]', "not a JSON object"),
        ('{"title": "no text"}', "no text"),
        ('{"text": 5}', "text is no string"),
        ('{"text": "x", "url": ["a"]}', "url is no string"),
        ('{"text": "x", "id": "\\ud800"}', "lone surrogates"),
        ('{"text": "x", "title": "\\ud800"}', "lone surrogates"),
        ('{"text": "\\ud800"}', "lone surrogates"),
        ('{"text": "a\\u0000b"}', "null characters"),
        ('{"text": " "}', "empty"),
    ],
)
def test_a_bad_row_fails_alone_and_is_named(
    read_all: Callable[..., list[Release | ReadError]], row: str, expected: str
) -> None:
    good, bad, after = read_all("r.jsonl", f'{{"text": "good"}}\n{row}\n{{"text": "good too"}}')
    assert isinstance(bad, ReadError)
    assert (bad.source, bad.reason.startswith(expected)) == ("r.jsonl#2", True), bad.reason
    assert [release(good).text, release(after).text] == ["good", "good too"]


def test_a_file_without_one_good_row_is_named_once(read_one: ReadOne) -> None:
    assert reason(read_one("r.jsonl", "these\nare\nno rows\n")).startswith(
        "no row can be read; r.jsonl#1: not valid JSON"
    )


def test_each_csv_row_is_a_release(read_all: Callable[..., list[Release | ReadError]]) -> None:
    raw = 'id,text,publisher,extra\r\na,"They met,\r\nthen left.",NATO,z\r\n,Second row,,\r\nb,,,\r\n'
    first, second, third = read_all("r.csv", raw)
    assert (release(first).text, release(first).speaks_for) == ("They met, then left.", ("NATO",))
    assert release(second).source == "r.csv#2"
    assert third == ReadError("r.csv#b", "empty", release(first).source_sha256)


def test_a_row_may_hold_html(read_all: Callable[..., list[Release | ReadError]]) -> None:
    texts = ["<p>Ports open.</p><p>Tea &amp;&nbsp;rice.<br>Salt.</p>", "a <b and c> d and a </p"]
    html, plain = read_all("r.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    assert release(html).text == "Ports open.\nTea & rice.\nSalt."
    assert release(plain).text == "a <b and c> d and a </p"


def test_paragraphs_of_a_row_stay_apart_where_it_has_a_tag(
    read_all: Callable[..., list[Release | ReadError]],
) -> None:
    texts = [
        "Ports open.<br>Tea.\n\nSalt.",
        "Ports <b>open</b>.\nTea.\n\nSalt.",
        "<pre>Ports open.\n\nTea.</pre>Salt.",
    ]
    for item in read_all("r.jsonl", "\n".join(json.dumps({"text": text}) for text in texts)):
        assert release(item).text == "Ports open.\nTea.\nSalt."


def test_mark_up_within_the_lines_of_a_row_goes_with_the_marks_of_notes(
    read_all: Callable[..., list[Release | ReadError]],
) -> None:
    texts = [
        "Ghana<sup>1</sup> and Togo open\n<i>one</i> port.",
        "Tea &amp; rice for Togo.",
        "Q&A; a <b and c> d",
    ]
    notes, entity, none = read_all("r.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    assert release(notes).text == "Ghana and Togo open one port."
    assert release(entity).text == "Tea & rice for Togo."
    assert release(none).text == texts[2]


def test_an_entity_makes_no_html_of_a_row_with_signs_of_less_and_more(
    read_all: Callable[..., list[Release | ReadError]],
) -> None:
    texts = ["Tea &amp; rice: a<b and b>c in Togo.", "Tea &amp; <b>rice</b> in Togo."]
    plain, html = read_all("r.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    assert release(plain).text == "Tea & rice: a<b and b>c in Togo."
    assert release(html).text == "Tea & rice in Togo."


@pytest.mark.parametrize(("other", "day"), [("14/11/2024", "2024-11-12"), ("11/14/2024", "2024-12-11")])
def test_the_order_of_days_in_figures_is_that_of_their_column(
    read_all: Callable[..., list[Release | ReadError]], other: str, day: str
) -> None:
    first, _ = read_all("r.csv", f"date,text\n12/11/2024,A.\n{other},B.\n")
    assert str(release(first).published) == day


def test_a_csv_without_text_is_refused(read_one: ReadOne) -> None:
    assert reason(read_one("r.csv", "a,b\n1,2\n")) == "no column text"


def test_a_small_table_does_not_lower_the_field_limit_of_the_process() -> None:
    before = csv.field_size_limit()
    list(read_csv("text\nshort\n"))
    assert csv.field_size_limit() >= before


@pytest.mark.parametrize(
    "table",
    [
        "Headline;Date;Body\nPact;2024-05-03;They met.",
        "headline\tDATE\tbody\nPact\t2024-05-03\tThey met.",
        "sep=,\nTitle,published,Text\nPact,2024-05-03,They met.",
    ],
)
def test_tables_as_people_have_them(read_all: Callable[..., list[Release | ReadError]], table: str) -> None:
    (item,) = read_all("t.csv", table)
    assert release(item).title == "Pact"
    assert release(item).published == dt.date(2024, 5, 3)
    assert release(item).text == "They met."


@pytest.mark.parametrize(
    "names",
    [
        "Press release date|Article text|Page-URL",
        "publishedAt|fullText|sourceUrl",
        "DATE_POSTED|Body Text|Web address",
    ],
)
def test_columns_are_understood_whatever_they_are_of(
    read_all: Callable[..., list[Release | ReadError]], names: str
) -> None:
    (item,) = map(release, read_all("r.csv", f"{names}\n2031-02-03|{SENTENCE}|https://mfa.example/a\n"))
    assert (item.text, item.url) == (SENTENCE, "https://mfa.example/a")
    assert item.published == dt.date(2031, 2, 3)


def test_a_plainer_name_goes_before_one_that_says_of_what_it_is(
    read_all: Callable[..., list[Release | ReadError]],
) -> None:
    (item,) = map(release, read_all("r.csv", f"article_title,title,text\nA site,Ports,{SENTENCE}\n"))
    assert item.title == "Ports"


def test_html_and_line_ends_that_were_escaped_are_what_they_were(
    read_all: Callable[..., list[Release | ReadError]],
) -> None:
    texts = [f"&lt;p&gt;{SENTENCE}&lt;/p&gt;&lt;p&gt;Togo pays.&lt;/p&gt;", f"{SENTENCE}\\n\\nTogo pays."]
    for item in map(release, read_all("r.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))):
        assert item.text.split("\n")[0] == SENTENCE
        assert item.text.split("\n")[-1] == "Togo pays."


@pytest.mark.parametrize("ends", ["\\n", "\\r\\n"])
def test_line_ends_that_were_escaped_are_told_by_a_blank_line_or_the_lines_behind(
    read_all: Callable[..., list[Release | ReadError]], ends: str
) -> None:
    texts = [f"{SENTENCE}{ends}{ends}both pay.", f"{SENTENCE}{ends}- both pay;{ends}Togo builds."]
    first, second = map(release, read_all("r.jsonl", "\n".join(json.dumps({"text": text}) for text in texts)))
    assert first.text == f"{SENTENCE}\n\nboth pay."
    assert second.text == f"{SENTENCE}\n- both pay;\nTogo builds."


@pytest.mark.parametrize("text", ["The file is C:\\new.", "C:\\news and C:\\notes hold it.", "See D:\\nATO."])
def test_a_path_is_no_line_end(read_all: Callable[..., list[Release | ReadError]], text: str) -> None:
    (item,) = read_all("r.jsonl", json.dumps({"text": text}))
    assert release(item).text == text


@pytest.mark.parametrize(
    "content",
    [
        {"text": {"0": SENTENCE}, "date": {"0": "2031-02-03"}},
        {"meta": {"pages": 1}, "answer": {"results": [{"date": "2031-02-03", "body": SENTENCE}]}},
        {"hits": {"hits": [{"_id": "a", "_source": {"date": "2031-02-03", "text": SENTENCE}}]}},
        [{"date": "2031-02-03", "content": {"rendered": f"<p>{SENTENCE}</p>", "protected": False}}],
        [{"date": "2031-02-03", "text": [SENTENCE]}],
    ],
)
def test_rows_are_found_as_programs_write_them(
    read_all: Callable[..., list[Release | ReadError]], content: object
) -> None:
    (item,) = map(release, read_all("r.json", json.dumps(content)))
    assert (item.text, item.published) == (SENTENCE, dt.date(2031, 2, 3))


def test_words_for_nothing_are_nothing(read_all: Callable[..., list[Release | ReadError]]) -> None:
    table = "title,url,text\nnan,N/A,They met.\nNone so far,-,Nan met us.\n,NULL,They left."
    items = [release(item) for item in read_all("t.csv", table)]
    assert [item.title for item in items] == [None, "None so far", None]
    assert [item.url for item in items] == [None] * 3
    assert len({item.release_id for item in items}) == 3


def test_what_is_not_a_number_is_nothing(read_all: Callable[..., list[Release | ReadError]]) -> None:
    (row,) = read_all("t.jsonl", '{"title": NaN, "text": "They met."}')
    assert release(row).title is None


def test_a_quote_or_comma_amiss_names_its_line(read_all: Callable[..., list[Release | ReadError]]) -> None:
    good, bad = read_all("t.csv", 'id,text\n1,They met.\n2,"They left.\n3,They came.')
    assert release(good).text == "They met."
    assert reason(bad).startswith("line 3: a quote is not closed")
    bad, good = read_all("t.csv", "id,text\n1,Oslo, Rome and Bern met.\n2,They met.,x")
    assert reason(bad).startswith("line 2: more cells")
    assert release(good).text == "They met."


# JSON


ROW = {"id": "k", "headline": "Port", "text": "Ghana and Togo agreed to build a port.", "date": "2024-03-05"}


@pytest.mark.parametrize(
    ("content", "sources"),
    [
        (ROW, ["x.json#k"]),
        ([ROW, ROW | {"id": None}], ["x.json#k", "x.json#2"]),
        ({"articles": [ROW], "total": 1}, ["x.json#k"]),
        ({"one": ROW | {"id": None}, "two": ROW}, ["x.json#one", "x.json#k"]),
    ],
)
def test_json_holds_a_row_or_a_list_or_an_object_of_rows(
    read_all: Callable[[str, str], list[Release | ReadError]], content: object, sources: list[str]
) -> None:
    items = [release(item) for item in read_all("x.json", json.dumps(content, indent=1))]
    assert [item.source for item in items] == sources
    assert {(item.title, item.published) for item in items} == {("Port", dt.date(2024, 3, 5))}


def test_a_post_of_wordpress_is_no_table_of_columns(
    read_all: Callable[[str, str], list[Release | ReadError]],
) -> None:
    text = {"rendered": f"<p>{SENTENCE}</p>", "protected": False}
    post = {"title": {"rendered": "Port"}, "content": text}
    (item,) = map(release, read_all("x.json", json.dumps(post)))
    assert (item.title, item.text) == ("Port", SENTENCE)
    columns = {"title": {"0": "Port", "1": "Rail"}, "content": {"0": SENTENCE, "1": "They met."}}
    assert [release(item).text for item in read_all("x.json", json.dumps(columns))] == [SENTENCE, "They met."]


@pytest.mark.parametrize("beside", [{}, {"links": [{"text": "home"}]}])
def test_a_row_of_an_object_that_lacks_a_text_fails_alone(
    read_all: Callable[[str, str], list[Release | ReadError]], beside: dict[str, object]
) -> None:
    good, bad = read_all("x.json", json.dumps({"a": {"text": SENTENCE} | beside, "b": {"title": "x"}}))
    assert (release(good).source, release(good).text) == ("x.json#a", SENTENCE)
    assert isinstance(bad, ReadError)
    assert (bad.source, bad.reason) == ("x.json#b", "no text")


def test_an_object_without_a_row_in_it_holds_them_further_down(
    read_all: Callable[[str, str], list[Release | ReadError]],
) -> None:
    content = {"a": {"title": "x"}, "b": {"links": [{"text": SENTENCE}]}}
    assert [release(item).text for item in read_all("x.json", json.dumps(content))] == [SENTENCE]


def test_json_lines_are_read_whatever_they_are_called(
    read_all: Callable[[str, str], list[Release | ReadError]],
) -> None:
    lines = f"{json.dumps(ROW)}\n{json.dumps(ROW | {'id': 'm'})}\n"
    assert [item.source for item in read_all("x.json", lines)] == ["x.json#k", "x.json#m"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{}", "no rows with a text"),
        ("[]", "no rows with a text"),
        ('{"text": [1]}', "text is no string"),
        ('[{"text": "Ghana"}', "not valid JSON"),
        ('{"text": "a"} trailing', "not valid JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_json_without_rows_says_why(read_one: ReadOne, content: str, why: str) -> None:
    assert why in reason(read_one("x.json", content))


def test_a_saved_page_has_the_address_that_the_browser_noted(read_one: ReadOne) -> None:
    note = "<!-- saved from url=(0030)https://mfa.example/news/port -->"
    page = f"<!DOCTYPE html>\n{note}\n<html><body><p>Ghana and Togo agreed to build a port.</p></body></html>"
    found = release(read_one("a.XHTML", page))
    assert found.url == "https://mfa.example/news/port"
