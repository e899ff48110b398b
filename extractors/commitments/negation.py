"""Denials: which undertakings are not to act, and which predicates say that nothing was undertaken.

"will not", "no longer" and "Neither side will" undertake not to act; "has not agreed", "failed to agree",
"almost agreed", "could agree" and "would have agreed" undertake nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.clauses import SUBJECTS, chain
from communique.extractors.commitments.hosts import host_of
from communique.extractors.commitments.lexicon import lexicon

if TYPE_CHECKING:
    from communique.extractors.commitments.predicates import Reading

LONGEST = 4  # words of a phrase that denies
BEFORE_VERB = {"ADV", "PART", "AUX", "PUNCT"}  # what may stand before a denial: "will also, if slowly, never"
CARRIED = {"xcomp", "acl", "ccomp"}  # relations of a predicate to the verb that refuses it


def is_denied(reading: Reading, trigger: Span, what: Span) -> bool:
    """Whether it is undertaken not to act.

    The denial stands in the trigger, before it ("nor will"), where `what` begins, or in the subject.
    """
    doc, frame = what.doc, reading.complement.frame
    if _begins_denied(doc, what.start, what.end) or (
        frame == "that" and is_denied_verb(reading.complement.head)
    ):
        return True
    if any(denial_end(doc, token.i) is not None for token in trigger):
        return True
    if reading.nominal and any(token.lower_ == "no" for token in trigger):  # "have no intention of"
        return True
    before = range(max(trigger.sent.start, trigger.start - LONGEST), trigger.start)
    if any(denial_end(doc, at) == trigger.start for at in before):
        return True
    own = (child for child in reading.complement.head.lefts if child.dep_ in SUBJECTS)
    return any(map(_is_nobody, (reading.subject, *own)))


def undertakes_nothing(reading: Reading) -> bool:
    """ "has not agreed to", "did not announce that it will", "Neither side signed", "declined to extend"."""
    verb, frame = reading.predicate, reading.complement.frame
    host = reading.host or host_of(verb)
    if host is not None and is_denied_verb(host):
        return True
    if frame == "aux" or reading.act == "intend":
        return False
    if is_denied_verb(verb) or _is_nobody(verb):  # "gave no promise to"
        return True
    return is_refused(verb, "refusing", "asking") or _is_unreal(verb)


def denial_end(doc: Doc, at: int) -> int | None:
    """The end of the word or phrase that denies and begins at `at`; None for others, and for "not only"."""
    words = lexicon().words
    for size in range(min(LONGEST, len(doc) - at), 0, -1):
        if doc[at : at + size].text.lower() in words["denials"]:
            follower = doc[at + size : at + size + 1].text.lower()
            return None if follower in words["additive"] else at + size
    return None


def _is_unreal(verb: Token) -> bool:
    """ "could agree", "would have agreed", "almost agreed", "all but agreed"."""
    words, doc = lexicon().words, verb.doc
    if any(child.lower_ in words["possible"] for child in verb.lefts if child.dep_ == "aux"):
        return True
    before = {doc[max(verb.i - size, 0) : verb.i].text.lower() for size in (1, 2)}
    return bool(before & words["almost"])


def _begins_denied(doc: Doc, start: int, end: int) -> bool:
    """Whether an action is denied before its verb: "never to charge", "in no case charge"."""
    for at in range(start, end):
        if denial_end(doc, at) is not None:
            return True
        if doc[at].pos_ not in BEFORE_VERB:
            return False
    return False


def is_denied_verb(verb: Token) -> bool:
    """ "has not agreed", "neither would raise"."""
    if any(
        denial_end(verb.doc, child.left_edge.i) is not None
        for child in verb.lefts
        if child.dep_ not in SUBJECTS
    ):
        return True
    return any(_is_nobody(child) for child in verb.lefts if child.dep_ in SUBJECTS)


def _is_nobody(subject: Token | None) -> bool:
    """ "neither side", "no Party", "none of the ministers"."""
    return subject is not None and bool(
        {subject.lower_, subject.left_edge.lower_} & lexicon().words["nobody"]
    )


def is_refused(verb: Token, *lists: str) -> bool:
    """ "failed to agree to", "urged them to agree to", "their refusal to sign"; not "did not fail to"."""
    refusals = frozenset().union(*(lexicon().words[name] for name in lists))
    for link in chain(verb, "conj", *CARRIED):
        if link.dep_ in CARRIED and link.head.lemma_.lower() in refusals:
            return not is_denied_verb(link.head)
    return False
