"""Word files and OpenDocument texts, made here part by part."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from communique.corpus import ReadError, Release, Source, read
from communique.corpus.readers import archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SENTENCE = "Ghana and Togo agreed to build a port."


def zipped(parts: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


def docx(body: str, **parts: str) -> bytes:
    document = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    others = {f"word/{name}" + ("" if "." in name else ".xml"): content for name, content in parts.items()}
    return zipped({"word/document.xml": document, **others})


def odt(body: str, looks: str = "", styles: str = "") -> bytes:
    """`looks` are the styles of the text, `styles` is what the part of that name holds."""
    names = {"svg": "svg-compatible", "draw": "drawing"}
    spaces = " ".join(
        f'xmlns:{name}="{OASIS}:{names.get(name, name)}:1.0"'
        for name in ("office", "text", "table", "style", "svg", "draw")
    )
    inner = f"{looks}<office:body><office:text>{body}</office:text></office:body>"
    others = {"styles.xml": f"<office:document-styles {spaces}>{styles}</office:document-styles>"}
    content = f"<office:document-content {spaces}>{inner}</office:document-content>"
    return zipped({"content.xml": content, **(others if styles else {})})


def read_bytes(folder: Path, name: str, data: bytes) -> Release | ReadError:
    (folder / name).write_bytes(data)
    (item,) = read(Source(name, folder.resolve(), (folder / name).resolve()))
    return item


def text_of(folder: Path, name: str, data: bytes) -> list[str]:
    item = read_bytes(folder, name, data)
    assert isinstance(item, Release), item
    return item.text.split("\n")


def reason_of(folder: Path, name: str, data: bytes) -> str:
    item = read_bytes(folder, name, data)
    assert isinstance(item, ReadError), item
    return item.reason


def paragraph(text: str, layout: str = "") -> str:
    return f"<w:p><w:pPr>{layout}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(number: str, level: str = "0") -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_paragraphs_of_word_are_lines_whatever_their_runs(tmp_path: Path) -> None:
    runs = "<w:r><w:t>Ghana and </w:t></w:r><w:hyperlink><w:r><w:t>Togo</w:t></w:r></w:hyperlink>"
    removed = "<w:del><w:r><w:delText> hope to</w:delText></w:r></w:del>"
    changed = f"<w:ins><w:r><w:t> agreed to</w:t></w:r></w:ins>{removed}"
    end = '<w:r><w:footnoteReference w:id="1"/><w:t xml:space="preserve"> build a port.</w:t></w:r>'
    body = f"{paragraph('Lomé, 5 March 2031')}<w:p>{runs}{changed}{end}</w:p>"
    assert text_of(tmp_path, "a.docx", docx(body)) == ["Lomé, 5 March 2031", SENTENCE]


def run(text: str, layout: str = "") -> str:
    return f'<w:r><w:rPr>{layout}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_hidden_text_of_word_and_raised_marks_go_and_exponents_stay(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    runs = [
        run("Ghana"),
        run("1", raised),
        run(" and Togo"),
        run("2", raised),
        run(" build 3 km"),
        run("2", raised),
    ]
    runs += [run(" of docks"), run(" (draft)", "<w:vanish/>"), run(".", '<w:vanish w:val="0"/>')]
    body = f"<w:p>{''.join(runs)}</w:p>"
    assert text_of(tmp_path, "a.docx", docx(body)) == ["Ghana and Togo build 3 km2 of docks."]


def test_word_files_of_other_programs_are_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict}"><w:body>{paragraph(SENTENCE)}</w:body></w:document>'
    target = '<Relationship Type="http://purl.oclc.org/x/officeDocument" Target="/word/document2.xml"/>'
    parts = {"_rels/.rels": f"<Relationships>{target}</Relationships>", "word/document2.xml": document}
    assert text_of(tmp_path, "a.docx", zipped(parts)) == [SENTENCE]


def test_no_item_of_a_list_of_word_is_lost(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="{1}"/></w:lvl>'
    kinds = f'<w:abstractNum w:abstractNumId="{{0}}">{level}</w:abstractNum>'
    nums = '<w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
    numbering = "".join(kinds.format(*k) + nums.format(*k) for k in ((1, "bullet"), (2, "decimal")))
    style = f'<w:style w:styleId="Dots"><w:pPr>{listed("1")}</w:pPr></w:style>'
    items = [("Ghana pays.", listed("1")), ("Togo builds.", '<w:pStyle w:val="Dots"/>')]
    items += [("Togo hires.", listed("2")), ("Ghana trains.", listed("2")), ("They met.", listed("0"))]
    data = docx(
        paragraph("Initiatives:") + "".join(paragraph(*item) for item in items),
        numbering=f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>',
        styles=f'<w:styles xmlns:w="{W}">{style}</w:styles>',
    )
    lines = text_of(tmp_path, "a.docx", data)
    assert lines == [
        "Initiatives:",
        "• Ghana pays.",
        "• Togo builds.",
        "1. Togo hires.",
        "2. Ghana trains.",
        "They met.",
    ]


def test_a_list_inside_an_item_begins_anew(tmp_path: Path) -> None:
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="decimal"/></w:lvl>' for n in (0, 1))
    kind = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
    number = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    items = [("Ports", "0"), ("Lomé", "1"), ("Tema", "1"), ("Roads", "0"), ("Kumasi", "1")]
    data = docx(
        "".join(paragraph(text, listed("1", level)) for text, level in items),
        numbering=f'<w:numbering xmlns:w="{W}">{kind}{number}</w:numbering>',
    )
    lines = text_of(tmp_path, "a.docx", data)
    assert lines == ["1. Ports", "1. Lomé", "2. Tema", "2. Roads", "1. Kumasi"]


def note(kind: str, id_: int, text: str, layout: str = "") -> str:
    return f'<w:{kind} w:id="{id_}"{layout}>{paragraph(text)}</w:{kind}>'


def test_notes_of_word_go_to_the_end_without_the_lines_over_them(tmp_path: Path) -> None:
    foot = note("footnote", 0, "____", ' w:type="separator"') + note("footnote", 2, " Togo pays too.")
    marks = '<w:r><w:endnoteReference w:id="1"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>'
    sentence = SENTENCE.replace("Togo", f"Togo</w:t></w:r>{''.join(marks)}<w:r><w:t>", 1)
    data = docx(
        paragraph(sentence) + paragraph("They met."),
        footnotes=f'<w:footnotes xmlns:w="{W}">{foot}</w:footnotes>',
        endnotes=f'<w:endnotes xmlns:w="{W}">{note("endnote", 1, "Ghana thanks Togo.")}</w:endnotes>',
        comments=f'<w:comments xmlns:w="{W}">{note("comment", 1, "Do we say so?")}</w:comments>',
    )
    assert text_of(tmp_path, "a.docx", data) == [
        SENTENCE,
        "They met.",
        "Togo pays too.",
        "Ghana thanks Togo.",
    ]


@pytest.mark.parametrize(
    ("title_page", "head"), [("", "MFA Togo"), ("<w:titlePg/>", "Press Release, 5 March 2031")]
)
def test_what_stands_over_the_first_page_of_word_comes_first(
    tmp_path: Path, title_page: str, head: str
) -> None:
    relations, references, parts = "", "", {}
    heads = {"default": paragraph("MFA Togo"), "first": paragraph(head) + paragraph("Page 1 of 3")}
    for kind, content in heads.items():
        relations += f'<Relationship Id="{kind}" Target="{kind}.xml"/>'
        references += f'<w:headerReference w:type="{kind}" r:id="{kind}"/>'
        parts[kind] = f'<w:hdr xmlns:w="{W}">{content}</w:hdr>'
    spaces = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    section = f"<w:sectPr {spaces}>{references}{title_page}</w:sectPr>"
    parts["_rels/document.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    data = docx(paragraph(SENTENCE) + section, **parts)
    assert text_of(tmp_path, "a.docx", data) == [head, SENTENCE]


def test_a_long_rule_over_the_first_page_costs_no_time() -> None:
    rule = f"{'-' * 100_000}MFA Togo"
    began = time.process_time()
    assert archive.over_the_text(["- 1 of 3 -", rule], []) == [rule]
    assert time.process_time() - began < 2


def test_a_paragraph_of_word_in_two_parts_is_one(tmp_path: Path) -> None:
    letter = paragraph("G", '<w:framePr w:dropCap="drop"/>') + paragraph(SENTENCE[1:])
    removed = "<w:rPr><w:del/></w:rPr>"
    parts = paragraph("They met ", removed) + paragraph("", removed) + paragraph("in Lomé.")
    kept = paragraph("They left.", "<w:rPr><w:ins/></w:rPr>") + paragraph("", removed) + paragraph("All ate.")
    row = paragraph("Pledges", removed) + f"<w:tbl><w:tr><w:tc>{paragraph('Ghana')}</w:tc></w:tr></w:tbl>"
    lines = text_of(tmp_path, "a.docx", docx(letter + parts + kept + row + paragraph("End.")))
    assert lines == [SENTENCE, "They met in Lomé.", "They left.", "All ate.", "Pledges", "Ghana", "End."]


def test_what_is_no_text_of_word_is_not_read(tmp_path: Path) -> None:
    said = f"<w:ruby><w:rt><w:r><w:t>too</w:t></w:r></w:rt><w:rubyBase>{run('Togo')}</w:rubyBase></w:ruby>"
    unfilled = f"<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Write here.')}</w:sdtContent>"
    filled = f"<w:sdtPr/><w:sdtContent>{paragraph('They met.')}</w:sdtContent>"
    rest = run(" agreed to build a port.")
    body = f"<w:p>{run('Ghana and ')}<w:r>{said}</w:r>{rest}</w:p>"
    body += f"<w:sdt>{unfilled}</w:sdt><w:sdt>{filled}</w:sdt>"
    assert text_of(tmp_path, "a.docx", docx(body)) == [SENTENCE, "They met."]


def test_a_file_that_is_embedded_in_one_of_word_is_told_of(tmp_path: Path) -> None:
    assert "embedded" in reason_of(tmp_path, "a.docx", docx("<w:altChunk/>"))
    item = read_bytes(tmp_path, "a.docx", docx("<w:altChunk/>" + paragraph(SENTENCE)))
    assert isinstance(item, Release)
    assert item.warnings == ("an embedded file in it is not read",)


def test_tables_and_text_boxes_of_word_are_read_once(tmp_path: Path) -> None:
    row = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Ghana", "Ghana will pay."))
    laid_out = f"<w:tr><w:tc>{paragraph('One.')}{paragraph('Two.')}</w:tc><w:tc>{paragraph('')}</w:tc></w:tr>"
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f"<mc:AlternateContent>{twice}</mc:AlternateContent>"
    body = f"<w:tbl><w:tr>{row}</w:tr>{laid_out}</w:tbl><w:p><w:r>{drawn}<w:t>Beside it.</w:t></w:r></w:p>"
    lines = text_of(tmp_path, "a.docx", docx(body))
    assert lines == ["Ghana", "Ghana will pay.", "One.", "Two.", "Beside it.", "In a box."]


def test_rows_and_cells_in_content_controls_of_word_are_read_once(tmp_path: Path) -> None:
    def held(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    def cell(inside: str) -> str:
        return f"<w:tc>{inside}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph('by'))}{held(cell(paragraph('2031')))}</w:tr></w:tbl>"
    first = f"<w:tr>{held(cell(paragraph('Ghana')))}{cell(paragraph('pays.'))}</w:tr>"
    second = held(f"<w:tr>{cell(paragraph('Togo builds'))}{cell(inner)}</w:tr>")
    lines = text_of(tmp_path, "a.docx", docx(f"<w:tbl>{first}{second}</w:tbl>"))
    assert lines == ["Ghana pays.", "Togo builds by 2031"]


def test_opendocument_is_read_with_notes_at_the_end_and_without_removed_text(tmp_path: Path) -> None:
    note = "<text:note><text:note-body><text:p>See.</text:p></text:note-body></text:note>"
    old = note.replace("See", "Old note")
    removed = f"<text:tracked-changes><text:p>Old words.{old}</text:p></text:tracked-changes>"
    start = "Ghana<text:s/><text:span>and</text:span> Togo"
    first = f"<text:p>{start}{note} agreed to build a port.</text:p>"
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    items = item.format("Ghana pays.") + item.format("Togo builds.")
    cells = "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in ("Ghana", "pays"))
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    data = odt(f"{removed}<text:h>Port</text:h>{first}<text:list>{items}</text:list>{table}")
    lines = text_of(tmp_path, "a.odt", data)
    assert lines == ["Port", SENTENCE, "• Ghana pays.", "• Togo builds.", "Ghana pays", "See."]


def test_hidden_text_of_opendocument_and_raised_marks_go_and_exponents_stay(tmp_path: Path) -> None:
    look = '<style:style style:name="{}"><style:text-properties {}/></style:style>'
    looks = look.format("T1", 'style:text-position="super 58%"') + look.format("T2", 'text:display="none"')
    looks += look.format("T3", 'style:text-position="0% 100%"')

    def span(name: str, text: str) -> str:
        return f'<text:span text:style-name="{name}">{text}</text:span>'

    started = f"Ghana{span('T1', '1')} and Togo pay {span('T3', '20')}{span('T1', '2')} crews"
    body = f"<text:p>{started} for 3 km{span('T1', '2')} of docks{span('T2', ' (draft)')}.</text:p>"
    lines = text_of(
        tmp_path, "a.odt", odt(body, f"<office:automatic-styles>{looks}</office:automatic-styles>")
    )
    assert lines == ["Ghana and Togo pay 20 crews for 3 km2 of docks."]


def test_what_is_no_text_of_opendocument_is_not_glued_to_it(tmp_path: Path) -> None:
    picture = "<draw:frame><svg:title>Flag</svg:title><svg:desc>Flag of Chile</svg:desc></draw:frame>"
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    base = "<text:ruby-base>Togo</text:ruby-base>"
    said = f"<text:ruby>{base}<text:ruby-text>too</text:ruby-text></text:ruby>"
    comment = "<office:annotation><text:p>Do we say so?</text:p></office:annotation>"
    sentence = SENTENCE.replace("Togo", f"{said}{picture}{comment}{box}")
    assert text_of(tmp_path, "a.odt", odt(f"<text:p>{sentence}</text:p>")) == [SENTENCE, "In a box."]


@pytest.mark.parametrize(("master", "head"), [("Letter", ["MFA Togo"]), ("Plain", []), (None, ["Standing"])])
def test_what_stands_over_the_first_page_of_opendocument_comes_first(
    tmp_path: Path, master: str | None, head: list[str]
) -> None:
    def page(name: str, first: str, all_: str) -> str:
        own = f"<style:header-first><text:p>{first}</text:p></style:header-first>" if first else ""
        heads = f"<style:header>{all_}</style:header>{own}"
        return f'<style:master-page style:name="{name}">{heads}</style:master-page>'

    standing = "<text:p>Standing</text:p><text:p>- 1 -</text:p>"
    pages = page("Standard", "", standing) + page("Letter", "MFA Togo", standing) + page("Plain", "", "")
    wanted = f' style:master-page-name="{master}"' if master else ""
    looks = f'<office:automatic-styles><style:style style:name="P1"{wanted}/></office:automatic-styles>'
    body = f'<text:p text:style-name="P1">{SENTENCE}</text:p>'
    data = odt(body, looks, f"<office:master-styles>{pages}</office:master-styles>")
    assert text_of(tmp_path, "a.odt", data) == [*head, SENTENCE]


@pytest.mark.parametrize("name", ["a.docx", "a.ODT"])
def test_broken_files_say_why(tmp_path: Path, name: str) -> None:
    assert reason_of(tmp_path, name, b"PK").startswith("broken file: ")
    assert reason_of(tmp_path, name, zipped({"x.xml": "<x/>"})).startswith("no ")
    broken = zipped({"word/document.xml": "<w", "content.xml": "<w"})
    assert reason_of(tmp_path, name, broken).startswith("broken file: ")
    of_later_form = (
        zipped({"x.xml": "<x/>"}).replace(b"PK\1\2\x14", b"PK\1\2\xff").replace(b"\x14\0\0\0", b"\xff\0\0\0")
    )
    assert reason_of(tmp_path, name, of_later_form).startswith("broken file: ")
    lzma = zipped({"word/document.xml": "<w/>" * 99, "content.xml": "<w/>" * 99}, zipfile.ZIP_LZMA)
    assert reason_of(tmp_path, name, lzma.replace(lzma[60:80], b"x" * 20)).startswith("broken file: ")


def test_an_archive_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = docx(paragraph("x" * 10_000))
    assert text_of(tmp_path, "a.docx", data) == ["x" * 10_000]
    monkeypatch.setattr(archive, "MAX_UNPACKED", 5_000)
    assert reason_of(tmp_path, "a.docx", data) == "unpacks to more than the limit of 0.005 MB"


def test_entities_of_xml_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden words")
    entities = (
        f'<!DOCTYPE x [<!ENTITY far SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY near "much">]>'
    )
    text = "<w:r><w:t>Seen &near; &far;</w:t></w:r>"
    document = f'{entities}<w:document xmlns:w="{W}"><w:body><w:p>{text}</w:p></w:body></w:document>'
    assert text_of(tmp_path, "a.docx", zipped({"word/document.xml": document})) == ["Seen"]
