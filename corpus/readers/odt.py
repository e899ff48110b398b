"""OpenDocument texts: paragraphs, list items and table rows, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.corpus.metadata import Metadata
from communique.corpus.readers.archive import Archive
from communique.corpus.readers.cells import lines_of_row
from communique.corpus.readers.parsed import Parsed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT = f"{{{_OASIS}:text:1.0}}"
_TABLE = f"{{{_OASIS}:table:1.0}}"
_OFFICE = f"{{{_OASIS}:office:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
# Removed text, notes and their marks, comments, and what only tells of the layout.
_SKIPPED = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note",
        f"{_OFFICE}annotation",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}table-of-content",
        f"{_OFFICE}forms",
    )
)
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_BREAKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}


def read_odt(data: bytes) -> Parsed:
    """The text of an OpenDocument file, and its title. Raises ValueError where it is none."""
    archive = Archive(data)
    content = archive.xml("content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ValueError("no OpenDocument text: no text in it")
    described = archive.xml("meta.xml")
    title = None if described is None else described.findtext(f".//{_DC}title")
    return Parsed("\n".join(_lines(body)), Metadata.of({"title": title}))


def _lines(parent: Element) -> list[str]:
    lines: list[str] = []
    for block in parent:
        if block.tag in _PARAGRAPHS:
            lines += _paragraph(block)
        elif block.tag == f"{_TEXT}list-item":
            first, *others = _lines(block) or [""]
            lines += [f"• {first}", *others] if first else []
        elif block.tag == f"{_TABLE}table-row":
            lines += lines_of_row([_lines(cell) for cell in block])
        elif block.tag not in _SKIPPED and isinstance(block.tag, str):
            lines += _lines(block)
    return [line for line in lines if line.strip()]


def _paragraph(paragraph: Element) -> list[str]:
    pieces: list[str] = [paragraph.text or ""]
    boxes: list[str] = []
    _collect(paragraph, pieces, boxes)
    return ["".join(pieces), *boxes]


def _collect(element: Element, pieces: list[str], boxes: list[str]) -> None:
    for child in element:
        if child.tag in _PARAGRAPHS:  # of a frame in the paragraph
            boxes += _paragraph(child)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            pieces.append(_BREAKS.get(child.tag, "") + (child.text or ""))
            _collect(child, pieces, boxes)
        pieces.append(child.tail or "")
