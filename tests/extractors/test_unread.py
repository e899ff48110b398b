"""Undertakings that only the reader marks."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.marks import Marks, unread
from communique.extractors.commitments.proposals import candidates
from communique.models.reader import Mark, Reader

TEXT = "Chile and Peru met.\nIt is now for Chile, and it will, to the building of a pier in Arica.\nAn end."
PIER = "the building of a pier in Arica"


class Fixed(Reader):
    """Marks given words, as undertakings or as the predicates before them, wherever they stand."""

    def __init__(self, *words: tuple[str, str]) -> None:
        self.words = words

    def read(self, line: str, before: str = "") -> list[Mark]:
        places = ((layer, line.find(word), word) for layer, word in self.words)
        return [Mark(layer, "commit", at, at + len(word), 0.9) for layer, at, word in places if at >= 0]


def found(nlp: Language, text: str, reader: Reader) -> list[Candidate]:
    doc: Doc = nlp(text)
    read = [candidate for candidate, _ in candidates(doc)]
    return [candidate for candidate, _ in unread(doc, read, Marks(doc, reader))]


def test_a_mark_where_nothing_is_found_is_a_candidate_with_the_predicate_before_it(nlp: Language) -> None:
    (candidate,) = found(nlp, TEXT, Fixed(("what", PIER), ("trigger", "it will")))
    assert (candidate.what.text, candidate.trigger.text) == (PIER, "it will")
    assert (candidate.act, candidate.rule) == ("commit", "read")


def test_without_a_predicate_its_own_first_word_governs(nlp: Language) -> None:
    (candidate,) = found(nlp, TEXT, Fixed(("what", PIER)))
    assert (candidate.trigger.text, candidate.rule) == ("the", "read:line")


def test_the_sentence_holds_a_mark_that_goes_on_where_the_parse_ends_one(nlp: Language) -> None:
    text = "Chile and Peru met.\nIt is now for Chile, and it will, to the building of a pier. They left."
    (candidate,) = found(nlp, text, Fixed(("what", "the building of a pier. They left")))
    assert candidate.what.sent.text != candidate.sentence.text
    assert candidate.sentence.text == text.splitlines()[1].rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "Chile and Peru met.\nChile will begin the building of a pier in Arica.",  # found
        "Chile and Peru met.\nHere stands the building of a pier in Arica.",  # no modal
    ],
)
def test_near_misses_are_no_candidates(nlp: Language, text: str) -> None:
    assert found(nlp, text, Fixed(("what", PIER))) == []
