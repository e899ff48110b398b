"""The lines of releases, for training: `python -m communique.corpus.lines FOLDER > lines.jsonl`.

A JSON object for each release of the folder: `file`, `title` and the `lines` of its text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from communique.corpus.discover import discover
from communique.corpus.read import read
from communique.corpus.release import Release
from communique.corpus.source import Source


def lines(folder: Path) -> Iterator[dict[str, object]]:
    for source in discover([folder]):
        for release in read(source) if isinstance(source, Source) else ():
            if isinstance(release, Release):
                yield {
                    "file": source.source,
                    "title": release.title or "",
                    "lines": release.text.splitlines(),
                }


if __name__ == "__main__":
    for release in lines(Path(sys.argv[1])):
        print(json.dumps(release, ensure_ascii=False))
