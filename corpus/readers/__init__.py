"""One reader for each kind of file: from its bytes to the texts in it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.corpus.decode import decode
from communique.corpus.readers.parsed import Parsed, RowError
from communique.corpus.readers.rows import read_csv, read_jsonl

__all__ = ["Parsed", "RowError", "parse"]


def parse(data: bytes, suffix: str) -> Iterator[Parsed | RowError]:
    """The texts in a file: one, or one for each row. Raises ValueError where the file gives none."""
    if suffix == ".jsonl":
        yield from read_jsonl(decode(data))
    elif suffix == ".csv":
        yield from read_csv(decode(data))
    elif suffix in (".html", ".htm"):
        from communique.corpus.readers.html import declared_encoding, read_html

        yield read_html(decode(data, declared_encoding(data)))
    elif suffix in (".md", ".markdown"):
        from communique.corpus.readers.markdown import read_markdown

        yield read_markdown(decode(data))
    else:
        yield Parsed(decode(data), hard_wrapped=True)
