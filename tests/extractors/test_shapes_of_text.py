"""Undertakings in headlines, wire copy, capitals and releases that name no state; near misses beside each."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.language import Language

PUBLISHED = dt.date(2024, 11, 6)  # a Wednesday
Row = tuple[set[str], str]
BAY = "dredge the bay"


def rows(nlp: Language, text: str, own: tuple[str, ...] = ()) -> list[Row]:
    doc = nlp.make_doc(text)
    doc._.published, doc._.speaks_for = PUBLISHED, own
    return [(set(span._.commitment.parties), span.text) for span in nlp(doc).spans["commitments"]]


@pytest.mark.parametrize(
    ("text", "own", "found"),
    [
        (f"Ghana, Togo agree to {BAY}", (), [({"GHA", "TGO"}, BAY)]),
        ("Ghana, Togo silent on the bay", (), []),
        (f"GHANA AND TOGO AGREED TO {BAY.upper()}.", (), [({"GHA", "TGO"}, BAY.upper())]),
        ("GHANA AND TOGO MET.", (), []),
        (f"LOMÉ, Nov. 4 (Portwire) -- Ghana and Togo agreed Monday to {BAY}.", (), [({"GHA", "TGO"}, BAY)]),
        (f"Washington and Beijing agreed to {BAY}.", (), [({"Washington", "Beijing"}, BAY)]),
        ("The Government agreed to take sailors from Togo.", ("GHA",), [({"GHA"}, "take sailors from Togo")]),
        (
            f"Agreement between Ghana and Togo on Bays\n\nThe Participants will work together to {BAY}.",
            (),
            [({"GHA", "TGO"}, f"work together to {BAY}")],
        ),
    ],
)
def test_undertakings_of_every_shape(
    nlp: Language, text: str, own: tuple[str, ...], found: list[Row]
) -> None:
    assert rows(nlp, text, own) == found


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Togo Mobile agreed to build a plant in Ghana.", ["togo-mobile", "GHA"]),
        ("Togo Mobile and Ghana agreed to build a plant.", ["togo-mobile", "GHA"]),
        ("Chilean Gas and Togo Oil pledged to build a plant.", ["chilean-gas", "togo-oil"]),
        ("Chilean gas is cheap, and Chilean Energy Minister Ana Lima agreed.", ["ana-lima"]),
        ("Peru Copper and Chile Gas pledged to cut fees.", ["peru-copper", "chile-gas"]),
        ("Togo agreed to build a plant.", ["TGO"]),
        ("Togo Foreign Minister Ana Lima agreed to visit Ghana.", ["TGO", "ana-lima", "GHA"]),
    ],
)
def test_a_firm_called_after_a_state_is_not_that_state(nlp: Language, text: str, actors: list[str]) -> None:
    doc = nlp(text)
    assert [span._.actor.actor_id for span in doc.spans["actors"]] == actors
