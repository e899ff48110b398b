"""Persons: whoever stands beside an office or a courtesy title."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from communique.extractors.annotations import Actor


def find_persons(doc: Doc, shape: str) -> dict[Span, Actor]:
    """The mentions of persons with their offices."""
    return {}
