"""Hosts: what carries a commitment told as a noun or a clause, and what it makes of its act."""

from __future__ import annotations

from spacy.tokens import Token

from communique.extractors.annotations import Act
from communique.extractors.commitments.clauses import chain
from communique.extractors.commitments.lexicon import lexicon

# Prepositions by which a verb, adjective or noun carries a nominal form: "builds on our commitment to".
CARRIERS = {"on", "for", "in", "of", "upon", "including"}
HOPS = 4  # steps up the parse from a form to its host
REACH = 8  # words of a noun before it


def nominal_host(noun: Token) -> Token | None:
    """The verb or adjective that carries a nominal form, by token order where the parse is doubtful."""
    return _host_before(noun) or carrier_of(noun)


def host_of(verb: Token) -> Token | None:
    """The verb whose clause `verb` heads, through coordination: "reaffirmed that they will"."""
    for token in chain(verb, "conj", "xcomp"):
        if token.dep_ == "ccomp" and token.head.i < token.i:
            return token.head if token.head.lemma_.lower() in lexicon().hosts else None
        if token.tag_ == "VBD" != token.head.tag_:  # "affirmed that it would stay, and vowed to help"
            return None
    return None


def lifted(act: Act, host: Token | None) -> tuple[Act, Token | None]:
    """What a host makes of an inner act: reaffirm, assure (a commitment), or nothing."""
    kind = lexicon().hosts.get(host.lemma_.lower()) if host is not None else None
    if kind in {"reaffirm", "stress"} and act in {"commit", "intend", "reaffirm"}:
        return "reaffirm", host
    if kind == "assure" and act == "intend":
        return "commit", host
    return act, None if kind is None or kind in {"voice", "noted", "praise"} else host


def carrier_of(token: Token) -> Token | None:
    """What carries a nominal form as object, through coordination, or by a preposition."""
    for _ in range(HOPS):
        if (
            token.dep_ not in {"obj", "nsubj:pass", "obl", "conj", "nmod", "appos", "nsubj"}
            or token.head == token
        ):
            return None
        case = next((c.lower_ for c in token.lefts if c.dep_ == "case"), None)
        if case is not None and token.dep_ in {"obl", "nmod"} and case not in CARRIERS:
            return None
        if token.dep_ == "obl" and case == "in" and token.head.pos_ != "ADJ" and token.head.tag_ != "VBN":
            return None
        token = token.head
        if token.pos_ in {"VERB", "ADJ", "AUX"}:
            return token
    return None


def _host_before(noun: Token) -> Token | None:
    """A host right before the noun's own words: "confirmed plans", "resolute in their commitment"."""
    lex, doc, at = lexicon(), noun.doc, noun.i - 1
    while (
        at > noun.sent.start
        and noun.i - at <= REACH
        and doc[at].pos_ in {"ADJ", "DET", "PRON", "PROPN", "PART", "NOUN"}
    ):
        if doc[at].lower_ in lex.words["steadfast"]:
            break
        at -= 1
    if doc[at].lower_ == "in":
        adjective = doc[at - 1]
        return adjective if adjective.lower_ in lex.words["steadfast"] | lex.words["bound"] else None
    host = doc[at]
    return (
        host
        if host.lemma_.lower() in lex.hosts and host.tag_.startswith("VB") and host.head != noun
        else None
    )
