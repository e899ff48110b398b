"""Who is bound: the states and organisations for which the subject of an undertaking stands.

What is signed between named parties binds those; else the subject decides as the candidate has it. A
subject that names nobody gives way to the nearest one above it that does, in the end to those whose
release it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile, takewhile

from spacy.tokens import Span, Token

from communique.extractors.actors.referents import listed
from communique.extractors.actors.serving import unique, words
from communique.extractors.actors.speech import Quotation
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.choice import choose
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.outsiders import own_name
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.extractors.commitments.subjects import kind_of
from communique.extractors.commitments.unlisted import joined_names
from communique.models.lexicons import load_lexicon, per_lexicons

PLURAL = {"NNS", "NNPS"}
LONGEST_NAME, LONGEST_LABEL = 6, 12  # words
INSIDE = {"of", "for", "and", "the", "&"}  # words without a capital inside a name


@dataclass(frozen=True, slots=True)
class Parties:
    """`ids` of those bound, in text order; the subject as written; the actor_id of the speaker.

    `sure` is the probability that the ids are right.
    """

    ids: tuple[str, ...] = ()
    text: str | None = None
    speaker: str | None = None
    sure: float = 1.0


def resolve_parties(release: ReleaseParties, candidate: Candidate) -> Parties:
    """The parties of one undertaking; `ids` is empty where nothing in the release tells them."""
    quotation = release.quotations.at(candidate.predicate.i)
    text = candidate.subject.text if candidate.subject is not None else None
    chosen = choose(release, candidate, ruled(release, candidate))
    return Parties(chosen.ids, text, _speaker(release, quotation, candidate), chosen.sure)


def ruled(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """Those whom the rules name; empty where nothing in the release tells them."""
    quotation = release.quotations.at(candidate.predicate.i)
    ids = (
        _signing(release, candidate)
        or _firm(release, candidate)
        or (joined_names(release.referents, candidate.subject) if candidate.subject is not None else ())
        or next((ids for head in release.heads(candidate) if (ids := release.ids_of(head))), ())
        or _unknown(release, candidate)
        or _speaking(release, quotation)
    )
    return _completed(release, unique((*release.beside(candidate), *ids)) if ids else ids, candidate)


def _signing(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """Those between whom or by whom it is signed, where it names them ("an MoU between A and B").

    Institutions without an id of their own do not count: it is their states that welcome the signing.
    """
    if not listed("signing") & {token.lower_ for token in (*candidate.trigger, *candidate.what[:2])}:
        return ()
    link = next((token for token in candidate.what if token.lower_ in {"between", "by"}), None)
    name = release.mention_near(link.i + 1, candidate.what.end) if link is not None else None
    ids = release.referents.of_list(name.root) if name is not None else ()
    return ids if len(ids) > 1 and all(code.isupper() for code in ids) else ()


def _firm(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """A firm that its apposition makes known: "Acme, an American company", "the carmaker Acme"."""
    subject = candidate.subject
    called = own_name(subject) if subject is not None else None
    if called is not None:
        return (called,)
    if subject is None or not any(_is_kind_of_firm(token) for token in subject):
        return ()
    name = _capitalised(subject)
    if name is None or any(token.i in release.referents.mentions for token in name):
        return ()
    explained = subject.doc[name.end : name.end + 2].text in {", a", ", an", ", the"}
    return (name.text,) if explained else ()


def _is_kind_of_firm(token: Token) -> bool:
    return token.lower_ in listed("firms") or token.lemma_.lower() in lexicon().words["outsiders"]


def _unknown(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """A company or foundation that no list knows, by its name, in the release of one party or a clear name.

    "Acme Corporation is committing to ...", "Acme Foundation: Commits to ...". Bare initials are more often
    an agency of the publisher's.
    """
    phrase = candidate.subject
    colon = candidate.trigger.start > 0 and candidate.trigger.doc[candidate.trigger.start - 1].text == ":"
    labelled = phrase is None or colon
    name = _capitalised(_label(candidate) if phrase is None else phrase)
    doubtful = labelled or len(release.cast.sides) > 1  # "Clean Energy: Committed to" is a heading
    if name is None or (doubtful and not _is_firm(name)):
        return ()
    if {token.lower_ for token in name} & (words("offices") | words("representing") | words("government")):
        return ()
    if name[0].text in _honorifics() or name[0].tag_ == "CD":  # "Mr Tan", "Six Memoranda of Understanding"
        return ()
    return release.cast.own if name.text.isupper() else (name.text,)


@per_lexicons
def _honorifics() -> frozenset[str]:
    offices = load_lexicon("offices")
    return frozenset(offices["honorifics"]) - {*offices["leading_honorifics"]}


def _is_firm(name: Span) -> bool:
    """A proper name that is neither initials nor that of a body, document or programme of the parties.

    Initials in brackets behind it, or what it is called, make any a proper one: "Clear Lakes Now (CLN)".
    """
    if name.doc[name.end : name.end + 1].text == "(" or listed("firms") & {token.lower_ for token in name}:
        return True
    proper = all(token.pos_ == "PROPN" or not _is_capital(token) for token in name)
    person = any(token.ent_type_ == "PERSON" for token in name)
    return proper and not person and not name.text.isupper() and kind_of(name.doc, name.root) == "name"


def _label(candidate: Candidate) -> Span:
    """What stands before the trigger in its sentence; before a colon, in its line ("Acme: Commits to")."""
    doc, start, end = candidate.sentence.doc, candidate.sentence.start, candidate.trigger.start
    if end and doc[end - 1].text == ":":
        before = range(end - 1, max(end - LONGEST_LABEL, 0) - 1, -1)
        at_start = 0 if before[-1] == 0 else end  # no name where the line begins farther away
        start = next((i + 1 for i in before if doc[i].is_space or doc[i].text in {".", ";"}), at_start)
    return doc[start:end]


def _capitalised(subject: Span) -> Span | None:
    """The name with which a subject opens, nothing but punctuation behind it; None where it has no name.

    Several words with capitals are a name whatever their tags, but for "Member States" and the like.
    """
    tokens = list(dropwhile(_is_mark, subject))
    run = list(takewhile(_in_name, tokens))
    while run and not _is_capital(run[-1]):
        run.pop()
    alone = len(run) == len(tokens) or (bool(run) and _is_mark(tokens[len(run)]))
    agents = lexicon().words["agents"]
    several = len(run) > 1 and not any(token.lemma_.lower() in agents for token in run)
    proper = several or any(token.pos_ == "PROPN" for token in run)
    if (
        not alone
        or not proper
        or not _is_capital(run[0])
        or run[0].tag_ in {"DT", "VBG", "IN"}
        or run[-1].pos_ == "PRON"
        or len(run) > LONGEST_NAME
    ):
        return None
    return subject.doc[run[0].i : run[-1].i + 1]


def _speaking(release: ReleaseParties, quotation: Quotation | None) -> tuple[str, ...]:
    """Who speaks where no subject is told: the speaker's state in a quotation, else the sides."""
    if quotation is not None and quotation.speaker is not None:
        return release.referents.of_phrase(quotation.speaker.root)
    return release.cast.sides


