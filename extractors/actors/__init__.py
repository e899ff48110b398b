"""Who is named in a release: states, organisations, persons and the groups they form."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span


@Language.factory("communique_actors", assigns=["doc.spans", "span._.actor"])
def make_actors(nlp: Language, name: str) -> Actors:
    from communique.extractors.actors.gazetteer import Gazetteer
    from communique.extractors.annotations import set_extensions

    set_extensions()
    return Actors(Gazetteer(nlp))


class Actors:
    """Writes `doc.spans["actors"]`: every mention of an actor, none overlapping another, in text order.

    Each span has its `Actor` in `span._.actor`. Reads `doc._.title` and `doc._.speaks_for` as evidence of
    whom a person serves, and the model's entities where there are any.
    """

    def __init__(self, gazetteer: object) -> None:
        self.gazetteer = gazetteer

    def match(self, doc: Doc) -> list[Span]:
        """The mentions of `doc` with their actors, groups included."""
        from communique.extractors.actors.find import find_actors
        from communique.extractors.actors.groups import mark_groups

        actors = find_actors(doc, self.gazetteer)  # type: ignore[arg-type]
        return sorted([*actors, *mark_groups(doc, actors)], key=start_of)

    def set_annotations(self, doc: Doc, spans: list[Span]) -> None:
        doc.spans["actors"] = spans

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc


def start_of(span: Span) -> int:
    return span.start


def actors_in(doc: Doc, start: int, end: int) -> list[Span]:
    """The mentions wholly between the tokens `start` and `end` (exclusive)."""
    return [span for span in doc.spans.get("actors", ()) if start <= span.start and span.end <= end]


def states_in(span: Span) -> list[str]:
    """The codes of the states named in `span`, in text order, each once."""
    found = actors_in(span.doc, span.start, span.end)
    return list(dict.fromkeys(s._.actor.actor_id for s in found if s._.actor.kind == "state"))
