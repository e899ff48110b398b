"""All mentions of one release, from the known names to the persons."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

from communique.extractors.actors.bodies import find_bodies
from communique.extractors.actors.gazetteer import Entry, Gazetteer
from communique.extractors.actors.names import slug
from communique.extractors.actors.persons import find_persons
from communique.extractors.actors.shapes import shape_of
from communique.extractors.actors.states import in_context, state_name
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon


def find_actors(doc: Doc, gazetteer: Gazetteer) -> list[Span]:
    """The mentions of states, organisations and persons, none inside another."""
    known = _in_release(doc, gazetteer(doc))
    shape = shape_of(doc, known)
    actors = {span: actor_of(entry) for span, entry in known if entry.kind in {"state", "organization"}}
    actors |= (found := bodies(doc, shape))
    shape = mark_bodies(shape, found)
    actors |= find_persons(doc, shape)
    for span, actor in actors.items():
        span._.actor = actor
    return widest(list(actors))


def actor_of(entry: Entry) -> Actor:
    kind = "state" if entry.kind == "state" else "organization"
    name = state_name(entry.code) if kind == "state" else entry.name
    return Actor(kind, entry.code, name, country=entry.country)


def _in_release(doc: Doc, found: list[tuple[Span, Entry]]) -> list[tuple[Span, Entry]]:
    """The known names without those that mean something else in this release or at this place."""
    words = {token.text for token in doc} | {span.text for span, _ in found}
    features = set(load_lexicon("states")["features"])
    kept = []
    for span, entry in found:
        if entry.kind == "state":
            after = doc[span.end].text if span.end < len(doc) else ""
            code = in_context(span.text, entry.code, words)
            if after in features or code is None:
                entry = Entry("place", "", entry.name)
            elif code != entry.code:
                entry = Entry("state", code, entry.name)
        kept.append((span, entry))
    return kept


def bodies(doc: Doc, shape: str) -> dict[Span, Actor]:
    """Bodies by pattern; in one release the shorter form of a name stands for the same body."""
    return {
        doc[start:end]: Actor("organization", slug(doc[start:end].text), doc[start:end].text, country=state)
        for start, end, state in find_bodies(doc, shape)
    }


def mark_bodies(shape: str, spans: Iterable[Span]) -> str:
    """The letters of a release with its bodies marked as organisations."""
    letters = list(shape)
    for span in spans:
        letters[span.start : span.end] = "O" + "o" * (len(span) - 1)
    return "".join(letters)


def widest(spans: list[Span]) -> list[Span]:
    """`spans` without those inside or across a longer one, in text order."""
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=_longest_first):
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            kept.append(span)
    return sorted(kept, key=_position)


def _longest_first(span: Span) -> tuple[int, int]:
    return span.start - span.end, span.start


def _position(span: Span) -> int:
    return span.start
