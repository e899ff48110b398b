"""PDFs of the sample releases as programs make them: `python tests/support/real_pdfs.py FOLDER`.

Writes ten files with LibreOffice Writer, LaTeX and Chromium (Debian: libreoffice-writer, hyphen-en-us,
texlive-latex-base, lmodern, chromium), and beside each its text: a line to a paragraph, the notes at the end.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import NamedTuple

from communique.corpus import Release, Source, discover, read
from communique.corpus.readers.cells import lines_of_row

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
HEAD = "Press office of the ministry"
NOTES = (
    "Ghana and Togo did not take part in these talks.",
    "The press office will answer questions until the end of the week, and asks for them in writing.",
)
TABLE = (
    ("State", "What it will do", "By"),
    ("Ghana", "Ghana will pay ten million dollars for the port of Lomé and for the road to it.", "2031"),
    ("Togo", "Togo will give the land for the port, and will build the railway that leads to it.", "2032"),
    ("Benin", "Benin will train two hundred pilots.", "2033"),
)
ITEM = re.compile(r"(\d+)\. ")


class Layout(NamedTuple):
    """What of a page is not plain: two columns, notes at its foot, a table behind the text."""

    columns: int = 1
    notes: bool = False
    table: bool = False


class Document(NamedTuple):
    """A file to make: its name, of which sample, how, and by which program."""

    name: str
    sample: str
    layout: Layout
    program: Callable[[Path, Text], None]


@dataclass(frozen=True)
class Text:
    """A release as it is to be set."""

    title: str
    lines: tuple[str, ...]
    layout: Layout

    @property
    def noted(self) -> dict[int, str]:
        """The note of each line that has one: the second and the last."""
        return dict(zip((1, len(self.lines) - 1), NOTES, strict=True)) if self.layout.notes else {}

    @property
    def blocks(self) -> Iterator[tuple[bool, list[tuple[str, str | None]]]]:
        """Paragraphs one by one and the items of a list together, each with its note."""
        items: list[tuple[str, str | None]] = []
        for number, line in enumerate(self.lines):
            note = self.noted.get(number)
            if ITEM.match(line):
                items.append((ITEM.sub("", line, count=1), note))
                continue
            if items:
                yield True, items
            items = []
            yield False, [(line, note)]
        if items:
            yield True, items

    def plain(self) -> str:
        """What a reader is to give of it."""
        rows = [line for row in TABLE for line in lines_of_row([[cell] for cell in row])]
        notes = [f"{number} {note}" for number, note in enumerate(self.noted.values(), 1)]
        return "\n".join([self.title, *self.lines, *(rows if self.layout.table else []), *notes]) + "\n"


def text_of(sample: str, layout: Layout) -> Text:
    (source,) = (s for s in discover([SAMPLES]) if isinstance(s, Source) and s.source.startswith(sample))
    (release,) = read(source)
    assert isinstance(release, Release)
    title = release.title or ""
    lines = (re.sub(r'"([^"]*)"', r"“\1”", line).replace("'", "’") for line in release.text.split("\n"))
    return Text(title, tuple(line for line in lines if line and line != title), layout)


# LibreOffice Writer


ODF = Template("""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties
 fo:text-align="justify" fo:margin-bottom="0.2cm" fo:hyphenation-ladder-count="no-limit"/>
<style:text-properties fo:font-size="11pt" fo:language="en" fo:country="US" fo:hyphenate="true"
 fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:paragraph-properties fo:margin-left="0.6cm"
 fo:text-indent="-0.6cm"/><style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Raised" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties
 fo:margin-bottom="0.4cm"/><style:text-properties fo:font-size="15pt" fo:font-weight="bold"/></style:style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1"
 style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="0.8cm"
 fo:text-indent="-0.8cm"/></style:list-level-properties></text:list-level-style-number></text:list-style>
<text:notes-configuration text:note-class="footnote" text:citation-body-style-name="Raised"
 style:num-format="1" text:start-numbering-at="document"/></office:styles><office:automatic-styles>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm"
 fo:border="0.05pt solid #000000"/></style:style>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="15cm" fo:page-height="13cm"
 fo:margin="1.5cm">$columns</style:page-layout-properties>
