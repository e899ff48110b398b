"""Towards whom an undertaking is directed, in sentences of our own."""

from __future__ import annotations

import time

import pytest
import spacy
from spacy.language import Language

from communique.extractors.actors.protagonists import protagonists
from communique.extractors.actors.referents import Referents
from communique.extractors.annotations import Actor, set_extensions

MET = "Prime Minister Ana Rojas of Chile met President Luis Prado of Peru today. "
TITLE = "Joint Statement of Chile and Peru"


def directed(nlp: Language, sentence: str) -> set[str]:
    doc = nlp.make_doc(MET + sentence)
    doc._.title, doc._.speaks_for = TITLE, ("CHL",)
    return set(nlp(doc).spans["commitments"][-1]._.commitment.counterparts)


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("The two leaders agreed to support Ukraine.", {"UKR"}),
        ("The two leaders agreed to work with ASEAN and Japan on fisheries.", {"ASEAN", "JPN"}),
        ("Chile will send engineers to Peru.", {"PER"}),
        ("Chile will train Peruvian nurses.", {"PER"}),
        ("Chile will train Chilean nurses.", set()),
        ("Chile plans to raise its investment in Peru.", {"PER"}),
        ("The two leaders agreed to hold talks in Japan.", set()),
        ("The two leaders agreed to share flood data.", set()),
        ("The two leaders agreed to press Russia to withdraw its troops.", {"RUS"}),
        ("The two leaders agreed to act against Russia’s attack on Ukraine.", {"RUS"}),
        ("They agreed to support Haiti in accordance with United Nations rules.", {"HTI"}),
        ("Chile will fund clinics that treat Haitian children.", {"HTI"}),
        ("Chile will work with President Luis Prado on fisheries.", {"PER"}),
        ("The two leaders agreed to protect fisheries in the Indian Ocean.", set()),
        ("India was absent. The two leaders agreed to protect fisheries with Indian support.", {"IND"}),
        ("Chile will fund clinics in Indian reservations.", set()),  # a people elsewhere
        ("They agreed to keep up the momentum in ASEAN-Japan relations.", {"ASEAN", "JPN"}),
        ("Chile will promote Chilean-Haiti trade.", {"HTI"}),
        ("They agreed to protect the Andean-Haiti route.", set()),
        ("Haiti had a hard year. Chile will help the country rebuild.", {"HTI"}),
        ("Haiti had a hard year. Chile will build ports in the country.", set()),
        ("Haiti had a hard year. The IMF will support the country’s recovery.", {"HTI"}),
        ("Haiti had a hard year. Chile will build new roads across the country.", set()),  # Chile
        ("Haiti had a hard year. Chile will double the country’s exports.", set()),
        ("The two leaders reaffirmed their commitment to NATO’s reform.", {"NATO"}),
        ("They agreed to support Ukraine in the face of Russia’s invasion.", {"UKR"}),
        ("They agreed to help Haiti face hunger.", {"HTI"}),
        ("The two leaders agreed to act against those who profit from the war in Ukraine.", set()),
        ("They agreed to negotiate within the World Trade Organization Doha Round.", set()),
    ],
)
def test_counterparts_are_those_towards_whom_it_is_directed(
    nlp: Language, sentence: str, ids: set[str]
) -> None:
    assert directed(nlp, sentence) == ids


def test_many_adjectives_of_one_people_take_no_time() -> None:
    set_extensions()
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    doc = blank("Indian Peru " * 4000)
    states = [doc[at : at + 1] for at in range(1, len(doc), 2)]
    for span in states:
        span._.actor = Actor("state", "PER", "Peru")
    doc.spans["actors"] = states
    referents = Referents(doc, states, protagonists(doc, states))
    began = time.process_time()
    assert {referents.of_adjective(token) for token in doc} == {()}  # India is not named
    assert time.process_time() - began < 3
