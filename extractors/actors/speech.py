"""Who speaks: quotations and the person to whom the words beside them give them, turns in a transcript."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from communique.models.lexicons import load_lexicon, per_lexicons

OPEN, CLOSE, STRAIGHT = "“", "”", '"'
SHORTEST = 5  # tokens: shorter ones are names and scare quotes
LONGEST = 800
BESIDE = 60  # tokens beside a quotation in which its speaker is named
# "PRIME MINISTER ROJAS:", "Q:", "PRESIDENT ERDOĞAN (via interpreter):", where it is in capitals.
NAME = re.compile(r"^ *([^\W\d_](?:[ .’'-]*[^\W\d_])*) *(?:\([^()\n]*\) *)?:", re.M)


@per_lexicons
def saying() -> frozenset[str]:
    """Verb forms that give a quotation to their subject."""
    return frozenset(load_lexicon("groups")["saying"])


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens `start` to `end` (exclusive) with their quotation marks, and who says them, where told."""

    start: int
    end: int
    speaker: Span | None


class Quotations:
    """The quotations of one release."""

    def __init__(self, doc: Doc, actors: list[Span]) -> None:
        people = sorted(span for span in actors if span._.actor.kind == "person")
        self.found: list[Quotation] = []
        for start, end in _quoted(doc):
            previous = self.found[-1] if self.found else None
            speaker = _speaker(doc, people, start, end)
            if speaker is None and previous is not None and start - previous.end < BESIDE:
                speaker = previous.speaker
            self.found.append(Quotation(start, end, speaker))
        self.turns = list(_turns(doc, people))

    def at(self, index: int) -> Quotation | None:
        """The quotation that holds token `index`, else the turn of a speaker, or None."""
        return _holding(self.found, index) or _holding(self.turns, index)


def _holding(quotations: list[Quotation], index: int) -> Quotation | None:
    nearest = bisect_right(quotations, index, key=_start) - 1
    return quotations[nearest] if nearest >= 0 and index < quotations[nearest].end else None


def _turns(doc: Doc, people: list[Span]) -> Iterator[Quotation]:
    """What each person of the release says in a transcript, from the name in capitals to the next one."""
    surnames = {span[-1].text.upper(): span for span in sorted(people, key=len)}  # the fullest name
    opened = [name for name in NAME.finditer(doc.text) if name[1].isupper()]
    starts = [*(name.start() for name in opened), len(doc.text)]
    for name, end in zip(opened, starts[1:], strict=True):
        speaker = surnames.get(name[1].split()[-1])
        if speaker is None:
            continue
        said = doc.char_span(name.end(), end, alignment_mode="contract")
        if said is not None:
            yield Quotation(said.start, said.end, speaker)


def _quoted(doc: Doc) -> Iterator[tuple[int, int]]:
    """Bounds of what stands between quotation marks; one left open at a line's end closes there."""
    start: int | None = None
    for token in _marks(doc):
        if start is None:
            start = token.i if token.text in {OPEN, STRAIGHT} else None
        elif token.text in {CLOSE, STRAIGHT} or (token.is_space and "\n" in token.text):
            if SHORTEST <= token.i - start <= LONGEST:
                yield start, token.i + 1
            start = None


def _marks(doc: Doc) -> Iterator[Token]:
    """Quotation marks and white space; most tokens are neither, and making each of them takes time."""
    marks = {doc.vocab.strings[mark] for mark in (OPEN, CLOSE, STRAIGHT)}
    for i, (orth, is_space) in enumerate(doc.to_array(["ORTH", "IS_SPACE"]).tolist()):
        if is_space or orth in marks:
            yield doc[i]


def _speaker(doc: Doc, people: list[Span], start: int, end: int) -> Span | None:
    """The person who stands beside a verb of saying outside the quotation, on the same line."""
    first, last = (
        bisect_left(people, start - BESIDE, key=_start),
        bisect_right(people, end + BESIDE, key=_start),
    )
    near = [person for person in people[first:last] if not start <= person.start < end]
    said = [
        (max(start - p.end, p.start - end), p)
        for p in near
        if _says(p.root) and _same_line(doc, p, start, end)
    ]
    return min(said)[1] if said else None


def _says(token: Token) -> bool:
    """Whether a person is the subject of a verb of saying, or the name after one ("said Minister Lee")."""
    for _ in range(4):
        if token.head.lower_ in saying():
            return True
        token = token.head
    return False


def _same_line(doc: Doc, person: Span, start: int, end: int) -> bool:
    low, high = sorted((person.start, start if person.start < start else end))
    return not any(token.is_space and "\n" in token.text for token in doc[low:high])


def _start(place: Span | Quotation) -> int:
    return place.start
