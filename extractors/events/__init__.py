"""Events: what was held, launched, signed, adopted, came into force, ended or is scheduled.

`reading` finds the verb or noun that governs a named dialogue or instrument in its sentence, `when` the day,
`details` ordinal and place; `component` joins what is told twice and writes the spans.
"""

from typing import TYPE_CHECKING

from spacy.language import Language

from communique.models.lexicons import open_lexicons

if TYPE_CHECKING:
    from communique.extractors.events.component import EventExtractor


@Language.factory(
    "communique_events",
    assigns=["doc.spans", "span._.event"],
    requires=["token.tag", "token.pos", "token.lemma", "token.dep", "doc.spans"],
    default_config={
        "key": "events",
        "dates_key": "dates",
        "dialogues_key": "dialogues",
        "lexicons": None,
    },
)
def make_events(
    nlp: Language,
    name: str,
    key: str = "events",
    dates_key: str = "dates",
    dialogues_key: str = "dialogues",
    lexicons: str | None = None,
) -> "EventExtractor":
    """The component that writes `doc.spans[key]`; `lexicons` is a folder of your own."""
    from communique.extractors.events.component import EventExtractor

    read = {"dates": dates_key, "dialogues": dialogues_key}
    return EventExtractor(name, key=key, read=read, lexicons=open_lexicons(lexicons))
