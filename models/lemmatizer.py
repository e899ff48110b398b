"""Lemmas from the form and its XPOS tag: exceptions first, then the rule of the longest known ending.

A tag says more than a word class: only "NNS" and "NNPS" lose a plural ending, and a capital stays where the
tag is that of a name ("New/NNP York" is an adjective by UPOS).
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Token

FACTORY = "communique_lemmatizer"
# By tag: form -> lemma, and ending -> replacement.
EXCEPTIONS, ENDINGS = "lemma_exceptions", "lemma_endings"
LONGEST = 6  # characters of an ending
CASED = ("NNP", "NNPS", "FW", "ADD", "GW", "AFX", "SYM", "LS", "NFP")  # tags whose words keep capitals
NUMBER = "CD"  # loses the commas between thousands


@Language.factory(FACTORY, assigns=["token.lemma"], default_score_weights={"lemma_acc": 1.0})
def make_lemmatizer(nlp: Language, name: str) -> TagLemmatizer:
    return TagLemmatizer(nlp.vocab, None, name, mode="tag")


class TagLemmatizer(Lemmatizer):
    """spaCy's lemmatizer with a mode of its own, "tag"; its tables are saved and loaded as those are."""

    @classmethod
    def get_lookups_config(cls, mode: str) -> tuple[list[str], list[str]]:
        return [EXCEPTIONS, ENDINGS], []

    def tag_lemmatize(self, token: Token) -> list[str]:
        """The lemma of a token in a list of one, as the base class wants it; for modes it does not know."""
        key = (token.orth, token.tag)
        if key not in self.cache:
            tables = self.lookups.get_table(EXCEPTIONS), self.lookups.get_table(ENDINGS)
            self.cache[key] = [lemmatize(token.text, token.tag_, *tables)]
        found: list[str] = self.cache[key]
        return found


def lemmatize(form: str, tag: str, exceptions: Any, endings: Any) -> str:
    """The lemma of a form with this tag; the tables are as in `EXCEPTIONS` and `ENDINGS`."""
    special = exceptions.get(tag, {})
    lower = form.lower()
    if form in special:
        return str(special[form])
    if lower in special and tag not in CASED:
        return str(special[lower])
    if tag == NUMBER:
        return lower.replace(",", "")
    base = form if tag in CASED else lower
    known = endings.get(tag, {}) if len(lower) == len(form) else {}
    for start in range(max(1, len(lower) - LONGEST), len(lower)):
        if lower[start:] in known:
            return base[:start] + str(known[lower[start:]])
    return base
