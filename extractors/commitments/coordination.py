"""How coordinated actions come apart: "agreed to convene a workshop, to share data and to train staff" are three."""

from __future__ import annotations

from spacy.tokens import Token

from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.spans import JOINERS, form, is_clause, is_verb, is_verbal, opening

HOPS = 8
# "working together to A, to B": the work is what follows.
WORK = {"work", "working"}
# What never follows a verb that begins an action.
NOUN_FOLLOWERS = {"of", "for", "in", ",", ".", ";"}


def actions(head: Token, governor: Token, limit: int) -> tuple[list[Token], int]:
    """The heads of the coordinated actions that `head` opens before `limit`, and where they end.

    Verbs sharing one object are one action: "strengthen and expand cooperation"; "meet annually and exchange
    views" are two. A noun opens one, unless gerunds follow ("to peace and upholding the law"). Conjuncts in
    another form ("promoting ... and counter threats") belong to something inside the action.
    """
    heads = [head]
    for conjunct in _conjuncts(head, limit):
        if _ends(conjunct, head, governor):
            return heads, opening(conjunct)
        if _matches(conjunct, head) and opening(conjunct) > heads[-1].i + 1:
            heads.append(conjunct)
    return heads, limit


def _ends(conjunct: Token, head: Token, governor: Token) -> bool:
    """Whether a conjunct is no part of the undertaking: a clause, or a participle beside its governor's."""
    if is_clause(conjunct) or (conjunct.tag_ == "VBP" and form(head) == "gerund"):
        return True
    return form(conjunct) == "gerund" != form(head) and is_verbal(head) and _is_participle(governor)


def _is_participle(governor: Token) -> bool:
    """Whether the governor is, or hangs on, a participle clause ("Affirming their commitment to ...")."""
    if form(governor) == "gerund":
        return True
    return governor.dep_ in {"obj", "conj"} and form(governor.head) == "gerund"


def _matches(conjunct: Token, head: Token) -> bool:
    if not is_verbal(head) or form(head) == "gerund":
        return conjunct.tag_ == "VBG" or _after_to(conjunct)
    return form(conjunct) == form(head)


def _conjuncts(head: Token, limit: int) -> list[Token]:
    """Verbs coordinated with `head`, by the parse or by a series of "to"."""
    found, inner = [], False
    for token in head.doc[head.i + 1 : limit]:
        if _is_action(token) and _joined(token) and _belongs(token, head, inner):
            found.append(token)
        inner = inner or token.tag_ in {"TO", "WDT"}
    return found


def _belongs(token: Token, head: Token, inner: bool) -> bool:
    """Whether `token` is coordinated with `head` and not with something inside its action (`inner`: it has some)."""
    if token.dep_ == "conj" and is_verb(token) and _partner(token, head) == head:
        return True
    if _after_to(token):
        separator = head.doc[opening(token)].text
        if head.lower_ in WORK:
            return inner
        return separator == ";" or (not inner and (separator != "," or "and" in _between(token)))
    return not inner and is_verbal(head) and form(head) == "verb" and not is_verb(token)


def _between(token: Token) -> set[str]:
    return {t.lower_ for t in token.doc[opening(token) : token.i]}


def _partner(verb: Token, head: Token) -> Token:
    """The verb with which `verb` is coordinated; one coordinated with a noun goes with that noun's verb."""
    partner = verb.head
    for _ in range(HOPS):
        if partner == head or is_verb(partner) or partner.head == partner or partner.i < head.i:
            break
        partner = partner.head
    return partner


def _joined(token: Token) -> bool:
    return token.doc[opening(token)].lower_ in JOINERS


def _after_to(token: Token) -> bool:
    """ "and to meet", ", to further strengthen"."""
    doc, at = token.doc, token.i - 1
    while at > token.sent.start and doc[at].pos_ == "ADV":
        at -= 1
    return doc[at].lower_ == "to" and doc[at - 1].lower_ in JOINERS


def _is_action(token: Token) -> bool:
    """A verb that may begin an action: by its tag, or a listed one that the tagger took for a noun."""
    words = lexicon().words
    if is_verb(token):
        return token.lower_ not in words["adjectival"]
    if token.lower_ not in words["action_verbs"] or token.i + 1 >= len(token.doc):
        return False
    follower = token.doc[token.i + 1]
    if follower.lower_ == "and" and token.i + 2 < len(token.doc):
        return token.doc[token.i + 2].lower_ in words["action_verbs"]
    modified = any(c.dep_ in {"det", "nmod:poss", "amod"} and c.i < token.i for c in token.children)
    return follower.lower_ not in NOUN_FOLLOWERS and not modified
