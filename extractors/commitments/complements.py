"""The complement of a governing predicate that holds the undertaking, by frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from communique.extractors.annotations import DATES
from communique.extractors.commitments.clauses import is_verb, joined_by, spans_between
from communique.extractors.commitments.lexicon import Entry, forms

DUTY = {"will", "should", "shall", "would"}
OCCASION = {"at", "during"}
NO_ACTION = {"this", "that", "which", "whom", "following"}


@dataclass(frozen=True, slots=True)
class Complement:
    """`head` of the undertaking, its first token `start`, and the `frame` that found it.

    `end` is where the trigger ends before `start`.
    """

    frame: str
    head: Token
    start: int
    end: int | None = None


def complement(predicate: Token, entry: Entry) -> Complement | None:
    """The complement of `predicate` in the frames of its entry, the nearest first; None where it has none."""
    found = [_in_frame(predicate, frame) for frame in entry.frames]
    nearest = min((c for c in found if c is not None), key=lambda c: c.start, default=None)
    if nearest is None or nearest.head.lower_ in NO_ACTION or not entry.takes(nearest.head.lemma_.lower()):
        return None
    return nearest


def _in_frame(predicate: Token, frame: str) -> Complement | None:
    if frame == "obj":
        return _object(predicate)
    if frame == "that":
        return _clause(predicate)
    if frame == "order":
        return _order(predicate)
    return _after(predicate, frame)


def _after(predicate: Token, word: str) -> Complement | None:
    """What the parse hangs on the predicate by "to" or another preposition."""
    dates = spans_between(predicate.doc, DATES, predicate.i, predicate.sent.end)
    dated = {at for span in dates for at in range(span.start, span.end)}
    for child in _attached(predicate, word):
        if child.i in dated:  # "agreed on Monday to meet"
            continue
        marker = next((c for c in child.lefts if c.lower_ == word), None)
        if marker is not None:
            return Complement(word, _verb_after(marker) or child, marker.i + 1)
    return None


def _attached(predicate: Token, word: str) -> Iterator[Token]:
    """What stands behind the predicate, and what hangs on the occasion: "agreed at the talks to meet"."""
    for child in predicate.rights:
        if word == "to" and child.lower_ in forms("meetings") and joined_by(child, "case") & OCCASION:
            yield from (c for c in child.rights if c.dep_ == "acl" and c.tag_ == "VB")
        yield child


def _verb_after(marker: Token) -> Token | None:
    """The verb right after "to", whatever the parse made of it."""
    verb = marker.doc[marker.i + 1] if marker.lower_ == "to" and marker.i + 1 < marker.sent.end else None
    if verb is None or not is_verb(verb):
        return None
    return verb.head if verb.dep_ in {"aux:pass", "cop"} else verb  # "to be held"


def _object(predicate: Token) -> Complement | None:
    """The object, or the subject of a passive."""
    passive = next((c for c in reversed(list(predicate.lefts)) if c.dep_ == "nsubj:pass"), None)
    if passive is not None:
        return Complement("passive", passive, passive.left_edge.i)
    objects = (c for c in predicate.rights if c.dep_ == "obj")
    found = next(objects, None)
    return Complement("obj", found, found.left_edge.i) if found is not None else None


def _clause(predicate: Token) -> Complement | None:
    """A clause of what is to be done: "agreed that talks should start", not "that ties are strong"."""
    clause = next((c for c in predicate.rights if c.dep_ == "ccomp" and _is_duty(c)), None)
    if clause is None:
        return None
    first = clause.left_edge
    return Complement("that", clause, first.i + (first.lower_ == "that"))


def _is_duty(verb: Token) -> bool:
    auxiliaries = [c.lower_ for c in verb.lefts if c.dep_ in {"aux", "aux:pass"}]
    return auxiliaries == ["be"] or bool(DUTY & {*auxiliaries})  # "agreed that a meeting be held"


def _order(predicate: Token) -> Complement | None:
    """The action of the one instructed: "tasked officials to report", "the group is tasked to report"."""
    ordered = next((c for c in predicate.children if c.dep_ in {"obj", "iobj", "nsubj:pass"}), None)
    if ordered is None:
        return None
    for child in (*predicate.rights, *ordered.rights):
        marker = next((c for c in child.lefts if c.dep_ == "mark"), None)
        if marker is not None:
            return Complement("order", child, marker.i + 1)
    return None
