"""Whose undertaking another one tells: "thanked Peru for agreeing to", "persuaded Peru to agree to"."""

from __future__ import annotations

from spacy.tokens import Token

from communique.extractors.commitments.clauses import joined_by
from communique.extractors.commitments.hosts import host_of
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.subjects import possessor_of, subject_of

OBJECTS = {"obj", "iobj"}
PHRASES = {"nmod", "obl"}
FOR = {"for", "on", "over"}
NOUNS = {"NN", "NNS"}
ONE = {"it", "he", "she"}
POSSESSIVES = {"its", "his", "her", "their"}


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
