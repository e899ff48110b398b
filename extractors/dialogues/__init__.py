"""Named formats, instruments and initiatives of a release, and what names them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from communique.extractors.dialogues.component import Dialogues


@Language.factory(
    "communique_dialogues",
    assigns=["doc.spans", "span._.dialogue"],
    default_config={"key": "dialogues", "actors_key": "actors"},
)
def make_dialogues(nlp: Language, name: str, key: str = "dialogues", actors_key: str = "actors") -> Dialogues:
    """The component that writes `doc.spans[key]`."""
    from communique.extractors.dialogues.component import Dialogues

    return Dialogues(name, key=key, actors_key=actors_key)
