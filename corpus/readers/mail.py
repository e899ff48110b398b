"""Mails and saved pages: the body that a person reads, and what the headers state."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from communique.corpus.days import full_days
from communique.corpus.decode import decode
from communique.corpus.metadata import Metadata
from communique.corpus.normalise import canonical
from communique.corpus.readers.html import declared_encoding, read_html
from communique.corpus.readers.parsed import Parsed

# Above this line of a forwarded mail stand the sender's own words, below it the mail that was passed on.
_FORWARDED = re.compile(
    r"^-+ ?(?:Forwarded message|Begin forwarded message:?) ?-*$", re.IGNORECASE | re.MULTILINE
)
_HEADERS = re.compile(r"\s*((?:[*>]* ?(?:From|Date|Sent|Subject|To|Cc|Reply-To): .*\n(?:[ \t]++.+\n)*)+)\s*")
# Where an answer quotes what it answers, and where the text of a mail ends.
_QUOTED = re.compile(
    r"^(?:On [^\n]{5,120}\n?[^\n]{0,80} wrote:$|-+ ?Original Message ?-+$|_{20,}\n+From: )"
    r"|^-- $",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^>.*\n?", re.MULTILINE)
_QUOTE_MARK = re.compile(r"^>+ ?", re.MULTILINE)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv) ?: *)+", re.IGNORECASE)
# The faults of the standard library where headers or bodies are broken.
_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


def read_mail(data: bytes) -> Parsed:
    """The text of a mail without what it quotes; of a forwarded one, the mail that was passed on."""
    message = _message(data)
    own = _described(_header(message, "Subject"), _header(message, "From"), _header(message, "Date"))
    try:
        body = message.get_body(("plain", "html"))
        attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    except _FAULTS as error:
        raise ValueError(f"broken mail: {error}") from None
    warnings = (f"attachments are not read: {', '.join(attached)}",) if attached else ()
    if not isinstance(body, EmailMessage):
        raise ValueError("no text in the mail")
    if body.get_content_type() == "text/html":
        page = read_html(_without_quoted_blocks(_text(body)))
        return Parsed(page.text, own, warnings=warnings + page.warnings)
    text = canonical(_text(body))
    if passed_on := _passed_on(text):
        text, described = passed_on
        return Parsed(text, described.over(Metadata(title=own.title)), hard_wrapped=True, warnings=warnings)
    return Parsed(_without_quotes(text), own, hard_wrapped=True, warnings=warnings)


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
        message = message_from_bytes(data, policy=policy.default)
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


def _described(subject: str | None, sender: str | None, day: str | None) -> Metadata:
    name, address = parseaddr(sender or "")
    title = _PREFIX.sub("", subject or "")
    return Metadata.of({"title": title, "publisher": name or address, "published": day})


def _without_quotes(text: str) -> str:
    """The text above what it quotes; the quote where there is nothing else."""
    cut = _QUOTED.search(text)
    kept = _QUOTED_LINE.sub("", text[: cut.start()] if cut else text)
    return kept if kept.strip() else _QUOTE_MARK.sub("", text)


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


def _passed_on(text: str) -> tuple[str, Metadata] | None:
    """The text and the metadata of the mail that a mail passes on, None where it passes on none."""
    forwarded = _FORWARDED.search(text)
    match = _HEADERS.match(text, forwarded.end()) if forwarded else None
    if match is None:
        return None
    lines = (line.lstrip("*> ").partition(":")[::2] for line in match[1].split("\n") if ":" in line)
    named = {name.strip("* ").lower(): value.strip("* ") for name, value in lines}
    sent = next(full_days(named.get("date") or named.get("sent") or ""), None)
    described = _described(named.get("subject"), named.get("from"), str(sent.day) if sent else None)
    return _without_quotes(text[match.end() :]), described
