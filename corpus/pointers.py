"""What pointers name: a release in a file or folder of corpora that are no part of the project."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.corpus.discover import discover
from communique.corpus.read import read
from communique.corpus.release import Release
from communique.corpus.source import Source

DIGITS = 10
FIELDS = ("text", "title", "publisher", "url")


def find_release(corpora: Path, pointer: dict[str, Any]) -> dict[str, Any]:
    """The release with its text, title, publisher, day and address.

    The pointer's `file` is below the corpora, its `release` the id of a row there; of a folder, the digest of
    the path therein.
    """
    place, name = corpora / pointer["file"], pointer["release"]
    return _rows(place)[name] if place.suffix == ".jsonl" else _read(_files(place)[name])


def digest(text: str) -> str:
    """Ten hexadecimal digits that tell a text from others."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:DIGITS]


@lru_cache(maxsize=8)
def _rows(path: Path) -> dict[str, dict[str, Any]]:
    """The releases of a file by id."""
    with path.open(encoding="utf-8") as lines:  # not `splitlines`: a text may hold other line ends
        return {row["id"]: row for row in map(json.loads, lines)}


@lru_cache(maxsize=8)
def _files(folder: Path) -> dict[str, Path]:
    """The files of a folder by the digest of their path: file names tell titles."""
    return {digest(path.relative_to(folder).as_posix()): path for path in folder.rglob("*.md")}


@lru_cache(maxsize=1)
def _read(path: Path) -> dict[str, Any]:
    """The release of a file, with the fields of a row."""
    sources = (source for source in discover([path]) if isinstance(source, Source))
    release = next(release for source in sources for release in read(source) if isinstance(release, Release))
    day = release.published.isoformat() if release.published else None
    return {**{name: getattr(release, name) for name in FIELDS}, "published": day}
