"""Where the clause of an undertaking ends: before what is coordinated with it and no part of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from communique.extractors.commitments.clauses import (
    has_subject,
    inside,
    is_clause,
    is_that_clause,
    is_verbal,
    modifies,
    subordinates,
)
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.spans import JOINERS, opening

CONTRASTS = {"while", "whereas"}
SUBJECT = 6  # tokens of a subject that follows a conjunction
NOMINAL = {"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM"}
DEEP = 40
LONGEST = 300  # tokens of an undertaking


def clause_end(head: Token, governor: Token) -> int:
    """The end (exclusive) of the clause that `head` opens under `governor`.

    A governor that heads the rest of its sentence owns everything up to its end: modifiers that the parse
    hangs higher still modify the action. One inside a relative clause or before its main clause ends with
    its subtree.
    """
    if not _heads_rest(governor):
        return max(head.right_edge.i, governor.right_edge.i) + 1
    return min([head.sent.end, head.i + LONGEST, *_clauses_after(head, governor)])


def _heads_rest(token: Token) -> bool:
    """Whether nothing but modifiers of `token` follows: no verb it depends on stands to its right."""
    above = (token, *islice(token.ancestors, DEEP))
    return all(word.head.i <= word.i and word.dep_ != "acl:relcl" for word in above)


def _clauses_after(head: Token, governor: Token) -> Iterator[int]:
    """Where a clause coordinated with the governor, or with what it depends on, begins after `head`."""
    yield from _afterthoughts(head)
    ancestors = {governor.i, *(token.i for token in islice(governor.ancestors, DEEP))}
    for token in head.doc[head.i + 1 : min(head.sent.end, head.i + LONGEST)]:
        begins = token.dep_ == "parataxis" and _begins_clause(token)
        if begins or (token.dep_ == "conj" and _is_boundary(token, head, ancestors)):
            yield opening(token)


def _begins_clause(token: Token) -> bool:
    return has_subject(token) and not any(subordinates(c) for c in token.lefts)


def _is_boundary(token: Token, head: Token, ancestors: set[int]) -> bool:
    """Whether a conjunct begins a clause that is no part of the action of `head`."""
    if modifies(token):
        return False
    if token.head.i in ancestors and not is_verbal(head) and _goes_on(token):
        return True
    if is_that_clause(token):
        return token.head.i <= head.i
    if token.tag_ == "VBD" and token.head.tag_ not in {"VBD", "VBN"}:
        return True
    return is_clause(token) and not inside(token, head, "acl:relcl", "ccomp", "advcl")


def _goes_on(verb: Token) -> bool:
    """A verb beside the governor, not one more complement: "launch a fund and thank Japan"."""
    tenses = {"VBD": {"VBD"}, "VBG": set[str]()}.get(verb.head.tag_, {"VB", "VBD", "VBP", "VBZ"})
    return verb.tag_ in tenses and verb.doc[verb.i - 1].lower_ != "to"


def _afterthoughts(head: Token) -> Iterator[int]:
    """Where ", and we", "and Canada will", ", while Peru", "and look forward" begin, or a quotation ends."""
    doc, quoted = head.doc, False
    for token in doc[head.i + 1 : min(head.sent.end - 1, head.i + LONGEST)]:
        if _looks_forward(token):
            yield opening(token)
        elif token.lower_ == "we" and doc[max(token.i - 2, 0) : token.i].text.lower() == ", and":
            yield token.i - 2
        elif token.lower_ in CONTRASTS and doc[token.i - 1].text == "," and has_subject(token.head):
            yield token.i - 1
        elif token.lower_ in lexicon().modals and (start := _joined_subject(token, head)) is not None:
            yield start
        elif token.text == "“":
            quoted = True
        elif token.text in {"”", '"'} and not quoted and doc[token.i - 1].text in {".", "!", "?", ","}:
            yield token.i


def _looks_forward(token: Token) -> bool:
    looks = token.lemma_ == "look" and token.doc[token.i + 1].lower_ == "forward"
    return looks and token.doc[opening(token)].lower_ in JOINERS


def _joined_subject(modal: Token, head: Token) -> int | None:
    """The conjunction before the short subject of a modal: "and Canada will", "; our ministers will"."""
    doc, at = modal.doc, modal.i - 1
    while at > head.i and modal.i - at <= SUBJECT and doc[at].pos_ in NOMINAL:
        at -= 1
    if doc[modal.i - 1].pos_ == "PRON" and at < modal.i - 2:  # "and the capacity we can"
        return None
    return at if head.i < at < modal.i - 1 and doc[at].lower_ in {"and", ";"} else None