def _completed(release: ReleaseParties, ids: tuple[str, ...], candidate: Candidate) -> tuple[str, ...]:
    """All sides where the subject adds partners unnamed, or one of them speaks of what is shared.

    "the United States and the Pacific countries will", "the President met the Prime Minister to reaffirm
    their commitment"; "announced a new partnership with Peru" adds Peru.
    """
    sides = set(release.cast.sides)
    if candidate.subject is None or not set(ids) < sides:
        return ids
    head = candidate.subject.root
    phrase = (head, *(child for child in head.children if child.dep_ == "conj"))
    unnamed = any(
        t.lower_ in listed("heads") and not _its_own(t) and not release.referents.of_phrase(t) for t in phrase
    )
    shared = {t.lower_ for t in candidate.trigger if not t.tag_.startswith("VB")} & listed("shared")
    if unnamed or (shared and head.tag_ not in PLURAL):
        return release.cast.sides
    return unique((*ids, *(code for code in _partner(release, candidate) if code in sides)))


def _its_own(head: Token) -> bool:
    """ "the United States and its allies": others than those who meet."""
    belongs = any(child.dep_ == "nmod:poss" for child in head.children)
    return belongs and head.lower_ in {"allies", "partners"}


def _partner(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """The other party of what takes two ("launched a dialogue with Peru"); none for what one may do alone."""
    what = candidate.what
    link = next((token for token in what if token.lower_ == "with"), None)
    if candidate.act != "enact" or link is None or link.i == what.start:
        return ()
    if what.doc[link.i - 1].lower_ not in listed("mutual"):
        return ()
    name = release.mention_near(link.i + 1, what.end)
    return release.referents.of_list(name.root) if name is not None else ()


def _speaker(release: ReleaseParties, quotation: Quotation | None, candidate: Candidate) -> str | None:
    """The person quoted; outside quotations the author of a statement, who says "I" or "we" there."""
    if quotation is not None:
        speaker = quotation.speaker
    else:
        subject = candidate.subject
        first = subject is not None and subject.root.lower_ in listed("first_person") | {"i", "my"}
        speaker = release.author if first else None
    return speaker._.actor.actor_id if speaker is not None else None


def _in_name(token: Token) -> bool:
    return _is_capital(token) or token.lower_ in INSIDE


def _is_mark(token: Token) -> bool:
    return token.is_punct or token.is_space


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()
