"""Named formats, instruments and initiatives of a release, and what names them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from communique.extractors.dialogues.component import Dialogues


@Language.factory("communique_dialogues", assigns=["doc.spans"])
def make_dialogues(nlp: Language, name: str) -> Dialogues:
    """The component that writes `doc.spans["dialogues"]`."""
    from communique.extractors.dialogues.component import Dialogues

    return Dialogues()
