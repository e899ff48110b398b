"""Where the trigger of a governing predicate begins and ends."""

from __future__ import annotations

from spacy.tokens import Token

from communique.extractors.commitments.lexicon import lexicon

BE = {"be", "remain", "stay", "stand", "become"}
AUXILIARIES = {"aux", "aux:pass", "cop", "advmod"}


def after_modal(token: Token, verb: Token) -> tuple[int, int]:
    """The end of the trigger ("will also", "won’t"), and the first word of the action, after commas."""
    doc, at, words = token.doc, token.i + 1, lexicon().words
    while at < verb.i and doc[at].lower_ in words["trigger_adverbs"] | words["contracted"]:
        at += 1
    end = at
    if at < verb.i and doc[at].text == ",":
        closing = [i for i in range(at + 1, verb.i) if doc[i].text == ","]
        at = closing[-1] + 1 if closing else at + 1
    return end, at


def first_of(token: Token) -> int:
    """Where the trigger of a predicate begins: with its auxiliaries and adverbs."""
    verb = (
        token.head if token.dep_ == "xcomp" and token.head.lemma_ in BE and token.head.i < token.i else token
    )
    first = verb.i
    while first > verb.sent.start and _is_auxiliary(token.doc[first - 1], verb):
        first -= 1
    return first


def _is_auxiliary(token: Token, verb: Token) -> bool:
    return token.head == verb and token.dep_ in AUXILIARIES
