"""Whom an undertaking, and a release, concerns."""

from __future__ import annotations

import time

import pytest
import spacy
from spacy.tokens import Doc

from communique.extractors.annotations import (
    ACTORS,
    COMMITMENTS,
    DIALOGUES,
    Act,
    Actor,
    Commitment,
    Dialogue,
    set_extensions,
)
from communique.extractors.scope import Scopes, is_joint

STATES = {"Chile": "CHL", "Peru": "PER", "Kenya": "KEN"}
PERSONS = {"Rojas": "CHL", "Mwangi": "KEN"}
TREATIES = {"UNCLOS": "unclos", "HarbourPact": "harbour-pact"}


def read(sentence: str, *commitments: Commitment, title: str | None = None) -> Doc:
    """A release of Chile that says `sentence`, with the states in it as actors."""
    set_extensions()
    doc = spacy.blank("en")(sentence)
    doc._.title, doc._.speaks_for = title, ("CHL",)
    found = [(token.i, STATES[token.text]) for token in doc if token.text in STATES]
    doc.spans[ACTORS] = [doc[at : at + 1] for at, _ in found]
    for at, code in found:
        doc[at : at + 1]._.actor = Actor("state", code)
    doc.spans[DIALOGUES] = [doc[token.i : token.i + 1] for token in doc if token.text in TREATIES]
    for span in doc.spans[DIALOGUES]:
        span._.dialogue = Dialogue(TREATIES[span.text], span.text, "instrument")
    doc.spans[COMMITMENTS] = [doc[at : at + 1] for at in range(len(commitments))]
    for at, commitment in enumerate(commitments):
        doc[at : at + 1]._.commitment = commitment
    return doc


def promise(*parties: str, to: tuple[str, ...] = (), length: int = 200, act: Act = "commit") -> Commitment:
    return Commitment(act, (0, 1), (0, length), parties=parties, counterparts=to)


@pytest.mark.parametrize(
    ("parties", "joint"),
    [
        (["CAN", "KOR"], True),
        (["G7"], True),
        (["EU"], False),
        (["EU", "UKR"], True),
        (["USA", "USAID"], False),
        (["USA", "GUM"], False),
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
        ("We will give poor countries two ships.", promise("CHL"), "Climate fund", "external"),
        ("We will give poor farms of our country two ships.", promise("CHL"), "Climate fund", "domestic"),
        ("We will light homes around the world.", promise("CHL"), "Climate fund", "external"),
        ("We will light homes of world-class builders.", promise("CHL"), "Climate fund", "domestic"),
        ("We will build a road.", promise("CHL"), "Humanitarian work", "external"),
        ("We name an envoy.", promise("CHL", to=("PER",)), "Diplomatic appointment", "domestic"),
        ("We greet him.", promise("CHL", to=("PER",)), "Letter of Credence, 3 May 2024", "domestic"),
        ("We greet him.", promise("CHL", to=("PER",)), "Chile's green credentials", "external"),
        ("We will build a road.", promise("PER"), "Roads", "external"),
        ("We will build a road.", promise("CHL"), "Peruvian roads", "external"),
        ("We will build a road.", promise("CHL"), "Indian boarding schools", "domestic"),
        ("We will light homes in Southeast Asia.", promise("CHL"), "Climate fund", "external"),
        ("We will light homes with our regional partners.", promise("CHL"), "Climate fund", "external"),
        ("We will light homes in regional Chile.", promise("CHL"), "Climate fund", "domestic"),
        ("We will sign UNCLOS.", promise("CHL"), "The sea", "external"),
        ("We will sign HarbourPact.", promise("CHL"), "The sea", "domestic"),
        ("We will clean beaches.", promise("CHL"), "Remarks to the Bali process", "external"),
        ("We will clean beaches.", promise("CHL"), "Remarks on the process", "domestic"),
    ],
)
def test_the_scope_of_a_commitment(
    sentence: str, commitment: Commitment, title: str | None, scope: str
) -> None:
    assert Scopes(read(sentence, title=title)).of(commitment) == scope


def test_a_state_that_only_another_sentence_mentions_makes_nothing_external() -> None:
    doc = read("We will build a road. Peru has many, Chile few.", title="Roads")
    assert Scopes(doc).of(promise("CHL", length=21)) == "domestic"


