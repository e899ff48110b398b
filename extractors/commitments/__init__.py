"""Commitments: who undertook what, and when.

`proposals` are all that may be one: what governing `predicates` of the lexicon have for `complements` in the
parse, under `hosts`, as far as it reaches (`extent`); items of `lists`; what only the reader `marks`. `signs`
and `negation` speak against them, `history` tells what is only recalled, and `decision` weighs it all. Where
the reader is sure, its mark has the bounds. `parties` (with `subjects`, names of `unlisted`, and `choice`),
`when_agreed` and `when_due` resolve who and when; `component` writes the spans. Steps through the parse that
many take are in `clauses`.

The `rule` of a row reads "host + entry:frame" ("reaffirm + commitment:to"): host and entry stand in
`predicates.yaml`, the frame in `complements`; "entry:item" comes from `lists`, "read" from the reader alone.
"""

from typing import TYPE_CHECKING

from spacy.language import Language

from communique.models.lexicons import open_lexicons

if TYPE_CHECKING:
    from communique.extractors.commitments.component import CommitmentExtractor


@Language.factory(
    "communique_commitments",
    assigns=["doc.spans", "span._.commitment"],
    requires=["token.tag", "token.pos", "token.lemma", "token.dep", "doc.spans"],
    default_config={
        "key": "commitments",
        "actors_key": "actors",
        "dates_key": "dates",
        "dialogues_key": "dialogues",
        "threshold": None,
        "lexicons": None,
    },
)
def make_commitments(
    nlp: Language,
    name: str,
    key: str = "commitments",
    actors_key: str = "actors",
    dates_key: str = "dates",
    dialogues_key: str = "dialogues",
    threshold: float | None = None,
    lexicons: str | None = None,
) -> "CommitmentExtractor":
    """The component with the weights that ship with the project; spans go to `doc.spans[key]`.

    `threshold`: the least confidence of a row, in place of the fitted one; `lexicons`: a folder of your own.
    """
    from communique.extractors.commitments.component import CommitmentExtractor

    read = {"actors": actors_key, "dates": dates_key, "dialogues": dialogues_key}
    used = open_lexicons(lexicons)
    return CommitmentExtractor(name, key=key, read=read, threshold=threshold, lexicons=used)
