"""Who is bound: the states and organisations for which the subject of an undertaking stands.

The subject as the candidate has it decides; a subject that names nobody gives way to the nearest one above it that
does, and in the end to those whose release it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.extractors.actors.protagonists import Protagonists, protagonists, unique
from communique.extractors.actors.referents import Referents, listed
from communique.extractors.actors.speech import Quotation, Quotations
from communique.extractors.annotations import ACTORS
from communique.extractors.commitments.candidate import Candidate

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer"}
ONE = {"he", "she", "it", "his", "her", "its", "him", "who", "which", "that", "itself"}
PERSONAL = {"he", "she", "his", "her", "him", "who"}
BACK = 120  # tokens back in which the antecedent of "it" or "she" stands
CLIMB = 6
_CACHE = "communique.parties"


@dataclass(frozen=True, slots=True)
class Parties:
    """`ids` of those bound, in text order; the subject as written; the actor_id of a person quoted."""

    ids: tuple[str, ...] = ()
    text: str | None = None
    speaker: str | None = None


def resolve_parties(doc: Doc, candidate: Candidate) -> Parties:
    """The parties of one undertaking; `ids` is empty where nothing in the release tells them."""
    release = _release(doc)
    quotation = release.quotations.at(candidate.predicate.i)
    ids = next((ids for head in _heads(candidate) if (ids := release.ids_of(head))), ())
    ids = ids or release.speaking(quotation)
    text = candidate.subject.text if candidate.subject is not None else None
    return Parties(release.completed(ids, candidate), text, release.speaker(quotation))


class _Release:
    """What the resolution of every undertaking of a release shares."""

    def __init__(self, doc: Doc) -> None:
        actors = list(doc.spans.get(ACTORS, ()))
        self.doc = doc
        self.cast: Protagonists = protagonists(doc, actors)
        self.referents = Referents(doc, actors, self.cast)
        self.quotations = Quotations(doc, actors)

    def ids_of(self, head: Token) -> tuple[str, ...]:
        """The parties that a subject stands for, with further subjects that the parse gives the same verb."""
        if head.lower_ in ONE and self.referents.mentions.get(head.i) is None:
            return self._antecedent(head)
        ids = self.referents.of_list(head)
        if head.dep_ in SUBJECTS:
            others = (child for child in head.head.children if child.dep_ in SUBJECTS and child.i != head.i)
            ids = unique((*(code for other in others for code in self.referents.of_phrase(other)), *ids))
        return ids

    def _antecedent(self, pronoun: Token) -> tuple[str, ...]:
        """The nearest subject before "it", "she" or "its" that stands for one party."""
        for at in range(pronoun.i - 1, max(pronoun.i - BACK, -1), -1):
            token = self.doc[at]
            if token.dep_ in SUBJECTS and token.lower_ not in ONE:
                ids = self.referents.of_phrase(token)
                if len(ids) == 1:
                    return ids
        return ()

    def speaking(self, quotation: Quotation | None) -> tuple[str, ...]:
        """Who speaks where no subject is told: the speaker's state in a quotation, else the sides."""
        if quotation is not None and quotation.speaker is not None:
            return self.referents.of_phrase(quotation.speaker.root)
        return self.cast.sides

    def speaker(self, quotation: Quotation | None) -> str | None:
        if quotation is None or quotation.speaker is None:
            return None
        actor_id: str | None = quotation.speaker._.actor.actor_id
        return actor_id

    def completed(self, ids: tuple[str, ...], candidate: Candidate) -> tuple[str, ...]:
        """All sides where the subject adds unnamed partners of theirs ("the United States and the CMAR countries")."""
        if candidate.subject is None or not set(ids) < set(self.cast.sides):
            return ids
        head = candidate.subject.root
        partners = (child for child in head.children if child.dep_ == "conj")
        unnamed = any(p.lower_ in listed("heads") and not self.referents.of_phrase(p) for p in partners)
        return self.cast.sides if unnamed else ids


def _release(doc: Doc) -> _Release:
    if _CACHE not in doc.user_data:
        doc.user_data[_CACHE] = _Release(doc)
    found: _Release = doc.user_data[_CACHE]
    return found


def _heads(candidate: Candidate) -> Iterator[Token]:
    """Heads of subjects that may tell the parties: the candidate's own, then those of the verbs above it."""
    if candidate.subject is not None:
        yield candidate.subject.root
        if candidate.subject.root.dep_ != "nmod:poss":
            return
    token = candidate.predicate
    for _ in range(CLIMB):
        yield from (child for child in token.children if child.dep_ in SUBJECTS)
        if token.head is token:
            return
        token = token.head
