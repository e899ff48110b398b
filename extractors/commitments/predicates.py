"""Governing predicates: where the lexicon meets the parse.

`readings` yields one `Reading` per predicate and complement; what stands in the complement is told apart in
`candidates`, whether it is an undertaking in `filters` and `decision`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from spacy.tokens import Span, Token

from communique.extractors.annotations import Act
from communique.extractors.commitments.clauses import SUBJECTS, chain
from communique.extractors.commitments.complements import Complement, complement
from communique.extractors.commitments.credit import credited, noun_of, promiser, reported
from communique.extractors.commitments.hosts import carrier_of, host_of, lifted, nominal_host
from communique.extractors.commitments.lexicon import Entry, lexicon
from communique.extractors.commitments.negation import denial_end
from communique.extractors.commitments.subjects import behind_label, kind_of, possessor_of, subject_of
from communique.extractors.commitments.triggers import BE, after_modal, first_of

NAMES = 6  # tokens before a verb in which "and" makes its subject several
AGAIN = {"remain", "continue", "stay", "still"}  # what makes "committed" a reaffirmation
NEAR = 14  # tokens between a host and what it hosts, to be one trigger


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
        elif lemma in lex.verbs and _is_verb(token):
            yield from _verb(token, lex.verbs[lemma])
        elif token.lower_ in lex.adjectives and _copular(token):
            yield from _adjective(token, lex.adjectives[token.lower_])
        elif lemma in lex.words["event_nouns"] and token.tag_.startswith("NN"):
            yield from _event(token)
        elif lemma in lex.nouns and token.tag_.startswith("NN") and not _is_named(token):
            yield from _noun(token, lex.nouns[lemma])
        elif lemma == "be":
            yield from _be_to(token)
        elif _progressive(token):  # "is expediting shipments": any verb may be what is being done
            yield from _verb(token, Entry(f"be {lemma}", "enact", ("obj",)))


def _is_verb(token: Token) -> bool:
    """A verb by its tag, or between a name and "to": "Peru pledges to", "Peru and Chile pledge to"."""
    doc, at = token.doc, token.i
    if not token.tag_.startswith("NN") or at == token.sent.start or doc[at + 1 : at + 2].text != "to":
        return token.tag_.startswith("VB")
    several = any(word.lower_ == "and" for word in doc[max(at - NAMES, token.sent.start) : at])
    return doc[at - 1].text[:1].isupper() and (several or token.lower_.endswith("s"))


def _is_named(noun: Token) -> bool:
    """Part of a capitalised name: "the Harbour Plan to"."""
    return noun.tag_.startswith("NNP") and noun.i > noun.sent.start and noun.nbor(-1).text[:1].isupper()


def _modal(token: Token, act: Act) -> Iterator[Reading]:
    """will, shall; would where a promise is reported."""
    verb = token.head if token.dep_ in {"aux", "aux:pass", "cop"} else None
    if verb is None:
        yield from _modal_denied(token, act)
        return
    noun = noun_of(verb)
    telling = carrier_of(noun) if noun is not None else None  # "received an assurance that it will"
    host = telling or host_of(verb)
    if token.lower_ == "would" and (host is None or host.i > token.i):
        return
    act, host = lifted("commit" if noun is not None else act, host)
    end, start = after_modal(token, verb)
    # Of "confirmed that it will stay and will pay" the second trigger is its "will" alone.
    first = host.i if _is_near(host, token) and verb.dep_ != "conj" else token.i
    if _is_near(telling, token):
        first = first_of(telling)
    subject = subject_of(verb) or subject_of(token) or behind_label(token, token.sent[0])
    if subject is not None and token.i + 1 == subject.left_edge.i and subject.i < verb.i:
        start = subject.right_edge.i + 1  # "nor will Chile | charge"
    subject = _named_agent(verb) or (reported(verb, subject) if subject is not None else None) or subject
    yield Reading("will", act, telling or verb, first, Complement("aux", verb, start, end=end), subject, host)


def _modal_denied(token: Token, act: Act) -> Iterator[Reading]:
    """ "shall at no time station": the verb behind a phrase that denies, which the parse takes for a noun."""
    end = denial_end(token.doc, token.i + 1)
    if end is None or end >= token.sent.end or token.lower_ == "would":
        return
    found = Complement("aux", token.doc[end], token.i + 1)
    yield Reading("will", act, token, token.i, found, subject_of(token))


def _verb(token: Token, entry: Entry) -> Iterator[Reading]:
    if entry.progressive and not _progressive(token):
        return
    if _copular(token) and token.lower_ in lexicon().adjectives and not _transitive_passive(token, entry):
        yield from _adjective(token, lexicon().adjectives[token.lower_])
        return
    found = complement(token, entry)
    if found is None or (found.frame in {"obj", "passive"} and _is_to_come(token)):
        return
    credit = credited(token) if entry.act in {"agree", "commit"} else None
    if credit is not None:
        telling, promising = credit
        yield Reading(entry.lemma, entry.act, telling, first_of(telling), found, promising, telling)
        return
    subject = _agent(token, found)
    bare = token.tag_ == "VBG" and subject is None and not any(c.dep_ == "aux" for c in token.lefts)
    if entry.act == "enact" and bare and found.frame == "obj":
        found = Complement("gerund", token, token.i)
    yield _under_host(token, entry.lemma, entry.act, found, subject)


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
    if not any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.lefts):
        return None
    return next((c for c in _after_any(verb, {"by"}) if kind_of(verb.doc, c) in {"name", "agent"}), None)


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
    first = host.i if _is_near(host, token) else first_of(token)
    return Reading(entry, act, token, first, found, subject, host)


def _noun(token: Token, entry: Entry) -> Iterator[Reading]:
    """A nominal form, alone ("Japan's commitment to") or under a host ("reaffirmed their commitment to")."""
    found = complement(token, entry)
    host = nominal_host(token)
    if found is None:
        return
    act, first = entry.act, token.left_edge.i
    if host is not None:
        kind = lexicon().hosts.get(host.lemma_.lower())
        if host.lower_ in lexicon().words["steadfast"] or kind in {"reaffirm", "stress", "noted"}:
            act = "reaffirm" if act == "commit" or kind == "reaffirm" else act
        first = first_of(host) if _is_near(host, token) else first
    subject = possessor_of(token)
    if subject is None or subject.lower_ in {"their", "its", "his", "her", "our"}:
        subject = promiser(token, host) or (subject_of(host) if host is not None else None) or subject
    yield Reading(entry.lemma, act, token, first, found, subject, host, nominal=True)


def _is_near(host: Token | None, token: Token) -> TypeGuard[Token]:
    """Whether a host and what it hosts make one trigger."""
    return host is not None and 0 < token.i - host.i <= NEAR


def _event(token: Token) -> Iterator[Reading]:
    """ "welcomed the signing of X": what the parties did, told as an event."""
    words = lexicon().words
    if not any(child.dep_ == "nmod" and child.i > token.i for child in token.children):
        return
    host = carrier_of(token)
    if host is None or host.lemma_.lower() not in words["event_hosts"] or host.i > token.i:
        return
    if token.dep_ == "nmod" and token.head.lemma_.lower() in words["memorial"]:
        return
    start = token.left_edge.i
    while start < token.i and token.doc[start].dep_ in {"cc", "case", "punct"}:
        start += 1
    found = Complement("event", token, start)
    act: Act = "intend" if _is_to_come(host) else "enact"  # "will witness the signing of"
    yield Reading(token.lemma_.lower(), act, host, first_of(host), found, subject_of(host), host)


def _be_to(token: Token) -> Iterator[Reading]:
    """ "is to put in place": the verb follows "to" at once."""
    doc = token.doc
    if token.i + 2 < len(doc) and token.tag_ in {"VBZ", "VBP"} and doc[token.i + 1].lower_ == "to":
        head = doc[token.i + 1].head
        if head.tag_ == "VB" and head.i > token.i:
            found = Complement("to", head, token.i + 2)
            yield Reading("be to", "intend", token, token.i, found, subject_of(head))


def _copular(token: Token) -> bool:
    before = token.doc[token.i - 1] if token.i > token.sent.start else token
    carried = token.dep_ == "xcomp" and token.head.lemma_ in BE
    return carried or any(c.lemma_ in BE for c in (*token.lefts, before))


def _transitive_passive(token: Token, entry: Entry) -> bool:
    return "obj" in entry.frames and not any(
        c.lower_ == "to" for right in token.rights for c in (right, *right.lefts)
    )


def _progressive(token: Token) -> bool:
    return token.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in {"VBP", "VBZ"} for c in token.children)
