"""Sentence starts that the text's own marks tell, set before the parser, which keeps them.

A heading, an item or a paragraph never runs into the next line; a quotation that opens after a full stop
starts a sentence (138 of 141 in the training and development treebanks); none starts between a mark that
opens and what it opens, nor at a mark that closes.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

OPENING, CLOSING, STRAIGHT = frozenset("([{“«„"), frozenset(")]}”»"), '"'
BRACKETS, FINAL = frozenset("([{"), frozenset(".!?")


@Language.factory("communique_line_ends", assigns=["token.is_sent_start"])
def make_line_ends(nlp: Language, name: str) -> LineEnds:
    return LineEnds()


class LineEnds:
    """Marks the first word of each line and of a quotation as a start, and words that cannot be one as none.

    Other tokens stay undecided, so the parser still finds the sentences inside a line. The whitespace
    tokens of a line end belong to the sentence they close.
    """

    def __call__(self, doc: Doc) -> Doc:
        after_newline = False
        for token in doc:
            if token.is_space:
                after_newline = after_newline or "\n" in token.text or "\r" in token.text
            elif after_newline or (token.i and quotes_anew(token)):
                token.is_sent_start = True
                after_newline = False
            elif token.i and (closes(token) or opens(token.nbor(-1))):
                token.is_sent_start = False
        return doc


def opens(mark: Token) -> bool:
    """An opening mark; a straight one opens where only its left side is free."""
    return mark.text in OPENING or (mark.text == STRAIGHT and _free_left(mark) and not mark.whitespace_)


def quotes_anew(mark: Token) -> bool:
    """A quotation mark that opens after the end of a sentence."""
    return mark.nbor(-1).text in FINAL and mark.text not in BRACKETS and opens(mark)


def closes(mark: Token) -> bool:
    return mark.text in CLOSING or (mark.text == STRAIGHT and not _free_left(mark) and bool(mark.whitespace_))


def _free_left(token: Token) -> bool:
    return token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space
