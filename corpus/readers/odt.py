"""OpenDocument texts: paragraphs, list items and table rows, a line each.

What stands over the first page comes first, and the notes come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.corpus.metadata import Metadata
from communique.corpus.readers.archive import Archive, over_the_text
from communique.corpus.readers.cells import lines_of_row
from communique.corpus.readers.html_lines import is_note_mark
from communique.corpus.readers.parsed import Parsed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT = f"{{{_OASIS}:text:1.0}}"
_TABLE = f"{{{_OASIS}:table:1.0}}"
_OFFICE = f"{{{_OASIS}:office:1.0}}"
_STYLE = f"{{{_OASIS}:style:1.0}}"
_SVG = f"{{{_OASIS}:svg-compatible:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
# Removed text, notes and their marks, comments, what tells of a picture, how a word is said, and what only
# tells of the layout.
_SKIPPED = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note",
        f"{_OFFICE}annotation",
        f"{_SVG}title",
        f"{_SVG}desc",
        f"{_TEXT}ruby-text",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}table-of-content",
        f"{_OFFICE}forms",
    )
)
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_BREAKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_BEFORE = 20  # pieces, many of them blank, that tell what a raised mark stands behind


def read_odt(data: bytes) -> Parsed:
    """The text of an OpenDocument file, and its title. Raises ValueError where it is none."""
    archive = Archive(data)
    content = archive.xml("content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if content is None or body is None:
        raise ValueError("no OpenDocument text: no text in it")
    styles = archive.xml("styles.xml")
    reader = _Lines([content] if styles is None else [styles, content])
    lines = reader.of(body)
    head = (
        [] if styles is None else [line for part in _heads(styles, content, body) for line in reader.of(part)]
    )
    notes = (line for note in _notes(body) for line in reader.of(note))
    described = archive.xml("meta.xml")
    title = None if described is None else described.findtext(f".//{_DC}title")
    return Parsed("\n".join([*over_the_text(head, lines), *lines, *notes]), Metadata.of({"title": title}))


def _heads(styles: Element, content: Element, body: Element) -> Iterator[Element]:
    """What stands over the first page: over all pages of its kind, where that has none of its own."""
    first = next((p for p in body.iter(*_PARAGRAPHS)), None)
    style = None if first is None else first.get(f"{_TEXT}style-name")
    pages = (s.get(f"{_STYLE}master-page-name") for s in content.iter(f"{_STYLE}style") if _name(s) == style)
    wanted = next(pages, None) or "Standard"
    for page in styles.iter(f"{_STYLE}master-page"):
        if _name(page) == wanted:
            own = page.find(f"{_STYLE}header-first")
            head = page.find(f"{_STYLE}header") if own is None else own
            if head is not None and head.get(f"{_STYLE}display") != "false":
                yield head


def _notes(body: Element) -> Iterator[Element]:
    """The notes, without those of removed text."""
    for note in body.iter(f"{_TEXT}note-body"):
        if next(note.iterancestors(f"{_TEXT}tracked-changes"), None) is None:
            yield note


def _name(element: Element) -> str | None:
    name: str | None = element.get(f"{_STYLE}name")
    return name


class _Lines:
    """The lines of a document with these parts, which say how its styles look."""

    def __init__(self, parts: list[Element]) -> None:
        looks = [
            (_name(style), look)
            for part in parts
            for style in part.iter(f"{_STYLE}style")
            for look in style.iter(f"{_STYLE}text-properties")
        ]
        self._hidden = {name for name, look in looks if look.get(f"{_TEXT}display") == "none"}
        raised = f"{_STYLE}text-position"
        self._raised = {name for name, look in looks if look.get(raised, "").startswith("super")}

    def of(self, parent: Element) -> list[str]:
        lines: list[str] = []
        for block in parent:
            if block.tag in _PARAGRAPHS:
                lines += self._paragraph(block)
            elif block.tag == f"{_TEXT}list-item":
                first, *others = self.of(block) or [""]
                lines += [f"• {first}", *others] if first else []
            elif block.tag == f"{_TABLE}table-row":
                lines += lines_of_row([self.of(cell) for cell in block])
            elif block.tag not in _SKIPPED and isinstance(block.tag, str):
                lines += self.of(block)
        return [line for line in lines if line.strip()]

    def _paragraph(self, paragraph: Element) -> list[str]:
        pieces: list[str] = [paragraph.text or ""]
        boxes: list[str] = []
        self._collect(paragraph, pieces, boxes)
        return ["".join(pieces), *boxes]

    def _collect(self, element: Element, pieces: list[str], boxes: list[str]) -> None:
        for child in element:
            if child.tag in _PARAGRAPHS:  # of a frame in the paragraph
                boxes += self._paragraph(child)
            elif (
                child.tag not in _SKIPPED
                and isinstance(child.tag, str)
                and not self._is_unseen(child, pieces)
            ):
                pieces.append(_BREAKS.get(child.tag, "") + (child.text or ""))
                self._collect(child, pieces, boxes)
            pieces.append(child.tail or "")

    def _is_unseen(self, span: Element, pieces: list[str]) -> bool:
        """Whether a span is hidden, or a raised mark of a note that was written by hand."""
        style = span.get(f"{_TEXT}style-name")
        raised = style in self._raised
        return style in self._hidden or (
            raised and is_note_mark("".join(span.itertext()), "".join(pieces[-_BEFORE:]))
        )
