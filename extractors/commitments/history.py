"""History: undertakings from before this release's event, which it only recalls.

Such rows have the status "background", and the day that their clause tells.
"""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Doc

from communique.extractors.annotations import DATES, Timex
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import is_apart, spans_between
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.predicates import Reading

FINITE = {"VBD", "VBP", "VBZ", "MD"}
# Days by which an act lies before its release and is history.
RECENT = dt.timedelta(days=10)
SESSION = dt.timedelta(days=31)  # a meeting may last as long
ISO_DAY = re.compile(r"(?:.*/)?(\d{4}(?:-\d{2}){0,2})")


def is_recalled(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """Whether the candidate belongs to an earlier event."""
    return (
        _is_reminded(found) or _is_told_as_past(doc, found, reading) or _is_dated_before(doc, found, reading)
    )


def earlier_day(doc: Doc, found: Candidate) -> str | None:
    """The day, month or year told for an undertaking of the past, as an ISO date; None where none is."""
    timexes = (timex for timex in _dates_of(doc, found) if not _lasts(timex, doc._.published))
    days = (ISO_DAY.fullmatch(timex.value or "") for timex in timexes if timex.timex_type == "DATE")
    return next((match.group(1) for match in days if match is not None), None)


def _is_told_as_past(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "previously announced", "had agreed to"."""
    if reading.complement.frame == "aux":
        return False
    outside = [child for child in reading.predicate.children if child not in found.what]
    words = {word.lower_ for child in outside for word in (child, child.left_edge)}  # "last week"
    return bool(words & {*lexicon().words["past"], "had"})


def _is_dated_before(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "In April they announced", "launched a fund in 2019": a day that lies well before the release."""
    published = doc._.published
    if published is None or reading.act == "intend" or reading.predicate.tag_ not in {"VBD", "VBN"}:
        return False
    return any(_lies_before(timex, published) for timex in _dates_of(doc, found))


def _is_reminded(found: Candidate) -> bool:
    """ "recalled their commitment of 2019 to", "recalled that they agreed to"."""
    recalling, first = lexicon().words["recalling"], found.trigger.start
    for token in reversed(found.sentence.doc[found.sentence.start : first + 1]):
        if token.lemma_.lower() in recalling:
            return True
        if token.tag_ in FINITE and token.i < first:
            return False
    return False


def _dates_of(doc: Doc, found: Candidate) -> list[Timex]:
    """The dates that the parse hangs on the predicate or, outside of the undertaking, on its modifiers."""
    predicate, what = found.predicate, range(found.what.start, found.what.end)
    near = (predicate, *(child for child in predicate.children if not is_apart(child)))
    spans = spans_between(doc, DATES, found.sentence.start, found.sentence.end)
    told = (s for s in spans if s.root.head == predicate or (s.start not in what and s.root.head in near))
    return [span._.timex for span in told if span._.timex is not None]


def _lies_before(timex: Timex, published: dt.date) -> bool:
    """Whether a date lies well before the release, or begins there: "in the last three years"."""
    if timex.timex_type != "DATE" or timex.start is None or timex.end is None:
        return False
    return published - (timex.start if _lasts(timex, published) else timex.end) > RECENT


def _lasts(timex: Timex, published: dt.date | None) -> bool:
    """Whether it is a time up to the release, which tells no day; not a session that ended that day."""
    if timex.granularity != "interval" or timex.start is None or timex.end is None:
        return False
    return timex.end == published and timex.end - timex.start > SESSION
