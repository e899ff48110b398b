"""From bytes to characters."""

from __future__ import annotations

import codecs
import re

# A byte order mark names the encoding. UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 that was once read in that encoding and written anew: "CÃ´te", "donâ€™t".
_READ_WRONG = re.compile(r"[ÃÂ][\x80-\xbf\u0152-\u2122]|â€")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Windows' Western encoding, its few unassigned bytes refused: English text that is not UTF-8 is mostly in it.
_WESTERN = "cp1252"
_MOSTLY = 0.9
_SAMPLE = 200_000


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of the bytes: by its byte order mark, as UTF-8, as declared, else as detected.

    Raises ValueError where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(_try(data, encoding), f"not valid {encoding.removesuffix('-sig')}")
    if b"\0" in data:
        return _text(_wide(data), "binary: null bytes")
    text = _mended(_try(data, "utf-8"))
    if text is None and declared:
        text = _try(data, declared)
    if text is None and _share_of_ascii(data[:_SAMPLE]) >= _MOSTLY:
        text = _try(data, _WESTERN)
    if text is None:
        text = _detect(data)
    return _text(text, "no known encoding fits")


def _wide(data: bytes) -> str | None:
    """The text of UTF-16 without a mark, of which every other byte is a null; None for any other bytes."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = data[first:_SAMPLE:2]
        if half.count(0) > _MOSTLY * len(half) > 0:
            return _try(data, encoding)
    return None


def _mended(text: str | None) -> str | None:
    """The text that was meant, where all of it was once read in the wrong encoding."""
    if text is None or not _READ_WRONG.search(text):
        return text
    try:
        return b"".join(_western(character) for character in text).decode("utf-8")
    except UnicodeError:
        return text


def _western(character: str) -> bytes:
    """The byte that was read as this character; five have none in the encoding, and stand for themselves."""
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else _WESTERN)


def _share_of_ascii(sample: bytes) -> float:
    return 1 - len(sample.translate(None, bytes(range(128)))) / len(sample)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _detect(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return _try(data, best.encoding) if best else None


def _text(text: str | None, reason: str) -> str:
    """The text, unless there is none or more than one character in a hundred is a control code."""
    if text is None:
        raise ValueError(reason)
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise ValueError("binary: control codes")
    return text
