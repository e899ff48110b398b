"""Who is bound: the states and organisations for which the subject of an undertaking stands.

The subject as the candidate has it decides; a subject that names nobody gives way to the nearest one above
it that does, and in the end to those whose release it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from communique.extractors.actors.protagonists import Protagonists, protagonists
from communique.extractors.actors.referents import Referents, listed
from communique.extractors.actors.serving import unique, words
from communique.extractors.actors.speech import Quotation, Quotations
from communique.extractors.annotations import ACTORS
from communique.extractors.commitments.candidate import Candidate

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer"}
ONE = {"he", "she", "it", "his", "her", "its", "him", "who", "which", "that", "itself"}
PLURAL = {"NNS", "NNPS"}
SIGNING = {
    "signed",
    "sign",
    "signing",
    "signature",
    "exchange",
    "exchanged",
    "conclusion",
    "concluded",
    "launch",
}
LONGEST_NAME = 6  # words
BACK = 120  # tokens back in which the antecedent of "it" or "she" stands
CLIMB = 6


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
    ids = release.signing(candidate)
    ids = ids or next((ids for head in release.heads(candidate) if (ids := release.ids_of(head))), ())
    ids = ids or release.unknown(candidate) or release.speaking(quotation)
    text = candidate.subject.text if candidate.subject is not None else None
    return Parties(release.completed(ids, candidate), text, release.speaker(quotation))


class _Release:
    """What the resolution of every undertaking of a release shares."""

    def __init__(self, doc: Doc) -> None:
        actors = list(doc.spans.get(ACTORS, ()))
        self.doc, self.count = doc, len(actors)
        self.cast: Protagonists = protagonists(doc, actors)
        self.referents = Referents(doc, actors, self.cast)
        self.quotations = Quotations(doc, actors)

    def ids_of(self, head: Token) -> tuple[str, ...]:
        """The parties that a subject stands for, with further subjects that the parse gives the same verb."""
        if head.lower_ in ONE and self.referents.mentions.get(head.i) is None:
            return self._antecedent(head)
        ids = self.referents.of_list(head)
        if head.dep_ in SUBJECTS:
            others = (
                child for child in head.head.children if child.dep_ in SUBJECTS and _joined(child, head)
            )
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
        """All sides where the subject adds partners unnamed, or one of them speaks of what is shared.

        "the United States and the Pacific countries will", "the President met the Prime Minister to reaffirm
        their commitment".
        """
        if candidate.subject is None or not set(ids) < set(self.cast.sides):
            return ids
        head = candidate.subject.root
        phrase = (head, *(child for child in head.children if child.dep_ == "conj"))
        unnamed = any(t.lower_ in listed("heads") and not self.referents.of_phrase(t) for t in phrase)
        shared = {t.lower_ for t in candidate.trigger if not t.tag_.startswith("VB")} & listed("shared")
        return self.cast.sides if unnamed or (shared and head.tag_ not in PLURAL) else ids

    def unknown(self, candidate: Candidate) -> tuple[str, ...]:
        """A company or foundation that no list knows, by its name, in the release of one party.

        "Acme Corporation is committing to ...", "Acme Foundation: Commits to ...". Bare initials are more
        often an agency of the publisher's.
        """
        if len(self.cast.sides) > 1:
            return ()
        subject = candidate.subject
        if subject is None:
            subject = self.doc[candidate.sentence.start : candidate.trigger.start]
        name = _capitalised(subject)
        if name is None or {token.lower_ for token in name} & (words("offices") | words("representing")):
            return ()
        return self.cast.own if name.text.isupper() else (name.text,)

    def signing(self, candidate: Candidate) -> tuple[str, ...]:
        """Those between whom or by whom it is signed, where it names them ("an MoU between A and B")."""
        if not SIGNING & {token.lower_ for token in (*candidate.trigger, *candidate.what[:2])}:
            return ()
        between = next((token for token in candidate.what if token.lower_ in {"between", "by"}), None)
        start = between.i + 1 if between is not None else len(self.doc)
        mentions = self.referents.mentions
        first = next((mentions[i] for i in range(start, candidate.what.end) if i in mentions), None)
        ids = self.referents.of_list(first.root) if first is not None and first.start - start < 3 else ()
        return ids if len(ids) > 1 and all(code.isupper() for code in ids) else ()

    def heads(self, candidate: Candidate) -> Iterator[Token]:
        """Heads of phrases that may tell the parties, the likeliest first."""
        beside = self._name_before(candidate)
        if candidate.subject is not None and (beside is None or beside.i < candidate.subject.end):
            yield candidate.subject.root
            if candidate.subject.root.dep_ != "nmod:poss":
                return
        elif beside is not None:
            yield beside
        else:
            yield from (token for token in candidate.trigger if token.i in self.referents.mentions)
        yield from _subjects_above(candidate.predicate)
        if candidate.subject is None:
            yield from (t for t in candidate.sentence if t.dep_ in SUBJECTS and t.i < candidate.trigger.start)

    def _name_before(self, candidate: Candidate) -> Token | None:
        """The name right before a trigger ("Germany commits to"), where the parse may miss its subject."""
        at = candidate.trigger.start - 1
        while at >= candidate.sentence.start and self.doc[at].pos_ in {"ADV", "AUX"}:
            at -= 1
        span = self.referents.mentions.get(at) if at >= candidate.sentence.start else None
        return span.root if span is not None and candidate.trigger[0].tag_ != "POS" else None


def _joined(earlier: Token, later: Token) -> bool:
    """Whether the parse gives two coordinated subjects to one verb: "the Secretary and the Minister"."""
    start = later.left_edge.i
    between = later.doc[earlier.right_edge.i + 1 : start + 1]
    return earlier.i < start and len(between) <= 3 and any(token.lower_ == "and" for token in between)


class _Latest:
    """The release read last: its undertakings come one after another."""

    release: _Release | None = None


def _release(doc: Doc) -> _Release:
    known = _Latest.release
    if known is None or known.doc is not doc or known.count != len(doc.spans.get(ACTORS, ())):
        _Latest.release = known = _Release(doc)
    return known


def _subjects_above(token: Token) -> Iterator[Token]:
    """Subjects of a predicate and of the verbs above it."""
    for _ in range(CLIMB):
        yield from (child for child in token.children if child.dep_ in SUBJECTS)
        if token.head is token:
            return
        token = token.head


def _capitalised(subject: Span) -> Span | None:
    """The name with which a subject opens, nothing but punctuation behind it; None where it has no name."""
    tokens = [token for token in subject if not token.is_space]
    run = list(takewhile(_is_capital, tokens))
    alone = len(run) == len(tokens) or tokens[len(run)].is_punct
    proper = any(token.pos_ == "PROPN" for token in run) and run[0].pos_ != "DET"
    return subject.doc[run[0].i : run[-1].i + 1] if alone and proper and len(run) <= LONGEST_NAME else None


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()
