"""Lists: the lines that hang on a line ending in a colon, and what that line makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.lexicon import lexicon

MARKER = re.compile(
    r"(?:[-–—•*▪·◦●○‣]|o(?=\s)|(?:article\s)?\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*",
    re.IGNORECASE,
)
# A number or letter in brackets inside a line: "to: (1) accelerate the talks; (2) resume the dialogue".
NUMBERED = re.compile(r"(?:^|[;,:.] (?:and |or )?)\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\) ")
BULLETS = set("-–—•*▪·◦●○‣")
UNMARKED = {"", "gerund", "verb"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: its `content` without the marker, the line that opens it, whether it is marked."""

    content: Span
    opener: Span
    marked: bool


def lines(doc: Doc) -> Iterator[Span]:
    """The lines of the text as token spans without white space, empty lines left out."""
    start = 0
    for at in (*np.flatnonzero(doc.to_array("IS_SPACE")).tolist(), len(doc)):
        if at == start:
            start = at + 1
        elif at == len(doc) or "\n" in doc[at].text or "\r" in doc[at].text:
            yield doc[start:at]
            start = at + 1


def items(doc: Doc) -> list[Item]:
    """The items of every list: lines after one that ends in a colon, up to the first line of another form.

    A list of unmarked lines goes on after ";" and where lines begin with verbs of one form ("Sharing ...",
    "Training ..."). An item that ends in a colon opens a list of its own, and its siblings go on after it.
    """
    found: list[Item] = []
    stack: list[tuple[Span, str]] = []  # openers with the kind of marker of their items
    previous = ""
    for line in lines(doc):
        marker = MARKER.match(line.text)
        kind = _kind(marker.group()) if marker else _verb_form(line[0])
        while stack and not _continues(stack[-1], kind, previous):
            stack.pop()
        if stack:
            stack[-1] = (stack[-1][0], kind)
            content = _content(doc, line, marker)
            if content is not None:
                found.append(Item(content, stack[-1][0], marker is not None))
        if line.text.rstrip().endswith(":") and len(stack) < 4:
            stack.append((line, "?"))
        previous = line.text.rstrip()
    return found


def _kind(marker: str) -> str:
    first = marker.strip().lstrip("(")[:1]
    return "bullet" if first in BULLETS else "number" if any(map(str.isdigit, marker)) else "letter"


def _verb_form(first: Token) -> str:
    """The form of a verb that opens an unmarked line; empty where none does."""
    if first.lower_.endswith("ing") and first.tag_ in {"VBG", "NN", "NNP"}:
        return "gerund"
    base = first.tag_ in {"VB", "VBP"} or first.lower_ in lexicon().words["action_verbs"]
    return "verb" if base else ""


def _continues(opened: tuple[Span, str], kind: str, previous: str) -> bool:
    """Whether a line with a marker of `kind` belongs to the list that `opened` began."""
    if opened[1] == "?":
        return True
    if opened[1] == kind and kind in {"gerund", "verb"}:
        return True
    if opened[1] in UNMARKED:
        return kind in UNMARKED and previous.endswith((";", "; and", ","))
    return kind == opened[1]


def _content(doc: Doc, line: Span, marker: re.Match[str] | None) -> Span | None:
    if marker is None:
        return line
    cut = line.start_char + marker.end()
    start = next((token.i for token in line if token.idx >= cut), line.end)
    return doc[start : line.end] if start < line.end else None


def enumerated(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """The parts of doc[start:end] between numbers inside the line; none where it begins with no number."""
    span = doc[start:end]
    found = list(NUMBERED.finditer(span.text))
    if len(found) > 1 and found[0].start() == 0:
        ends = [*(match.start() for match in found[1:]), len(span.text)]
        for match, stop in zip(found, ends, strict=True):
            yield span.char_span(match.end(), stop, alignment_mode="expand")
