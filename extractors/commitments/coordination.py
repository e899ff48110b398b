"""How coordinated actions come apart: "to convene a workshop, to share data and to train staff"."""

from __future__ import annotations

from spacy.tokens import Token

from communique.extractors.commitments.clauses import (
    HOPS,
    form,
    inside,
    is_clause,
    is_verb,
    is_verbal,
    modifies,
)
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.spans import JOINERS, opening

ENUMERATING = {"include"}
# "working together to A, to B": the work is what follows.
WORK = {"work", "working"}
# What never follows a verb that begins an action.
NOUN_FOLLOWERS = {"of", "for", "in", ",", ".", ";", "-"}


def actions(head: Token, governor: Token, limit: int) -> tuple[list[Token], int]:
    """The heads of the coordinated actions that `head` opens before `limit`, and where they end.

    Verbs sharing one object are one action: "strengthen and expand cooperation"; "meet annually and exchange
    views" are two. A noun opens one, unless gerunds follow ("to peace and upholding the law"). Conjuncts in
    another form ("promoting ... and counter threats") belong to something inside the action.
    """
    heads = [head]
    for conjunct in _conjuncts(head, limit):
        complete = opening(conjunct) > _chained(heads[-1]).i + 1 or not is_verbal(heads[-1])
        if is_clause(conjunct) or _beside_governor(conjunct, head, governor):
            return heads, opening(conjunct)
        if complete and _matches(conjunct, head):
            heads.append(conjunct)
    return heads, limit


def _beside_governor(conjunct: Token, head: Token, governor: Token) -> bool:
    """A participle beside that of its governor: "Affirming their commitment to act and recalling"."""
    above = governor.head if governor.dep_ in {"obj", "conj"} else governor
    return form(conjunct) == "gerund" == form(above) != form(head) and is_verbal(head)


def _matches(conjunct: Token, head: Token) -> bool:
    if not is_verbal(head) or form(head) == "gerund":
        again = head.lower_ in WORK or bool(_between(conjunct) & {"and", ";"})
        return conjunct.tag_ == "VBG" or (again and _after_to(conjunct))
    return form(conjunct) == form(head)


def _conjuncts(head: Token, limit: int) -> list[Token]:
    """Verbs coordinated with `head`, by the parse or by a series of "to"."""
    after = head.doc[head.i + 1 : limit]
    joined = [t for t in after if is_action(t) and _joined(t) and not _enumerates(t)]
    joined = [t for t in joined if "or" not in _between(t)]  # "to raise or lower" is one action
    verb = _chained(head)
    purposes = (t.i for t in after if t.tag_ == "TO" and t.i > verb.i and not inside(t, head, "acl:relcl"))
    purpose = limit if head.dep_ == "acl:relcl" else next(purposes, limit)
    relative = next((token.i for token in after if token.tag_ == "WDT"), limit)
    series = any(_after_to(token) and _between(token) & {"and", ";"} for token in joined)
    found = []
    for token in joined:
        inner = purpose < opening(token)
        if _tells_purpose(token) and not series:
            continue
        if (
            _by_parse(token, head, verb)
            or _by_series(token, head, inner, series)
            or not inner
            and relative > token.i
            and _plain(token, head)
        ):
            found.append(token)
    return found


def _enumerates(verb: Token) -> bool:
    """ ", to include", ", including": part of what is before it."""
    apart = "and" in _between(verb) or (verb.tag_ != "VBG" and not _after_to(verb))
    return verb.lemma_ in ENUMERATING and not apart


def _tells_purpose(token: Token) -> bool:
    """ ", to" without "and": what for, even where the parse has one more action."""
    return _after_to(token) and _between(token) == {",", "to"}


def _chained(head: Token) -> Token:
    """The verb under one that only says how it goes on: "continue to cooperate", "work together to end"."""
    doc = head.doc
    if head.lower_ in WORK:
        aims = (c for c in head.rights if is_verb(c) and c.dep_ in {"advcl", "xcomp"})
        return next((c for c in aims if any(mark.tag_ == "TO" for mark in c.lefts)), head)
    if (
        head.lemma_ in lexicon().words["catenative"]
        and head.i + 2 < len(doc)
        and doc[head.i + 1].lower_ == "to"
    ):
        return doc[head.i + 2]
    return head


def _by_parse(token: Token, head: Token, verb: Token) -> bool:
    """Coordinated with `head`; or with its governor, where `head` alone has the form of the conjunct."""
    if not is_verb(token):
        return False
    if token.dep_ not in {"conj", "parataxis"}:
        return False
    partner = _partner(token, head)
    return partner in (head, verb) or (
        partner.i < head.i and token.tag_ in {"VB", "VBG", "VBP"} and form(token) == form(head)
    )


def _by_series(token: Token, head: Token, inner: bool, series: bool) -> bool:
    """ "to A, to B, and to C"; inside a purpose only after "work", semicolons and "as well as"."""
    if not _after_to(token):
        return False
    between = _between(token)
    if head.lower_ in WORK:
        return True
    return bool(between & {";", "well"}) or (not inner and ("and" in between or series))


def _plain(token: Token, head: Token) -> bool:
    """One more of a plain series of gerunds, or of base forms (taken for a noun or not)."""
    if (token.tag_ != "VB" and is_verb(token)) or _beside_modal(token, head):
        return False
    return (
        is_verbal(head) and form(head) == "verb" and not any(c.dep_ in {"aux", "mark"} for c in token.lefts)
    )


def _beside_modal(token: Token, head: Token) -> bool:
    """Coordinated with a finite clause inside the action: "ensure that it can neither drift nor sink"."""
    beside = token.head
    return token.dep_ == "conj" and beside.i > head.i and any(child.tag_ == "MD" for child in beside.lefts)


def _between(token: Token) -> set[str]:
    return {t.lower_ for t in token.doc[opening(token) : token.i]}


def _partner(verb: Token, head: Token) -> Token:
    """The verb of its own form with which `verb` is coordinated: not a noun, not a verb in another form."""
    partner = verb.head
    for _ in range(HOPS):
        if partner == head or partner.head == partner or partner.i < head.i:
            break
        if is_verb(partner) and form(partner) == form(verb):
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


def is_action(token: Token) -> bool:
    """A verb that may begin an action: by its tag, or a listed one that the tagger took for a noun."""
    words = lexicon().words
    if is_verb(token):
        beside = token.dep_ == "conj" and token.head.dep_ == "amod"  # "shared and accelerated efforts"
        return not beside and not modifies(token) and token.lower_ not in words["adjectival"]
    if token.lower_ not in words["action_verbs"] or token.i + 1 >= len(token.doc):
        return False
    if token.dep_ == "conj" and token.head.pos_ == "ADJ":  # "a free and secure world"
        return False
    follower = token.doc[token.i + 1]
    if follower.lower_ == "and" and token.i + 2 < len(token.doc):
        return token.doc[token.i + 2].lower_ in words["action_verbs"]
    if follower.tag_.startswith("VB"):  # "further strengthen"
        return False
    modified = any(c.dep_ in {"det", "nmod:poss", "amod"} and c.i < token.i for c in token.children)
    return follower.lower_ not in NOUN_FOLLOWERS and not modified
