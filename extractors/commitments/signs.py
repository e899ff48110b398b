"""Signs against an undertaking: talk, predictions, conditions, ceremony, and what the text already speaks of.

Each sign is a function of the candidate and its reading, true where the candidate seems no undertaking. The
decision weighs the names of those that hold; only what `vetoed` tells is certain.
"""

from __future__ import annotations

from collections.abc import Callable

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import chain, joined_by
from communique.extractors.commitments.extent import CLOSERS
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.negation import undertakes_nothing
from communique.extractors.commitments.predicates import Reading
from communique.extractors.commitments.subjects import is_outsider, kind_of

Sign = Callable[[Candidate, Reading], bool]

ACTORS = {"we", "they", "name", "agent", "none"}
TOLD = {"ccomp", "xcomp", "acl"}  # relations of what is talked about to the verb of talk


def signs_against(found: Candidate, reading: Reading) -> list[str]:
    """The names of the signs by which the candidate seems no undertaking."""
    return [sign.__name__.lstrip("_") for sign in SIGNS if sign(found, reading)]


def vetoed(found: Candidate, reading: Reading) -> bool:
    """Whether something speaks against it that nothing outweighs: a question, no end, denial, outsider."""
    if undertakes_nothing(reading) or is_outsider(reading.subject):
        return True
    return _asked(reading) or found.what[-1].lower_ in lexicon().words["open_ends"]


def _asked(reading: Reading) -> bool:
    """A question, in quotation marks or not."""
    sentence = reversed([*reading.predicate.sent])
    words = (token for token in sentence if not token.is_space and token.text not in CLOSERS)
    return next((token.text == "?" for token in words), False)


def _talked_about(found: Candidate, reading: Reading) -> bool:
    """ "discussed their commitment to", "hoped that it will"."""
    talk = lexicon().words["talk"]
    if reading.host is not None and reading.host.lemma_.lower() in talk:
        return True
    above = chain(reading.predicate, "conj", *TOLD)
    return any(token.dep_ in TOLD and token.head.lemma_.lower() in talk for token in above)


def _conditional(found: Candidate, reading: Reading) -> bool:
    """A predicate inside "if ...", "once ...", "after ..."."""
    *_, top = chain(reading.predicate, "conj", "ccomp", "xcomp")
    return bool(joined_by(top, "mark", "advmod") & lexicon().words["conditions"])


def _ceremony(found: Candidate, reading: Reading) -> bool:
    """ "will travel to": part of the event and no undertaking."""
    lemma = reading.complement.head.lemma_.lower()
    return reading.complement.frame == "aux" and lemma in lexicon().words["ceremony"]


def _thing_will(found: Candidate, reading: Reading) -> bool:
    """A "will" or promise of a thing: an effect or a prediction; an event may be scheduled."""
    kind, verb = kind_of(reading.subject), reading.complement.head
    if reading.complement.frame != "aux" and reading.act != "intend":
        return False
    if kind in ACTORS:
        return kind == "none" and reading.complement.frame == "aux"
    if kind == "event":
        return verb.lemma_.lower() not in lexicon().words["schedule"]
    return kind not in {"body", "effort"}


def _modifier(found: Candidate, reading: Reading) -> bool:
    """ "the Agreement signed in 2006", "asked them to commit": it modifies a noun or tells a purpose."""
    verb = reading.predicate
    if reading.nominal or reading.complement.frame in {"event", "aux"}:
        return False
    if verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.lefts):
        return verb.head.lower_ not in lexicon().words["pleasure"]
    if reading.act != "enact":  # "efforts intended to help", "it is intended to"
        return reading.entry == "intend" and verb.tag_ == "VBN"
    *_, first = chain(verb, "conj")
    return first.dep_ in {"acl", "acl:relcl"}


def _thing_enacts(found: Candidate, reading: Reading) -> bool:
    """ "This agreement establishes", "the project creates"."""
    frame = reading.complement.frame
    enacts = frame == "order" or (reading.act == "enact" and frame != "event")
    return enacts and kind_of(reading.subject) == "thing"


def _bare_noun(found: Candidate, reading: Reading) -> bool:
    """A nominal form that no verb carries, a plan that is welcomed."""
    if not reading.nominal or reading.host is None:
        return reading.nominal
    kind = lexicon().hosts.get(reading.host.lemma_.lower())
    if kind == "praise":
        return reading.act == "intend"
    return kind is None


SIGNS: tuple[Sign, ...] = (
    _talked_about,
    _conditional,
    _ceremony,
    _thing_will,
    _modifier,
    _thing_enacts,
    _bare_noun,
)