<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>
<text:p text:style-name="Small">$head</text:p></style:header><style:footer>
<text:p text:style-name="Small">Page <text:page-number/> of <text:page-count/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>$body</office:text></office:body></office:document>""")


def writer(path: Path, text: Text) -> None:
    numbers = iter(range(1, len(NOTES) + 1))

    def paragraph(line: str, note: str | None) -> str:
        number = next(numbers) if note else 0
        noted = (
            f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
            f'<text:note-body><text:p text:style-name="Small">{note}</text:p></text:note-body></text:note>'
        )
        return f"<text:p>{escape(line)}{noted if note else ''}</text:p>"

    body = [f'<text:p text:style-name="Title">{escape(text.title)}</text:p>']
    for listed, lines in text.blocks:
        items = [paragraph(*line) for line in lines]
        inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
        body.append(f'<text:list text:style-name="Numbers">{inner}</text:list>' if listed else items[0])
    if text.layout.table:
        cell = '<table:table-cell table:style-name="Cell"><text:p>{}</text:p></table:table-cell>'
        cells = ("".join(map(cell.format, row)) for row in TABLE)
        rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        columns = '<table:table-column table:number-columns-repeated="3"/>'
        body.append(f"<table:table>{columns}{rows}</table:table>")
    two = f'<style:columns fo:column-count="{text.layout.columns}" fo:column-gap="0.7cm"/>'
    values = {"columns": two, "head": HEAD, "body": "".join(body)}
    source = path.with_suffix(".fodt")
    source.write_text(ODF.substitute(values), encoding="utf-8")
    ran(["soffice", "--headless", "--convert-to", "pdf", source.name], path.parent)
    source.unlink()


# LaTeX


TEX = Template(r"""\documentclass[11pt$columns]{article}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}\usepackage[paperwidth=15cm,paperheight=13cm,margin=15mm]{geometry}
\pagestyle{myheadings}\markright{$head}
\begin{document}\thispagestyle{myheadings}
\section*{$title}
$body
\end{document}
""")
SPECIAL = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "–": "--"}


def latex(path: Path, text: Text) -> None:
    def escaped(line: str) -> str:
        return "".join(SPECIAL.get(character, character) for character in line)

    body = []
    for listed, lines in text.blocks:
        set_ = [escaped(line) + (rf"\footnote{{{note}}}" if note else "") for line, note in lines]
        items = "\n".join(rf"\item {line}" for line in set_)
        body.append(rf"\begin{{enumerate}}{items}\end{{enumerate}}" if listed else set_[0])
    if text.layout.table:
        rows = r"\\ \hline ".join(" & ".join(row) for row in TABLE)
        body.append(rf"\noindent\begin{{tabular}}{{|l|p{{6cm}}|l|}}\hline {rows}\\ \hline\end{{tabular}}")
    columns = ",twocolumn" if text.layout.columns == 2 else ""
    values = {"columns": columns, "head": HEAD, "title": escaped(text.title), "body": "\n\n".join(body)}
    source = path.with_suffix(".tex")
    source.write_text(TEX.substitute(values), encoding="utf-8")
    ran(["pdflatex", "-interaction=batchmode", source.name], path.parent)
    for suffix in (".tex", ".aux", ".log"):
        path.with_suffix(suffix).unlink()


# Chromium


CSS = Template("""@page{size:15cm 13cm;margin:15mm}
body{font:11pt serif;text-align:justify;${columns}column-gap:7mm;hyphens:manual}
h1{font-size:15pt;column-span:all;text-align:left}.notes{font-size:8pt}
table{border-collapse:collapse}td{vertical-align:top;padding:1mm;border:1px solid}""")
WITHIN = re.compile(r"(?<=[a-z][aeiou][bcdfgklmnprst])(?=[bcdfgklmnprst][aeiou][a-z])")


def chromium(path: Path, text: Text) -> None:
    numbers = iter(range(1, len(NOTES) + 1))

    def inline(line: str, note: str | None) -> str:
        return WITHIN.sub("&shy;", escape(line)) + (f"<sup>{next(numbers)}</sup>" if note else "")

    body = [f"<h1>{escape(text.title)}</h1>"]
    for listed, lines in text.blocks:
        items = [inline(*line) for line in lines]
        inner = "".join(f"<li>{item}</li>" for item in items)
        body.append(f"<ol>{inner}</ol>" if listed else f"<p>{items[0]}</p>")
    if text.layout.table:
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in TABLE)
        body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    notes = (f"<p>{number} {note}</p>" for number, note in enumerate(text.noted.values(), 1))
    body.append(f'<div class="notes">{"".join(notes)}</div>')
    style = CSS.substitute(columns="columns:2;" if text.layout.columns == 2 else "")
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(text.title)}</title>'
        f"<style>{style}</style><body>{''.join(body)}"
    )
    with TemporaryDirectory(prefix="press-") as folder:  # whose name is printed
        source = Path(folder) / "release.html"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={path}"]
        ran(["chromium", *options, source.as_uri()], path.parent)


def ran(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


DOCUMENTS = (
    Document("writer", "canada-korea", Layout(), writer),
    Document("writer-list-notes", "uk-japan", Layout(notes=True), writer),
    Document("writer-columns", "camp-david", Layout(columns=2, notes=True), writer),
    Document("writer-table", "korea-canada", Layout(table=True), writer),
    Document("latex", "india-efta", Layout(notes=True), latex),
    Document("latex-columns", "new-zealand", Layout(columns=2, notes=True), latex),
    Document("latex-table", "eu-azerbaijan", Layout(table=True), latex),
    Document("chromium", "us-russia", Layout(notes=True), chromium),
    Document("chromium-columns", "australia", Layout(columns=2), chromium),
    Document("chromium-table", "eu-azerbaijan", Layout(table=True), chromium),
)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, sample, layout, program in DOCUMENTS:
        text = text_of(sample, layout)
        (folder / f"{name}.txt").write_text(text.plain(), encoding="utf-8")
        program((folder / f"{name}.pdf").resolve(), text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
