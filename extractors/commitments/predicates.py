"""Governing predicates: where the lexicon meets the parse.

`readings` yields one `Reading` per predicate and complement; what stands in the complement is told apart in
`proposals`, whether it is an undertaking in `signs` and `decision`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from communique.extractors.annotations import Act
from communique.extractors.commitments.clauses import SUBJECTS, chain
from communique.extractors.commitments.complements import Complement, complement
from communique.extractors.commitments.hosts import (
    carrier_of,
    credited,
    host_of,
    is_near,
    lifted,
    noun_of,
    promiser,
    reported,
)
from communique.extractors.commitments.lexicon import Entry, lexicon
from communique.extractors.commitments.subjects import kind_of, possessor_of, subject_of

BE = {"be", "remain", "stay", "stand", "become"}
AUXILIARIES = {"aux", "aux:pass", "cop", "advmod"}
AGAIN = {"remain", "continue", "stay", "still"}  # what makes "committed" a reaffirmation


@dataclass(frozen=True, slots=True)
class Reading:
    """A governing predicate with its complement.

    The trigger is `first` to `last` (exclusive), the undertaking begins at `complement.start`.
    """

    entry: str
    act: Act
    predicate: Token
    first: int
    complement: Complement
    subject: Token | None
    host: Token | None = None
    nominal: bool = False

    @property
    def last(self) -> int:
        """The trigger ends where the undertaking begins; that of an object or a clause with its verb."""
        found = self.complement
        if found.frame in {"obj", "event", "passive", "that"}:
            return self.predicate.i + 1
        return found.end if found.end is not None else found.start

    @property
    def rule(self) -> str:
        host = f"{self.host.lemma_} + " if self.host is not None else ""
        return f"{host}{self.entry}:{self.complement.frame}"


def readings(sentence: Span) -> Iterator[Reading]:
    """Every governing predicate of a sentence, in text order."""
    lex = lexicon()
    for token in sentence:
        lemma = token.lemma_.lower()
        if token.lower_ in lex.modals:
            yield from _modal(token, lex.modals[token.lower_])
        elif token.lower_ in lex.adjectives and _copular(token):
            yield from _adjective(token, lex.adjectives[token.lower_])
        elif lemma in lex.verbs and token.tag_.startswith("VB"):
            yield from _verb(token, lex.verbs[lemma])
        elif lemma in lex.words["event_nouns"] and token.tag_.startswith("NN"):
            yield from _event(token)
        elif lemma in lex.nouns and token.tag_.startswith("NN"):
            yield from _noun(token, lex.nouns[lemma])
        elif _progressive(token):  # "is expediting shipments": any verb may be what is being done
            yield from _verb(token, Entry(f"be {lemma}", "enact", ("obj",)))


def _modal(token: Token, act: Act) -> Iterator[Reading]:
    """will, shall; would where a promise is reported."""
    verb = token.head
    if token.dep_ != "aux":
        return
    noun = noun_of(verb)
    telling = carrier_of(noun) if noun is not None else None  # "received an assurance that it will"
    host = telling or host_of(verb)
    if token.lower_ == "would" and host is None:
        return
    act, host = lifted("commit" if noun is not None else act, host)
    end = start = _after_modal(token, verb)
    first = host.i if is_near(host, token) else token.i
    subject = subject_of(verb) or subject_of(token)
    if subject is not None and token.i + 1 == subject.left_edge.i:
        start = subject.right_edge.i + 1  # "nor will Chile | charge"
    subject = _named_agent(verb) or (reported(verb, subject) if subject is not None else None) or subject
    yield Reading("will", act, telling or verb, first, Complement("aux", verb, start, end=end), subject, host)


def _verb(token: Token, entry: Entry) -> Iterator[Reading]:
    found = complement(token, entry)
    if found is None or (found.frame in {"obj", "passive"} and _is_to_come(token)):
        return
    credit = credited(token) if entry.act in {"agree", "commit"} else None
    if credit is not None:
        telling, promising = credit
        yield Reading(entry.lemma, entry.act, telling, _first_of(telling), found, promising, telling)
        return
    yield _under_host(token, entry.lemma, entry.act, found, _agent(token, found))


def _is_to_come(verb: Token) -> bool:
    """Whether a modal tells it: of "will sign the treaty" the undertaking is to sign it."""
    for told in chain(verb, "conj"):
        if any(child.tag_ == "MD" for child in told.lefts):
            return True
        if any(child.dep_ in SUBJECTS for child in told.lefts):
            return False
    return False


def _agent(token: Token, found: Complement) -> Token | None:
    """The subject; of a passive whose subject is the undertaking, the agent after "by" or "between"."""
    if found.frame != "passive":
        return subject_of(token)
    return next(_after_any(token, {"by", "between"}), None)


def _named_agent(verb: Token) -> Token | None:
    """Who acts in a passive, where it is somebody: "will be sent by Peru by May"."""
    if not any(child.dep_ == "nsubj:pass" for child in verb.lefts):
        return None
    return next((c for c in _after_any(verb, {"by"}) if kind_of(c) in {"name", "agent"}), None)


def _after_any(verb: Token, words: set[str]) -> Iterator[Token]:
    """What one of some prepositions joins to a verb."""
    phrases = (child for child in verb.children if child.dep_ in {"obl:agent", "obl"})
    return (phrase for phrase in phrases if any(c.lower_ in words for c in phrase.children))


def _adjective(token: Token, entry: Entry) -> Iterator[Reading]:
    found = complement(token, entry)
    if found is not None:
        around = {token.head.lemma_, *(c.lemma_ for c in token.lefts)}
        again = entry.act == "commit" and bool(around & AGAIN)
        yield _under_host(token, entry.lemma, "reaffirm" if again else entry.act, found, subject_of(token))


def _under_host(token: Token, entry: str, act: Act, found: Complement, subject: Token | None) -> Reading:
    """The reading of a verb or adjective, with the host of its clause ("affirmed that they agreed to")."""
    act, host = lifted(act, host_of(token))
    first = host.i if is_near(host, token) else _first_of(token)
    return Reading(entry, act, token, first, found, subject, host)


def _noun(token: Token, entry: Entry) -> Iterator[Reading]:
    """A nominal form, alone ("Japan's commitment to") or under a host ("reaffirmed their commitment to")."""
    found = complement(token, entry)
    host = carrier_of(token)
    if found is None:
        return
    act, first = entry.act, token.left_edge.i
    if host is not None:
        kind = lexicon().hosts.get(host.lemma_.lower())
        if host.lower_ in lexicon().words["steadfast"] or kind in {"reaffirm", "stress"}:
            act = "reaffirm" if act == "commit" or kind == "reaffirm" else act
        first = _first_of(host) if is_near(host, token) else first
    subject = possessor_of(token)
    if subject is None or subject.lower_ in {"their", "its", "his", "her", "our"}:
        subject = promiser(token, host) or (subject_of(host) if host is not None else None) or subject
    yield Reading(entry.lemma, act, token, first, found, subject, host, nominal=True)


def _event(token: Token) -> Iterator[Reading]:
    """ "welcomed the signing of X": what the parties did, told as an event."""
    words = lexicon().words
    host = carrier_of(token) if any(child.dep_ == "nmod" for child in token.rights) else None
    if host is None or host.lemma_.lower() not in words["event_hosts"] or token.dep_ == "nmod":
        return
    found = Complement("event", token, token.left_edge.i)
    act: Act = "intend" if _is_to_come(host) else "enact"  # "will witness the signing of"
    yield Reading(token.lemma_.lower(), act, host, _first_of(host), found, subject_of(host), host)


def _copular(token: Token) -> bool:
    before = token.doc[token.i - 1] if token.i > token.sent.start else token
    carried = token.dep_ == "xcomp" and token.head.lemma_ in BE
    return carried or any(c.lemma_ in BE for c in (*token.lefts, before))


def _progressive(token: Token) -> bool:
    return token.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in {"VBP", "VBZ"} for c in token.children)


def _after_modal(token: Token, verb: Token) -> int:
    """The end of the trigger: "will also", "won’t"."""
    words = lexicon().words
    adverbs, at = words["trigger_adverbs"] | words["contracted"], token.i + 1
    while at < verb.i and token.doc[at].lower_ in adverbs:
        at += 1
    return at


def _first_of(token: Token) -> int:
    """Where the trigger of a predicate begins: with its auxiliaries and adverbs."""
    verb = token.head if token.dep_ == "xcomp" and token.head.lemma_ in BE else token
    first = verb.i
    while first > verb.sent.start and token.doc[first - 1].dep_ in AUXILIARIES:
        first -= 1
    return first
