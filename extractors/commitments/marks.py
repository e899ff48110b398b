"""What the reader marks: a second opinion on candidates for the decision, and what only the reader sees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from communique.extractors.commitments.lists import lines
from communique.models import reader
from communique.models.reader import Reader

# Characters of a line that are read at once; a longer one is cut, behind a stop where it can be.
LONGEST = 900
NEAR = 25  # tokens between a predicate and what it governs
STOPS = {".", "!", "?", ";"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader marks beside a candidate.

    `act` is the reader's, `share` what both have in common, as F1 of tokens; `score` how sure the reader is
    (0 to 1); `edges` whether both begin, and whether both end, at the same token.
    """

    act: str
    share: float
    score: float
    edges: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Marked:
    """A span that the reader marks, with its act, and how sure it is; the predicate marked before it."""

    what: Span
    act: str
    score: float
    trigger: Span | None


class Marks:
    """The reader's marks of a document; it reads the lines that are asked about, each once."""

    def __init__(self, doc: Doc, reader: Reader) -> None:
        self._reader = reader
        self._lines = list(_parts(doc))
        self._starts = [line.start for line in self._lines]
        self._known: dict[int, list[Marked]] = {}

    def beside(self, what: Span) -> Mark | None:
        """The mark that shares most with a span, None where none touches it."""
        number = bisect_right(self._starts, what.start) - 1
        touching = [one for one in self._read(number) if _overlap(one.what, what)] if number >= 0 else []
        if not touching:
            return None
        best = max(touching, key=lambda one: _overlap(one.what, what))
        edges = (best.what.start == what.start, best.what.end == what.end)
        return Mark(best.act, _overlap(best.what, what), best.score, edges)

    def in_lines(self, places: Set[int]) -> Iterator[Marked]:
        """What is marked in the lines that hold one of the tokens, in text order."""
        for number, line in enumerate(self._lines):
            if not places.isdisjoint(range(line.start, line.end)):
                yield from self._read(number)

    def _read(self, number: int) -> list[Marked]:
        """The marks of a line, which is read when first asked about."""
        if number not in self._known:
            self._known[number] = self._read_line(number)
        return self._known[number]

    def _read_line(self, number: int) -> list[Marked]:
        line = self._lines[number]
        before = self._lines[number - 1].text if number else ""
        spans = list(_spans(line, self._reader.read(line.text, before)))
        triggers = [span for mark, span in spans if mark.layer == "trigger"]
        return [
            Marked(span, mark.label, round(mark.score, 3), _before(span, triggers))
            for mark, span in spans
            if mark.layer == "what"
        ]


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


def _overlap(one: Span, other: Span) -> float:
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
