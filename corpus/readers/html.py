"""HTML: the main text of a page and what the page says of itself. Nothing is fetched."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, cast

from communique.corpus.metadata import Metadata
from communique.corpus.normalise import lines_of
from communique.corpus.readers.parsed import Parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

# The comment that browsers write into a page they save.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]{1,2000}?)\s*-->", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
# The names under which pages give a thing, the most specific first: Open Graph, Dublin Core, schema.org.
_META = {
    "title": ("og:title", "dcterms.title", "dc.title", "citation_title"),
    "publisher": ("og:site_name", "dcterms.publisher", "dc.publisher", "dcterms.creator", "dc.creator"),
    "published": ("article:published_time", "datepublished", "dcterms.issued", "dc.date.issued", "date"),
    "url": ("og:url",),
}
_SKIPPED = ("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "head")
# Tags that begin a line: of HTML, and of the TEI that trafilatura gives.
_BLOCK_TAGS = (
    "p div li tr h1 h2 h3 h4 h5 h6 br dt dd blockquote section article main table ul ol pre hr "
    "head item row quote lb list"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CELLS = ("td", "th", "cell")
_LISTS = ("ol", "ul", "list")
_ITEMS = ("li", "item")
# Below this many characters trafilatura takes a page for one without main text and joins what it finds.
_SHORT = 600
# A page of more elements than any release needs is not searched for its main text: that takes quadratic time.
_MAX_ELEMENTS = 20_000


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its head, None where it names none."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def read_html(text: str) -> Parsed:
    """The main text, a line to a block, and the page's metadata. Raises ValueError where there is no page."""
    from trafilatura import load_html

    tree = load_html(text)
    if tree is None:
        raise ValueError("no HTML page")
    saved = _SAVED_FROM.search(text, 0, 4096)
    own = Metadata.of(_metadata(tree)).over(Metadata(url=saved[1] if saved else None))
    searched = sum(1 for _ in islice(tree.iter(), _MAX_ELEMENTS)) < _MAX_ELEMENTS
    lines = _main_lines(text) if searched else []
    return Parsed("\n".join(lines or _all_lines(tree)), own)


def _metadata(tree: HtmlElement) -> dict[str, str | None]:
    named = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content")
        for meta in reversed(tree.xpath("//meta[@content]"))
    }
    found = {field: next((named[n] for n in names if named.get(n)), None) for field, names in _META.items()}
    found["title"] = found["title"] or _first(tree, "//h1") or _first(tree, "//title")
    urls = [*tree.xpath("//link[@rel='canonical']/@href"), found["url"] or ""]
    found["url"] = next((url for url in urls if "://" in url), None)  # not a place on the page's own site
    found["published"] = found["published"] or next(iter(tree.xpath("//article//time/@datetime")), None)
    return found


def _first(tree: HtmlElement, path: str) -> str | None:
    return next((text for element in tree.xpath(path) if (text := element.text_content().strip())), None)


def _main_lines(text: str) -> list[str]:
    """The lines of the main text as trafilatura finds it; empty where it finds little or none."""
    from trafilatura import bare_extraction

    found = bare_extraction(text, with_metadata=False, include_comments=False)
    document = cast("Document | None", found)  # a dict only where asked for
    if document is None or len(document.text or "") < _SHORT:
        return []
    return _lines(document.body)


def _all_lines(tree: HtmlElement) -> list[str]:
    """The lines of the whole page but for its scripts, menus, header and footer."""
    from lxml.etree import strip_elements

    strip_elements(tree, *_SKIPPED, with_tail=False)
    return _lines(tree)


def _lines(tree: HtmlElement) -> list[str]:
    """The text of a tree, a line to a block; items of an ordered list begin with their number."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    counts: list[int | None] = []  # items so far of each list that is open, None where it has no numbers
    for event, element in iterwalk(tree, events=("start", "end")):
        pieces.append("\n" if element.tag in _BLOCKS else " " if element.tag in _CELLS else "")
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
    return lines_of("".join(pieces))


def _unwrapped(text: str | None) -> str:
    """A line end within a text of HTML is a space."""
    return (text or "").replace("\n", " ")
