"""Sentence starts that the text's own marks tell, set before the parser, which keeps most of them.

A heading, an item or a paragraph never runs into the next line; a quotation that opens after a full stop
starts a sentence (138 of 141 in the training and development treebanks); none starts between a mark that
opens and what it opens, nor at a mark that closes. In a line that ends with a full stop, sentences are
punctuated: none starts right behind a word.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token
from thinc.types import Ints2d

OPENING, CLOSING, STRAIGHT = frozenset("([{“«„"), frozenset(")]}”»"), '"'
BRACKETS, FINAL = frozenset("([{"), frozenset(".!?")
# Shortened before a number: "Protocol No. 5", "Art. 12", "approx. 40".
NUMBERED = re.compile(
    r"nos?|arts?|paras?|secs?|regs?|res|vols?|figs?|ch|pp?|approx|ca|cf|doc|ref|ext|tel|cap|sched|subpara|subsec|"
    r"cl|rev|ser|est|app",
    re.IGNORECASE,
)
# Looks shortened, having no vowel or a stop inside: "2 bn. before", "3 per cent p.a. until".
SHORTENED = re.compile(r"[b-df-hj-np-tv-xz]{2,5}|(?:[a-z]\.)+[a-z]")
ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b", re.IGNORECASE)
# Behind an abbreviation these open a sentence: "in the U.S. The two sides".
OPENERS = re.compile("The|It|They|We|This|These|He|She|Both|Its|Their|In|On")
# So does any capital behind "etc.", and one with such a verb behind "5 p.m.".
VERBS = re.compile("will|shall|would|should|has|have|had|is|are|was|were|agreed")
LAST = FINAL | {":", ";"}  # what ends a line of prose, or of a list


@Language.factory("communique_line_ends", assigns=["token.is_sent_start"])
def make_line_ends(nlp: Language, name: str) -> LineEnds:
    return LineEnds()


class LineEnds:
    """Marks the first word of each line and of a quotation as a start, and words that cannot be one as none.

    Other tokens stay undecided, so the parser still finds the sentences inside a line. The whitespace
    tokens of a line end belong to the sentence they close.
    """

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> NDArray[np.int64]:
        """For every token 1 for a start, -1 for none, 0 where the text does not tell."""
        # All at once: to set one token's value, spaCy looks whether any token of the document has a head.
        starts = doc.to_array("SENT_START").view("int64")
        words: list[Token] = []
        later = False
        for token in doc:
            if not token.is_space:
                words.append(token)
            elif "\n" in token.text or "\r" in token.text:
                _mark(words, later, starts)
                words, later = [], True
        _mark(words, later, starts)
        return starts

    def set_annotations(self, doc: Doc, starts: NDArray[np.int64]) -> None:
        """Writes the starts."""
        doc.from_array("SENT_START", cast(Ints2d, starts.view("uint64")))


def _mark(words: list[Token], later: bool, starts: NDArray[np.int64]) -> None:
    """Sentence starts (1) and none (-1) of a line; `later` where a line end stands before it."""
    if later and words:
        starts[words[0].i] = 1
    punctuated = ends_sentence(words)
    _mark_abbreviations(words, starts)
    _mark_days(words, starts)
    for before, word in pairwise(words):
        if starts[word.i]:
            continue
        if before.text in FINAL and word.text not in BRACKETS and opens(word):
            starts[word.i] = 1
        elif closes(word) or opens(before) or (punctuated and (before.is_alpha or before.is_digit)):
            starts[word.i] = -1


def _mark_abbreviations(words: list[Token], starts: NDArray[np.int64]) -> None:
    """No start at a number or a small letter behind an abbreviation; one at "The" behind "U.S."."""
    for before, word in pairwise(words):
        shortened = before.text.removesuffix(".").lower()
        stop = before.text == "." and before.i > words[0].i and not before.nbor(-1).whitespace_
        if stop:
            shortened = before.nbor(-1).text.lower()
        number = (stop or before.text.endswith(".")) and NUMBERED.fullmatch(shortened)
        goes_on = stop and SHORTENED.fullmatch(shortened) and word.text[:1].islower()
        if goes_on or (number and word.text[:1].isdigit()):
            starts[word.i] = -1
        elif word.text[:1].isupper() and _closes_sentence(shortened, before, word):
            starts[word.i] = 1


def _mark_days(words: list[Token], starts: NDArray[np.int64]) -> None:
    """No start inside a day written with stops alone: "by 15th.June.2027"."""
    for day, stop, month in zip(words, words[1:], words[2:], strict=False):
        glued = stop.text == "." and not day.whitespace_ and not stop.whitespace_
        if glued and ORDINAL.fullmatch(day.text) and MONTH.match(month.text):
            starts[stop.i] = starts[month.i] = -1


def _closes_sentence(shortened: str, before: Token, word: Token) -> bool:
    """Whether the stop of an abbreviation is a full stop too."""
    if shortened == "etc":
        return True
    if shortened in {"p.m", "a.m"}:
        return word.i + 1 < len(word.doc) and bool(VERBS.fullmatch(word.nbor(1).text))
    initials = len(before) > 3 and before.text.isupper() and before.text[1] == "."
    return initials and bool(OPENERS.fullmatch(word.text))


def ends_sentence(words: list[Token]) -> bool:
    """Whether a line ends with a full stop, a colon or a semicolon, if need be before a closing mark."""
    last = [word.text for word in words[-2:]]
    quoted = bool(last) and last[-1] in CLOSING | {STRAIGHT} and last[0] in FINAL
    return bool(last) and (last[-1] in LAST or quoted)


def opens(mark: Token) -> bool:
    """An opening mark; a straight one opens where only its left side is free."""
    return mark.text in OPENING or (mark.text == STRAIGHT and _free_left(mark) and not mark.whitespace_)


def closes(mark: Token) -> bool:
    return mark.text in CLOSING or (mark.text == STRAIGHT and not _free_left(mark) and bool(mark.whitespace_))


def _free_left(token: Token) -> bool:
    return token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space
