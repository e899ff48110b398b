"""Whom an undertaking concerns: several states or organisations, others, or a state itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from spacy.tokens import Doc

from communique.extractors.annotations import ACTORS, COMMITMENTS, DIALOGUES, Act, Actor, Commitment
from communique.extractors.dialogues.lexicon import known_ids, known_names
from communique.models.lexicons import load_lexicon, per_lexicons

Scope = Literal["joint", "external", "domestic"]
SCOPES: tuple[Scope, ...] = ("joint", "external", "domestic")

# Its members have handed over to it what it undertakes: it is one party, as a state is.
ONE_PARTY = frozenset({"EU"})

# Of the states and organisations that a release mentions, so many are others where it is about others.
FOREIGN_SHARE = 0.6

# Characters behind the predicate in which an undertaking says that a post is filled, and then with whom.
POST, HOLDER = 40, 40

# Characters in which a release says whether a journey is ahead.
OPENING = 400

# What passes between both on a journey, and what is not more than a plan where the journey is yet to come.
DONE: frozenset[Act] = frozenset({"agree", "enact"})
PLANNED: frozenset[Act] = frozenset({"intend", "commit", "reaffirm"})


def is_joint(parties: Iterable[str]) -> bool:
    """Whether two states or organisations are bound, or a group of states such as G7, Quad or ASEAN.

    A body of a state is that state, and a company is neither.
    """
    bound = _sides_of(parties)
    return len(bound) > 1 or not bound.isdisjoint(_groupings())


class Scopes:
    """The scope of a release and of what is undertaken in it; what all of them hang on is read once."""

    def __init__(self, doc: Doc) -> None:
        title = doc._.title or ""
        self._doc, self._text = doc, doc.text
        self._home = _sides_of(doc._.speaks_for)
        self._at_home = _says("home", title)
        self._titled = _in_title(doc, title)
        self._outward = _says("outward", title) or _names_known(title)
        self._between = _says("between", title)
        self._visit = _says("visit", title) and not self._between
        self._ahead = self._visit and _says("ahead", f"{title} {doc.text[:OPENING]}")
        self._planned = _planned(doc, self._ahead) if self._visit else frozenset()
        self._mentions = sorted(_mentions(doc))
        self._starts = [start for start, _, _ in self._mentions]
        self._named = sorted(doc.spans.get(ACTORS, ()))
        self._named_at = [span.start_char for span in self._named]
        self._abroad = self._is_abroad()
        self._known = sorted(_known_formats(doc))

    def of(self, commitment: Commitment) -> Scope:
        """The scope of a commitment, from its parties, its counterparts, its sentence and the title."""
        if is_joint(commitment.parties):
            return "external" if commitment.act in self._planned else "joint"
        if self._at_home or self._fills_post(commitment):
            return "domestic"
        bound = _sides_of(commitment.parties)
        if bound and self._home and bound.isdisjoint(self._home):
            return "external"  # one state tells what another one undertook
        home = bound or self._home
        start, end = commitment.sentence
        others = (_sides_of(commitment.counterparts) | self._titled | self._within(start, end)) - home
        outward = self._outward or self._abroad or self._is_outward(start, end)
        return "external" if others or outward else "domestic"

    def of_release(self) -> Scope:
        """The scope of most commitments; of the title and the mentions where there are none."""
        found = [span._.commitment for span in self._doc.spans.get(COMMITMENTS, ())]
        counts = Counter(map(self.of, [one for one in found if one.status == "current"] or found))
        if counts:
            return max(SCOPES, key=lambda scope: counts[scope])  # of equals the first
        return self._untold()

    def _untold(self) -> Scope:
        """The scope of a release without commitments."""
        if self._at_home:
            return "domestic"
        if self._titled - self._home:
            met = self._between or self._visit and not self._ahead
            return "joint" if met else "external"
        return "external" if self._abroad or self._outward else "domestic"

    def _is_abroad(self) -> bool:
        """Whether most of the states and organisations that the release mentions are others."""
        sides = [side for _, _, some in self._mentions for side in some]
        foreign = sum(side not in self._home for side in sides)
        return bool(self._home and sides) and foreign > FOREIGN_SHARE * len(sides)

    def _fills_post(self, commitment: Commitment) -> bool:
        """Whether one of the party's own is appointed: by name, or as whom the sentence is about."""
        start, end = commitment.trigger[0], commitment.sentence[1]
        within = self._text, start, min(start + POST, end)
        home = _sides_of(commitment.parties) or self._home
        if post := _phrases("appointed").search(*within):
            before = self._actors(commitment.sentence[0], post.start())
            named = [actor for actor in before if actor.kind == "person"] or before
            return not named or _mentioned(named[-1]) <= home
        if (post := _phrases("appoints").search(*within)) is None:
            return False
        behind = self._actors(post.end(), min(post.end() + HOLDER, end))
        return any(actor.kind == "person" and _mentioned(actor) <= home for actor in behind)

    def _actors(self, start: int, end: int) -> list[Actor]:
        """Those whose mentions start between two characters, in text order."""
        first, last = bisect_left(self._named_at, start), bisect_left(self._named_at, end)
        return [span._.actor for span in self._named[first:last]]

    def _within(self, start: int, end: int) -> set[str]:
        """The states and organisations that a sentence mentions."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return {side for _, ends, some in self._mentions[first:last] if ends <= end for side in some}

    def _is_outward(self, start: int, end: int) -> bool:
        """Whether a sentence concerns others without naming them, or by a treaty or a format with them."""
        known = bisect_left(self._known, start) < bisect_left(self._known, end)
        return known or _says("outward", self._text[start:end])


def _mentions(doc: Doc) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Each mention of a state or an organisation: from which character to which, and whom it stands for."""
    for span in doc.spans.get(ACTORS, ()):
        yield span.start_char, span.end_char, tuple(sorted(_mentioned(span._.actor)))