def test_a_release_that_mentions_mostly_others_is_about_them() -> None:
    doc = read("We will build a road. Peru has many, Kenya some, Chile few.", title="Roads")
    assert Scopes(doc).of(promise("CHL", length=21)) == "external"


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("We announce the appointment of Rojas as envoy to Peru.", "domestic"),
        ("We will appoint Rojas to be our envoy to Peru.", "domestic"),
        ("She will be appointed as our envoy to Peru.", "domestic"),
        ("Rojas will be appointed as our envoy to Peru.", "domestic"),
        ("Mwangi will be appointed as envoy to Peru.", "external"),  # another state's
        ("Peru will be appointed to the chair.", "external"),
        ("We will appoint an envoy to Peru.", "external"),  # who that is matters not
        ("We welcome the appointment of Mwangi as envoy to Peru.", "external"),  # another state's
        ("We ask Rojas in Peru to appoint a committee.", "external"),
    ],
)
def test_who_is_put_into_a_post_is_no_matter_of_others(sentence: str, scope: str) -> None:
    doc = read(sentence, title="Envoys")
    for token in doc:
        if token.text in PERSONS:
            span = doc[token.i : token.i + 1]
            span._.actor = Actor("person", None, token.text, country=PERSONS[token.text])
            doc.spans[ACTORS] = [*doc.spans[ACTORS], span]
    assert Scopes(doc).of(promise("CHL")) == scope


def test_many_posts_take_no_time() -> None:
    sentence = "Peru will be appointed to it. "
    posts = Scopes(read(sentence * 4000))
    began = time.process_time()
    starts = range(0, 4000 * len(sentence), len(sentence))
    found = [Commitment("commit", (at, at + 4), (at, at + len(sentence)), parties=("CHL",)) for at in starts]
    assert {posts.of(one) for one in found} == {"external"}
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("act", "title", "scope"),
    [
        ("intend", "Our minister's visit to Peru", "external"),
        ("reaffirm", "Our minister's visit to Peru", "external"),
        ("agree", "Our minister's visit to Peru", "joint"),
        ("intend", "Joint statement on the visit to Peru", "joint"),
        ("intend", "Water for two valleys", "joint"),
    ],
)
def test_what_is_to_happen_on_a_visit_is_the_word_of_the_one_who_announces_it(
    act: Act, title: str, scope: str
) -> None:
    both = promise("CHL", "PER", act=act)
    assert Scopes(read("They will speak of the water.", both, title=title)).of(both) == scope


def test_what_both_said_on_a_visit_that_is_over_is_their_word() -> None:
    both = promise("CHL", "PER", act="reaffirm")
    assert Scopes(read("They spoke of the water.", both, title="Visit to Peru")).of(both) == "joint"


def test_a_visit_on_which_both_agreed_to_something_is_not_only_announced() -> None:
    agreed, planned = promise("CHL", "PER", act="agree"), promise("CHL", "PER", act="intend")
    assert Scopes(read("They agreed.", agreed, planned, title="Visit to Peru")).of(planned) == "joint"


@pytest.mark.parametrize(
    ("sentence", "title", "scope"),
    [
        ("They met.", "Readout of the call with Peru", "joint"),
        ("They met.", "Our minister meets the President of Peru", "joint"),
        ("He will go there.", "Official visit of our minister to Peru", "external"),
        ("He went there.", "Readout of the official visit to Peru", "joint"),
        ("He went there.", "Official visit of our minister to Peru", "joint"),
        ("He will go there.", "Working visit of our minister", "external"),
        ("The ambassador came.", "Peruvian ambassador calls on our minister", "joint"),
        ("The envoys of Peru and Kenya came.", "Presentation of Credentials, 3 May 2024", "domestic"),
        ("They met.", "Statement on the storm in Kenya", "external"),
        ("They met.", "Nominations of envoys to Peru", "domestic"),
        ("A storm hit Peru and Kenya.", "On the storm", "external"),
        ("A storm hit Chile, not Kenya.", "On the storm", "domestic"),
        ("They met.", None, "domestic"),
    ],
)
def test_the_scope_of_a_release_that_undertakes_nothing(sentence: str, title: str | None, scope: str) -> None:
    assert Scopes(read(sentence, title=title)).of_release() == scope


def test_the_scope_of_a_release_is_that_of_most_commitments() -> None:
    joint, own = promise("CHL", "PER"), promise("CHL")
    assert Scopes(read("We will do much.", joint, own, own)).of_release() == "domestic"
    assert Scopes(read("We will do much.", joint, own)).of_release() == "joint"
