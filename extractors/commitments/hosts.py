"""Hosts: what carries a commitment told as a noun or clause, what it makes of its act, and whose it tells."""

from __future__ import annotations

from typing import TypeGuard

from spacy.tokens import Token

from communique.extractors.annotations import Act
from communique.extractors.commitments.clauses import chain, joined_by
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.subjects import possessor_of, subject_of

# Prepositions by which a verb, adjective or noun carries a nominal form: "builds on our commitment to".
CARRIERS = {"on", "for", "in", "of", "upon", "including"}
CARRIED = {"obj", "nsubj:pass", "obl", "conj", "nmod", "appos", "nsubj"}
HOPS = 4  # steps up the parse from a form to its host
NEAR = 14  # tokens between a host and what it hosts, to be one trigger
OBJECTS = {"obj", "iobj"}
PHRASES = {"nmod", "obl"}
FOR = {"for", "on", "over"}
NOUNS = {"NN", "NNS"}
ONE = {"it", "he", "she"}
POSSESSIVES = {"its", "his", "her", "their"}


def host_of(verb: Token) -> Token | None:
    """The verb whose clause `verb` heads, through coordination: "reaffirmed that they will"."""
    for token in chain(verb, "conj", "xcomp"):
        if token.dep_ == "ccomp" and token.head.i < token.i:
            return token.head if token.head.lemma_.lower() in lexicon().hosts else None
        if token.tag_ == "VBD" != token.head.tag_:  # "affirmed that it would stay, and vowed to help"
            return None
    return None


def carrier_of(noun: Token) -> Token | None:
    """The verb or adjective that carries a noun as object, through coordination, or by a preposition."""
    token = noun
    for _ in range(HOPS):
        case = next((c.lower_ for c in token.lefts if c.dep_ == "case"), None)
        if token.dep_ not in CARRIED or token.head == token:
            return None
        if case is not None and token.dep_ in {"obl", "nmod"} and case not in CARRIERS:
            return None
        token = token.head
        if token.pos_ in {"VERB", "ADJ", "AUX"}:
            return token
    return None


def lifted(act: Act, host: Token | None) -> tuple[Act, Token | None]:
    """What a host makes of an inner act: reaffirm, assure (a commitment), or nothing."""
    kind = lexicon().hosts.get(host.lemma_.lower()) if host is not None else None
    if kind in {"reaffirm", "stress"} and act in {"commit", "intend", "reaffirm"}:
        return "reaffirm", host
    if kind == "assure" and act == "intend":
        return "commit", host
    return act, None if kind in {None, "voice", "praise"} else host


def is_near(host: Token | None, token: Token) -> TypeGuard[Token]:
    """Whether a host and what it hosts make one trigger."""
    return host is not None and 0 < token.i - host.i <= NEAR


def credited(verb: Token) -> tuple[Token, Token] | None:
    """The verb of another that tells the undertaking `verb`, and who undertakes it; None for one's own.

    "thanked Peru for agreeing to", "gave thanks to Peru for agreeing to", "persuaded Peru to agree to".
    """
    told, words = verb.head, lexicon().words
    if told.i > verb.i or verb.dep_ not in {"advcl", "xcomp", "ccomp", "acl"}:
        return None
    marks = joined_by(verb, "mark", "case")
    if marks & FOR:
        telling = _verb_of(told)
        who = _thanked(telling)
        return (telling, who) if who is not None and who.i < verb.i else None
    if marks == {"to"} and told.lemma_.lower() in words["bringing"]:
        who = next((child for child in told.rights if child.dep_ in OBJECTS and child.i < verb.i), None)
        return (told, who) if who is not None else None
    return None


def promiser(noun: Token, host: Token | None) -> Token | None:
    """Who gives a promise that another speaks of: "thanked Peru for its promise to"; None for one's own."""
    if host is None or not any(child.lower_ in FOR for child in noun.lefts):
        return None
    who = _thanked(_verb_of(host))
    return who if who is not None and who.i < noun.i else None


def reported(verb: Token, pronoun: Token) -> Token | None:
    """Whom "it" stands for in "Peru assured us that it will", "an assurance from Peru that it will"."""
    if pronoun.lower_ not in ONE or pronoun.head != verb:
        return None
    noun, host = noun_of(verb), host_of(verb)
    if noun is not None:
        owner = possessor_of(noun)
        return owner if owner is not None and owner.lower_ not in POSSESSIVES else subject_of(noun.head)
    if host is None or any(child.dep_ == "nsubj:pass" for child in host.lefts):
        return None
    return subject_of(host)


def noun_of(verb: Token) -> Token | None:
    """The noun of commitment whose clause `verb` heads: "the assurance (from Peru) that it will"."""
    that = next((child for child in verb.lefts if child.lower_ == "that"), None)
    if that is None or verb.dep_ not in {"acl", "acl:relcl", "ccomp"}:
        return None
    near, nouns = verb.head, lexicon().nouns
    beside = [child for child in near.rights if child.dep_ == "obj"]
    if near.dep_ == "nmod":  # the parse hangs the clause on the name
        beside.append(near.head)
    entries = (
        (noun, nouns.get(noun.lemma_.lower()))
        for noun in (near, *beside)
        if noun.i < that.i and noun.tag_ in NOUNS
    )
    return next((noun for noun, entry in entries if entry is not None and entry.act == "commit"), None)


def _verb_of(told: Token) -> Token:
    """The verb that carries a noun of thanks: "expressed | gratitude"."""
    return told.head if told.dep_ == "obj" and told.lemma_.lower() in lexicon().words["thanks"] else told


def _thanked(telling: Token) -> Token | None:
    """Who is thanked or blamed: the object, or whom a noun of thanks is given to."""
    words = lexicon().words
    objects = [child for child in telling.rights if child.dep_ in OBJECTS]
    if telling.lemma_.lower() in words["crediting"]:
        return next(iter(objects), None)
    noun = next((child for child in objects if child.lemma_.lower() in words["thanks"]), None)
    if noun is None:
        return None
    phrases = (child for head in (noun, telling) for child in head.rights if child.dep_ in PHRASES)
    return next((phrase for phrase in phrases if any(c.lower_ == "to" for c in phrase.lefts)), None)
