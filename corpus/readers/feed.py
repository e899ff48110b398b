"""Feeds: each entry of an RSS, Atom or JSON feed is a release, with the text that the feed gives of it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping
from html.entities import html5
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from communique.corpus.metadata import Metadata
from communique.corpus.normalise import canonical
from communique.corpus.readers.html_lines import lines_of_tree, prepare
from communique.corpus.readers.html_tree import tree_of
from communique.corpus.readers.parsed import Parsed, RowError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from lxml.html import HtmlElement

_JSON_FEED = "https://jsonfeed.org/version/"
# Elements by their name without a namespace, those with the whole text before those with a summary.
_TEXTS = ("encoded", "content", "description", "summary")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,200}\?>")
# What is quoted as a whole (to the end, where nobody closed it), or an "&" with the name behind it.
_QUOTED_OR_ENTITY = re.compile(
    r"(<!\[CDATA\[.*?(?:\]\]>|\Z))"
    r"|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([a-zA-Z][a-zA-Z0-9]{1,30});)?",
    re.DOTALL,
)
_DAYS = ("pubDate", "published", "issued", "date")


def read_feed(data: bytes) -> Iterator[Parsed | RowError]:
    """The entries of an RSS or Atom feed. Raises ValueError where the file is none, or has no entries."""
    entries = list(feed_entries(data))
    if not any(isinstance(entry, Parsed) for entry in entries):
        raise ValueError("no entries in the feed")
    yield from _with_text(entries)


def feed_entries(data: bytes, base: str = "") -> Iterator[Parsed | RowError]:
    """The entries of an RSS or Atom feed, also those without text; their addresses are resolved on `base`.

    Raises ValueError where it is no feed.
    """
    root, fault = _tree(data.removeprefix(BOM_UTF8).lstrip())
    if root is None or _name(root) not in ("rss", "feed", "RDF"):
        raise ValueError("no feed: neither RSS nor Atom")
    entries = [element for element in root.iter() if _name(element) in ("item", "entry")]
    channel = next((element for element in root if _name(element) == "channel"), root)
    for number, entry in enumerate(entries, 1):
        row = _value(entry, "guid", "id") or str(number)
        yield Parsed(_text(entry), _described(entry, channel, base), row)
    if fault:  # entries behind it may be missing
        yield RowError(str(len(entries) + 1), f"broken XML: {fault}")


def _tree(data: bytes) -> tuple[Element | None, str | None]:
    """The tree of a feed, and what is broken in it. Raises ValueError where it is no XML."""
    root, fault = _parsed(data)
    if root is None or fault is None:
        return root, fault
    try:
        mended = _parsed(_with_entities(_decoded(data, root)))
    except (ValueError, LookupError):  # bytes that are not in the encoding that they are said to be in
        return root, fault
    return mended if mended[1] is None else (root, fault)


def _parsed(data: bytes) -> tuple[Element | None, str | None]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no feed: {error}") from None
    return root, parser.error_log[0].message if parser.error_log else None


def _decoded(data: bytes, root: Element) -> str:
    """The feed by its byte order mark, else as it declares, without that declaration."""
    marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    encoding = "utf-16" if marked else root.getroottree().docinfo.encoding or "utf-8"
    return _DECLARATION.sub("", data.decode(encoding))


def _with_entities(text: str) -> bytes:
    """The feed with the signs written out that XML does not know ("&nbsp;"), and "&" where it is one."""
    return _QUOTED_OR_ENTITY.sub(_written_out, text).encode()


def _written_out(found: re.Match[str]) -> str:
    quoted, name = found.groups()
    if quoted or not name:
        return quoted or "&amp;"
    known = html5.get(f"{name};", "")
    return "".join(f"&#{ord(character)};" for character in known) or f"&amp;{name};"


def _with_text(entries: Iterable[Parsed | RowError]) -> Iterator[Parsed | RowError]:
    """The entries, those without text as errors."""
    for entry in entries:
        blank = isinstance(entry, Parsed) and not entry.text
        yield RowError(entry.row or "", "no text") if blank else entry


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(parent: Element, *names: str) -> str | None:
    """The text of the first child of the first of the names that has some."""
    for name in names:
        for child in parent:
            if _name(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return None


def _text(entry: Element) -> str:
    for name in _TEXTS:
        for child in entry:
            if _name(child) == name and (text := _content(child)):
                return text
    return ""


def _content(element: Element) -> str:
    """HTML as it is written or as elements, or plain text."""
    from lxml.etree import tostring

    inner = "".join(str(tostring(child, encoding="unicode")) for child in element)
    return html_text((element.text or "") + inner if len(element) else element.text or "")


def html_text(html: str) -> str:
    """The text of a piece of HTML, a line to a block."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)  # text may stand behind one

    def parse(html: str) -> HtmlElement | None:
        try:
            return document_fromstring(html.encode(errors="replace"), parser=parser)
        except ParserError:  # nothing but blanks or comments
            return None

    tree = tree_of(html, parse)
    if tree is None:
        return ""
    prepare(tree)
    return "\n".join(lines_of_tree(tree))


def _described(entry: Element, channel: Element, base: str) -> Metadata:
    addresses = [_value(entry, "link"), *(child.get("href") for child in entry if _leads_to_page(child))]
    addresses += [
        child.text for child in entry if _name(child) == "guid" and child.get("isPermaLink") == "true"
    ]
    return Metadata.of(
        {
            "title": html_text(_value(entry, "title") or ""),
            "publisher": _value(entry, "publisher") or _value(channel, "title"),
            "published": _value(entry, *_DAYS),
            "url": _first_address(addresses, base),
        }
    )


def _first_address(addresses: Iterable[str | None], base: str) -> str | None:
    for address in addresses:
        try:
            resolved = urljoin(base, (address or "").strip()) if address else ""
        except ValueError:  # brackets that hold no IPv6 address
            continue
        if "://" in resolved:
            return resolved
    return None


def _leads_to_page(element: Element) -> bool:
    return _name(element) == "link" and element.get("rel", "alternate") == "alternate"


def is_json_feed(value: object) -> bool:
    return isinstance(value, dict) and str(value.get("version")).startswith(_JSON_FEED)


def json_feed(value: Mapping[str, Any]) -> Iterator[Parsed | RowError]:
    """The entries of a JSON feed. Raises ValueError where there are none."""
    if not isinstance(value.get("items"), list) or not value["items"]:
        raise ValueError("no entries in the feed")
    yield from _with_text(json_entries(value))


def json_entries(value: Mapping[str, Any], base: str = "") -> Iterator[Parsed | RowError]:
    """The entries of a JSON feed, also those without text; their addresses are resolved on `base`."""
    items = value.get("items")
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        try:
            yield _json_entry(value, item, str(number), base)
        except ValueError as error:
            yield RowError(str(number), str(error))


def _json_entry(feed: Mapping[str, Any], item: object, number: str, base: str) -> Parsed:
    if not isinstance(item, dict):
        raise ValueError("not a JSON object")
    html = _string(item, "content_html")
    text = html_text(html) if html else _string(item, "content_text") or _string(item, "summary") or ""
    own = {
        "title": _string(item, "title"),
        "publisher": _string(feed, "title"),
        "published": _string(item, "date_published"),
        "url": _first_address([_string(item, "url")], base),
    }
    return Parsed(text, Metadata.of(own), _string(item, "id") or number, hard_wrapped=not html)


def _string(values: Mapping[str, Any], name: str) -> str | None:
    """A field that is a string with something in it. Raises ValueError where it is not Unicode."""
    value = values.get(name)
    return canonical(value) if isinstance(value, str) and value.strip() else None
