"""What telling a day takes: the marked spans of a stretch of text, and the words around dates."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.clauses import joined_by
from communique.models.lexicons import load_lexicon, per_lexicons


@per_lexicons
def forms(key: str) -> frozenset[str]:
    """A word list of `when.yaml`."""
    return frozenset(load_lexicon("when")[key])


def is_apart(noun: Token) -> bool:
    """ "since the vote on 20 January", "following the summit on 3 May": a day of another event."""
    return bool(joined_by(noun, "case") & forms("apart"))


def spans_between(doc: Doc, key: str, start: int, end: int) -> list[Span]:
    """The spans of `doc.spans[key]` wholly between the tokens `start` and `end` (exclusive), in text order.

    The components write their spans in text order, which this relies on.
    """
    group = doc.spans.get(key, ())
    found = []
    for index in range(bisect_left(group, start, key=_start), len(group)):
        span = group[index]
        if span.start >= end:
            break
        if span.end <= end:
            found.append(span)
    return found


def _start(span: Span) -> int:
    return span.start
