"""Who is bound: the states and organisations for which the subject of an undertaking stands.

What is signed between named parties binds those; else the subject decides as the candidate has it. A
subject that names nobody gives way to the nearest one above it that does, in the end to those whose
release it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from communique.extractors.actors.referents import listed
from communique.extractors.actors.serving import unique
from communique.extractors.actors.speech import Quotation
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.choice import choose, signed
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.extractors.commitments.unlisted import firm, joined_names, unknown

PLURAL = {"NNS", "NNPS"}


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
        or firm(candidate.subject)
        or joined_names(release.referents, candidate.subject)
        or next((ids for head in release.heads(candidate) if (ids := release.ids_of(head))), ())
        or unknown(release, candidate)
        or _speaking(release, quotation, candidate)
    )
    ids = _alone(release, _together(release, ids, candidate), candidate)
    return _completed(release, unique((*release.beside(candidate), *ids)) if ids else ids, candidate)


def _together(release: ReleaseParties, ids: tuple[str, ...], candidate: Candidate) -> tuple[str, ...]:
    """All sides where two act of whom one state is known: "the Prime Minister and His Majesty agreed".

    Whoever says "the President and I" speaks of somebody of another state.
    """
    subject, sides = candidate.subject, release.scene(candidate).sides
    joined = [child for child in subject.root.children if child.dep_ == "conj"] if subject is not None else []
    if len(ids) != 1 or not joined or not {*ids} <= {*sides}:
        return ids
    if any(token.text == "I" for token in joined):
        return sides if len(sides) > 1 else unique((*ids, *release.scene(candidate).others[:1]))
    return sides if candidate.act in {"agree", "enact"} else ids


def _alone(release: ReleaseParties, ids: tuple[str, ...], candidate: Candidate) -> tuple[str, ...]:
    """The publisher where "we" do something for or with the other side: "we will work with Peru"."""
    own, what = {*release.cast.own}, candidate.what
    we = candidate.subject is not None and candidate.subject.root.lower_ in listed("first_person")
    if not we or release.cast.described or candidate.act == "agree" or not set() < own < {*ids}:
        return ids
    named = {*release.named(what.start, what.end)}
    return release.cast.own if named & {*ids} and not named & own else ids


def _signing(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """Those between whom or by whom it is signed, where it names them ("an MoU between A and B").

    Institutions without an id of their own do not count: it is their states that welcome the signing.
    """
    if not signed(candidate):
        return ()
    link = next((token for token in candidate.what if token.lower_ in {"between", "by"}), None)
    ids = release.behind(link, candidate.what.end)
    return ids if len(ids) > 1 and all(code.isupper() for code in ids) else ()


def _speaking(release: ReleaseParties, quotation: Quotation | None, candidate: Candidate) -> tuple[str, ...]:
    """Who speaks where no subject is told: the speaker's state in a quotation, else the sides."""
    if quotation is not None and quotation.speaker is not None:
        return release.referents.of_phrase(quotation.speaker.root)
    return release.scene(candidate).sides


def _completed(release: ReleaseParties, ids: tuple[str, ...], candidate: Candidate) -> tuple[str, ...]:
    """All sides where the subject adds partners unnamed, or one of them speaks of what is shared.

    "the United States and the Pacific countries will", "the President met the Prime Minister to reaffirm
    their commitment"; "announced a new partnership with Peru" adds Peru.
    """
    sides = release.scene(candidate).sides
    if candidate.subject is None or not set(ids) < set(sides):
        return ids
    if candidate.act == "enact" and signed(candidate):
        named = release.named(candidate.sentence.start, candidate.what.end)
        return unique((*ids, *(code for code in named if code in sides)))
    head = candidate.subject.root
    phrase = (head, *(child for child in head.children if child.dep_ == "conj"))
    unnamed = any(
        t.lower_ in listed("heads") and not _its_own(t) and not release.referents.of_phrase(t) for t in phrase
    )
    shared = {t.lower_ for t in candidate.trigger if not t.tag_.startswith("VB")} & listed("shared")
    if unnamed or (shared and head.tag_ not in PLURAL):
        return sides
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
    return release.behind(link, what.end)


def _speaker(release: ReleaseParties, quotation: Quotation | None, candidate: Candidate) -> str | None:
    """The person quoted; outside quotations the author of a statement, who says "I" or "we" there."""
    if quotation is not None:
        speaker = quotation.speaker
    else:
        subject = candidate.subject
        first = subject is not None and subject.root.lower_ in listed("first_person") | {"i", "my"}
        speaker = release.author if first else None
    return speaker._.actor.actor_id if speaker is not None else None
