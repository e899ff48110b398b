"""One reader for each kind of file: from its bytes to the texts in it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.corpus.decode import decode
from communique.corpus.kinds import KINDS
from communique.corpus.normalise import canonical
from communique.corpus.readers.parsed import Parsed, RowError
from communique.corpus.readers.rows import read_csv, read_json, read_jsonl

__all__ = ["Parsed", "RowError", "parse"]


def parse(data: bytes, suffix: str) -> Iterator[Parsed | RowError]:
    """The texts in a file: one, or one for each row. Raises ValueError where the file gives none."""
    match KINDS[suffix]:
        case "json lines":
            yield from read_jsonl(decode(data))
        case "json":
            yield from read_json(decode(data))
        case "csv":
            yield from read_csv(decode(data))
        case "html":
            from communique.corpus.readers.html import declared_encoding, read_html

            yield read_html(decode(data, declared_encoding(data)))
        case "markdown":
            from communique.corpus.readers.markdown import read_markdown

            yield read_markdown(decode(data))
        case "docx":
            from communique.corpus.readers.docx import read_docx

            yield read_docx(data)
        case "odt":
            from communique.corpus.readers.odt import read_odt

            yield read_odt(data)
        case "mail":
            from communique.corpus.readers.mail import read_mail

            yield read_mail(data)
        case "saved page":
            from communique.corpus.readers.mail import read_saved_page

            yield read_saved_page(data)
        case "feed":
            from communique.corpus.readers.feed import read_feed

            yield from read_feed(data)
        case "text":
            from communique.corpus.readers.front_matter import split_front_matter

            own, text = split_front_matter(canonical(decode(data)), strict=False)
            yield Parsed(text, own, hard_wrapped=True)
