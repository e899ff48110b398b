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


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code, None where the text is too short or too mixed to tell."""
    sample = " ".join(text[: 4 * _SAMPLE].split())[:_SAMPLE]
    if len(_LETTER.findall(sample)) < _MIN_LETTERS:
        return None
    if sample.isupper():
        sample = sample.lower()
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _MIN_PROBABILITY else None
