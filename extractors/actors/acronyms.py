"""Acronyms that a release defines: "General Security of Information Agreement (GSOIA)"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from spacy.tokens import Doc

ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/+]*[A-Z0-9][A-Za-z0-9&/+]*s?")
SHORT = re.compile(r"[A-Z][^\WA-Z]*+[A-Z][\w&/+]*+")  # two capitals at least
QUOTES = set("\"“”'‘’")
SMALL = {"of", "the", "and", "for", "on", "in", "to", "at", "&", "de", "du", "la"}
LONGEST = 15  # tokens in a long form


class Defined(NamedTuple):
    """Token offsets of a long form and of the acronym in brackets after it, ends exclusive."""

    start: int
    end: int
    acronym: int


def defined_acronyms(doc: Doc) -> list[Defined]:
    """The definitions in `doc`, in text order; the long form is the shortest run whose initials spell it."""
    words = [token.text for token in doc]
    brackets = [i for i, word in enumerate(words) if word == "("]
    found = (_definition(words, i) for i in brackets)
    return [definition for definition in found if definition is not None]


def short_forms(doc: Doc, ends: Container[int]) -> Iterator[tuple[int, int]]:
    """Where a name ends, one of `ends`, and the word in brackets behind it: "Ministry of Law (MinLaw)"."""
    words = [token.text for token in doc]
    for bracket in (i for i, word in enumerate(words) if word == "(" and i in ends):
        at = bracket + 1
        while at < len(words) and words[at] in QUOTES:
            at += 1
        if at < len(words) and SHORT.fullmatch(words[at]) and _closes(words, at + 1):
            yield bracket, at


def _definition(words: list[str], bracket: int) -> Defined | None:
    at = bracket + 1
    while at < len(words) and (words[at] in QUOTES or words[at] in {"the", "hereinafter"}):
        at += 1
    if at >= len(words) or not ACRONYM.fullmatch(words[at]) or not _closes(words, at + 1):
        return None
    start = _long_form(words, bracket, words[at])
    return None if start is None else Defined(start, bracket, at)


def _closes(words: list[str], at: int) -> bool:
    while at < len(words) and words[at] in QUOTES:
        at += 1
    return at < len(words) and words[at] in {")", ";", ","}


def _letters(acronym: str) -> str:
    return "".join(c for c in acronym.removesuffix("s") if c.isalpha()).casefold()


def _long_form(words: list[str], end: int, acronym: str) -> int | None:
    """Where the run before `end` starts whose words spell the letters of `acronym`, the last letter first.

    After Schwartz and Hearst (2003), but on words: a letter is an initial, or stands inside the word
    whose initial was taken ("UNICEF"); small words may be passed over.
    """
    letters, at = _letters(acronym), end - 1
    left = len(letters) - 1
    while at >= 0 and at > end - LONGEST - 1 and left >= 0:
        word = words[at].casefold()
        if word[0] == letters[left] and (left or words[at][0].isupper()):
            left -= 1
            if left < 0:
                return at
        elif not (word in SMALL or word in ",-–&" or words[at][0].isupper() or word.isspace()):
            return None
        at -= 1
    return None
