"""What a token is by its tags and its place in the parse: a verb, a clause of its own, a modifier."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.lexicon import forms

SUBJECTS = {"nsubj", "nsubj:pass", "csubj", "nsubj:outer"}
RELATIVE = {"which", "that", "who", "whom"}
FINITE = {"VBD", "VBZ"}
HOPS = 8  # steps up the parse


def chain(token: Token, *relations: str) -> Iterator[Token]:
    """The token, and what is above it as long as each hangs on the next by one of the relations."""
    yield token
    for _ in range(HOPS):
        if token.dep_ not in relations or token.head == token:
            return
        token = token.head
        yield token


def joined_by(token: Token, *relations: str) -> set[str]:
    """The words that join it to the rest by a relation: its prepositions ("case"), conjunctions ("mark")."""
    return {child.lower_ for child in token.children if child.dep_ in relations}


def is_verb(token: Token) -> bool:
    """A verb by either of its tags: one is often right where the other errs."""
    return token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")


def is_verbal(token: Token) -> bool:
    """A verb, or what stands for one: a predicate with a copula or auxiliary."""
    return is_verb(token) or any(child.dep_ in {"cop", "aux", "aux:pass"} for child in token.children)


def is_clause(token: Token) -> bool:
    """A coordinated clause of its own: finite, with a subject or an auxiliary of its own."""
    if not is_verbal(token) or any(subordinates(child) for child in token.lefts):
        return False
    return token.tag_ in FINITE or has_subject(token) or any(_is_finite(child) for child in token.lefts)


def _is_finite(auxiliary: Token) -> bool:
    """ "and will meet", "and is on its way"."""
    return auxiliary.tag_ in FINITE | {"VBP"} or (auxiliary.tag_ == "MD" and auxiliary.dep_ == "aux")


def subordinates(child: Token) -> bool:
    """A relative pronoun or conjunction: "which will", "where they will", "so that it may"."""
    return (
        child.tag_ == "WRB"
        or (child.dep_ in SUBJECTS and child.lower_ in RELATIVE)
        or (child.dep_ == "mark" and child.lower_ != "to")
    )


def form(token: Token) -> str:
    return {"VBG": "gerund", "VBN": "participle"}.get(token.tag_, "verb")


def has_subject(token: Token) -> bool:
    """A subject before it; what has a preposition is none, whatever the parse says."""
    subjects = (child for child in token.lefts if child.dep_ in SUBJECTS)
    return any(all(c.dep_ != "case" for c in subject.lefts) for subject in subjects)


def is_apart(noun: Token) -> bool:
    """ "since the vote on 20 January", "following the summit on 3 May": a day of another event."""
    return bool(joined_by(noun, "case") & forms("apart"))


def spans_between(doc: Doc, key: str, start: int, end: int) -> list[Span]:
    """The spans of `doc.spans[key]` wholly between the tokens `start` and `end` (exclusive), in text order.

    The components write their spans in text order, which this relies on.
    """
    group = doc.spans.get(key, ())
    found = []
    for index in range(bisect_left(group, start, key=lambda span: span.start), len(group)):
        span = group[index]
        if span.start >= end:
            break
        if span.end <= end:
            found.append(span)
    return found
