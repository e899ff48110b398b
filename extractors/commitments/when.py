"""When: the day of an undertaking, when it is due, and how often it recurs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from spacy.tokens import Doc

from communique.extractors.annotations import AgreedOnFrom
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.when_agreed import Occasion, agreed_on
from communique.extractors.commitments.when_due import due_dates, recurrence_of


@dataclass(frozen=True, slots=True)
class When:
    """The dates of one undertaking: `agreed_on` at its own precision, due days inclusive, None where open."""

    agreed_on: str | None = None
    agreed_on_from: AgreedOnFrom | None = None
    due_text: str | None = None
    due_start: dt.date | None = None
    due_end: dt.date | None = None
    recurrence: str | None = None


def resolve_when(doc: Doc, candidate: Candidate, occasions: list[Occasion]) -> When:
    """Day, term and period of one undertaking, from `doc.spans["dates"]` and the publication day.

    `occasions` are those of the release, from `when_agreed.occasions_of`.
    """
    day, told_by = agreed_on(doc, candidate, occasions)
    text, start, end = due_dates(doc, candidate, day)
    return When(day, told_by, text, start, end, recurrence_of(doc, candidate))
