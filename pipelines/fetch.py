"""New releases of feeds, saved into a folder that `extract` reads. Extraction itself fetches nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from communique.corpus.metadata import Metadata
from communique.corpus.read import url_key
from communique.outputs.lock import exclusive
from communique.pipelines.fetch_client import Client, FetchError, Page, ShutError
from communique.pipelines.fetch_feeds import Feed, feed_of, linked_feeds
from communique.pipelines.fetch_shelf import FeedState, Shelf

MAX_RUNS = 5  # in which a page is tried that always fails
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.oasis.opendocument.text": ".odt",
    _OFFICE: ".docx",
}

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Fetched:
    """What a run did: pages saved and feeds asked; `failures` by address, those that are new also apart.

    `lost` are the feeds of which nothing could be read.
    """

    saved: int = 0
    feeds: int = 0
    unchanged: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    new_failures: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """The run in a line."""
        return f"{self.feeds} feeds, {self.unchanged} of them unchanged: {self.saved} new pages"

    def fail(self, address: str, reason: str, *, new: bool) -> None:
        """Enter an address that gave nothing."""
        self.failures[address] = reason
        if new:
            self.new_failures.append(address)


def fetch(addresses: Iterable[str], into: str | Path, client: Client, *, but: Iterable[str] = ()) -> Fetched:
    """Save the page of every release that the feeds name and that was not saved before.

    An address is that of a feed, or of a page that links to feeds; pages `but` are not asked. Pages get names
    made from a hash, and rows in `metadata.csv`. Raises StoreLockedError where another run writes to the
    folder, ValueError where it holds a `metadata.csv` of another make, OSError where it cannot be written to;
    what was saved stays.
    """
    folder = Path(into)
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive(folder):
        run = _Run(client, Shelf(folder), but)
        try:
            for address in dict.fromkeys(addresses):
                run.poll(address)
        finally:
            run.shelf.describe()
    return run.done


class _Run:
    def __init__(self, client: Client, shelf: Shelf, but: Iterable[str]) -> None:
        self.client, self.shelf, self.done = client, shelf, Fetched()
        self.failed = set(map(url_key, but))  # pages, by key of the address: two feeds may name one

    def poll(self, url: str, *, linked: bool = False) -> None:
        """Take up a feed, or the feeds that a page links to; those do not lead on."""
        state = self.shelf.feed(url)
        links: list[str] = []
        try:
            page = self.client.get(state.moved_to or url, etag=state.etag, modified=state.modified)
            feed = feed_of(page) if page else None
            if page and not feed:
                links = [] if linked else linked_feeds(page)
                if not links:
                    raise FetchError("neither a feed nor a page that links to one")
        except FetchError as error:
            self.done.fail(url, str(error), new=state.fault is None)
            self.done.lost.append(url)
            self.shelf.set_feed(url, replace(state, moved_to=None, fault=str(error)))
            return
        for link in links:
            self.poll(link, linked=True)
        if page and feed:
            self._take(url, state, page, feed)
        else:
            self.done.feeds += page is None
            self.done.unchanged += page is None
            self.shelf.set_feed(url, replace(state, fault=None))

    def _take(self, url: str, state: FeedState, page: Page, feed: Feed) -> None:
        """The pages of a feed. It is asked for as a whole again where one is missing."""
        new = [entry for entry in feed.entries if entry.url and not self.shelf.has(entry.url)]
        log.info("%s: %d releases, %d of them new", url, len(feed.entries), len(new))
        missing = [entry for entry in new if not self._save(entry)]
        self.done.feeds += 1
        if feed.fault:
            self.done.fail(url, feed.fault, new=state.fault is None)
        whole = not missing and not feed.fault
        etag, modified = (page.etag, page.modified) if whole else (None, None)
        self.shelf.set_feed(url, FeedState(etag, modified, page.moved_to or state.moved_to, feed.fault))

    def _save(self, entry: Metadata) -> bool:
        """Save the page of an entry; whether there is nothing more to try."""
        url = entry.url or ""
        if url_key(url) in self.failed:
            return False
        if self.shelf.has(url) or self.shelf.tries(url) >= MAX_RUNS:
            return True
        try:
            page = self.client.get(url)
            if page is None:
                raise FetchError("status 304")  # though nothing was known
            suffix = _suffix(page)
        except FetchError as error:
            self.failed.add(url_key(url))
            new = not self.shelf.has_failed(url)
            self.shelf.fail(url, str(error), asked=not isinstance(error, ShutError))
            given_up = ": it is not asked for again" if self.shelf.tries(url) >= MAX_RUNS else ""
            self.done.fail(url, f"{error}{given_up}", new=new)
            return False
        known = replace(entry, url=page.url)
        self.done.saved += self.shelf.save(page.content, suffix, known, url, page.url)
        return True


def _suffix(page: Page) -> str:
    """The suffix for what was sent, never that of the address. Raises FetchError for other kinds."""
    if not page.content.strip():
        raise FetchError("empty")
    if page.content.startswith(b"%PDF-"):
        return ".pdf"
    unnamed = page.content_type in ("", "application/octet-stream") and page.content.lstrip()[:1] == b"<"
    suffix = ".html" if unnamed else _SUFFIXES.get(page.content_type)
    if suffix is None:
        raise FetchError(f"not a kind that is read: {page.content_type or 'not named'}")
    return suffix
