"""Sentence starts at line starts: a heading, an item or a paragraph never runs into the next line."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("communique_line_ends", assigns=["token.is_sent_start"])
def make_line_ends(nlp: Language, name: str) -> LineEnds:
    return LineEnds()


class LineEnds:
    """Marks the first word of each line as a sentence start, before the parser, which then keeps it.

    Other tokens stay undecided, so the parser still finds the sentences inside a line. The whitespace
    tokens of a line end belong to the sentence they close.
    """

    def __call__(self, doc: Doc) -> Doc:
        after_newline = False
        for token in doc:
            if token.is_space:
                after_newline = after_newline or "\n" in token.text or "\r" in token.text
            elif after_newline:
                token.is_sent_start = True
                after_newline = False
        return doc
