"""The lines of releases, for training: `python -m communique.corpus.lines FOLDER > lines.jsonl`.

A JSON object for each release in the `.jsonl` files of the folder: `file`, `title` and `lines`, its text
as it is read, hard wraps undone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from communique.corpus.plain import plain


def lines(folder: Path) -> Iterator[dict[str, object]]:
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise SystemExit(f"{folder} holds no .jsonl file")
    for file in files:
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            text = plain(row["text"], hard_wrapped=True)
            yield {"file": file.stem, "title": row["title"], "lines": text.splitlines()}


if __name__ == "__main__":
    for release in lines(Path(sys.argv[1])):
        print(json.dumps(release, ensure_ascii=False))
