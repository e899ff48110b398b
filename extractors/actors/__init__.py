"""Who is named in a release: states, organisations, persons and the groups they form."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.models.lexicons import SHIPPED, Lexicons, open_lexicons


@Language.factory(
    "communique_actors",
    assigns=["doc.spans", "span._.actor"],
    requires=["token.tag", "token.pos", "token.lemma", "token.dep"],
    default_config={"key": "actors", "lexicons": None},
)
def make_actors(nlp: Language, name: str, key: str = "actors", lexicons: str | None = None) -> "Actors":
    """The component, as spaCy makes it; spans go to `doc.spans[key]`, `lexicons` is a folder of your own."""
    from communique.extractors.actors.gazetteer import Gazetteer
    from communique.extractors.annotations import set_extensions

    set_extensions()
    used = open_lexicons(lexicons)
    with used.used():
        return Actors(Gazetteer(nlp), name, key=key, lexicons=used)


class Actors:
    """Writes every mention of an actor to `doc.spans[key]`, none overlapping another, in text order.

    Each span has its `Actor` in `span._.actor`. Reads `doc._.title` and `doc._.speaks_for` as evidence of
    whom a person serves, and the model's entities where there are any. Groups ("the two ministers") need a
    parse with UD labels; without one the names alone are found, and a warning says so.
    """

    def __init__(
        self,
        gazetteer: object,
        name: str = "communique_actors",
        *,
        key: str = "actors",
        lexicons: Lexicons = SHIPPED,
    ) -> None:
        self.gazetteer, self.name, self.key, self.lexicons = gazetteer, name, key, lexicons

    def match(self, doc: Doc) -> list[Span]:
        """The mentions of `doc` with their actors, groups included.

        Raises ValueError where the document has labels of ClearNLP.
        """
        from communique.extractors.actors.find import find_actors
        from communique.extractors.actors.groups import mark_groups
        from communique.extractors.needs import advise_parse

        with self.lexicons.used():
            actors = find_actors(doc, self.gazetteer)  # type: ignore[arg-type]
            parsed = advise_parse(doc, self.name, "groups of actors are not read")
            groups = mark_groups(doc, actors) if parsed else []
        return sorted([*actors, *groups], key=start_of)

    def set_annotations(self, doc: Doc, spans: list[Span]) -> None:
        """Writes the mentions."""
        doc.spans[self.key] = spans

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
