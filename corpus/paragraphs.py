"""The paragraphs annotated for this project: `python -m communique.corpus.paragraphs POINTERS CORPORA`.

Prints a JSON object for each, in the form of the annotated sets. POINTERS is `corpus/paragraphs.jsonl`,
which holds no text and is no part of an installation. Each line names a `file` below CORPORA and the
`release` in it by its id, or a folder and the release by the digest of its path therein; the characters
`start` to `end` of the release and the digest of their text; the `fold`; and the `commitments`: `trigger`
and `what` as characters of the paragraph, `act`, `parties`. The text is the field of a row in `.jsonl`,
else what the readers give.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.corpus.discover import Source, discover
from communique.corpus.read import read
from communique.corpus.release import Release

CONTEXT = 150  # characters of the line before
DIGITS = 10


def paragraphs(pointers: Path, corpora: Path) -> Iterator[dict[str, Any]]:
    """Each paragraph as the annotated ones of GOLD are: `id`, `fold`, `text`, `before`, `title`, `published`,
    `publisher`, and `commitments` with their words.

    Raises ValueError where a text is not the one that was annotated.
    """
    for number, line in enumerate(pointers.read_text(encoding="utf-8").splitlines(), 1):
        pointer = json.loads(line)
        release = _release(corpora / pointer["file"], pointer["release"])
        text = release["text"][pointer["start"] : pointer["end"]].replace("\u00a0", " ")
        if digest(text) != pointer["digest"]:
            raise ValueError(f"{pointers.name}, line {number}: {pointer['file']} has another text there")
        yield {
            "id": f"own/{number}",
            "fold": pointer["fold"],
            "text": text,
            "before": release["text"][: pointer["start"]].rstrip().split("\n")[-1][-CONTEXT:],
            **{name: release[name] for name in ("title", "published", "publisher")},
            "commitments": [_worded(text, commitment) for commitment in pointer["commitments"]],
        }


def digest(text: str) -> str:
    """Ten hexadecimal digits that tell a text from others."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:DIGITS]


def _worded(text: str, commitment: dict[str, Any]) -> dict[str, Any]:
    words = {name: text[slice(*commitment[name])] for name in ("trigger", "what")}
    return {**commitment, **words}


def _release(place: Path, name: str) -> dict[str, Any]:
    return _rows(place)[name] if place.suffix == ".jsonl" else _read(_files(place)[name])


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
    given = {name: getattr(release, name) for name in ("text", "title", "publisher")}
    return {**given, "published": day}


if __name__ == "__main__":
    for paragraph in paragraphs(*map(Path, sys.argv[1:])):
        print(json.dumps(paragraph, ensure_ascii=False))
