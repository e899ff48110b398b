"""What the words around a name and the place of a date say of an event, as names for a model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from spacy.tokens import Span

from communique.extractors.commitments.clauses import is_verb, joined_by
from communique.extractors.events.details import Days
from communique.extractors.events.tense import is_future
from communique.extractors.events.when import LONG, days_beside, days_between

STEPS = (1, 2, 4, 8)  # tokens between a name and a date, up to which a distance is one
RECENT = dt.timedelta(days=10)
SIZES = ((0, "day"), (26, "days"), (31, "month"), (359, "months"))  # days from the first to the last


def days_around(name: Span) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The days of the sentence of a name, the last before and the first behind it, and where they stand."""
    doc, start, end = name.doc, name.sent.start, name.sent.end
    inside = days_beside(name)
    for date in inside:
        only = ["only in sentence"] if len(inside) == 1 else []
        yield date, ("in sentence", *only, *_place(name, date))
    if start > 0:
        before = days_between(doc, max(doc[start - 1].sent.start, start - LONG), start)
        yield from ((date, ("sentence before",)) for date in before[-1:])
    if end < len(doc):
        after = days_between(doc, end, min(doc[end].sent.end, end + LONG))
        yield from ((date, ("sentence after",)) for date in after[:1])


def _place(name: Span, date: Span) -> Iterator[str]:
    """Where a date stands to a name of its sentence."""
    behind = date.start >= name.start
    apart = date.start - name.end if behind else name.start - date.end
    yield f"{'behind' if behind else 'before'} {sum(apart >= step for step in STEPS)}"
    verb = next((token for token in date.root.ancestors if is_verb(token)), None)
    yield "no verb" if verb is None else f"shares verb {verb == name.root or verb in name.root.ancestors}"
    if name.root in date.root.ancestors:
        yield "under name"


def day_traits(days: Days, published: dt.date | None) -> Iterator[str]:
    """How long the days are, and how they stand to the publication."""
    start, end = days
    if start is None or end is None:
        return
    yield f"size={next((size for most, size in SIZES if (end - start).days <= most), 'year')}"
    if published is None:
        yield "when=unknown"
    elif end > published:
        yield "when=later" if start > published else "when=now"
    else:
        past = "when=recent" if published - end <= RECENT else "when=past"
        yield "when=today" if end == published else past


def beside(name: Span) -> Iterator[str]:
    """The words that govern a name."""
    head = name.root
    yield from (f"case={case}" for case in joined_by(head, "case"))
    yield f"dep={head.dep_}"
    verb = next((token for token in head.ancestors if is_verb(token)), None)
    if verb is None:
        yield "no verb"
    else:
        yield f"verb={verb.lemma_.lower()}"
        yield f"verb tag={verb.tag_}"
        if is_future(verb):
            yield "future"
    if head.head.pos_ == "NOUN":
        yield f"noun={head.head.lemma_.lower()}"
