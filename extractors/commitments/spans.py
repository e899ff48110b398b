"""Where a part of an undertaking begins and ends, and what is trimmed off it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.clauses import is_clause, is_that_clause

CLOSERS = {"”", '"', "’", "'", ")", "]"}
OPENERS = {"”": "“", ")": "(", "]": "["}
LEADING = {"advmod", "mark", "aux", "aux:pass"}
JOINERS = {"and", "or", "but", "as", "well", ",", ";"}


def opening(conjunct: Token) -> int:
    """Where a coordinated part begins: the comma or conjunction before its subject and adverbs."""
    whole = is_clause(conjunct) or is_that_clause(conjunct)
    at = min(conjunct.left_edge.i, conjunct.i) if whole else conjunct.i
    doc, start = conjunct.doc, conjunct.sent.start
    while at > start + 1 and (
        doc[at - 1].lower_ == "to" or (doc[at - 1].dep_ in LEADING and doc[at - 1].head == conjunct)
    ):
        at -= 1
    while at > start + 1 and doc[at - 1].lower_ in JOINERS:
        at -= 1
    return at


def action_start(conjunct: Token) -> int:
    """The first token of a coordinated action: after comma, conjunction and "to"."""
    doc, at = conjunct.doc, opening(conjunct)
    while at < conjunct.i and doc[at].lower_ in JOINERS | {"to", "also", "both"}:
        at += 1
    return at


def apart(start: int, heads: list[Token], end: int) -> Iterator[tuple[Token, Span]]:
    """Coordinated actions by head, the first of which begins at `start`, the last of which ends at `end`."""
    later = heads[1:]
    starts, ends = [start, *map(action_start, later)], [*map(opening, later), end]
    for head, first, last in zip(heads, starts, ends, strict=True):
        what = trimmed(head.doc, first, last)
        if what is not None:
            yield head, what


def event_end(noun: Token, end: int) -> int:
    """Where an event noun ends: before what is coordinated with it, and before "as well as"."""
    later = (c for c in noun.children if c.dep_ == "conj" and c.i > noun.i and c.tag_ in {"NN", "NNS"})
    words = [token.lower_ for token in noun.doc[noun.i : end]]
    joined = (noun.i + at for at in range(len(words)) if words[at : at + 3] == ["as", "well", "as"])
    return min([end, *map(opening, later), *joined])


def trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """doc[start:end] without leading and trailing punctuation, conjunctions and unmatched closers."""
    while start < end and (doc[start].is_space or doc[start].text in {",", ";", ":", "-", "–", "—"}):
        start += 1
    while end > start and _droppable(doc, start, end):
        end -= 1
    return doc[start:end] if start < end else None


def _droppable(doc: Doc, start: int, end: int) -> bool:
    last = doc[end - 1]
    if last.text in CLOSERS:
        opener = OPENERS.get(last.text, last.text)
        return not any(token.text == opener for token in doc[start : end - 1])
    if last.is_space or last.lower_ in {"and", "or", "but", "while", "by", "through", "including"}:
        return True
    return last.is_punct and last.text not in {"%", "…"}
