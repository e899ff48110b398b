"""The words of a mail: what its sender wrote, or the mail that was passed on, without what it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from communique.corpus.days import full_days
from communique.corpus.metadata import Metadata

# The fields of a head in the text of a mail, in English, German, French, Spanish and Italian.
_FIELDS = {
    "from": "From Von De Da Mittente",
    "date": "Date Sent Datum Gesendet Envoyé Enviado Fecha Data Inviato",
    "subject": "Subject Betreff Objet Sujet Asunto Oggetto",
    "to": "To An À Pour Para A Cc CC Bcc Kopie Reply-To",
}
_NAMES = {name: field for field, names in _FIELDS.items() for name in names.split()}
_FIELD = re.compile(rf"(?:> ?)*+\*?({'|'.join(_NAMES)}) ?:\*?(?=\s|$)(.*)")
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc) ?:", re.IGNORECASE)
_ANSWER = re.compile(r"\s*(?:re|aw|sv|r) ?:", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv) ?: *)+", re.IGNORECASE)
_ADDRESS = re.compile(r"\[mailto:([^]\s]+)\]")
# The line above a mail that was passed on, or answered.
_PASSED_ON = re.compile(
    r"^[> _-]*(?:(?:Begin )?Forwarded message|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado|"
    r"Messaggio inoltrato)[ :_-]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWERED = (
    r"^[> _-]*(?:Original Message|Ursprüngliche Nachricht|Message d['’]origine|Mensaje original|"
    r"Messaggio originale)[ _-]*$"
)
_RULE = re.compile(rf"^[> ]*_{{5,}}$|{_ANSWERED}", re.IGNORECASE | re.MULTILINE)
_COMMENT = (
    12  # words that a mail may have above the one that it passes on, whatever its subject: "See below."
)
_LEVELS, _HEAD_LINES = 10, 30  # of mails in each other, and of a head
# Where an answer quotes what it answers, and where the text of a mail ends.
_QUOTED = re.compile(
    rf"^On [^\n]{{5,120}}\n?[^\n]{{0,80}} wrote:$|^-- $|{_ANSWERED}", re.IGNORECASE | re.MULTILINE
)
# "Am 3.2.2031 schrieb A. Mensah:" above lines that are quoted, and these.
_QUOTED_LINES = re.compile(r"(?:^(?=[^\n]*\d)[^>\n]{5,150}:[ \t]*\n\n?(?=>))?^>.*\n?", re.MULTILINE)
_QUOTE_MARK = re.compile(r"^(?:> ?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Inner:
    """A mail inside the text of another, with the text above it; `mark` is the line that announces it."""

    above: str
    mark: str
    head: str
    fields: dict[str, str]
    text: str

    def known(self, outer: Metadata) -> Metadata:
        """What its head tells; the title and, where it states none, the day of the mail around it."""
        told = described(self.fields.get("subject"), self.fields.get("from"), _day(self.fields))
        return told.over(
            Metadata(title=outer.title, published=None if "date" in self.fields else outer.published)
        )


def own_words(text: str, subject: str, own: Metadata) -> tuple[str, Metadata, tuple[str, ...]]:
    """The text of a mail, what is known of it, and warnings: of one that passes on another, the innermost.

    What nothing but its fields tells to be another mail stays in the text.
    """
    warnings: list[str] = []
    for _ in range(_LEVELS):
        if (inner := _inner(text)) is None:
            break
        announced = bool(inner.mark or _FORWARD.match(subject))
        if not _passes_on(subject, inner):
            if announced:
                text = inner.above
            elif inner.head in _without_quotes(text):
                warnings.append(f"read as text, though it may be of another mail: {inner.head[:60]!r}")
            break
        if announced and not inner.mark and (words := len(inner.above.split())) > _COMMENT:
            warnings.append(f"not read: {words} words above the mail that was passed on")
        own, subject = inner.known(own), inner.fields.get("subject", "")
        text = inner.text if announced else f"{inner.above}\n{inner.text}"
    return _without_quotes(text), own, tuple(warnings)


def described(subject: str | None, sender: str | None, day: str | None) -> Metadata:
    """What the head of a mail tells: the sender's name is the publisher."""
    name, address = parseaddr(_ADDRESS.sub(r"<\1>", sender or ""))
    publisher = name or (address if "@" in address else sender)
    return Metadata.of({"title": _PREFIX.sub("", subject or ""), "publisher": publisher, "published": day})


def _inner(text: str) -> _Inner | None:
    """The first mail in a text that has a head."""
    lines = text.split("\n")
    for first, mark in _beginnings(lines):
        fields, end = _head(lines, first)
        if _is_head(fields, mark):
            quoted = lines[first].startswith(">")  # and so is all that was passed on
            below = [line for line in lines[end:] if not quoted or line.startswith(">")]
            return _Inner("\n".join(lines[:first]), mark, lines[first], fields, "\n".join(below))
    return None


def _beginnings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The first line of each row of fields, and the line above it that announces a mail, if any."""
    above, within = "", False
    for at, line in enumerate(lines):
        field = _FIELD.match(line) is not None
        if field and not within:
            yield at, above if _PASSED_ON.match(above) or _RULE.match(above) else ""
        within = field
        above = line if line.strip("> ") else above


def _is_head(fields: dict[str, str], mark: str) -> bool:
    """Whether two fields or more are a head: any behind words that announce it, else those of a mail alone.

    "From: 3 May 2031", "To: 5 May 2031" is no mail.
    """
    if len(fields) < 2 or mark.strip("> _"):
        return len(fields) > 1
    sender = fields.get("from", "")
    by_a_sender = bool(sender) and next(iter(fields)) == "from"
    return by_a_sender and bool("@" in sender or fields.get("subject") or _day(fields))


def _day(fields: dict[str, str]) -> str | None:
    sent = next(full_days(fields.get("date", "")), None)
    return str(sent.day) if sent else None


def _head(lines: list[str], first: int) -> tuple[dict[str, str], int]:
    """The fields of a head, and the line behind it; an indented line goes on the field before."""
    fields: dict[str, str] = {}
    end = first
    for line in lines[first : first + _HEAD_LINES]:
        if match := _FIELD.match(line):
            fields.setdefault(_NAMES[match[1]], match[2].strip("* "))
        elif not line[:1].isspace() or not line.strip():
            break
        end += 1
    return fields, end


def _passes_on(subject: str, inner: _Inner) -> bool:
    """Whether a mail passes on the one in it, and does not answer it."""
    if _FORWARD.match(subject) or _PASSED_ON.match(inner.mark):
        return True
    words = len(_RULE.sub("", inner.above).split())
    return words == 0 or (words <= _COMMENT and not _ANSWER.match(subject))


def _without_quotes(text: str) -> str:
    """The text above what it quotes; the quote where there is nothing else."""
    cut = _QUOTED.search(text)
    kept = _RULE.sub("", _QUOTED_LINES.sub("", text[: cut.start()] if cut else text))
    return kept if kept.strip() else _QUOTE_MARK.sub("", text)
