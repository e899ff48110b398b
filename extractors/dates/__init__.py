"""Dates: every calendar expression of a release, with the days that it denotes.

Finding (`grammar`, `readers`), meaning (`said`, `periods`, `explicit`) and what a preposition
makes of it (`windows`) are apart; this module only holds the component and its registration.
"""

import re
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.extractors.annotations import DATES, Timex, set_extensions
from communique.models.lexicons import SHIPPED, Lexicons, open_lexicons

if TYPE_CHECKING:
    from communique.extractors.dates.grammar import Mention

# The name of a file, whose day dates the file.
FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|html?|mp[34]|txt)", re.IGNORECASE)


@Language.factory(
    "communique_dates",
    assigns=["doc.spans", "span._.timex"],
    default_config={"key": DATES, "lexicons": None},
)
def make_dates(nlp: Language, name: str, key: str = DATES, lexicons: str | None = None) -> "Dates":
    """The component, as spaCy makes it; spans go to `doc.spans[key]`, `lexicons` is a folder of your own."""
    return Dates(name, key=key, lexicons=open_lexicons(lexicons))


class Dates:
    """Writes the dates, durations and recurrences of a `Doc` to `doc.spans[key]`, each with `span._.timex`.

    Needs tokens only. Deictic expressions are resolved against `doc._.published`; without it
    against the dateline, else their ends are None.
    """

    def __init__(
        self, name: str = "communique_dates", *, key: str = DATES, lexicons: Lexicons = SHIPPED
    ) -> None:
        from communique.extractors.dates.grammar import compiled

        set_extensions()
        self.name, self.key, self.lexicons = name, key, lexicons
        with lexicons.used():
            compiled()  # once, here, rather than with the first release

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[tuple["Mention", Timex]]:
        """The expressions of `doc`, each with its value."""
        from communique.extractors.dates.grammar import find
        from communique.extractors.dates.reading import read

        text = doc.text
        with self.lexicons.used():
            return read(doc, text, find(text))

    def set_annotations(self, doc: Doc, found: list[tuple["Mention", Timex]]) -> None:
        spans: list[Span] = []
        for mention, timex in found:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None or (spans and span.start < spans[-1].end) or FILE.fullmatch(span.text):
                continue
            span._.timex = timex
            spans.append(span)
        doc.spans[self.key] = spans
