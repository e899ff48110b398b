"""Whom an undertaking, and a release, concerns."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from communique.extractors.annotations import ACTORS, COMMITMENTS, Actor, Commitment, set_extensions
from communique.extractors.scope import is_joint, scope_of, scope_of_release

STATES = {"Chile": "CHL", "Peru": "PER", "Kenya": "KEN"}


def read(sentence: str, *commitments: Commitment, title: str | None = None) -> Doc:
    """A release of Chile that says `sentence`, with the states in it as actors."""
    set_extensions()
    doc = spacy.blank("en")(sentence)
    doc._.title, doc._.speaks_for = title, ("CHL",)
    found = [(token.i, STATES[token.text]) for token in doc if token.text in STATES]
    doc.spans[ACTORS] = [doc[at : at + 1] for at, _ in found]
    for at, code in found:
        doc[at : at + 1]._.actor = Actor("state", code)
    doc.spans[COMMITMENTS] = [doc[at : at + 1] for at in range(len(commitments))]
    for at, commitment in enumerate(commitments):
        doc[at : at + 1]._.commitment = commitment
    return doc


def promise(*parties: str, to: tuple[str, ...] = (), length: int = 200) -> Commitment:
    return Commitment("commit", (0, 1), (0, length), parties=parties, counterparts=to)


@pytest.mark.parametrize(
    ("parties", "joint"),
    [
        (["CAN", "KOR"], True),
        (["G7"], True),
        (["EU"], False),
        (["EU", "UKR"], True),
        (["USA", "USAID"], False),
        (["USA", "Acme Chips"], False),
        ([], False),
    ],
)
def test_who_makes_an_undertaking_joint(parties: list[str], joint: bool) -> None:
    assert is_joint(parties) is joint


@pytest.mark.parametrize(
    ("sentence", "commitment", "title", "scope"),
    [
        ("We will build a road together.", promise("CHL", "PER"), None, "joint"),
        ("We will build a road.", promise("CHL"), "Roads", "domestic"),
        ("We will build a road.", promise("CHL", to=("PER",)), "Roads", "external"),
        ("We will build a road to Peru.", promise("CHL"), "Roads", "external"),
        ("We will build a road.", promise("CHL"), "Chile's aid for Kenya", "external"),
        ("We will build a road.", promise("CHL"), "Chile's roads", "domestic"),
        ("We will build a road for our allies.", promise("CHL"), "Roads", "external"),
        ("She will serve as envoy to Peru.", promise("CHL"), "Nominations sent to the Senate", "domestic"),
        ("We will build a road.", promise(), "Roads", "domestic"),
    ],
)
def test_the_scope_of_a_commitment(
    sentence: str, commitment: Commitment, title: str | None, scope: str
) -> None:
    assert scope_of(read(sentence, title=title), commitment) == scope


def test_a_state_that_only_another_sentence_mentions_makes_nothing_external() -> None:
    doc = read("We will build a road. Peru has many.", title="Roads")
    assert scope_of(doc, promise("CHL", length=21)) == "domestic"


@pytest.mark.parametrize(
    ("sentence", "title", "scope"),
    [
        ("They met.", "Readout of the call with Peru", "joint"),
        ("They met.", "Statement on the storm in Kenya", "external"),
        ("They met.", "Nominations of envoys to Peru", "domestic"),
        ("A storm hit Peru and Kenya.", "On the storm", "external"),
        ("A storm hit Chile, not Kenya.", "On the storm", "domestic"),
        ("They met.", None, "domestic"),
    ],
)
def test_the_scope_of_a_release_that_undertakes_nothing(sentence: str, title: str | None, scope: str) -> None:
    assert scope_of_release(read(sentence, title=title)) == scope


def test_the_scope_of_a_release_is_that_of_most_commitments() -> None:
    joint, own = promise("CHL", "PER"), promise("CHL")
    assert scope_of_release(read("We will do much.", joint, own, own)) == "domestic"
    assert scope_of_release(read("We will do much.", joint, own)) == "joint"
