"""What a release only recalls: rows with the status "background", with the day that their clause tells."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.language import Language

from communique.extractors.annotations import Commitment

PUBLISHED = dt.date(2024, 11, 6)


def undertakings(nlp: Language, text: str) -> list[tuple[str, Commitment]]:
    doc = nlp.make_doc(text)
    doc._.title, doc._.published = "Joint Statement of Chile and Peru", PUBLISHED
    return [(span.text, span._.commitment) for span in nlp(doc).spans["commitments"]]


@pytest.mark.parametrize(
    ("text", "what", "day"),
    [
        ("In 2022 the two countries agreed to reopen the mountain road.", "reopen the mountain road", "2022"),
        ("Chile launched a fund in 2019 for farmers.", "a fund in 2019 for farmers", "2019"),
        ("In June 2019, Chile and Peru signed a treaty on salmon.", "a treaty on salmon", "2019-06"),
        ("A treaty on salmon was signed on 3 March 2008.", "A treaty on salmon", "2008-03-03"),
        (
            "The ministers recalled their commitment of 2019 to protect the wetlands.",
            "protect the wetlands",
            "2019",
        ),
        (
            "The ministers recalled that the two sides agreed in May 2021 to build a second bridge.",
            "build a second bridge",
            "2021-05",
        ),
        ("Chile recently launched a fund for farmers.", "a fund for farmers", None),
        (
            "The two sides have signed ten treaties in the last three years.",
            "ten treaties in the last three years",
            None,
        ),
        ("Recalling that at their last talks they agreed to protect whales;", "protect whales", None),
        ("Chile has recently launched a fund for farmers in 2024.", "a fund for farmers in 2024", "2024"),
        ("Chile previously announced a fund for flood repairs.", "a fund for flood repairs", None),
        ("The two countries had agreed to close the strait.", "close the strait", None),
    ],
)
def test_earlier_undertaking_is_background(nlp: Language, text: str, what: str, day: str | None) -> None:
    [(found, commitment)] = undertakings(nlp, text)
    assert (found, commitment.status, commitment.agreed_on) == (what, "background", day)
    assert commitment.agreed_on_from == (None if day is None else "statement")


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met on 5 November 2024 and agreed to reopen the road.",
        "The ministers agreed to extend the accord that their predecessors signed in 2015.",
        "The ministers reaffirmed their commitment to protect the wetlands.",
        "Earlier today the ministers agreed to reopen the road.",
        "At the talks on 5 November they reiterated their commitment to reopen the road.",
        "Following the summit on 3 May 2024, they agreed to reopen the road.",
        "The two countries signed a treaty on salmon at talks from 21 October to 6 November 2024.",
        "The two countries signed a treaty on salmon from 21 October to 6 November 2024.",
        "We will hold the last round of talks in Lima.",
        "The ministers met in Lima, where they agreed to reopen the road between the two countries.",
    ],
)
def test_what_this_release_undertakes_is_current(nlp: Language, text: str) -> None:
    assert [commitment.status for _, commitment in undertakings(nlp, text)] == ["current"]


def test_history_gives_way_to_what_is_current(nlp: Language) -> None:
    text = "We will repair the dam that the leaders agreed to build in 2015."
    assert [commitment.status for _, commitment in undertakings(nlp, text)] == ["current"]