def _planned(doc: Doc, ahead: bool) -> frozenset[Act]:
    """The acts that are no more than plans in a release about a journey, which is `ahead` or not."""
    found = (span._.commitment for span in doc.spans.get(COMMITMENTS, ()))
    acts: set[Act] = {one.act for one in found if one.status == "current" and is_joint(one.parties)}
    if ahead:
        return PLANNED if acts.isdisjoint(DONE) else frozenset()
    return frozenset({"intend"}) if acts <= {"intend"} else frozenset()


def _known_formats(doc: Doc) -> Iterator[int]:
    """Where a treaty, a format or an initiative is mentioned that is known in any release."""
    for span in doc.spans.get(DIALOGUES, ()):
        if span._.dialogue.dialogue_id in known_ids():
            yield span.start_char


def _in_title(doc: Doc, title: str) -> set[str]:
    """States and organisations that the title names."""
    if not title:
        return set()
    named = {_plain(span.text): span._.actor for span in doc.spans.get(ACTORS, ())}
    words = f" {_plain(title)} "
    return {side for text, actor in named.items() if f" {text} " in words for side in _mentioned(actor)} | {
        side for name, side in _names().items() if f" {name} " in words
    }


def _names_known(title: str) -> bool:
    """Whether a title names a treaty, a format or an initiative that is known in any release.

    Titles differ in case; a word alone ("START") is told from another one by its case.
    """
    words = f" {_plain(title)} "
    lower = words.casefold()
    return any(
        f" {name} " in words or " " in name and f" {name.casefold()} " in lower for name in _known_names()
    )


def _mentioned(actor: Actor) -> set[str]:
    """The states and organisations that a mention stands for: a body for the one that it serves."""
    if actor.kind == "group":
        return _sides_of(actor.members)
    return _sides_of(id_ for id_ in (actor.country or actor.actor_id,) if id_)


def _sides_of(actor_ids: Iterable[str]) -> set[str]:
    return {side for actor_id in actor_ids if (side := _sides().get(actor_id))}


def _says(kind: str, text: str | None) -> bool:
    return bool(text and _phrases(kind).search(text))


def _plain(text: str) -> str:
    """Words alone, so that "Canada's" has the word Canada."""
    return " ".join(re.findall(r"\w+", text))


@per_lexicons
def _phrases(kind: str) -> re.Pattern[str]:
    either = "|".join(map(re.escape, load_lexicon("scope")[kind]))
    return re.compile(rf"(?<!\w)(?:{either})s?(?!\w)", re.IGNORECASE)


@per_lexicons
def _groupings() -> frozenset[str]:
    return frozenset(load_lexicon("members")["groupings"]) - ONE_PARTY


@per_lexicons
def _names() -> dict[str, str]:
    """Names and adjectives of states as plain words, but for those that mean one or another ("Georgia")."""
    from communique.extractors.actors.states import demonyms, state_names

    lexicon = load_lexicon("states")
    ambiguous = {*lexicon["contexts"], *lexicon["peoples"]}
    forms = demonyms() | state_names()
    return {_plain(form): code for form, code in forms.items() if form not in ambiguous}


@per_lexicons
def _known_names() -> frozenset[str]:
    return frozenset(_plain(form) for form, _ in known_names())


@per_lexicons
def _sides() -> dict[str, str]:
    """The state or organisation that each known state, territory or body stands for."""
    bodies = load_lexicon("organizations")["organizations"]
    parts = load_lexicon("scope")["territories"]
    return (
        {state: state for state in load_lexicon("states")["states"]}
        | {part: state for state, some in parts.items() for part in some}
        | {body: entry.get("country", body) for body, entry in bodies.items()}
    )
