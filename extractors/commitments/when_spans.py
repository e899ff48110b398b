"""Marked spans of a stretch of text, found without reading all of a long release each time."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Span


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
