"""What the readers give: a `Release`, or a `ReadError` that says why there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

PublishedFrom = Literal["metadata", "dateline", "text"]


@dataclass(frozen=True, slots=True)
class Release:
    """One release as read; offsets of every table index `text`.

    `source` is the path relative to the source root, `file#id` for a row of a file, and
    `source_sha256` the hash of the whole file's bytes; `metadata_sha256` fingerprints what a metadata
    CSV says of the file, so that bytes, this and the code decide whether a re-run has work to do.
    `speaks_for` holds the actor_ids of the state or organisation that the publisher speaks for.
    `language` is an ISO 639-1 code, None where the text is too short to tell.
    `warnings` are faults that cost a field, not the release (a metadata date that is no date).
    """

    release_id: str
    source: str
    text: str
    source_sha256: str
    metadata_sha256: str
    text_sha256: str
    text_key: str  # the same for texts that differ only in case, spacing and typography
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    speaks_for: tuple[str, ...] = ()
    language: str | None = None
    place: str | None = None
    published: dt.date | None = None
    published_from: PublishedFrom | None = None
    warnings: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The last part of `source`."""
        return self.source.rsplit("/", 1)[-1]

    @property
    def in_english(self) -> bool:
        """Whether extraction applies: English, or too short or too mixed to be sure that it is not."""
        return self.language in (None, "en")


@dataclass(frozen=True, slots=True)
class ReadError:
    """A source that could not be read, and why, in words for the person who runs it."""

    source: str
    reason: str
    source_sha256: str | None = None
