"""Whom an undertaking concerns: several states or organisations, others, or a state itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span

from communique.extractors.annotations import ACTORS, COMMITMENTS, Actor, Commitment
from communique.models.lexicons import load_lexicon, per_lexicons

Scope = Literal["joint", "external", "domestic"]
SCOPES: tuple[Scope, ...] = ("joint", "external", "domestic")

# Its members have handed over to it what it undertakes: it is one party, as a state is.
ONE_PARTY = frozenset({"EU"})

# Kept beside the document, not in its `user_data`, which is written and copied with it.
_TITLED: WeakKeyDictionary[Doc, set[str]] = WeakKeyDictionary()

# Of the states and organisations that a release mentions, so many are others where it is about others.
FOREIGN_SHARE = 0.5


def is_joint(parties: Iterable[str]) -> bool:
    """Whether two states or organisations are bound, or a group of states such as G7, Quad or ASEAN.

    A body of a state is that state, and a company is neither.
    """
    bound = _sides_of(parties)
    return len(bound) > 1 or not bound.isdisjoint(_groupings())


def scope_of(doc: Doc, commitment: Commitment) -> Scope:
    """The scope of a commitment of `doc`, from its parties, its counterparts, its sentence and the title."""
    if is_joint(commitment.parties):
        return "external" if commitment.act == "intend" and _announces(doc) else "joint"
    if _says("home", doc._.title):
        return "domestic"
    home = _sides_of(commitment.parties) or _home(doc)
    if _sides_of(commitment.counterparts) - home:
        return "external"
    start, end = commitment.sentence
    within = (span for span in _actors(doc) if start <= span.start_char and span.end_char <= end)
    mentioned = {side for span in within for side in _mentioned(span._.actor)}
    others = (mentioned | _titled(doc)) - home
    outward = _says("outward", doc._.title) or _says("outward", doc.text[start:end])
    return "external" if others or outward else "domestic"


def scope_of_release(doc: Doc) -> Scope:
    """The scope of most commitments of `doc`; of its title and its mentions where it has none."""
    spans = doc.spans.get(COMMITMENTS, ())
    current = [span for span in spans if span._.commitment.status == "current"] or spans
    counts = Counter(scope_of(doc, span._.commitment) for span in current)
    if counts:
        return max(SCOPES, key=lambda scope: counts[scope])  # of equals the first
    return _untold(doc)


def _untold(doc: Doc) -> Scope:
    """The scope of a release without commitments."""
    if _says("home", doc._.title):
        return "domestic"
    home, titled = _home(doc), _titled(doc)
    if titled - home:
        return "joint" if _says("between", doc._.title) else "external"
    sides = [side for span in _actors(doc) for side in _mentioned(span._.actor)]
    foreign = sum(side not in home for side in sides)
    return "external" if home and sides and foreign / len(sides) > FOREIGN_SHARE else "domestic"


def _announces(doc: Doc) -> bool:
    """Whether a release announces a visit, on which both have not done anything yet."""
    if not _says("visit", doc._.title) or _says("between", doc._.title):
        return False
    both = (c for span in doc.spans.get(COMMITMENTS, ()) if is_joint((c := span._.commitment).parties))
    return all(c.act == "intend" for c in both)


def _home(doc: Doc) -> set[str]:
    """The state or organisation that the publisher speaks for."""
    return _sides_of(doc._.speaks_for)


def _titled(doc: Doc) -> set[str]:
    """States and organisations that the title names: asked for each commitment, read once."""
    if doc not in _TITLED:
        _TITLED[doc] = _in_title(doc, doc._.title) if doc._.title else set()
    return _TITLED[doc]


def _in_title(doc: Doc, title: str) -> set[str]:
    named = {_plain(span.text): span._.actor for span in _actors(doc)}
    words = f" {_plain(title)} "
    return {side for text, actor in named.items() if f" {text} " in words for side in _mentioned(actor)} | {
        side for name, side in _names().items() if f" {name} " in words
    }


def _actors(doc: Doc) -> Iterator[Span]:
    yield from doc.spans.get(ACTORS, ())


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
    """Names of states as plain words, but for those that mean one state or another ("Georgia")."""
    from communique.extractors.actors.states import state_names

    ambiguous = load_lexicon("states")["contexts"]
    return {_plain(name): code for name, code in state_names().items() if name not in ambiguous}


@per_lexicons
def _sides() -> dict[str, str]:
    """The state or organisation that each known state or body stands for."""
    bodies = load_lexicon("organizations")["organizations"]
    return {state: state for state in load_lexicon("states")["states"]} | {
        body: entry.get("country", body) for body, entry in bodies.items()
    }
