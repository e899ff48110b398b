"""What a fetched address holds: a feed and its releases, or a page that links to feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from communique.corpus.days import parse_day
from communique.corpus.metadata import Metadata
from communique.corpus.publishers import publisher_of
from communique.corpus.readers.feed import feed_entries, is_json_feed, json_entries
from communique.corpus.readers.parsed import RowError
from communique.pipelines.fetch_client import Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_LINKED = 50  # feeds of one page
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_PATH = re.compile(r"(?:\.(?:rss|atom|rdf)|/(?:rss|feed|atom)(?:\.xml)?)/?(?:\?|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """The releases of a feed, each with its address; `fault` tells why some may be missing."""

    entries: tuple[Metadata, ...]
    fault: str | None = None


def feed_of(page: Page) -> Feed | None:
    """The feed that was fetched; None where it is none."""
    try:
        if page.content.lstrip()[:1] == b"{":
            value = json.loads(page.content)
            if not is_json_feed(value):
                return None
            items = list(json_entries(value, page.url))
        else:
            items = list(feed_entries(page.content, page.url))
    except (ValueError, RecursionError):
        return None
    faults = [item.reason for item in items if isinstance(item, RowError)]
    entries = [_described(item.own) for item in items if not isinstance(item, RowError)]
    if any(entry.url is None for entry in entries):
        faults.append("it has entries without an address")
    return Feed(tuple(entry for entry in entries if entry.url), faults[0] if faults else None)


def _described(own: Metadata) -> Metadata:
    """What the corpus can use: a day that is one, and a publisher where the address tells none.

    The title of a feed is often no publisher ("Latest news"); the lexicon's name for the host is.
    """
    known = publisher_of(own.url) is not None
    return replace(own, published=_day(own.published), publisher=None if known else own.publisher)


def _day(written: str | None) -> str | None:
    try:
        return parse_day(written).isoformat() if written else None
    except ValueError:
        return None


def linked_feeds(page: Page) -> list[str]:
    """The addresses of the feeds that a page names in its head, else of those it links to."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        tree = document_fromstring(page.content, parser=HTMLParser(no_network=True))
    except (ParserError, ValueError):
        return []
    named = [link for link in tree.iter("link") if (link.get("type") or "").lower() in _TYPES]
    told = [link for link in named if "alternate" in (link.get("rel") or "").lower()]
    found = told or [link for link in tree.iter("a") if _PATH.search(link.get("href") or "")]
    return list(dict.fromkeys(_addresses(found, page.url)))[:MAX_LINKED]


def _addresses(links: list[HtmlElement], base: str) -> Iterator[str]:
    for link in links:
        words = f"{link.get('href')} {link.get('title')}".lower()
        if link.get("href") and "comment" not in words:
            try:
                yield urljoin(base, link.get("href").strip()).partition("#")[0]
            except ValueError:  # brackets that hold no IPv6 address
                continue
