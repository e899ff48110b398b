"""Meetings at or for which something is done: "At the Forum they announced", "will visit for the Forum"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from communique.extractors.events.lexicon import words

CLIMB = 4


def setting_of(name: Span) -> Token | None:
    """What is done at a meeting, or by whom a meeting is gone to: its verb, else its noun."""
    head = _meeting(name)
    case = next((c.lower_ for c in head.children if c.dep_ == "case" and c.i < name.start), None)
    above = head.head
    if above == head:
        return None
    if case in words("meeting_at"):
        return above if above.pos_ == "VERB" else _by_persons(above) or _given(above) or above
    if case in {"for", "to"}:
        verb = above if above.pos_ == "VERB" else _by_persons(above)
        return verb if verb is not None and verb.lemma_.lower() in words(f"going_{case}") else None
    return None


def _meeting(name: Span) -> Token:
    """The noun that stands for a name: itself, or "meeting" in "the meeting of it"."""
    root = name.root
    above = root.head
    through = root.dep_ in {"nmod", "compound"} and above.lemma_.lower() in words("meetings")
    return above if through and above not in name else root


def _by_persons(noun: Token) -> Token | None:
    """ "met their counterparts for the Forum": the verb, where only persons or places stand between."""
    for _ in range(CLIMB):
        if noun.pos_ != "PROPN" and noun.lemma_.lower() not in words("persons"):
            break
        noun = noun.head
    return noun if noun.pos_ == "VERB" else None


def _given(noun: Token) -> Token | None:
    """ "gave a speech at the Forum": the verb."""
    return noun.head if noun.head.lemma_.lower() in words("same_time") else None
