"""Mails and saved pages: the body that a person reads, and what the headers state."""

from __future__ import annotations

from codecs import BOM_UTF8
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from communique.corpus.decode import decode
from communique.corpus.metadata import Metadata
from communique.corpus.normalise import canonical
from communique.corpus.readers.html import declared_encoding, read_html
from communique.corpus.readers.mail_text import described, own_words
from communique.corpus.readers.parsed import Parsed

_STUB = 40  # words; a plain text with fewer may only lead to the one in HTML
# The faults of the standard library where headers or bodies are broken.
_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The mail that is read, its text, and the names of all attachments on the way to it that are not."""

    message: EmailMessage
    body: Parsed
    unread: list[str]


def read_mail(data: bytes) -> Parsed:
    """The text of a mail without what it quotes; of a forwarded one, the mail that was passed on."""
    outer = _message(data)
    try:
        chosen = _chosen(outer)
    except _FAULTS as error:
        raise ValueError(f"broken mail: {error}") from None
    if chosen is None:
        raise ValueError("no text in the mail")
    message, body = chosen.message, chosen.body
    subject = _header(message, "Subject") or ""
    own = described(subject, _header(message, "From"), _header(message, "Date"))
    text, own, doubts = own_words(canonical(body.text), subject, own)
    warnings = (f"attachments are not read: {', '.join(chosen.unread)}",) if chosen.unread else ()
    return Parsed(text, own, hard_wrapped=body.hard_wrapped, warnings=warnings + doubts + body.warnings)


def _chosen(message: EmailMessage) -> _Chosen | None:
    """The mail itself, or where it is a stub the first one attached that has a text; None where none has."""
    attached = list(message.iter_attachments())
    body = _body(message)
    names = [part.get_filename() or part.get_content_type() for part in attached]
    if body is None or len(body.text.split()) <= _STUB:
        for at, part in enumerate(attached):
            if part.get_content_type() == "message/rfc822" and (inner := _attached_mail(part)):
                return replace(inner, unread=[*names[:at], *names[at + 1 :], *inner.unread])
    return _Chosen(message, body, names) if body and body.text.strip() else None


def _attached_mail(part: EmailMessage) -> _Chosen | None:
    with suppress(*_FAULTS):  # a broken one is named with what is not read
        message = part.get_content()
        return _chosen(message) if isinstance(message, EmailMessage) else None
    return None


def _body(message: EmailMessage) -> Parsed | None:
    """The text for people: the plain one, unless it is blank or a stub of the one in HTML."""
    plain, rich = (message.get_body((kind,)) for kind in ("plain", "html"))
    text = _text(plain) if isinstance(plain, EmailMessage) else ""
    words = len(text.split())
    if isinstance(rich, EmailMessage) and words < _STUB:
        try:
            page = read_html(_without_quoted_blocks(_text(rich)))
        except ValueError:
            if not words:
                raise
        else:
            if len(page.text.split()) > 2 * words:
                return page
    return Parsed(text, hard_wrapped=True) if plain is not None else None


def read_saved_page(data: bytes) -> Parsed:
    """The page in an archive that a browser saved. The day of saving says nothing of the page."""
    message = _message(data)
    try:
        pages = (
            part
            for part in message.walk()
            if part.get_content_type() in ("text/html", "application/xhtml+xml")
        )
        page = next(pages, None)
    except _FAULTS as error:
        raise ValueError(f"broken page: {error}") from None
    if not isinstance(page, EmailMessage):
        raise ValueError("no HTML page in the file")
    parsed = read_html(_text(page))
    address = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    saved = Metadata.of(
        {"title": _header(message, "Subject"), "url": address if "://" in (address or "") else None}
    )
    return Parsed(parsed.text, parsed.own.over(saved), warnings=parsed.warnings)


def _message(data: bytes) -> EmailMessage:
    try:
        message = message_from_bytes(data.removeprefix(BOM_UTF8), policy=policy.default)
    except _FAULTS as error:
        raise ValueError(f"broken mail: {error}") from None
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ValueError("no mail: it has no headers")
    return message


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
        return None if value is None else str(value)
    except _FAULTS:
        return None  # a broken header costs a field


def _text(part: EmailMessage) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except _FAULTS as error:
        raise ValueError(f"broken mail: {error}") from None
    if not isinstance(data, bytes):
        raise ValueError("no text in the mail")
    html = part.get_content_type() != "text/plain"
    return decode(data, charset or (declared_encoding(data) if html else None))


def _without_quoted_blocks(html: str) -> str:
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring, tostring

    try:
        tree = document_fromstring(html.encode(errors="replace"), parser=HTMLParser(encoding="utf-8"))
    except ParserError:
        raise ValueError("no text in the mail") from None
    for block in tree.xpath("//blockquote[@type='cite'] | //*[contains(@class, 'gmail_quote')]"):
        if "forward" not in block.text_content()[:200].lower():
            block.drop_tree()
    return str(tostring(tree, encoding="unicode"))
