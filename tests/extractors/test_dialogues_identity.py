"""The `dialogue_id`: pure, and the same for every way to write one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extractors.dialogues.identity import dialogue_id, is_generic, is_state, states_in

SAME = [
    ("2+2 High-Level Economic and Security Dialogue", "High-Level Economic Security Dialogue (2+2)"),
    ("Canada-Korea Indo-Pacific Dialogue", "ROK-Canada Indo-Pacific Dialogue"),
    ("Canada-Korea Indo-Pacific Dialogue", "Republic of Korea–Canada Indo-Pacific Dialogue"),
    ("U.S.-Egypt Strategic Dialogue", "Third United States-Egypt Strategic Dialogue"),
    ("18th Joint Council", "Joint Council"),
    ("Defence Co-operation Agreement", "2006 DEFENSE COOPERATION AGREEMENT"),
    ("Development Programmes Pact", "Development Program Pact"),
    ("Memorandum of Understanding on Tuna", "MOU on Tuna"),
    ("Paris Agreement", "Paris Agreement on Climate Change"),
    ("UN Charter", "Charter of the United Nations"),
    ("G7 Leaders’ Summit", "G7 summit"),
    ("Comunicação Forum", "Comunicacao Forum"),
    ("Leaders' Meeting", "Leaders’ Meeting"),
    ("Climate Change Working Group (CCWG)", "Climate Change Working Group"),
    ("Americas Summit", "Summit of the Americas"),  # what is well known, in any order of its words
    ("Cannes G20 Summit", "G20 summit"),
    ("G20 New Delhi Leaders’ Summit", "G20 summit"),
    ("WTO Doha Development Round", "Doha Round"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_has_one_id(one: str, other: str) -> None:
    assert dialogue_id(one) == dialogue_id(other)


DIFFERENT = [
    ("2+2 Foreign and Defence Ministerial Meeting", "2+2 High-Level Economic Security Dialogue"),
    ("Canada-Korea Forum", "Canada-Japan Forum"),
    ("Korea-Canada Forum", "DPRK-Canada Forum"),
    ("Fishing Treaty", "Border Treaty"),
    ("Paris Agreement", "Paris Call"),
    ("Cannes G20 Business Summit", "G20 summit"),
    ("Doha Development Conference", "Doha Round"),
    ("UN Security Council Resolution 1373", "UN Security Council Resolution 1540"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_names_have_two_ids(one: str, other: str) -> None:
    assert dialogue_id(one) != dialogue_id(other)


SAME_OF_TWO = [
    ("2+2 Diplomatic and Defense Meeting", "Kenya-Norway Foreign and Defence (2+2) Ministerial Meeting"),
    ("Foreign and Defence Ministerial Meeting", "Norway–Kenya 2+2"),
    ("High-Level Economic Security Dialogue", "Norway-Kenya 2+2 Dialogue on Economic Security"),
    ("Lake Accord Action Plan", "Norway-Kenya Lake Accord Action Plan"),
    ("Tuna MOU", "Kenya-Norway Memorandum of Understanding on Tuna"),
    ("Annual Leaders’ Meeting", "Norway-Kenya Leaders’ Meeting"),
    ("Malian Human Rights Dialogue", "Kenya-Norway Malian Human Rights Dialogue"),
]


@pytest.mark.parametrize(("short", "full"), SAME_OF_TWO)
def test_what_two_states_hold_takes_them_as_owners(short: str, full: str) -> None:
    assert dialogue_id(short, ("KEN", "NOR")) == dialogue_id(full)
    assert dialogue_id(short, ("CHL", "NOR")) != dialogue_id(full)


def test_a_grouping_stands_behind_a_state_in_the_name_and_as_owner() -> None:
    named = dialogue_id("ASEAN-U.S. Comprehensive Strategic Partnership")
    assert dialogue_id("Comprehensive Strategic Partnership", ("ASEAN", "USA")) == named


@pytest.mark.parametrize(
    "name",
    [
        "NATO Defence Ministers’ Meeting",
        "Pacific Lake Leaders’ Meeting",
        "Paris Agreement",
        "Norway’s Action Plan",
        "Chile-Peru Dialogue",
        "Summit for the Lakes",
        "Global Lake Partnership",
    ],
)
def test_what_others_hold_takes_no_owners(name: str) -> None:
    assert dialogue_id(name, ("KEN", "NOR")) == dialogue_id(name)


def test_the_two_formats_of_a_2plus2_stay_apart() -> None:
    one, other = dialogue_id("Kenya-Norway 2+2"), dialogue_id("Kenya-Norway 2+2 Economic Security Dialogue")
    assert (one, other) == ("ken-nor-2+2-foreign-defense", "ken-nor-2+2-economic-security")


def test_the_plan_of_an_accord_is_its_plan() -> None:
    assert dialogue_id("Action Plan of the Lake Accord") == dialogue_id("Lake Accord Action Plan")
    assert dialogue_id("Action Plan of the Lake Accord") != dialogue_id("Lake Accord")


@pytest.mark.parametrize("name", ["Ministerial Conference", "National Action Plan", "Special Summit"])
def test_heads_alone_are_generic(name: str) -> None:
    assert is_generic(dialogue_id(name))


@pytest.mark.parametrize("name", ["Lake Conference", "Kenya Action Plan", "Year of Action"])
def test_a_matter_or_a_state_makes_a_name(name: str) -> None:
    assert not is_generic(dialogue_id(name))


def test_the_id_reads_well() -> None:
    assert dialogue_id("Third Norway–Kenya Dialogue on Oceans") == "ken-nor-dialogue-ocean"


NAMES = st.sampled_from([name for pair in SAME + DIFFERENT for name in pair])


@given(NAMES)
def test_case_makes_no_difference(name: str) -> None:
    assert dialogue_id(name.upper()) == dialogue_id(name) == dialogue_id(name.lower())


@given(NAMES, st.sampled_from(["3rd", "Third", "21st", "Inaugural", "2021"]))
def test_session_numbers_make_no_difference(name: str, ordinal: str) -> None:
    numbered = dialogue_id(f"{ordinal} {name}")
    assert numbered == dialogue_id(name) or "resolution" in name.lower()


@given(st.text(max_size=60))
def test_any_text_has_an_id_and_the_same_again(name: str) -> None:
    assert dialogue_id(name) == dialogue_id(name)


@pytest.mark.parametrize("name", ["Canada", "the Republic of Korea", "U.S.", "Canada-Korea"])
def test_states_are_states(name: str) -> None:
    assert is_state(name)


@pytest.mark.parametrize("name", ["", "Canada Forum", "NATO", "of the"])
def test_other_names_are_no_states(name: str) -> None:
    assert not is_state(name)


def test_states_in_a_name() -> None:
    assert states_in("Canadian-Korean Forum with the United States") == ("CAN", "KOR", "USA")
