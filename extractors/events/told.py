"""One telling of an event, as the rules read it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from communique.extractors.annotations import Event
from communique.extractors.events.reading import Reading


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event: its evidence, and whether a date of its own sentence dates it.

    `reading` is what tells it of `name`, None where only a day does.
    """

    evidence: Span
    event: Event
    dated: bool
    name: Span
    reading: Reading | None
