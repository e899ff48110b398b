"""What a page says of itself: in JSON-LD, Open Graph, Dublin Core and its own elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from communique.corpus.days import parse_day
from communique.corpus.metadata import Metadata
from communique.corpus.normalise import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The names under which pages give a thing, the most specific first: Open Graph, Dublin Core, schema.org.
_META = {
    "title": ("og:title", "dcterms.title", "dc.title", "citation_title"),
    "publisher": ("og:site_name", "dcterms.publisher", "dc.publisher", "dcterms.creator", "dc.creator"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "dcterms.issued",
        "dc.date.issued",
        "dcterms.date",
        "dc.date",
        "citation_publication_date",
        "pubdate",
        "publishdate",
        "publication_date",
        "date",
    ),
    "url": ("og:url",),
}
# Where a page shows its day, the surest first; the day of a last change is another.
_TIMES = (
    "//time[@pubdate or @itemprop='datePublished']",
    "//*[@itemprop='datePublished']",
    "//article//time",
    "//main//time",
    "//time",
)
_CHANGED = ("updat", "modif", "revis")
_MAX_JSON = 200_000
_MAX_DEPTH = 6


def page_metadata(tree: HtmlElement) -> Metadata:
    """Title, publisher, publication day and address as the page states them; what is no day is passed by."""
    named = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content")
        for meta in reversed(tree.xpath("//meta[@content]"))
    }
    found = {field: [named[n] for n in names if named.get(n)] for field, names in _META.items()}
    linked = list(_linked_data(tree))
    urls = [*tree.xpath("//link[@rel='canonical']/@href"), *found["url"]]
    return Metadata(
        title=_first([*found["title"], _text(tree, "//h1"), _text(tree, "//title[not(ancestor::svg)]")]),
        publisher=_first([*found["publisher"], *map(_publisher, linked)]),
        published=_day([*(item.get("datePublished") for item in linked), *found["published"], *_times(tree)]),
        url=_first([url for url in urls if "://" in url]),  # not a place on the page's own site
    )


def _first(values: list[str | None]) -> str | None:
    return next((line for value in values if (line := one_line(value or ""))), None)


def _text(tree: HtmlElement, path: str) -> str | None:
    return next((text for element in tree.xpath(path) if (text := element.text_content().strip())), None)


def _day(values: list[Any]) -> str | None:
    """The first that is a day, else the first, which the release then warns of."""
    written = [value for value in values if isinstance(value, str) and value.strip()]
    return next((value for value in written if _is_day(value)), next(iter(written), None))


def _is_day(value: str) -> bool:
    try:
        parse_day(value)
    except ValueError:
        return False
    return True


def _times(tree: HtmlElement) -> Iterator[str]:
    """The days that the page shows as such, where its elements of a kind agree on one."""
    for path in _TIMES:
        days = {
            (element.get("datetime") or element.get("content") or element.text_content()).strip()[:40]
            for element in tree.xpath(path)
            if not _of_a_change(element)
        }
        if len({day[:10] for day in days}) == 1:
            yield min(days)


def _of_a_change(element: HtmlElement) -> bool:
    parent = element.getparent()
    above = parent.get("class") if parent is not None else None
    said = f"{element.get('class')} {element.get('itemprop')} {above}".lower()
    return any(word in said for word in _CHANGED)


def _linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """The objects of the page's JSON-LD that have a day of publication, articles first."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            found += _objects(json.loads((script.text or "")[:_MAX_JSON], strict=False), _MAX_DEPTH)
        except (ValueError, RecursionError):
            continue  # broken or cut: the page's other statements count
    return sorted(found, key=lambda item: "Article" not in str(item.get("@type")))


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and depth:
        if value.get("datePublished"):
            yield value
        else:
            yield from _objects(value.get("@graph"), depth - 1)
            yield from _objects(value.get("mainEntity"), depth - 1)
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _objects(item, depth - 1)


def _publisher(item: dict[str, Any]) -> str | None:
    publisher = item.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return name if isinstance(name, str) else None
