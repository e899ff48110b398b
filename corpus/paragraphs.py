"""The paragraphs annotated for this project: `python -m communique.corpus.paragraphs POINTERS CORPORA`.

Prints a JSON object for each, in the form of the annotated sets. POINTERS is `corpus/paragraphs.jsonl`,
which holds no text and is no part of an installation. Each line names a `file` below CORPORA and the
`release` in it by its id, or a folder and the release by the digest of its path therein; the characters
`start` to `end` of the release and the digest of their text; the `fold`; and the `commitments`: `trigger`
and `what` as characters of the paragraph, `act`, `parties`. The text is the field of a row in `.jsonl`,
else what the readers give.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.corpus.pointers import digest, find_release

CONTEXT = 150  # characters of the line before


def paragraphs(pointers: Path, corpora: Path) -> Iterator[dict[str, Any]]:
    """Each paragraph as the annotated ones of GOLD are: `id`, `fold`, `text`, `before`, `title`, `published`,
    `publisher`, and `commitments` with their words.

    Raises ValueError where a text is not the one that was annotated.
    """
    for number, line in enumerate(pointers.read_text(encoding="utf-8").splitlines(), 1):
        pointer = json.loads(line)
        release = find_release(corpora, pointer)
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


def _worded(text: str, commitment: dict[str, Any]) -> dict[str, Any]:
    words = {name: text[slice(*commitment[name])] for name in ("trigger", "what")}
    return {**commitment, **words}


if __name__ == "__main__":
    for paragraph in paragraphs(*map(Path, sys.argv[1:])):
        print(json.dumps(paragraph, ensure_ascii=False))
