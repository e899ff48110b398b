"""Bodies that no lexicon knows: "Ministry of ...", "Royal ... Navy", by the noun that makes them one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from communique.extractors.actors.states import state_of
from communique.models.lexicons import load_lexicon

# Letters of `shapes`. Every repetition is bounded, so that no line of capitals costs more than its length.
CAPITAL = r"(?:[NAwqQPRBb]|Ss{0,6}|de{0,2}|Oo{0,12}|Xx{0,4})"
RUN = rf"{CAPITAL}(?:-?{CAPITAL}){{0,6}}"
ITEM = rf"t?{RUN}(?:'{RUN})?"
OTHER_BODY = rf"(?!t?(?:{CAPITAL}-?){{1,6}}[Bb])"
LIST = rf"{ITEM}(?:(?:,?a|f){OTHER_BODY}{ITEM}|,(?={ITEM}(?:,{ITEM}){{0,3}},?a{OTHER_BODY}{ITEM}){ITEM}){{0,5}}"
MODIFIERS = rf"(?:(?:(?:{CAPITAL}|h)-?){{1,7}}(?:(?:(?<=[PQR])|(?<=PN))'|(?<=w)a{CAPITAL}{{1,3}})?)?"
BODY = re.compile(rf"{MODIFIERS}(?:B(?:[fr]{LIST})?|[Bb])(?![-]?[NPQwqb])")
"""A body noun with what precedes it in capitals and, for those of class B, its "of ..." complement."""


def find_bodies(doc: Doc, shape: str) -> Iterator[tuple[int, int, str | None]]:
    """Token offsets of each body, with the state in its name."""
    rejected = load_lexicon("organizations")["not_bodies"]
    for match in BODY.finditer(shape):
        start, end = match.span()
        if end - start < 2:
            continue
        text = doc[start:end].text
        if not any(phrase in text for phrase in rejected):
            yield start, end, _state(doc, shape, start, end)


def _state(doc: Doc, shape: str, start: int, end: int) -> str | None:
    for match in re.finditer(r"Ss*|de*", shape[start:end]):
        return state_of(doc[start + match.start() : start + match.end()].text)
    return None
