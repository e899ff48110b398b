"""One reader for each kind of file: from its bytes to the texts in it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator

from communique.corpus.decode import decode
from communique.corpus.kinds import KINDS, Kind
from communique.corpus.normalise import canonical
from communique.corpus.readers.parsed import Parsed, RowError
from communique.corpus.readers.rows import read_csv, read_json, read_jsonl

__all__ = ["Parsed", "RowError", "parse"]

# A mail that was saved as text; nothing of it is tried twice, for any file may come.
_MAIL = re.compile(
    rb"From: [^\r\n]++\r?\n(?:(?:To|Cc|Reply-To): [^\r\n]++\r?\n(?:[ \t]++[^\r\n]++\r?\n)*+)*+"
    rb"(?:Date|Sent|Subject): "
)
# How files begin whose suffix is often that of another kind.
_PDF, _RTF = b"%PDF-", b"{\\rtf"
_PAGE = re.compile(
    rb"(?:<\?xml[^>]{0,100}>\s*)?(?:<!doctype html|<html)\b(?=[^\0]{0,900}<(?:head|body|p|div)\b)",
    re.IGNORECASE,
)
_SAVED_PAGE = re.compile(rb"From: <Saved by |(?:MIME-Version: 1\.0\r?\n)?Content-Type: multipart/related")


def parse(data: bytes, suffix: str) -> Iterator[Parsed | RowError]:
    """The texts in a file: one, or one for each row. Raises ValueError where the file gives none."""
    yield from _READERS[_kind(data, suffix)](data)


def _kind(data: bytes, suffix: str) -> Kind:
    """What a file is: by its first bytes where these leave no doubt, else by its suffix."""
    kind, head = KINDS[suffix], data[:1_000].removeprefix(BOM_UTF8).lstrip()
    if head.startswith(_RTF):
        raise ValueError("rich text (RTF): save it as .docx")
    if head.startswith(_PDF):
        return "pdf"
    if kind == "html" and _SAVED_PAGE.match(head):
        return "saved page"
    return "html" if kind in ("text", "markdown", "feed") and _PAGE.match(head) else kind


# The readers import their libraries when the first file of their kind comes.


def _text(data: bytes) -> Iterator[Parsed]:
    if _MAIL.match(data.lstrip()):
        yield from _mail(data.lstrip())
        return
    from communique.corpus.readers.front_matter import split_front_matter

    own, text = split_front_matter(canonical(decode(data)), strict=False)
    yield Parsed(text, own, hard_wrapped=True)


def _markdown(data: bytes) -> Iterator[Parsed]:
    from communique.corpus.readers.markdown import read_markdown

    yield read_markdown(decode(data))


def _html(data: bytes) -> Iterator[Parsed]:
    from communique.corpus.readers.html import declared_encoding, read_html

    yield read_html(decode(data, declared_encoding(data)))


def _pdf(data: bytes) -> Iterator[Parsed]:
    from communique.corpus.readers.pdf import read_pdf

    yield read_pdf(data)


def _docx(data: bytes) -> Iterator[Parsed]:
    from communique.corpus.readers.docx import read_docx

    yield read_docx(data)


def _odt(data: bytes) -> Iterator[Parsed]:
    from communique.corpus.readers.odt import read_odt

    yield read_odt(data)


def _mail(data: bytes) -> Iterator[Parsed]:
    from communique.corpus.readers.mail import read_mail

    yield read_mail(data)


def _saved_page(data: bytes) -> Iterator[Parsed]:
    from communique.corpus.readers.mail import read_saved_page

    yield read_saved_page(data)


def _feed(data: bytes) -> Iterator[Parsed | RowError]:
    from communique.corpus.readers.feed import read_feed

    yield from read_feed(data)


_READERS: dict[Kind, Callable[[bytes], Iterable[Parsed | RowError]]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "json": lambda data: read_json(decode(data)),
    "json lines": lambda data: read_jsonl(decode(data)),
    "csv": lambda data: read_csv(decode(data)),
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "mail": _mail,
    "saved page": _saved_page,
    "feed": _feed,
}
