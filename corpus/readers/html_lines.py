"""The text of a tree of HTML, or of the TEI that trafilatura gives, a line to a block."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from communique.corpus.normalise import lines_of
from communique.corpus.readers.cells import lines_of_row
from communique.corpus.unwrap import unwrapped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Tags that begin a line.
_BLOCK_TAGS = (
    "p div li tr h1 h2 h3 h4 h5 h6 dt dd blockquote section article main table ul ol dl pre hr caption "
    "figcaption header footer aside details summary head item row quote list center address fieldset legend"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_BREAKS = ("br", "lb")
_CELLS = ("td", "th", "cell")
_LISTS = ("ol", "ul", "list")
_ITEMS = ("li", "item")
# A line end within a block, which may stand within a sentence, and the end of a cell; no text holds these.
_BREAK, _CELL = "\v", "\f"
# A raised number, letter or sign that leads to a note; behind a unit or a ten it is an exponent.
_MARK = r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§]{1,3})"
_NOTE = re.compile(rf"\s*[\[(]?{_MARK}(?:\s?[,;]\s?{_MARK}){{0,4}}[\])]?\s*")
# So is a number that leads to a note of the page, raised only by its style.
_TO_NOTE = re.compile(
    r"#_?(?:(?:fn|ftn|edn|(?:sd)?foot(?:note)?|(?:sd)?endnote|(?:cite_)?note)[-_:]?(?:ref)?[-_]?\d+(?:sym|anc)?$"
    r"|cite_note-)",
    re.IGNORECASE,
)
# Without a number the anchor may be of anything, so the mark must stand in brackets.
_TO_NOTES = re.compile(r"#_?(?:fn|ftn|edn|foot(?:note)?s?|endnotes?|notes?)$", re.IGNORECASE)
_EXPONENT_LENGTH = 4  # characters that tell it
_EXPONENT = re.compile(r"(?:\b(?:[kcm]?m|10|CO)|\b[A-Z])$")


def prepare(tree: HtmlElement) -> None:
    """Drop what no reader sees as text, and give blocks and line ends that only a style makes their tags."""
    from lxml.etree import strip_elements

    strip_elements(tree, "script", "style", "noscript", "noframes", "template", "svg", with_tail=False)
    for element in list(tree.iter("sup", "a")):
        if _is_note_mark(element):
            element.drop_tree()
    for element in tree.iter("span", "font"):
        if re.search(r"display\s*:\s*block", element.get("style") or "", re.IGNORECASE):
            element.tag = "div"
    for element in list(tree.iter("li", "td", "th")):
        _open_paragraph(element)
    for element in list(tree.iter("pre", "textarea")):
        _break_lines(element)


def _open_paragraph(element: HtmlElement) -> None:
    """Give an item the text of the paragraph that it begins with, a cell that of the one it holds."""
    first = next(iter(element), None)
    if first is None or first.tag != "p" or (element.text or "").strip():
        return
    if element.tag == "li" and first.text_content().strip():
        _end_line(first)
    if element.tag == "li" or (len(element) == 1 and not (first.tail or "").strip()):
        first.drop_tag()


def _end_line(paragraph: HtmlElement) -> None:
    """Part what stands behind a paragraph without a tag of its own from it, as two line ends do."""
    from lxml.etree import Element

    after = paragraph.getnext()
    if (paragraph.tail or "").strip() or not (after is None or after.tag in _BLOCKS):
        breaks = Element("br"), Element("br")
        breaks[1].tail, paragraph.tail = paragraph.tail, None
        for line_end in reversed(breaks):
            paragraph.addnext(line_end)


def _is_note_mark(element: HtmlElement) -> bool:
    mark = element.text_content()
    if element.tag == "sup":
        return is_note_mark(mark, _text_before(element))
    target = element.get("href") or ""
    leads = _TO_NOTE.match(target) or (_TO_NOTES.match(target) and mark.lstrip()[:1] in ("[", "("))
    return bool(leads and _NOTE.fullmatch(mark))


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised text leads to a note, and is no exponent of what stands before it."""
    return bool(_NOTE.fullmatch(raised)) and not _EXPONENT.search(before.rstrip()[-_EXPONENT_LENGTH:])


def _text_before(element: HtmlElement) -> str:
    """The end of the text before an element, not all of it: a long paragraph may have many."""
    before = element.getprevious()
    text = (before.tail if before is not None else element.getparent().text) or ""
    return str(text).rstrip()[-_EXPONENT_LENGTH:]


def _break_lines(pre: HtmlElement) -> None:
    """Write the line ends of preformatted text as elements; mark-up within it goes."""
    from lxml.etree import SubElement

    first, *others = pre.text_content().split("\n")
    tail = pre.tail
    pre.clear()
    pre.tag, pre.text, pre.tail = "p", first, tail
    for line in others:
        SubElement(pre, "br").tail = line


def lines_of_tree(tree: HtmlElement) -> list[str]:
    """The lines of the text; items of an ordered list begin with their number."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    counts: list[int | None] = []  # items so far of each list that is open, None where it has no numbers
    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag in _BREAKS:
            pieces.append(_BREAK if event == "start" else _unwrapped(element.tail))
            continue
        pieces.append("\n" if element.tag in _BLOCKS else _CELL if element.tag in _CELLS else "")
        if event == "end":
            if element.tag in _LISTS:
                counts.pop()
            pieces.append(_unwrapped(element.tail))
            continue
        if element.tag in _LISTS:
            counts.append(0 if "ol" in (element.tag, element.get("rend")) else None)
        elif element.tag in _ITEMS and counts and counts[-1] is not None:
            counts[-1] += 1
            pieces.append(f"{counts[-1]}. ")
        pieces.append(_unwrapped(element.text))
    return lines_of("\n".join(map(_with_cells, "".join(pieces).split("\n"))))


def _with_cells(block: str) -> str:
    """A block that may be a row of a table: its cells on one line, but for those that hold sentences."""
    cells = (_with_breaks(cell) for cell in block.split(_CELL))
    return "\n".join(lines_of_row([cell.split("\n") for cell in cells]))


def _with_breaks(block: str) -> str:
    """A block with its line ends, but for those within a paragraph."""
    if _BREAK not in block:
        return block
    lines = [line.strip() for line in block.split(_BREAK)]
    groups = (list(group) for filled, group in groupby(lines, key=bool) if filled)
    return "\n".join(unwrapped("\n".join(group)) for group in groups)


def _unwrapped(text: str | None) -> str:
    """A line end within a text of HTML is a space."""
    return re.sub(r"[\n\v\f]", " ", text or "")
