"""From readings to candidates: each coordinated action of a complement is one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.boundaries import clause_end
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.coordination import actions
from communique.extractors.commitments.lists import enumerated
from communique.extractors.commitments.negation import denial_end, is_denied
from communique.extractors.commitments.predicates import Reading, readings
from communique.extractors.commitments.spans import apart, event_end, trimmed
from communique.extractors.commitments.subjects import subject_span

# Frames whose complement is one undertaking, however much it coordinates.
WHOLE = {"obj", "passive", "event", "that"}
# No real sentence has as many readings or tokens; the parse of a longer one means nothing and takes time.
MOST, LONGEST = 60, 2000


def candidates(doc: Doc) -> Iterator[tuple[Candidate, Reading]]:
    """Every undertaking that the parse and the lexicon can read, with its reading, in text order."""
    for sentence in (sentence for sentence in doc.sents if len(sentence) <= LONGEST):
        for reading in islice(readings(sentence), MOST):
            for what in _whats(reading):
                yield _candidate(doc, sentence, reading, what), reading


def _whats(reading: Reading) -> Iterator[Span]:
    """The spans of the coordinated actions of a reading, or of those that are numbered."""
    start, (heads, end) = reading.complement.start, _actions(reading)
    doc = reading.predicate.doc
    numbered = [trimmed(doc, part.start, part.end) for part in enumerated(doc, start, end)]
    yield from (part for part in numbered if part is not None)
    if not numbered:
        yield from (what for _, what in apart(start, heads, end))


def _actions(reading: Reading) -> tuple[list[Token], int]:
    """The heads of the actions of a reading and the end of the last."""
    found = reading.complement
    if found.frame == "passive":
        return [found.head], found.head.right_edge.i + 1
    end = clause_end(found.head, reading.predicate)
    if found.frame == "event":
        end = event_end(found.head, end)
    if found.frame in WHOLE:
        return [found.head], end
    return actions(found.head, reading.predicate, end)


def _candidate(doc: Doc, sentence: Span, reading: Reading, what: Span) -> Candidate:
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
        trimmed(doc, sentence.start, sentence.end) or sentence,
        subject_span(doc, reading.subject),
        reading.predicate,
        reading.act,
        is_denied(reading, trigger, what, first),
        "current",
        reading.rule,
    )
