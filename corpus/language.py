"""The language of a text, by py3langid's character n-grams: offline and deterministic."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 4_000
_LETTER = re.compile(r"[^\W\d_]")
# Names alone can make an English line look foreign: with less text, or a weaker guess, nothing is said.
_MIN_LETTERS = 60
_MIN_PROBABILITY = 0.9
_MIN_LINE = 30
_ENGLISH_SHARE = 0.2


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code, None where the text is too short or too mixed to tell.

    A release in two languages is English where a good part of its paragraphs is.
    """
    sample = " ".join(text[: 4 * _SAMPLE].split())[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _MIN_LETTERS:
        return None
    language = _of(sample)
    if language != "en" and _in_english(text[: 4 * _SAMPLE]) >= max(_MIN_LETTERS, _ENGLISH_SHARE * letters):
        return "en"
    return language


def _of(sample: str) -> str | None:
    language, probability = _identifier().classify(sample.lower() if sample.isupper() else sample)
    return str(language) if probability >= _MIN_PROBABILITY else None


def _in_english(text: str) -> int:
    """The letters of the paragraphs that are English."""
    counts = ((len(_LETTER.findall(line)), line) for line in text.split("\n"))
    return sum(count for count, line in counts if count >= _MIN_LINE and _of(line) == "en")
