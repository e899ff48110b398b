"""Third parties: firms, universities, farmers and the like, not the state whose adjective they bear."""

from __future__ import annotations

from spacy.tokens import Token

from communique.extractors.actors.states import demonyms
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.subjects import actor_at

PARTS = {"compound", "nmod"}
NAMES = {"appos", "flat", "conj"}


def is_outsider(subject: Token | None) -> bool:
    """Whether a subject is one of them without a name: "Canadian universities", "a trade union leader".

    One that the text has spoken of ("the company") may have a name; one yet to be made is no third party.
    """
    if subject is None or not _is_private(subject) or subject.dep_ == "nsubj:pass":
        return False
    words, before = lexicon().words, list(subject.lefts)
    if any(child.lower_ in words["planned"] for child in before):
        return False
    if any(child.dep_ in NAMES and (actor_at(child) or child.pos_ == "PROPN") for child in subject.children):
        return False
    if any(child.text in demonyms() or actor_at(child) for child in before):  # "Ghana’s universities"
        return True
    known = (child for child in before if child.dep_ == "det" or child.pos_ == "PRON")
    return all(child.lower_ in words["unspecific"] for child in known)


def _is_private(noun: Token) -> bool:
    """One of them, one of their kind ("a union leader"), or somebody of one ("a spokesman of a union")."""
    if noun.pos_ == "PROPN" or actor_at(noun):
        return False
    parts = (child for child in noun.children if child.dep_ in PARTS and not actor_at(child))
    return any(token.lemma_.lower() in lexicon().words["outsiders"] for token in (noun, *parts))
