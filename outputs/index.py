"""What a commit has to know of every release: where its rows lie, and which texts are the same."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from communique.outputs.partitions import month_of, months_in, part
from communique.outputs.schemas import RELEASES

COLUMNS = ["release_id", "source", "published", "text_key", "first_seen", "duplicate_of"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One release."""

    release_id: str
    source: str
    published: dt.date | None
    text_key: str
    first_seen: dt.datetime
    duplicate_of: str | None = None

    @property
    def month(self) -> str:
        """The file that holds its rows."""
        return month_of(self.published)


class Index:
    """All releases of a store, by id and by text."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: dict[str, Entry] = {}
        self._same_text: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry, known: Entry | None = None) -> None:
        """Enter a release; one that was known before was first seen then."""
        if known is not None:
            entry = replace(entry, first_seen=min(known.first_seen, entry.first_seen))
        self.entries[entry.release_id] = entry
        self._same_text[entry.text_key].add(entry.release_id)

    def remove(self, release_id: str) -> Entry | None:
        """Take a release out; None where it was not there."""
        entry = self.entries.pop(release_id, None)
        if entry is not None:
            self._same_text[entry.text_key].discard(release_id)
        return entry

    def relabel(self, text_keys: Set[str]) -> list[Entry]:
        """Set `duplicate_of` among the releases with these texts; the entries that changed."""
        changed = []
        for key in text_keys:
            alike = [self.entries[release_id] for release_id in self._same_text[key]]
            first = min(alike, key=_age, default=None)
            for entry in alike:
                original = first.release_id if first and first is not entry else None
                if entry.duplicate_of != original:
                    self.entries[entry.release_id] = replace(entry, duplicate_of=original)
                    changed.append(entry)
        return changed


def _age(entry: Entry) -> tuple[dt.date, str]:
    """Orders releases with the same text: the first is the original, the undated come last."""
    return entry.published or dt.date.max, entry.release_id


def read_index(version: Path | None) -> Index:
    """The index of a version; empty before the first commit."""
    if version is None:
        return Index(())
    paths = (part(version, RELEASES, month) for month in months_in(version, RELEASES))
    files = (pq.read_table(path, columns=COLUMNS, partitioning=None) for path in paths)
    return Index(entry for file in files for entry in entries_of(file))


def entries_of(releases: pa.Table) -> list[Entry]:
    """Index entries from rows of `releases`."""
    return [Entry(**row) for row in releases.select(COLUMNS).to_pylist()]
