"""Word files: paragraphs, list items and table rows, a line each, as they read with all changes accepted.

What stands over the first page comes first, and the notes come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.corpus.metadata import Metadata
from communique.corpus.readers.archive import WORD, Archive, over_the_text
from communique.corpus.readers.cells import lines_of_row
from communique.corpus.readers.html_lines import is_note_mark
from communique.corpus.readers.parsed import Parsed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = f"{{{WORD}}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Removed text, marks of notes and comments, how a word is said, and the old form of a drawing that is there
# in the new one too.
_SKIPPED = frozenset(
    (
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        f"{_W}footnoteReference",
        f"{_W}endnoteReference",
        f"{_W}rt",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
_BEFORE = 20  # pieces, many of them blank, that tell what a raised mark stands behind
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " "}


def read_docx(data: bytes) -> Parsed:
    """The text of a Word file, and the title of its properties.

    Raises ValueError where it is none, or its text is a file of another kind that is embedded in it.
    """
    archive = Archive(data)
    document = archive.xml(_main_part(archive))
    body = None if document is None else document.find(f"{_W}body")
    if body is None:
        raise ValueError("no Word file: no document in it")
    embedded = body.find(f".//{_W}altChunk") is not None
    reader = _Lines(_numbered(archive), _list_styles(archive))
    lines = reader.of(body)
    if embedded and not any(line.strip() for line in lines):
        raise ValueError("its text is in an embedded file, which is not read: save it anew")
    head = (line for part in _heads(archive, body) for line in reader.of(part))
    notes = (line for note in _notes(archive) for line in reader.of(note))
    properties = archive.xml("docProps/core.xml")
    title = None if properties is None else properties.findtext(f"{_DC}title")
    return Parsed(
        "\n".join([*over_the_text(head, lines), *lines, *notes]),
        Metadata.of({"title": title}),
        warnings=("an embedded file in it is not read",) if embedded else (),
    )


def _heads(archive: Archive, body: Element) -> Iterator[Element]:
    """What stands over the first page."""
    section = next(body.iter(f"{_W}sectPr"), None)
    if section is None:
        return
    kind = "default" if section.find(f"{_W}titlePg") is None else "first"
    relations = archive.xml("word/_rels/document.xml.rels")
    targets = {r.get("Id"): r.get("Target", "") for r in (() if relations is None else relations)}
    for reference in section.iter(f"{_W}headerReference"):
        if reference.get(f"{_W}type") == kind:
            head = archive.xml(f"word/{targets.get(reference.get(f'{_R}id'), '')}")
            if head is not None:
                yield head


def _notes(archive: Archive) -> Iterator[Element]:
    """The notes at the foot and at the end, without the lines that are drawn over them."""
    for kind in ("footnote", "endnote"):
        part = archive.xml(f"word/{kind}s.xml")
        for note in () if part is None else part.iter(f"{_W}{kind}"):
            if note.get(f"{_W}type") in (None, "normal"):
                yield note


def _main_part(archive: Archive) -> str:
    """The name of the part with the text, "word/document2.xml" in files of some servers."""
    relations = archive.xml("_rels/.rels")
    targets = (
        relation.get("Target", "")
        for relation in (() if relations is None else relations)
        if relation.get("Type", "").endswith("/officeDocument")
    )
    return next(targets, "word/document.xml").lstrip("/")


def _numbered(archive: Archive) -> dict[str, set[str]]:
    """The levels of each list whose items have numbers or letters, not bullets."""
    root = archive.xml("word/numbering.xml")
    if root is None:
        return {}
    levels: dict[str | None, set[str]] = {
        abstract.get(f"{_W}abstractNumId"): {
            level.get(f"{_W}ilvl", "0")
            for level in abstract.iter(f"{_W}lvl")
            if _value(level, "numFmt") not in (None, "bullet", "none")
        }
        for abstract in root.iter(f"{_W}abstractNum")
    }
    used = ((num.get(f"{_W}numId", ""), _value(num, "abstractNumId")) for num in root.iter(f"{_W}num"))
    return {number: levels.get(abstract, set()) for number, abstract in used}


def _list_styles(archive: Archive) -> dict[str, Element]:
    """The paragraph styles that make a list, and which."""
    root = archive.xml("word/styles.xml")
    styles = root.iter(f"{_W}style") if root is not None else ()
    found = ((style.get(f"{_W}styleId", ""), style.find(f"{_W}pPr/{_W}numPr")) for style in styles)
    return {name: listed for name, listed in found if listed is not None}


def _value(element: Element, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def _is_passed_over(element: Element) -> bool:
    """Whether an element holds no text of the document, or what stands in a form until it is filled in."""
    return element.tag in _SKIPPED or element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


def _goes_on(paragraph: Element) -> bool:
    """Whether the next paragraph is the same: behind a large first letter, or where its end was removed."""
    layout = paragraph.find(f"{_W}pPr")
    if layout is None:
        return False
    frame = layout.find(f"{_W}framePr")
    letter = frame is not None and frame.get(f"{_W}dropCap") in ("drop", "margin")
    return letter or layout.find(f"{_W}rPr/{_W}del") is not None


def _is_unseen(run: Element, before: str) -> bool:
    """Whether a run is hidden, or a raised mark of a note that was written by hand."""
    layout = run.find(f"{_W}rPr")
    if layout is None:
        return False
    hidden = layout.find(f"{_W}vanish")
    raised = _value(layout, "vertAlign") == "superscript"
    text = "".join(run.itertext(f"{_W}t"))
    shown = hidden is None or hidden.get(f"{_W}val") in ("0", "false")
    return not shown or (raised and is_note_mark(text, before))


def _own(parent: Element, kind: str, name: str) -> Iterator[Element]:
    """What has the name below a parent of a kind, in content controls too, not below another of its kind."""
    return (e for e in parent.iter(f"{_W}{name}") if next(e.iterancestors(f"{_W}{kind}"), None) is parent)


class _Lines:
    """The lines of a document; items of lists have their number, or a bullet."""

    def __init__(self, numbered: dict[str, set[str]], styles: dict[str, Element]) -> None:
        self._numbered = numbered
        self._styles = styles
        self._counts: dict[str, dict[str, int]] = {}  # the items so far of each level of each list

    def of(self, parent: Element) -> list[str]:
        lines: list[str] = []
        open_ = False  # the last line goes on
        for block in parent:
            if block.tag == f"{_W}p":
                found = self._paragraph(block)
                if open_ and found:
                    lines[-1] += found.pop(0)
                lines += found
                open_ = _goes_on(block) and bool(open_ or found)
            elif block.tag == f"{_W}tbl":
                lines += self._rows(block)
                open_ = False
            elif not _is_passed_over(block):
                lines += self.of(block)  # content controls and the like
        return lines

    def _rows(self, table: Element) -> list[str]:
        lines: list[str] = []
        for row in _own(table, "tbl", "tr"):
            lines += lines_of_row([self.of(cell) for cell in _own(row, "tr", "tc")])
        return [line for line in lines if line.strip()]

    def _paragraph(self, paragraph: Element) -> list[str]:
        pieces: list[str] = []
        boxes: list[str] = []
        self._collect(paragraph, pieces, boxes)
        text = "".join(pieces)
        marker = self._marker(paragraph) if text.strip() else ""
        return [*([marker + text] if text.strip() else []), *boxes]

    def _collect(self, element: Element, pieces: list[str], boxes: list[str]) -> None:
        for child in element:
            if child.tag == f"{_W}t":
                pieces.append(child.text or "")
            elif child.tag == f"{_W}txbxContent":
                boxes += self.of(child)
            elif child.tag == f"{_W}r" and _is_unseen(child, "".join(pieces[-_BEFORE:])):
                continue
            elif not _is_passed_over(child) and child.tag != f"{_W}pPr":
                pieces.append(_BREAKS.get(str(child.tag), ""))
                self._collect(child, pieces, boxes)

    def _marker(self, paragraph: Element) -> str:
        layout = paragraph.find(f"{_W}pPr")
        if layout is None:
            return ""
        listed = layout.find(f"{_W}numPr")
        if listed is None:
            listed = self._styles.get(_value(layout, "pStyle") or "")
        number = None if listed is None else _value(listed, "numId")
        if listed is None or number in (None, "0"):
            return ""
        level, counts = _value(listed, "ilvl") or "0", self._counts.setdefault(str(number), {})
        for deeper in [below for below in counts if below > level]:
            del counts[deeper]  # the list inside the next item begins anew
        if level not in self._numbered.get(str(number), ()):
            return "• "
        counts[level] = counts.get(level, 0) + 1
        return f"{counts[level]}. "
