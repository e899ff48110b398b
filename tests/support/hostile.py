"""Hostile inputs: releases broken at random, and texts made to hurt."""

from __future__ import annotations

import io
import json
import random
import textwrap
import zipfile
from collections.abc import Callable, Iterator

from small_pdf import column, pdf
from small_releases import text_of

from communique.corpus import SUFFIXES

# Right-to-left and bidirectional marks, zero-width characters, a byte order mark, soft hyphen, combining
# marks, emoji with joiners and modifiers, separators that are line ends in Unicode, controls, astral letters.
ODD = (
    *("\u200f", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"),
    *(
        "\u0301",
        "\u0323\u0301",
        "\u0e31",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f1e8\U0001f1e6",
    ),
    *("\u2028", "\u2029", "\x85", "\x0b", "\x00", "\x1b[31m", "\x7f", "\ufffe", "\U00010348", "\U000e0041"),
    *("\t", "\r", "\n\n", "=", "<b>", "&#0;", "&amp", "]]>", "{{", "'''", '"', "%s", "\\x00"),
)
LARGE: dict[str, Callable[[], str]] = {
    "brackets": lambda: "(" * 10_000 + "The parties agreed to meet." + ")" * 10_000,
    "square brackets": lambda: "[" * 10_000,
    "nested mark-up": lambda: "<div>" * 10_000 + "The parties agreed." + "</div>" * 10_000,
    "open tags": lambda: "<b " * 10_000,
    "a line of a megabyte": lambda: "Canada and Japan agreed to meet again in 2027, and " * 19_000,
    "a word of a megabyte": lambda: "a" * 1_000_000,
    "spaces": lambda: "agreed" + " " * 200_000 + "to meet",
    "line ends": lambda: "\n" * 200_000 + "The parties agreed to meet.",
    "digits": lambda: "1" * 100_000 + "-" + "12-" * 30_000,
    "dates": lambda: "January 1, 2026 " * 5_000,
    "commas": lambda: "Canada, " * 10_000 + "and Japan agreed to meet.",
    "ands": lambda: "Canada and Japan and " * 3_000 + "Kenya agreed to meet.",
    "capitals": lambda: "United Nations Council Of The " * 3_000,
    "quotes": lambda: "“" * 10_000 + "”" * 10_000,
    "dashes": lambda: "—" * 50_000 + " " + "-" * 50_000,
    "combining marks": lambda: "e" + "\u0301" * 10_000,
    "emoji": lambda: "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 10_000,
    "right to left": lambda: "\u202e" * 10_000 + "agreed",
    "commitments": lambda: "They agreed to meet, agreed to work, agreed to trade and " * 500,
}
MARKED_UP = ("brackets", "square brackets", "nested mark-up", "a line of a megabyte", "line ends")
MOST = 10_000


def large() -> Iterator[tuple[str, str]]:
    """Name and text; a sentence before, since what is not English is not extracted."""
    for name, make in LARGE.items():
        yield name, text_of(1) + make()


def release(chance: random.Random) -> tuple[str, str]:
    """A well-formed release as text, and the suffix of a kind of file that holds it so."""
    text = text_of(chance.randrange(1000))
    suffix = chance.choice([".txt", ".txt", ".md", ".html", ".jsonl", ".csv", *_WRITTEN])
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    page = f"<html><head><title>Talks</title></head><body><article>{paragraphs}</article></body></html>"
    if suffix in _WRITTEN:
        return _WRITTEN[suffix](text, page), suffix
    if suffix == ".md":
        return f"---\ntitle: Talks\ndate: 2024-05-06\n---\n\n{text}", suffix
    return page if suffix == ".html" else text, suffix


def _mail(text: str, page: str) -> str:
    return f"From: press@mfa.example\nDate: Mon, 6 May 2024 10:00:00 +0000\nSubject: Talks\n\n{text}"


def _saved(text: str, page: str) -> str:
    head = "From: <Saved>\nSubject: Talks\nMIME-Version: 1.0\n"
    parts = f"--b\nContent-Type: text/html\nContent-Location: https://mfa.example/1\n\n{page}\n--b--\n"
    return f'{head}Content-Type: multipart/related; boundary="b"\n\n{parts}'


def _rss(text: str, page: str) -> str:
    item = f"<title>Talks</title><link>https://mfa.example/1</link><description>{text}</description>"
    return f'<rss version="2.0"><channel><title>MFA</title><item>{item}</item></channel></rss>'


def _atom(text: str, page: str) -> str:
    entry = f'<entry><id>1</id><title>Talks</title><content type="text">{text}</content></entry>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>MFA</title>{entry}</feed>'


def _json(text: str, page: str) -> str:
    return json.dumps([{"id": 1, "text": text}, {"id": 2, "text": text + "They met."}])


_WRITTEN: dict[str, Callable[[str, str], str]] = {
    ".eml": _mail,
    ".mhtml": _saved,
    ".rss": _rss,
    ".atom": _atom,
    ".json": _json,
}


def packed(chance: random.Random) -> tuple[bytes, str]:
    """A well-formed release in a file that no editor shows, and its suffix."""
    text = text_of(chance.randrange(1000))
    suffix = chance.choice([".pdf", ".docx", ".odt"])
    if suffix == ".pdf":
        lines = textwrap.wrap(text, 70)
        return pdf(column(50, 700, lines), packed=chance.random() < 0.5), suffix
    parts = {".docx": ("word/document.xml", _WORD), ".odt": ("content.xml", _ODT)}[suffix]
    body = "".join(parts[1][1].format(line) for line in text.splitlines())
    held = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if chance.random() < 0.5 else zipfile.ZIP_STORED
    with zipfile.ZipFile(held, "w", method) as file:
        file.writestr(parts[0], parts[1][0].format(body))
    return held.getvalue(), suffix


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_WORD = (
    f'<w:document xmlns:w="{_W}"><w:body>{{}}</w:body></w:document>',
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
)
_ODT = (
    f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0">'
    "<office:body><office:text>{}</office:text></office:body></office:document-content>",
    "<text:p>{}</text:p>",
)


def mutated(seed: int) -> tuple[bytes, str]:
    """A release broken in one to four ways, and a suffix; the same for the same seed.

    One in five has the suffix of another kind.
    """
    chance = random.Random(seed)
    if chance.random() < 0.25:
        data, suffix = packed(chance)
    else:
        text, suffix = release(chance)
        data = text.encode(chance.choice(["utf-8", "utf-8", "utf-16", "cp1252", "latin-1"]), "replace")
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(data, chance)
    return data[:MOST], chance.choice(SUFFIXES) if chance.random() < 0.2 else suffix


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _insert(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(ODD).encode() * chance.choice([1, 1, 5, 60]) + data[at:]
    return data


def _random_bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.randint(1, 50)) + data[at:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(data) + 1)
    piece = data[begin : begin + chance.randint(1, 40)]
    return data[:begin] + piece * chance.randint(2, 50) + data[begin:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    one, other = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[other:] + data[one:other] + data[:one]


def _nest(data: bytes, chance: random.Random) -> bytes:
    tag = chance.choice([b"div", b"table", b"blockquote", b"b", b"script", b"!--"])
    return (b"<" + tag + b">") * chance.randint(1, 200) + data


MUTATIONS = (_flip, _truncate, _insert, _random_bytes, _repeat, _swap, _nest)
