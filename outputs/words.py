"""Text that mentions words: in any of their forms, or as a quoted phrase to the letter."""

from __future__ import annotations

import difflib
import re

import pandas as pd

from communique.outputs.asking import WrongUsageError

# Endings that a word is asked with or found with; a stem keeps three letters at least.
ENDINGS = "ies|ied|ying|ing|ed|es|e|s|y"
ASKED = re.compile(rf"(?P<stem>\w{{3,}}?)(?:{ENDINGS})?")
POSSESSIVE = r"(?:['’]s?)?"
MOST_NEAR = 3


def mentions(texts: pd.Series[str], asked: str) -> pd.Series[bool]:
    """Whether each text has all the words asked for; null has none. WrongUsageError for no word.

    "supply chains" finds "chains of supplies", '"supply chains"' only these two words as they are.
    """
    patterns = _patterns(asked)
    if not patterns:
        raise WrongUsageError("no word to look for")
    found = pd.Series(True, index=texts.index)
    for pattern in patterns:
        found &= texts.str.contains(pattern, na=False, regex=True)
    return found


def named(names: pd.Series[str], asked: str, kind: str) -> pd.Series[bool]:
    """Whether each name has all the words asked for; WrongUsageError, with near names, where none has."""
    found = mentions(names, asked)
    if not found.any():
        plain = {name.casefold(): name for name in names.dropna()}
        near = [plain[name] for name in difflib.get_close_matches(asked.casefold(), plain, MOST_NEAR)]
        raise WrongUsageError(f"no {kind} is named {asked!r}" + (f": {' or '.join(near)}?" if near else ""))
    return found


def _patterns(asked: str) -> list[re.Pattern[str]]:
    phrases = re.findall(r'["“]([^"“”]*)["”]', asked)
    words = re.findall(r"\w+(?:[-'’]\w+)*", re.sub(r'["“][^"“”]*["”]', " ", asked))
    exact = [r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases if phrase.strip()]
    return [re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for form in (*exact, *map(_forms, words))]


def _forms(word: str) -> str:
    match = ASKED.fullmatch(word)
    if match is None:
        return re.escape(word) + POSSESSIVE
    stem = re.escape(match["stem"])
    return f"{stem}(?:{stem[-1]}(?=ing|ed))?(?:{ENDINGS})?{POSSESSIVE}"  # "stop" in "stopped"
