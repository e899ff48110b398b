"""A state's name inside another name: a person's ("Mr. Jordan Ellwood"), a region's ("Upper Austria")."""

from __future__ import annotations

import re
from collections.abc import Set

from spacy.tokens import Doc, Span, Token

from communique.extractors.actors.recognised import PERSON_LABELS
from communique.models.lexicons import load_lexicon, per_lexicons

TITLES = frozenset("HhPR")  # letters of `shapes` for courtesy titles, offices and ranks
NAMES = frozenset("NI")  # for further names and initials
MOST_WORDS = 3  # behind a state's name in a firm's
PLACED = frozenset("itfr-")  # for what stands before a place
COURTESY = re.compile(r"H\.?(?=N)")


def is_persons(span: Span, letters: str, called: Set[str]) -> bool:
    """Whether a state's name of one word is a person's here, beside a further name of that person.

    A title right before it says so ("Mr. Jordan Ellwood"), a courtesy title before the further name elsewhere
    ("Ms. Ellwood": `called` has those names), or the model, but not behind a preposition: "the Foreign
    Minister of Brazil Ana Lima".
    """
    doc, at = span.doc, span.start
    if len(span) > 1:
        return False
    if at > 0 and letters[at - 1] in NAMES and _goes_on(doc[at]):
        return True
    before, behind = letters[at - 1 : at], letters[at + 1 : at + 2]
    if not behind or behind not in NAMES or before in PLACED:
        return False
    following = doc[at + 1]
    known = following.text in called or _goes_on(following)
    return known or (before in TITLES and _is_name(following))


def called_in(doc: Doc, letters: str) -> Set[str]:
    """The names that a courtesy title stands before: "Ms. Field"."""
    return {doc[match.end()].text for match in COURTESY.finditer(letters)}


def _is_name(token: Token) -> bool:
    """A proper name or an initial, not the common noun of a heading."""
    return len(token) < 3 or token.pos_ in {"PROPN", ""}


def _goes_on(token: Token) -> bool:
    """Whether the model has a token as a further name of a person."""
    return token.ent_type_ in PERSON_LABELS and token.ent_iob_ == "I"


def firm_behind(span: Span, letters: str, others: str) -> int:
    """The tokens behind a state's name that make it a firm's, as the one that acts: "Nepal" Oil agreed.

    `others` are the letters of words beside those that firms are called by; an adjective has none of them.
    """
    firms = load_lexicon("organizations")["bodies"]["firms"]
    doc, end = span.doc, span.end
    while end < min(len(doc), span.end + MOST_WORDS) and (letters[end] in others or doc[end].text in firms):
        end += 1
    head = doc[end - 1]
    first = head.head if head.dep_ == "conj" else head  # "Peru Copper and Chile Gas signed"
    acts = end > span.end and head.pos_ == "PROPN" and first.dep_.startswith("nsubj")
    return end - span.end if acts and span[-1].head.i == head.i else 0


def part_before(span: Span) -> int:
    """The tokens before a state's name that make it that of a part: 1 for "Western" Australia, else 0."""
    return int(span.start > 0 and span.doc[span.start - 1].text in _parts())


@per_lexicons
def _parts() -> frozenset[str]:
    listed: list[str] = load_lexicon("states")["parts"]
    return frozenset([*listed, *(word.upper() for word in listed)])
