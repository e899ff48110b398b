"""From a source to its releases."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from communique.corpus.dateline import Dateline, find_dateline, head_of
from communique.corpus.days import Order, parse_day
from communique.corpus.inferred import day_of_address, infer_published
from communique.corpus.language import language_of
from communique.corpus.metadata import Metadata, in_one_order
from communique.corpus.normalise import canonical, sha256, text_key
from communique.corpus.plain import plain
from communique.corpus.publishers import order_of_publisher, publisher_of, speaks_for
from communique.corpus.readers import Parsed, RowError, parse
from communique.corpus.release import PublishedFrom, ReadError, Release
from communique.corpus.source import Source, Unreadable

_SLUG_LENGTH = 48
_LONGEST_TITLE = 300
_SHORTEST_BEGUN = 8  # characters of a title that was cut off: fewer tell no line


def read(source: Source) -> list[Release | ReadError]:
    """The releases of a source, or why there are none; never raises for what a file holds.

    A row that is broken is an error of its own and costs no other row.
    """
    try:
        data = source.load()
    except Unreadable as error:
        return [ReadError(source.source, str(error))]
    digest = sha256(data)
    try:
        if not data.strip():
            raise ValueError("empty")
        rows = _with_shared_marked(_in_one_order(list(parse(data, source.suffix))))
        return _found(source, digest, [_release(source, digest, row) for row in rows])
    except ValueError as error:
        return [ReadError(source.source, str(error), digest)]


def _in_one_order(rows: list[Parsed | RowError]) -> list[Parsed | RowError]:
    """The rows, days in figures read in the order that their column shows as a whole."""
    dated = iter(in_one_order([row.own for row in rows if isinstance(row, Parsed)]))
    return [replace(row, own=next(dated)) if isinstance(row, Parsed) else row for row in rows]


def _with_shared_marked(rows: list[Parsed | RowError]) -> list[Parsed | RowError]:
    """The rows, where several have one address told that it does not tell them apart."""
    keys = [url_key(row.own.url) if isinstance(row, Parsed) and row.own.url else None for row in rows]
    times = Counter(keys)
    return [
        replace(row, own=replace(row.own, shared_url=True))
        if isinstance(row, Parsed) and key and times[key] > 1
        else row
        for row, key in zip(rows, keys, strict=True)
    ]


def _found(source: Source, digest: str, items: list[Release | ReadError]) -> list[Release | ReadError]:
    """The items, unless no row of many is readable: then the file is at fault, and named once."""
    first = next(iter(items), ReadError(source.source, "empty", digest))
    if isinstance(first, ReadError) and not any(isinstance(item, Release) for item in items):
        reason = first.reason if len(items) < 2 else f"no row can be read; {first.source}: {first.reason}"
        return [ReadError(first.source if len(items) == 1 else source.source, reason, digest)]
    return items


def _release(source: Source, digest: str, parsed: Parsed | RowError) -> Release | ReadError:
    name = source.source if parsed.row is None else f"{source.source}#{parsed.row}"
    try:
        if isinstance(parsed, RowError):
            raise ValueError(parsed.reason)
        text = plain(canonical(parsed.text), hard_wrapped=parsed.hard_wrapped)
        if not text.strip():
            raise ValueError("empty")
        found = _described(source, name, text, source.given.over(parsed.own), digest)
        return replace(found, warnings=found.warnings + parsed.warnings) if parsed.warnings else found
    except ValueError as error:
        return ReadError(name, str(error), digest)


def _described(source: Source, name: str, text: str, known: Metadata, digest: str) -> Release:
    order = order_of_publisher(known.publisher, known.url)
    line = find_dateline(text, order)
    published, published_from, warnings = _published(known, line, text, known.url or name, order)
    publisher = known.publisher or publisher_of(known.url, line.publisher)
    shared = known.shared_url or name in source.apart
    return Release(
        release_id=release_id(name, None if shared else known.url, source.root.name),
        source=name,
        text=text,
        source_sha256=digest,
        metadata_sha256=source.metadata_sha256,
        text_sha256=sha256(text.encode()),
        text_key=text_key(text),
        url=known.url,
        title=known.title and _whole(known.title, text),
        publisher=publisher,
        speaks_for=speaks_for(publisher, known.url),
        language=language_of(text),
        place=line.place,
        published=published,
        published_from=published_from,
        warnings=warnings,
    )


def _whole(title: str, text: str) -> str:
    """The title; one that was cut off is that of the line over the text that goes on with it."""
    begun = title.rstrip("….[] ")
    if len(begun) < _SHORTEST_BEGUN or not title.endswith(("…", "...", "...]", "…]")):
        return title
    head = (line for line in head_of(text).split("\n") if len(begun) < len(line) <= _LONGEST_TITLE)
    wholes = (line for line in head if line.startswith(begun) and line.rstrip("….[] ") != begun)
    return next(wholes, title)


def _published(
    known: Metadata, line: Dateline, text: str, address: str, order: Order | None
) -> tuple[dt.date | None, PublishedFrom | None, tuple[str, ...]]:
    """The publication day, where it is from, and warnings: a broken date of metadata is not used."""
    warnings: tuple[str, ...] = ()
    if known.published:
        try:
            return parse_day(known.published, order), "metadata", ()
        except ValueError as error:
            warnings = (f"published is {error}",)
    if line.published:
        return line.published, "dateline", warnings
    if day := day_of_address(address):
        return day, "metadata", warnings
    inferred = infer_published(text, address)
    return inferred, "text" if inferred else None, warnings


def release_id(source: str, url: str | None = None, label: str = "") -> str:
    """A stable id: a readable part and a hash, of the URL where it names one page, else of the path.

    `label` is the name of the folder that the path is relative to: two folders may both hold a note.txt.
    """
    url = url if url and not _is_home_page(url) else None
    key = url_key(url) if url else unicodedata.normalize("NFC", f"{label}/{source}" if label else source)
    path, _, row = source.partition("#")
    last = key.rstrip("/").rsplit("/", 1)[-1] if url else f"{PurePosixPath(path).stem} {row}"
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LENGTH].strip("-")
    return f"{slug or 'release'}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _is_home_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path.strip("/") == "" and not parts.query


def url_key(url: str) -> str:
    """The address without what does not change the page: scheme, case of the host, fragment, last slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/") + query
