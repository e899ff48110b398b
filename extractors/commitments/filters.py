"""Signs against an undertaking: talk, positions, effects, predictions, conditions and ceremony.

Each rule is a function of the document, the candidate and its reading, true where the candidate seems no
undertaking. The decision weighs the names of those that hold.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import SUBJECTS, chain, describes, is_that_clause, joined_by
from communique.extractors.commitments.hosts import host_of
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.negation import undertakes_nothing
from communique.extractors.commitments.outsiders import is_outsider
from communique.extractors.commitments.predicates import Reading
from communique.extractors.commitments.spans import CLOSERS
from communique.extractors.commitments.subjects import kind_of

Rule = Callable[[Doc, Candidate, Reading], bool]

ACTORS = {"we", "they", "name", "agent", "none"}
TOLD = {"ccomp", "xcomp", "acl"}  # relations of what is talked about to the verb of talk
OPENING = 10  # tokens between the predicate of an opening line and its colon


def signs_against(doc: Doc, found: Candidate, reading: Reading) -> list[str]:
    """The names of the rules by which the candidate seems no undertaking."""
    return [rule.__name__.lstrip("_") for rule in RULES if rule(doc, found, reading)]


def vetoed(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """Whether something speaks against it that nothing outweighs: a question, no end, denial, outsider."""
    if undertakes_nothing(reading) or is_outsider(reading.subject):
        return True
    return _asked(doc, found, reading) or found.what[-1].lower_ in lexicon().words["open_ends"]


def _talked_about(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "discussed their commitment to", "hoped that it will", "told how it will"."""
    talk = lexicon().words["talk"]
    if reading.host is not None and reading.host.lemma_.lower() in talk:
        return True
    for token in chain(reading.predicate, "conj", *TOLD):
        opens = {c.lower_ for c in token.lefts}
        if opens & {"where", "when"}:
            return False
        looks = token.head.lemma_ == "look" and token.dep_ != "conj" and token.i > token.head.i
        told = (looks or token.dep_ in TOLD) and token.head.lemma_.lower() in talk
        if told or "how" in opens:
            return True
    return False


