"""What was fetched into a folder: the pages, their `metadata.csv`, and a ledger, so that nothing comes twice.

The ledger is lines of JSON that are only added to; a hidden file, it is no source of releases. A page is
written before its line: where the process was killed between the two, the page is fetched once more.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from communique.corpus.columns import guarded
from communique.corpus.decode import decode
from communique.corpus.metadata import FILE_NAME, GIVEN, Metadata
from communique.corpus.read import url_key
from communique.outputs.files import replace_file

LEDGER = ".fetched.jsonl"
COLUMNS = ("file_name", *GIVEN)


@dataclass(frozen=True, slots=True)
class FeedState:
    """Of a feed: what to ask with the next time, where it has moved to, and what was wrong the last time."""

    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    fault: str | None = None


class Shelf:
    """The folder, held by one process at a time. Raises ValueError where it has another's `metadata.csv`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rows: dict[str, Metadata] = {}  # by file
        self._files: dict[str, str] = {}  # by key of the address
        self._tries: dict[str, int] = {}  # of addresses that failed; 0 of those that were not asked yet
        self._feeds: dict[str, FeedState] = {}
        self._ledger = folder / LEDGER
        for line in self._ledger.read_bytes().splitlines() if self._ledger.exists() else ():
            self._enter(line)
        self._described()

    def has(self, url: str) -> bool:
        """Whether the page of an address was saved."""
        return url_key(url) in self._files

    def tries(self, url: str) -> int:
        """How often an address was asked and gave no page."""
        return self._tries.get(url_key(url), 0)

    def has_failed(self, url: str) -> bool:
        """Whether it was told before that an address gave no page."""
        return url_key(url) in self._tries

    def feed(self, url: str) -> FeedState:
        """What is known of a feed, by the address that the user gives."""
        return self._feeds.get(url, FeedState())

    def save(self, content: bytes, suffix: str, known: Metadata, *addresses: str) -> bool:
        """Save a page under a name made from a hash of its address; False where it was there already.

        `addresses` all lead to it, the last one where it lies.
        """
        key = url_key(addresses[-1])
        known_file = self._files.get(key)
        file = known_file or hashlib.sha256(key.encode()).hexdigest()[:16] + suffix
        if not known_file:
            replace_file(self.folder / file, content)
        for one in dict.fromkeys(map(url_key, addresses)):
            self._add({"page": one, "file": file, **_values(known)})
        return not known_file

    def fail(self, url: str, reason: str, *, asked: bool) -> None:
        """Record that an address gave no page; where it was not even asked, that is no try, and told once."""
        if asked or not self.has_failed(url):
            self._add({"failed": url_key(url), "reason": reason, "asked": asked})

    def set_feed(self, url: str, state: FeedState) -> None:
        """Record what to ask a feed with the next time."""
        if state != self.feed(url):
            self._add({"feed": url, "state": asdict(state)})

    def describe(self) -> None:
        """Write the rows of new pages into `metadata.csv`; those that are there stay as they are."""
        fields, rows = self._described()
        there = {row["file_name"] for row in rows}
        new = [{"file_name": file, **_cells(m)} for file, m in self._rows.items() if file not in there]
        if new:
            table = io.StringIO(newline="")
            writer = csv.DictWriter(table, fields, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows([*rows, *new])
            replace_file(self.folder / FILE_NAME, table.getvalue().encode())

    def _described(self) -> tuple[list[str], list[dict[str, str]]]:
        """The columns and rows of the `metadata.csv` that is there."""
        path = self.folder / FILE_NAME
        if not path.exists():
            return list(COLUMNS), []
        try:
            reader = csv.DictReader(io.StringIO(decode(path.read_bytes()), newline=""), strict=True)
            rows = list(reader)
        except csv.Error as error:
            raise ValueError(f"{path}: {error}") from None
        fields = list(reader.fieldnames or ())
        if not set(COLUMNS) <= set(fields) or any(None in row for row in rows):
            raise ValueError(
                f"{path} has no columns {', '.join(COLUMNS)} to add to; fetch into another folder"
            )
        return fields, rows

    def _add(self, values: dict[str, Any]) -> None:
        line = json.dumps(values, ensure_ascii=False).encode()
        with self._ledger.open("ab+") as file:
            if file.tell():
                file.seek(-1, io.SEEK_END)
                if file.read() != b"\n":  # what a killed process left of a line
                    file.write(b"\n")
            file.write(line + b"\n")
        self._enter(line)

    def _enter(self, line: bytes) -> None:
        """Take in a line of the ledger; one that a killed process left in parts says nothing."""
        try:
            values: dict[str, Any] = json.loads(line)
        except ValueError:
            return
        if "page" in values:
            self._files[values["page"]] = values["file"]
            self._rows.setdefault(values["file"], Metadata.of(values))
        elif "failed" in values:
            tries = self._tries.get(values["failed"], 0)
            self._tries[values["failed"]] = tries + values.get("asked", True)
        elif "feed" in values:
            self._feeds[values["feed"]] = FeedState(**values["state"])


def _cells(known: Metadata) -> dict[str, str]:
    """As a row of a CSV: a feed may say anything, and a person may open the table in a spreadsheet."""
    return {name: guarded(value) for name, value in _values(known).items() if value}


def _values(known: Metadata) -> dict[str, str | None]:
    return {name: getattr(known, name) for name in GIVEN}
