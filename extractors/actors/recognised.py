"""Names that the model recognises: persons, and organisations that no lexicon holds."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

PERSON_LABELS = frozenset({"PER", "PERSON"})
BODY_LABELS = frozenset({"ORG"})


def recognised(doc: Doc, labels: frozenset[str]) -> list[Span]:
    """The entities of the model that have one of the labels."""
    return [span for span in doc.ents if span.label_ in labels]


def outside(spans: Iterable[Span], names: Iterable[Span]) -> list[Span]:
    """The spans that go beyond each of the names: "Jordan Field" does of "Jordan"."""
    held = {at: name.start for name in names for at in range(name.start, name.end)}
    return [span for span in spans if span.start not in held or held[span.start] != held.get(span.end - 1)]


def apart(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The spans that share no token with the others."""
    taken = {at for span in others for at in range(span.start, span.end)}
    return [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