def _conditional(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """A predicate inside "if ...", "once ...", "after ..."."""
    markers = lexicon().words["conditions"]
    *_, top = chain(reading.predicate, "conj", "ccomp", "xcomp")
    marks = (c for c in top.lefts if c.dep_ in {"mark", "advmod"})
    return top.dep_ == "advcl" and any(_markers(c) & markers for c in marks)


def _markers(token: Token) -> set[str]:
    """A conjunction, alone and with the word on either side: "as soon as", "so that"; not ", where"."""
    doc, at = token.doc, token.i
    if token.lower_ == "where" and at and doc[at - 1].text == ",":
        return set()
    return {token.lower_, doc[max(at - 1, 0) : at + 1].text.lower(), doc[at : at + 2].text.lower()}


def _thing_will(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """A "will" or promise of a thing: an effect or a prediction."""
    if reading.complement.frame != "aux" and reading.act != "intend":
        return False
    kind = kind_of(doc, reading.subject)
    if kind in ACTORS:
        return kind == "none" and reading.complement.frame == "aux"
    if kind == "event":
        return not _schedules(reading.complement.head)
    if reading.complement.head.lemma_.lower() in lexicon().words["composition"]:
        return True
    if kind == "effort":
        return not _bound_effort(reading)
    return kind != "body"


def _bound_effort(reading: Reading) -> bool:
    """A common effort binds as the parties' own ("our work will"), any other where no mere effect is told."""
    subject, words = reading.subject, lexicon().words
    if subject is None or any(c.lower_ in {"our", "their"} for c in subject.lefts):
        return True
    programme = subject.lemma_.lower() in words["programmes"]
    return not programme and reading.complement.head.lemma_.lower() not in words["effects"]


def _told_of(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """What a party or an "it" will be, and what a plan "which will help" does: predictions, effects."""
    if reading.complement.frame != "aux":
        return False
    verb, subject = reading.complement.head, reading.subject
    if any(c.dep_ == "cop" for c in verb.lefts):
        return True
    pronouns = {"which", "that"} if _own_promise(verb) else {"it", "which", "that"}
    pronoun = any(c.dep_ in SUBJECTS and c.lower_ in pronouns for c in verb.lefts)
    return subject is not None and pronoun and verb.lemma_.lower() in lexicon().words["effects"]


def _own_promise(verb: Token) -> bool:
    """ "announced that it will": the "it" is the one who announces."""
    return host_of(verb) is not None and is_that_clause(verb)


def _schedules(verb: Token) -> bool:
    words = lexicon().words
    if verb.lemma_.lower() in words["schedule"]:
        return True
    return any(child.dep_ == "obj" and child.lower_ in words["schedule_phrase"] for child in verb.children)


def _ceremony(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "will travel to": part of the event and no undertaking."""
    return (
        reading.complement.frame == "aux"
        and reading.complement.head.lemma_.lower() in lexicon().words["ceremony"]
    )


def _modifier(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "the Agreement signed in 2006", "asked them to commit": it modifies a noun or tells a purpose."""
    verb = reading.predicate
    if reading.nominal or reading.complement.frame in {"event", "aux"}:
        return False
    if verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.lefts):
        return not _pleased(verb)
    if reading.act != "enact":  # "efforts intended to help", "it is intended to"
        return describes(verb) or (reading.entry == "intend" and verb.tag_ == "VBN")
    bare = verb.tag_ == "VB" and verb.dep_ == "xcomp"  # "help create"
    first = next((token for token in (verb, *verb.ancestors) if token.dep_ != "conj"), verb)
    return bare or first.dep_ in {"acl", "acl:relcl", "amod", "nmod", "compound"}


def _named_before(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """What the text already speaks of: "set up this Committee", "the Committee was established".

    One whose agent is told is news: "the treaty was signed by the two ministers".
    """
    head = reading.complement.head
    if reading.complement.frame == "passive" and _is_definite(head):
        return reading.subject is None
    pronoun = head.pos_ == "PRON" and reading.complement.frame in {"obj", "passive"}
    return reading.act == "enact" and (pronoun or any(c.lower_ in {"this", "these"} for c in head.lefts))


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ == "the" for c in noun.lefts) and not any(c.i > noun.i for c in noun.children)


def _pleased(verb: Token) -> bool:
    return verb.head.lower_ in lexicon().words["pleasure"] or verb.head.lemma_ in {
        "meet",
        "join",
        "gather",
        "convene",
        "come",
    }


def _heading(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """A gerund that tells by what ("by creating a fund")."""
    return reading.complement.frame == "gerund" and bool(joined_by(reading.predicate, "mark", "case"))


def _thing_enacts(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "This agreement establishes", "the project creates"; a meeting decides ("the Meeting adopted")."""
    if reading.complement.frame == "event" or not (
        reading.act == "enact" or reading.complement.frame == "order"
    ):
        return False
    kind = kind_of(doc, reading.subject)
    if kind == "event":
        return reading.entry not in lexicon().words["decisions"]
    return kind in {"thing", "effort"}


def _bare_noun(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """A nominal form that no verb carries, a plan that is welcomed."""
    host = reading.host
    if not reading.nominal or host is None:
        return reading.nominal
    kind, words = lexicon().hosts.get(host.lemma_.lower()), lexicon().words
    if kind == "praise":
        return reading.act == "intend"
    return kind is None and host.lower_ not in words["steadfast"] | words["bound"]


def _asked(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """A question, in quotation marks or not."""
    at = reading.predicate.sent.end - 1
    while at > reading.predicate.i and (doc[at].is_space or doc[at].text in CLOSERS):
        at -= 1
    return doc[at].text == "?"


def _opens_list(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "undertake the following measures:", "stand together to:": the items are the undertakings."""
    sentence = reading.predicate.sent
    words = [token for token in sentence if not token.is_space]
    if not words or words[-1].text != ":":
        return False
    lowered = [token.lower_ for token in words]
    if words[-1].i - reading.predicate.i > OPENING:
        return False
    listing = "following" in lowered and not {"including", "include"} & set(lowered)
    return listing or (words[-2].lower_ in lexicon().words["open_ends"] and not reading.nominal)


RULES: tuple[Rule, ...] = (
    _talked_about,
    _conditional,
    _ceremony,
    _opens_list,
    _asked,
    _thing_will,
    _told_of,
    _modifier,
    _named_before,
    _heading,
    _thing_enacts,
    _bare_noun,
)
