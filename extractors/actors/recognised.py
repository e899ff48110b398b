"""Names that the model recognises: persons, and organisations that no lexicon holds."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

PERSON_LABELS = frozenset({"PER", "PERSON"})
BODY_LABELS = frozenset({"ORG"})


def recognised(doc: Doc, labels: frozenset[str]) -> list[Span]:
    """The entities of the model that have one of the labels."""
    return [span for span in doc.ents if span.label_ in labels]


def apart(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The spans that share no token with the others."""
    taken = {at for span in others for at in range(span.start, span.end)}
    return [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
