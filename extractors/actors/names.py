"""Names folded for comparison, and the ids made of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[^a-z0-9]+")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"}
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Case, diacritics and kinds of apostrophe removed: "Mélanie" -> "melanie"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(name: str) -> str:
    """An ASCII id: "José Manuel Barroso" -> "jose-manuel-barroso"; the name itself where it has no ASCII."""
    folded = fold(name).removesuffix("'s").replace("'", "")
    return _SEPARATORS.sub("-", folded).strip("-") or "-".join(name.split())
