"""What the reader marks: beside candidates, which it bounds where it is sure, and where nothing is found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import cast

from spacy.tokens import Doc, Span

from communique.extractors.annotations import Act
from communique.extractors.commitments.candidate import Candidate, Mark
from communique.extractors.commitments.complements import Complement
from communique.extractors.commitments.extent import trimmed
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.lists import lines, opens_with_verb
from communique.extractors.commitments.negation import is_denied
from communique.extractors.commitments.predicates import Reading
from communique.extractors.commitments.subjects import subject_of, subject_span
from communique.models import reader
from communique.models.reader import Reader

# Characters of a line that are read at once; a longer one is cut, behind a stop where it can be.
LONGEST = 900
NEAR = 25  # tokens between a predicate and what it governs
READ = "read"  # the entry of readings that only the reader has
LEAST = 0.3  # how sure it must be of what nothing else finds
FINITE = {"VBD", "VBP", "VBZ"}  # with these a clause of its own begins: "and exchanged views"
SURE, ALIKE = 0.9, 0.75  # score and share from which a mark tells where an undertaking begins and ends
STOPS = {".", "!", "?", ";"}


class Marks:
    """The reader's marks of a document; it reads the lines that are asked about, each once."""

    def __init__(self, doc: Doc, reader: Reader) -> None:
        self._reader = reader
        self._lines = list(_parts(doc))
        self._starts = [line.start for line in self._lines]
        self._known: dict[int, list[Mark]] = {}

    def beside(self, what: Span) -> Mark | None:
        """The mark that shares most with a span, None where none touches it."""
        number = bisect_right(self._starts, what.start) - 1
        touching = [mark for mark in self._read(number) if shared(mark.what, what)] if number >= 0 else []
        return max(touching, key=lambda mark: shared(mark.what, what), default=None)

    def in_lines(self, places: Set[int]) -> Iterator[Mark]:
        """What is marked in the lines that hold one of the tokens, in text order."""
        for number, line in enumerate(self._lines):
            if not places.isdisjoint(range(line.start, line.end)):
                yield from self._read(number)

    def _read(self, number: int) -> list[Mark]:
        """The marks of a line, which is read when first asked about."""
        if number not in self._known:
            line, before = self._lines[number], self._lines[number - 1].text if number else ""
            spans = list(_spans(line, self._reader.read(line.text, before)))
            triggers = [span for read, span in spans if read.layer == "trigger"]
            self._known[number] = [
                Mark(span, read.label, round(read.score, 3), _before(span, triggers))
                for read, span in spans
                if read.layer == "what"
            ]
        return self._known[number]


def bounded(found: Candidate) -> Candidate:
    """The candidate with the bounds of the mark beside it, where the reader is sure of it.

    What is not to be done keeps its own: the reader does not mark denials.
    """
    mark = found.mark
    if mark is None or mark.score < SURE or shared(mark.what, found.what) < ALIKE or found.negated:
        return found
    return replace(found, what=trimmed(mark.what.doc, mark.what.start, mark.what.end) or found.what)


def unread(doc: Doc, found: Sequence[Candidate], marks: Marks) -> Iterator[tuple[Candidate, Reading]]:
    """What is marked where nothing is found.

    Reading takes time: read are lines with something found or a modal, and those that open with a verb.
    """
    taken = {at for candidate in found for at in range(candidate.what.start, candidate.what.end)}
    modals = {token.i for token in doc if token.lower_ in lexicon().modals}
    opened = {line.start for line in lines(doc) if opens_with_verb(line)}
    for marked in marks.in_lines(taken | modals | opened):
        what = trimmed(doc, marked.what.start, marked.what.end) if marked.score >= LEAST else None
        if what is not None and what[0].tag_ not in FINITE and taken.isdisjoint(range(what.start, what.end)):
            yield _candidate(doc, what, marked)


def _candidate(doc: Doc, what: Span, marked: Mark) -> tuple[Candidate, Reading]:
    """Its predicate is the one marked before it, or its own first word."""
    act = cast(Act, marked.act)
    trigger = marked.trigger if marked.trigger is not None else what[:1]
    predicate = trigger.root
    subject = subject_of(predicate)
    reading = Reading(READ, act, predicate, trigger.start, Complement(READ, what.root, what.start), subject)
    candidate = Candidate(
        doc[trigger.start : trigger.end],
        what,
        subject_span(doc, subject),
        predicate,
        act,
        negated=is_denied(reading, trigger, what),
        rule=READ if marked.trigger is not None else f"{READ}:line",
    )
    return candidate, reading


def _spans(line: Span, marks: Iterable[reader.Mark]) -> Iterator[tuple[reader.Mark, Span]]:
    """Each mark of a line with the tokens that it touches."""
    at = line.start_char
    for mark in marks:
        span = line.doc.char_span(at + mark.start, at + mark.end, alignment_mode="expand")
        if span is not None:
            yield mark, span


def _before(what: Span, triggers: Sequence[Span]) -> Span | None:
    """The nearest predicate in the sentence that stands before it."""
    near = (t for t in reversed(triggers) if t.end <= what.start and what.start - t.end <= NEAR)
    return next((t for t in near if t.start >= what.sent.start), None)


def shared(one: Span, other: Span) -> float:
    """How much two spans share, as the F1 of their tokens."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared / (len(one) + len(other)) if shared > 0 else 0.0


def _parts(doc: Doc) -> Iterator[Span]:
    """The lines of the text, long ones cut behind the last stop that leaves a part short enough."""
    for line in lines(doc):
        start = stop = line.start
        for token in line:
            if token.idx + len(token) - doc[start].idx > LONGEST and token.i > start:
                cut = stop if stop > start else token.i
                yield doc[start:cut]
                start = cut
            if token.text in STOPS:
                stop = token.i + 1
        yield doc[start : line.end]
