"""Sentences in the style of releases with what they undertake, and near misses that undertake nothing."""

from __future__ import annotations

import pytest
from spacy.language import Language

from communique.extractors.commitments import make_commitments

FOUND = [
    ("The ministers agreed to open a training centre in Suva.", "agreed to", "open a training centre in Suva", "agree"),
    ("We commit to sharing flood data every month.", "commit to", "sharing flood data every month", "commit"),
    ("Norway will fund the new ferry terminal.", "will", "fund the new ferry terminal", "intend"),
    ("Both sides decided to set up a hotline.", "decided to", "set up a hotline", "agree"),
    ("The leaders pledged to protect the reefs.", "pledged to", "protect the reefs", "commit"),
    ("We intend to double our grants for students.", "intend to", "double our grants for students", "intend"),
    ("We are committed to clean shipping lanes.", "are committed to", "clean shipping lanes", "commit"),
    ("The two countries remain committed to open seas.", "remain committed to", "open seas", "reaffirm"),
    ("They reaffirmed their commitment to free navigation.", "reaffirmed their commitment to", "free navigation", "reaffirm"),
    ("Today Chile and Peru signed a treaty on river fisheries.", "signed", "a treaty on river fisheries", "enact"),
    (
        "The leaders welcomed the signing of a memorandum on student visas.",
        "welcomed",
        "the signing of a memorandum on student visas",
        "enact",
    ),
]

NOTHING = [
    "The ministers discussed their commitment to open markets.",
    "The leaders agreed on the importance of open markets.",
    "We look forward to the next meeting in Lima.",
    "The agreement will help exporters in both countries.",
    "They condemned the attack on the convoy.",
    "We welcome plans to widen the harbour.",
    "The ministers agreed that the relationship is strong.",
    "We hope that the parties will return to talks.",
]


@pytest.mark.parametrize(("text", "trigger", "what", "act"), FOUND)
def test_undertaking_is_found(nlp: Language, text: str, trigger: str, what: str, act: str) -> None:
    doc = nlp(text)
    [span] = doc.spans["commitments"]
    commitment = span._.commitment
    assert (text[slice(*commitment.trigger)], span.text, commitment.act) == (trigger, what, act)


@pytest.mark.parametrize("text", NOTHING)
def test_near_miss_gives_nothing(nlp: Language, text: str) -> None:
    assert [span.text for span in nlp(text).spans["commitments"]] == []


def test_empty_document_gives_nothing(nlp: Language) -> None:
    assert len(make_commitments(nlp, "commitments")(nlp.make_doc("")).spans["commitments"]) == 0
