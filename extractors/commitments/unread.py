"""Candidates that only the reader marks: in words that neither parse nor lexicon takes for an undertaking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from spacy.tokens import Doc, Span

from communique.extractors.annotations import Act
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.complements import Complement
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.marks import Marked, Marks
from communique.extractors.commitments.negation import is_denied
from communique.extractors.commitments.predicates import Reading
from communique.extractors.commitments.spans import trimmed
from communique.extractors.commitments.subjects import subject_of, subject_span

READ = "read"  # the entry of their readings
LEAST = 0.3  # how sure the reader must be
FINITE = {"VBD", "VBP", "VBZ"}  # with these a clause of its own begins: "and exchanged views"


def unread(doc: Doc, found: Sequence[Candidate], marks: Marks) -> Iterator[tuple[Candidate, Reading]]:
    """What is marked where nothing is found, in lines with something found or a modal: reading takes time."""
    taken = {at for candidate in found for at in range(candidate.what.start, candidate.what.end)}
    modals = {token.i for token in doc if token.lower_ in lexicon().modals}
    for marked in marks.in_lines(taken | modals):
        what = trimmed(doc, marked.what.start, marked.what.end) if marked.score >= LEAST else None
        if what is not None and what[0].tag_ not in FINITE and taken.isdisjoint(range(what.start, what.end)):
            yield _candidate(doc, what, marked)


def _candidate(doc: Doc, what: Span, marked: Marked) -> tuple[Candidate, Reading]:
    """Its predicate is the one marked before it, or its own first word."""
    act, sentence = cast(Act, marked.act), what.sent
    trigger = marked.trigger if marked.trigger is not None else what[:1]
    predicate = trigger.root
    subject = subject_of(predicate)
    reading = Reading(READ, act, predicate, trigger.start, Complement(READ, what.root, what.start), subject)
    candidate = Candidate(
        doc[trigger.start : trigger.end],
        what,
        trimmed(doc, sentence.start, sentence.end) or sentence,
        subject_span(doc, subject),
        predicate,
        act,
        negated=is_denied(reading, trigger, what, first=True),
        rule=READ if marked.trigger is not None else f"{READ}:line",
    )
    return candidate, reading
