"""Characters: which text is Unicode, what a line of it is, and when two texts are the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Invisible characters that a page uses for layout: word joiners, soft hyphens, zero-width spaces, marks. With
# them go lone surrogates, which JSON can write and no table can hold.
_NOT_SHOWN = dict.fromkeys([0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0xD800, 0xE000)])
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]{129,}")
_WORD = re.compile(r"\w+")
MAX_COMBINING = 128


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def canonical(text: str) -> str:
    """The text with Unicode NFC and line ends as "\\n"; nothing else changes.

    Raises ValueError where it is no Unicode text: lone surrogates, null characters, or a run of
    combining characters that no writing needs (sorting it, as NFC must, takes quadratic time).
    """
    if "\0" in text:
        raise ValueError("null characters: not text")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("lone surrogates: not Unicode text") from None
    if any(_longest_combining_run(run.group()) > MAX_COMBINING for run in _NOT_ASCII.finditer(text)):
        raise ValueError(f"more than {MAX_COMBINING} combining characters in a row")
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text))


def _longest_combining_run(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        longest = max(longest, run)
    return longest


def one_line(text: str) -> str:
    """The text on one line, single-spaced, without invisible characters and lone surrogates."""
    return " ".join(text.translate(_NOT_SHOWN).split())


def lines_of(text: str) -> list[str]:
    """The lines of a marked-up source that hold a word, each cleaned by `one_line` ("###" ends a release)."""
    return [one_line(line) for line in text.split("\n") if _WORD.search(line)]


def text_key(text: str) -> str:
    """A hash that two texts share when they differ only in case, spacing, punctuation and typography."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return sha256(" ".join(words).encode())
