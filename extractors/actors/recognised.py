"""Names that the model recognises: persons, and organisations that no lexicon holds."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from communique.models.lexicons import load_lexicon

PERSON_LABELS = frozenset({"PER", "PERSON"})
BODY_LABELS = frozenset({"ORG"})
# Letters of `shapes` for initials before a name, what ends it, and what belongs to it behind.
INITIALS = re.compile(r"I{1,4}$")
BODY = re.compile("[Bb]")
END = re.compile(r"['u,]")
# What the model leaves of a name behind a title or "and"; in front, where it finds one word.
BEFORE = re.compile(r"[aHRPG](N{1,2})$")
BEHIND = re.compile(r"N{1,2}(?![NIAp'-])")
BEARS_TITLE = tuple("HR")
SUFFIX = re.compile(r",?J")
QUOTED = (["“", "”"], ['"', '"'])


def recognised(doc: Doc, labels: frozenset[str]) -> list[Span]:
    """The entities of the model that have one of the labels; a bullet alone is no name."""
    return [span for span in doc.ents if span.label_ in labels and any(map(str.isalpha, span.text))]


def outside(spans: Iterable[Span], names: Iterable[Span]) -> list[Span]:
    """The spans that go beyond each of the names: "Jordan Field" does of "Jordan"."""
    held = {at: name.start for name in names for at in range(name.start, name.end)}
    return [span for span in spans if span.start not in held or held[span.start] != held.get(span.end - 1)]


def apart(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The spans that share no token with the others."""
    taken = {at for span in others for at in range(span.start, span.end)}
    return [span for span in spans if taken.isdisjoint(range(span.start, span.end))]


def people(doc: Doc, letters: str) -> list[Span]:
    """The persons' names of the model, from the first initial to the suffix, without titles and honours.

    What holds the noun of a body is none: "Ana Lima Foundation".
    """
    bounds = (_bounds(span, letters) for span in recognised(doc, PERSON_LABELS))
    names = (doc[start:end] for start, end in _joined(doc, bounds))
    return [name for name in names if not BODY.search(letters, name.start, name.end)]


def _bounds(span: Span, letters: str) -> tuple[int, int]:
    start, end = span.start, span.end
    while start < end - 1 and _is_title(span.doc[start].text, letters[start : start + 1]):
        start += 1
    if ending := END.search(letters, start + 1, end):
        end = ending.start()
    if initials := INITIALS.search(letters, max(0, start - 4), start):
        start = initials.start()
    if more := BEFORE.search(letters, max(0, start - 3), start):
        start = more.start(1)
    elif (
        end - start == 1
        and letters[start - 1 : start] in BEARS_TITLE
        and (more := BEHIND.match(letters, end))
    ):
        end = more.end()
    suffix = SUFFIX.match(letters, end)
    return start, suffix.end() if suffix else end


def _is_title(word: str, letter: str) -> bool:
    """Whether a word is a title, and none that is a first name as well: "Prince", not "Sultan"."""
    return letter in "HhRPQ.'" and word not in load_lexicon("offices")["titles_as_names"]


def _joined(doc: Doc, bounds: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The names, a nickname in quotation marks being part of one: Theodore "Ted" Colbert."""
    names = deque(bounds)
    while names:
        start, end = names.popleft()
        while len(names) > 1 and _is_nickname(doc, end, *names[0], names[1][0]):
            names.popleft()
            end = names.popleft()[1]
        yield start, end


def _is_nickname(doc: Doc, before: int, start: int, end: int, behind: int) -> bool:
    """Whether nothing but its quotation marks stands between a name and those beside it."""
    marks = [doc[at : at + 1].text for at in (before, end)]
    return (before + 1, end + 1) == (start, behind) and marks in QUOTED
