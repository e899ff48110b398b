"""All that may be an undertaking: what lexicon and parse read, lines of lists, what only the reader marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc, Span

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.extent import actions, apart, clause_end, trimmed
from communique.extractors.commitments.history import is_recalled
from communique.extractors.commitments.lists import item_candidates
from communique.extractors.commitments.marks import Marks, unread
from communique.extractors.commitments.negation import denial_end, is_denied
from communique.extractors.commitments.predicates import Reading, readings
from communique.extractors.commitments.signs import signs_against, vetoed
from communique.extractors.commitments.subjects import subject_span
from communique.models.reader import Reader, shipped

# Frames whose complement is one undertaking, however much it coordinates.
WHOLE = {"obj", "passive", "event", "that"}
# No real sentence has as many readings or tokens; the parse of a longer one means nothing and takes time.
MOST, LONGEST = 60, 2000


def proposals(doc: Doc, reader: Reader | None = None) -> Iterator[tuple[Candidate, Reading | None]]:
    """All that may be an undertaking: lines of lists (without reading), what the parse and the lexicon read,
    what only the reader marks.

    What belongs to an earlier event has the status "background". `reader` is another than the one shipped.
    """
    marks = Marks(doc, reader or shipped())
    lines = list(item_candidates(doc))
    read = list(candidates(doc))
    new = unread(doc, [*lines, *(found for found, _ in read)], marks)
    for found, reading in (*((line, None) for line in lines), *_in_force(doc, read), *_in_force(doc, new)):
        yield replace(found, mark=marks.beside(found.what)), reading


def _in_force(
    doc: Doc, found: Iterable[tuple[Candidate, Reading]]
) -> Iterator[tuple[Candidate, Reading | None]]:
    """Those against which nothing speaks for certain, history as such."""
    for candidate, reading in found:
        if vetoed(candidate, reading):
            continue
        if not is_recalled(doc, candidate, reading):
            yield candidate, reading
        elif not signs_against(candidate, reading):
            yield replace(candidate, status="background"), reading


def candidates(doc: Doc) -> Iterator[tuple[Candidate, Reading]]:
    """Every undertaking that the parse and the lexicon can read, with its reading, in text order."""
    for sentence in (sentence for sentence in doc.sents if len(sentence) <= LONGEST):
        for reading in islice(readings(sentence), MOST):
            for what in _whats(reading):
                yield _candidate(doc, reading, what), reading


def _whats(reading: Reading) -> Iterator[Span]:
    """The spans of the coordinated actions of a reading."""
    found = reading.complement
    end = found.head.right_edge.i + 1 if found.frame == "passive" else clause_end(found.head)
    heads = [found.head] if found.frame in WHOLE else actions(found.head, end)
    yield from apart(found.start, heads, end)


def _candidate(doc: Doc, reading: Reading, what: Span) -> Candidate:
    trigger = doc[reading.first : max(reading.last, reading.first + 1)]
    first = what.start == reading.complement.start
    negation = next(
        (t.i for t in trigger if t.i > reading.predicate.i and denial_end(doc, t.i) is not None), None
    )
    if negation is not None:  # "agreed | not to raise duties", "agreed | to lower them"
        trigger = doc[trigger.start : negation]
        what = doc[negation : what.end] if first else what
    return Candidate(
        trimmed(doc, trigger.start, trigger.end) or trigger,
        what,
        subject_span(doc, reading.subject),
        reading.predicate,
        reading.act,
        is_denied(reading, trigger, what),
        "current",
        reading.rule,
    )
