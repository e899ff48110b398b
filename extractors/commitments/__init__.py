"""Commitments: who undertook what, and when.

`predicates` finds governing predicates (lexicon and parse) with their `hosts`, `complements` and `triggers`,
`boundaries`, `coordination` and `spans` what is undertaken, `items` what lists undertake, `filters` what is
none, `history` what is only recalled, `decision` how sure that is; `parties` and `when` resolve who and when,
`component` writes the spans.

The `rule` of a row reads "host + entry:frame" ("reaffirm + commitment:to"): host and entry stand in
`predicates.yaml`, the frame in `complements`; "entry:item" and "plan:line" come from `items`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from communique.extractors.commitments.component import CommitmentExtractor


@Language.factory("communique_commitments", assigns=["doc.spans"])
def make_commitments(nlp: Language, name: str) -> CommitmentExtractor:
    """The component with the lexicons and weights that ship with the project."""
    from communique.extractors.commitments.component import CommitmentExtractor

    return CommitmentExtractor()
