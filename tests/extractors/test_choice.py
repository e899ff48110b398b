"""The choice among those whom a release may bind, in sentences of our own."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.annotations import Commitment
from communique.extractors.commitments.choice import ground, options, signs
from communique.extractors.commitments.component import CommitmentExtractor
from communique.extractors.commitments.labels_parties import labelled
from communique.extractors.commitments.parties import ruled
from communique.extractors.commitments.parties_release import ReleaseParties

MET = "Prime Minister Ana Rojas of Chile met President Luis Prado of Peru today. "
CALL = "Readout of President Rojas’s Call with King Hamad of Bahrain"
SIGNED = "Chile and Peru Sign Air Transport Agreement"


def read(nlp: Language, text: str, title: str, own: tuple[str, ...] = ("CHL",)) -> Doc:
    doc = nlp.make_doc(text)
    doc._.title, doc._.speaks_for = title, own
    return nlp(doc)


def offered(doc: Doc) -> dict[frozenset[str], set[str]]:
    """The sets offered for the last undertaking, with the readings that give them."""
    release, (*_, (found, _)) = ReleaseParties(doc), CommitmentExtractor().find(doc)
    return {
        frozenset(option.ids): option.readings for option in options(release, found, ruled(release, found))
    }


@pytest.mark.parametrize(("own", "most"), [((), None), (("CHL",), {"CHL", "PER"})])
def test_the_most_named_stands_beside_a_publisher_only(
    nlp: Language, own: tuple[str, ...], most: set[str] | None
) -> None:
    text = "Talks between Chile and Peru were held in Peru. Peru led them. The parties agreed to open a port."
    doc = read(nlp, text, "Talks between Chile and Peru", own)
    assert doc.spans["commitments"][-1]._.commitment.parties == ("CHL", "PER")
    assert next((set(ids) for ids, names in offered(doc).items() if "own+most" in names), None) == most


def test_the_release_offers_sets_by_its_readings(nlp: Language) -> None:
    doc = read(
        nlp,
        MET + "Ecuador will lend ten boats to Bolivia from next year.",
        "Joint Statement of Chile and Peru",
    )
    sets = offered(doc)
    assert next(iter(sets)) == {"ECU"}  # the rules' own comes first
    assert {"rule", "subject", "in-subject"} <= sets[frozenset({"ECU"})]
    assert {"sides", "title", "opening"} <= sets[frozenset({"CHL", "PER"})]
    assert "own" in sets[frozenset({"CHL"})]
    assert frozenset({"BOL"}) not in sets


def test_nobody_is_bound_alone_with_whom_we_do_it(nlp: Language) -> None:
    sets = offered(read(nlp, MET + "She stressed that we will work with Peru on roads.", "Rojas meets Prado"))
    assert frozenset({"PER"}) not in sets
    assert {frozenset({"CHL"}), frozenset({"CHL", "PER"})} <= set(sets)


@pytest.mark.parametrize(
    ("text", "sort", "parties"),
    [
        (
            "“We will build a second bridge for our farmers,” said President Prado.",
            "speaker",
            {"PER"},
        ),
        ("Zentrix Marine Yards agreed to build a repair yard in Peru.", "firm", {"Zentrix Marine Yards"}),
        ("Bolivia and Ecuador agreed to lend boats to the river police.", "list", {"BOL", "ECU"}),
        ("Bolivia agreed to lend boats to the river police.", "other", {"BOL"}),
        ("An agreement on river boats was signed.", "signed", {"CHL", "PER"}),
    ],
)
def test_the_ground_of_the_rules_is_a_sign(nlp: Language, text: str, sort: str, parties: set[str]) -> None:
    doc = read(nlp, MET + text, "Joint Statement of Chile and Peru")
    release, (*_, (found, _)) = ReleaseParties(doc), CommitmentExtractor().find(doc)
    assert ground(release, found, ruled(release, found)) == sort
    assert set(doc.spans["commitments"][-1]._.commitment.parties) == parties


@pytest.mark.parametrize(
    ("title", "reading", "parties"),
    [
        ("North American Leaders’ Declaration", "region", {"CAN", "MEX", "USA"}),
        ("Declaration of the North", "own", {"CHL"}),
    ],
)
def test_a_region_offers_its_states(nlp: Language, title: str, reading: str, parties: set[str]) -> None:
    sets = offered(read(nlp, "We will build a second bridge for our farmers.", title))
    assert reading in sets[frozenset(parties)]
    assert (reading == "region") == any("region" in readings for readings in sets.values())


@pytest.mark.parametrize(
    ("title", "text", "parties"),
    [
        (CALL, "President Rojas and the King pledged to work together for lower tariffs.", {"CHL", "BHR"}),
        (CALL, "President Rojas pledged to work for lower tariffs.", {"CHL"}),
        (SIGNED, "The Chilean and Peruvian governments today signed a pact on fishing.", {"CHL", "PER"}),
        (SIGNED, "It demonstrates both Governments’ commitment to opening markets.", {"CHL", "PER"}),
        (
            "Meeting with the President of Peru",
            MET + "They will open talks with fishing ports on new quotas next week.",
            {"CHL", "PER"},
        ),
        (
            "Statement on Clean Ports",
            "Chile hosted a workshop on ports in Peru and Bolivia. "
            "We hereby declare our intention to adopt new rules.",
            {"CHL"},
        ),
    ],
)
def test_the_likeliest_are_bound(nlp: Language, title: str, text: str, parties: set[str]) -> None:
    doc = read(nlp, text, title)
    bound: Commitment = doc.spans["commitments"][-1]._.commitment
    assert set(bound.parties) == parties


def test_confidence_is_lower_where_it_is_doubtful_who_is_bound(nlp: Language) -> None:
    shares = {}
    for subject in ("The two countries", "It"):
        doc = read(nlp, MET + f"{subject} agreed to lend boats to the river police of Bolivia.", SIGNED)
        _, undertaking = CommitmentExtractor().find(doc)[-1]
        shares[subject] = doc.spans["commitments"][-1]._.commitment.confidence / undertaking
    assert shares["It"] < 0.7 < 0.9 < shares["The two countries"] <= 1


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We agreed to lend boats to the river police.", "we"),
        ("Both sides agreed to lend boats to the river police.", "both"),
        ("Peru agreed to lend boats to the river police.", "state"),
        ("President Prado agreed to lend boats to the river police.", "person"),
    ],
)
def test_signs_begin_with_the_kind_of_subject(nlp: Language, sentence: str, kind: str) -> None:
    doc = read(nlp, MET + sentence, SIGNED)
    found, _ = CommitmentExtractor().find(doc)[-1]
    assert signs(ReleaseParties(doc), found, ())[0] == kind


def test_labels_tell_which_set_is_annotated(nlp: Language) -> None:
    doc = read(nlp, MET + "Peru will lend boats. Chile will fund a new ferry.", SIGNED)
    known = {
        "file_name": "a.txt",
        "fold": 2,
        "commitments": [
            {"trigger": "will", "what": "lend boats", "parties": ["per"]},
            {"trigger": "will", "what": "fund a new ferry", "parties": ["?"]},  # cannot be told
        ],
    }
    (row,) = labelled(doc, known)
    assert (row["name"], row["fold"]) == ("a.txt", 2)
    right = row["right"]
    assert isinstance(right, list)
    assert right[0] and sum(right) == 1
