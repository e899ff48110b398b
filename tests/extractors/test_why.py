"""What is told of how a commitment was found."""

from __future__ import annotations

import math

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.extractors.commitments.why import why


@pytest.fixture
def doc(nlp: Language) -> Doc:
    doc = nlp.make_doc("Chile met Peru today. Chile and Peru agreed to reopen the bridge in 2031.")
    doc._.title, doc._.speaks_for = "Joint Statement of Chile and Peru", ("CHL",)
    return nlp(doc)


@pytest.fixture
def what(doc: Doc) -> Span:
    (what,) = doc.spans["commitments"]
    return what


def test_signs_and_bias_make_the_chance(doc: Doc, what: Span) -> None:
    told = why(doc, what.start_char, what.end_char)
    assert told is not None and told.rule == what._.commitment.rule == "agree:to"
    logit = told.bias + sum(weight for _, weight in told.signs)
    assert told.chance == pytest.approx(1 / (1 + math.exp(-logit)))
    assert told.chance >= told.threshold
    weights = [abs(weight) for _, weight in told.signs]
    assert weights == sorted(weights, reverse=True) and weights[-1] > 0


def test_the_parties_are_the_likeliest_of_those_offered(doc: Doc, what: Span) -> None:
    told = why(doc, what.start_char, what.end_char)
    assert told is not None
    (first, chance), *others = told.parties
    assert first.ids == what._.commitment.parties == ("CHL", "PER") and "subject" in first.readings
    assert chance + sum(share for _, share in others) == pytest.approx(1)


def test_other_words_are_no_commitment(doc: Doc, what: Span) -> None:
    assert why(doc, what.start_char + 1, what.end_char) is None
