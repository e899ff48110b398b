"""How far an undertaking reaches: the coordinated actions of a complement, where each begins and ends."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.clauses import (
    form,
    has_subject,
    is_clause,
    is_verb,
    is_verbal,
    joined_by,
    subordinates,
)
from communique.extractors.commitments.lexicon import lexicon

JOINERS = {"and", "or", "but", "as", "well", ",", ";"}
LEADING = {"advmod", "mark", "aux", "aux:pass"}  # what of a clause may stand before its verb
CLOSERS = {"”", '"', "’", "'", ")", "]"}
OPENERS = {"”": "“", ")": "(", "]": "["}
DANGLING = {"and", "or", "but", "while", "by", "through", "including"}
WORK = {"work", "working"}  # of "working together to A, to B" the work is what follows
CONTRASTS = {"while", "whereas"}
LONGEST = 300  # tokens of an undertaking


def clause_end(head: Token) -> int:
    """The end (exclusive) of the clause that `head` opens: where another begins beside it or its governor."""
    end = min(head.sent.end, head.i + LONGEST)
    return next((opening(token) for token in head.doc[head.i + 1 : end] if _begins_clause(token, head)), end)


def _begins_clause(token: Token, head: Token) -> bool:
    """Whether a clause begins there that is no part of what `head` opens."""
    if token.dep_ == "parataxis":
        return has_subject(token) and not any(subordinates(child) for child in token.lefts)
    if token.dep_ == "advcl":
        return has_subject(token) and bool(joined_by(token, "mark") & CONTRASTS)
    if token.dep_ != "conj" or token.lower_ in lexicon().words["modifying"]:  # "and shared priorities"
        return False
    if token.lemma_ == "look":  # "and look forward to"
        return True
    if not is_verbal(head) and token.head.is_ancestor(head):
        return token.nbor(-1).lower_ != "to"  # "launch a fund and thank Japan"
    return is_clause(token)


def actions(head: Token, limit: int) -> list[Token]:
    """The heads of the coordinated actions that `head` opens before `limit`.

    Verbs sharing one object are one action: "strengthen and expand cooperation"; "meet annually and exchange
    views" are two. A noun opens one, unless gerunds follow ("to peace and upholding the law").
    """
    heads = [head]
    for conjunct in _conjuncts(head, limit):
        shared = is_verbal(heads[-1]) and opening(conjunct) <= _aim(heads[-1]).i + 1
        if not shared and _matches(conjunct, head):
            heads.append(conjunct)
    return heads


def _conjuncts(head: Token, limit: int) -> Iterator[Token]:
    """Verbs coordinated with `head`, by the parse or by a series of "to"."""
    after, aim = head.doc[head.i + 1 : limit], _aim(head)
    joined = [t for t in after if is_verb(t) and _is_joined(t)]
    series = head.lower_ in WORK or any(_after_to(t) and _between(t) & {"and", ";", "well"} for t in joined)
    for token in joined:
        beside = token.dep_ == "conj" and token.head in (head, aim)
        if series if _after_to(token) else beside:  # else ", to" tells what for
            yield token


def _aim(head: Token) -> Token:
    """The verb under one that only says how it goes on: "continue to cooperate", "work together to end"."""
    if head.lower_ not in WORK and head.lemma_ not in lexicon().words["catenative"]:
        return head
    return next((c for c in head.rights if c.dep_ in {"xcomp", "advcl"}), head)


def _matches(conjunct: Token, head: Token) -> bool:
    """Whether a verb is one more action of the form of `head`."""
    if is_verbal(head) and form(head) != "gerund":
        return form(conjunct) == form(head)
    return conjunct.tag_ == "VBG" or _after_to(conjunct)


def _is_joined(token: Token) -> bool:
    words = _between(token)
    return bool(words & JOINERS) and "or" not in words  # "to raise or lower" is one action


def _between(token: Token) -> set[str]:
    return {t.lower_ for t in token.doc[opening(token) : token.i]}


def _after_to(token: Token) -> bool:
    """ "and to meet", ", to strengthen"."""
    before = token.doc[max(token.i - 2, 0) : token.i]
    return len(before) == 2 and before[1].lower_ == "to" and before[0].lower_ in JOINERS


def opening(conjunct: Token) -> int:
    """Where a coordinated part begins: the comma or conjunction before its subject and adverbs."""
    whole = is_clause(conjunct) or conjunct.dep_ == "advcl"
    at = min(conjunct.left_edge.i, conjunct.i) if whole else conjunct.i
    doc, start = conjunct.doc, conjunct.sent.start
    while at > start + 1 and (
        doc[at - 1].lower_ == "to" or (doc[at - 1].dep_ in LEADING and doc[at - 1].head == conjunct)
    ):
        at -= 1
    while at > start + 1 and doc[at - 1].lower_ in JOINERS:
        at -= 1
    return at


def apart(start: int, heads: list[Token], end: int) -> Iterator[Span]:
    """Coordinated actions, the first of which begins at `start`, the last of which ends at `end`."""
    later = heads[1:]
    starts, ends = [start, *map(_action_start, later)], [*map(opening, later), end]
    for head, first, last in zip(heads, starts, ends, strict=True):
        what = trimmed(head.doc, first, last)
        if what is not None:
            yield what


def _action_start(conjunct: Token) -> int:
    """The first token of a coordinated action: after comma, conjunction and "to"."""
    doc, at = conjunct.doc, opening(conjunct)
    while at < conjunct.i and doc[at].lower_ in JOINERS | {"to", "also", "both"}:
        at += 1
    return at


def trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """doc[start:end] without leading and trailing punctuation, conjunctions and unmatched closers."""
    while start < end and (doc[start].is_space or doc[start].text in {",", ";", ":", "-", "–", "—"}):
        start += 1
    while end > start and (ending := _ending(doc, start, end)):
        end -= ending
    return doc[start:end] if start < end else None


def _ending(doc: Doc, start: int, end: int) -> int:
    """How many tokens at the end are none of the span's."""
    last = doc[end - 1]
    if last.text in CLOSERS:
        opener = OPENERS.get(last.text, last.text)
        return int(not any(token.text == opener for token in doc[start : end - 1]))
    if doc[max(end - 3, start) : end].text.lower() == "as well as":
        return 3
    return int(last.is_space or last.lower_ in DANGLING or (last.is_punct and last.text != "%"))
