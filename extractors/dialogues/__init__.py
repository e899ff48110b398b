"""Named formats, instruments and initiatives of a release, and what names them again."""

from typing import TYPE_CHECKING

from spacy.language import Language

from communique.models.lexicons import open_lexicons

if TYPE_CHECKING:
    from communique.extractors.dialogues.component import Dialogues


@Language.factory(
    "communique_dialogues",
    assigns=["doc.spans", "span._.dialogue"],
    default_config={"key": "dialogues", "actors_key": "actors", "lexicons": None},
)
def make_dialogues(
    nlp: Language,
    name: str,
    key: str = "dialogues",
    actors_key: str = "actors",
    lexicons: str | None = None,
) -> "Dialogues":
    """The component that writes `doc.spans[key]`; `lexicons` is a folder of your own."""
    from communique.extractors.dialogues.component import Dialogues

    return Dialogues(name, key=key, actors_key=actors_key, lexicons=open_lexicons(lexicons))
