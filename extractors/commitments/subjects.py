"""Who binds itself: the subject of a governing predicate, its kind, and whether it is a third party."""

from __future__ import annotations

from typing import Literal, cast
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span, Token

from communique.extractors.actors.states import demonyms
from communique.extractors.annotations import ACTORS, DIALOGUES, Actor
from communique.extractors.commitments.clauses import RELATIVE, SUBJECTS, chain, joined_by
from communique.extractors.commitments.lexicon import lexicon

Kind = Literal["we", "they", "name", "agent", "body", "effort", "event", "thing", "none"]

# Relations through which a predicate shares the subject of its head.
SHARED = {"conj", "xcomp", "advcl", "parataxis"}
# Kept beside the document, not in its `user_data`, which is written and copied with it.
_NAMED: WeakKeyDictionary[Doc, dict[int, Kind]] = WeakKeyDictionary()
_ACTORS: WeakKeyDictionary[Doc, dict[int, Actor]] = WeakKeyDictionary()
NAMED = {"appos", "flat", "conj"}  # where a name stands beside a noun
# The lists of head nouns with the kind of subject they make.
GROUPS: tuple[tuple[str, Kind], ...] = (
    ("agents", "agent"),
    ("bodies", "body"),
    ("efforts", "effort"),
    ("programmes", "effort"),
    ("events", "event"),
    ("documents", "thing"),
)


def subject_of(predicate: Token) -> Token | None:
    """The head token of the subject, through coordination and control, or None where none is written."""
    for token in chain(predicate, *SHARED):
        own = _own_subject(token)
        if own is not None:
            return token.head if own.lower_ in RELATIVE and token.dep_ == "acl:relcl" else own
    return None


def _own_subject(token: Token) -> Token | None:
    """The subject nearest before the verb, else one after it."""
    nearest = (*reversed([*token.lefts]), *token.rights)
    return next((child for child in nearest if child.dep_ in SUBJECTS), None)


def possessor_of(noun: Token) -> Token | None:
    """Whose commitment it is: "their pledge", "India's pledge", "the pledge of both", "one from Peru"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss" and child.i < noun.i:
            return child
    for child in noun.children:
        if child.dep_ in {"nmod", "obl"} and joined_by(child, "case") & {"by", "of", "from"}:
            return child
    return next(
        (child for child in noun.children if child.dep_ == "compound" and child.pos_ == "PROPN"), None
    )


def subject_span(doc: Doc, head: Token | None) -> Span | None:
    """The subject as written, without its relative clauses, a trailing comma and a label ("Ports: Japan")."""
    if head is None:
        return None
    clauses = [
        child.left_edge.i for child in head.children if child.dep_.startswith("acl") and child.i > head.i
    ]
    # Not `right_edge`, which leaves out what crossing arcs hang behind it: "Minister Wong of Australia".
    end = min([max(token.i for token in head.subtree) + 1, *clauses])
    while end - 1 > head.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    start, end = min(head.left_edge.i, head.i), max(end, head.i + 1)
    start = next((i + 1 for i in range(end - 2, start, -1) if doc[i].text == ":"), start)
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return doc[start:end]


def kind_of(head: Token | None) -> Kind:
    """What sort of subject `head` is, by pronoun, known actor or format, name, and the head noun lists."""
    if head is None:
        return "none"
    words, lower, lemma = lexicon().words, head.lower_, head.lemma_.lower()
    if head.pos_ in {"VERB", "AUX"}:
        return "thing"
    if lower in {"we", "i", "us", "our"}:
        return "we"
    if lower in {"they", "he", "she", "it", "who", "their", "his", "her", "its"}:
        return "they"
    named = _named(head)
    if named is not None:
        return named
    listed = next((kind for group, kind in GROUPS if {lemma, lower} & words[group]), None)
    if head.pos_ == "PROPN":
        return "name" if listed in {None, "agent"} else listed
    return listed or "thing"


def _named(token: Token) -> Kind | None:
    """By what other components found: a meeting, an instrument or programme, an actor."""
    doc = token.doc
    if doc not in _NAMED:
        _NAMED[doc] = _kinds(doc)
    return _NAMED[doc].get(token.i)


def actor_at(token: Token) -> Actor | None:
    """The actor that a token names or belongs to, the first where several do."""
    doc = token.doc
    if doc not in _ACTORS:
        spans = reversed(list(doc.spans.get(ACTORS, ())))
        _ACTORS[doc] = {at: span._.actor for span in spans for at in range(span.start, span.end)}
    return _ACTORS[doc].get(token.i)


def is_outsider(subject: Token | None) -> bool:
    """Whether a subject is one of them without a name: "Canadian universities", "a trade union leader".

    One that the text has spoken of ("the company") may have a name; one yet to be made is no third party.
    """
    if subject is None or not _is_private(subject) or subject.dep_ == "nsubj:pass":
        return False
    words, before = lexicon().words, list(subject.lefts)
    if any(child.lower_ in words["planned"] for child in before):
        return False
    if any(child.dep_ in NAMED and (actor_at(child) or child.pos_ == "PROPN") for child in subject.children):
        return False
    if any(child.text in demonyms() or actor_at(child) for child in before):  # "Ghana’s universities"
        return True
    known = (child for child in before if child.dep_ == "det" or child.pos_ == "PRON")
    return all(child.lower_ in words["unspecific"] for child in known)


def _is_private(noun: Token) -> bool:
    """One of them, one of their kind ("a union leader"), or somebody of one ("a spokesman of a union")."""
    if noun.pos_ == "PROPN" or actor_at(noun):
        return False
    parts = (child for child in noun.children if child.dep_ in {"compound", "nmod"} and not actor_at(child))
    return any(token.lemma_.lower() in lexicon().words["outsiders"] for token in (noun, *parts))


def _kinds(doc: Doc) -> dict[int, Kind]:
    """The kind of every token inside an actor or, before that, a dialogue; of two the first span's."""
    kinds: dict[int, Kind] = {}
    for span in doc.spans.get(ACTORS, ()):
        kinds |= dict.fromkeys(range(span.start, span.end), "name")
    for span in reversed(list(doc.spans.get(DIALOGUES, ()))):
        if span._.dialogue is not None:
            meets = "body" if span.root.lower_ in lexicon().words["bodies"] else "event"
            kind = meets if span._.dialogue.kind == "dialogue" else "thing"
            kinds |= dict.fromkeys(range(span.start, span.end), cast(Kind, kind))
    return kinds
