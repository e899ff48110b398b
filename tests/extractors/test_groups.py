"""Whom "the two ministers", "we" and "they" stand for, in releases of our own making."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.actors.protagonists import protagonists
from communique.extractors.actors.titles import is_joint, named_in_title
from communique.models.lexicons import load_lexicon

MET = "Foreign Minister Ana Rojas of Chile met Foreign Minister Luis Prado of Peru in Lima. "


def read(nlp: Language, text: str, title: str | None = None, own: tuple[str, ...] = ()) -> Doc:
    doc = nlp.make_doc(text)
    doc._.title, doc._.speaks_for = title, own
    return nlp(doc)


def groups(doc: Doc) -> dict[str, set[str]]:
    """The last mention of each group wording with its members."""
    return {s.text: set(s._.actor.members) for s in doc.spans["actors"] if s._.actor.kind == "group"}


@pytest.mark.parametrize(
    "phrase",
    [
        "The two ministers",
        "Both sides",
        "Both countries",
        "The Ministers",
        "The two Foreign Ministers",
        "They",
        "The sides",
        "Both",
    ],
)
def test_group_stands_for_those_who_met(nlp: Language, phrase: str) -> None:
    doc = read(nlp, MET + f"{phrase} agreed to reopen the border bridge.")
    assert groups(doc)[phrase] == {"CHL", "PER"}


@pytest.mark.parametrize(
    "phrase",
    [
        "Each Party",
        "Every side",
        "Neither Party",
        "Neither side",
        "Neither country",
        "No Contracting Party",
        "The High Contracting Parties",
        "The Signatories",
        "Both Participants",
    ],
)
def test_group_of_a_treaty_stands_for_its_parties(nlp: Language, phrase: str) -> None:
    title = "Treaty between Chile and Peru on River Traffic"
    doc = read(nlp, f"{phrase} shall publish the river charts.", title)
    assert groups(doc)[phrase] == {"CHL", "PER"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The country exports salmon.",
        "No country is safe from floods.",  # anyone
        "An opposition party voted against the bridge.",
        "No side effects were seen.",
    ],
)
def test_one_of_many_is_no_group_of_the_parties(nlp: Language, sentence: str) -> None:
    assert groups(read(nlp, MET + sentence)) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "The three ministers agreed to meet again.",  # three were not there
        "The officials inspected the bridge.",
        "The business leaders asked for lower tariffs.",
        "Engineers visited the bridge. Their report is public.",
        "All countries should protect the sea.",
    ],
)
def test_others_are_no_group_of_the_parties(nlp: Language, sentence: str) -> None:
    assert set(groups(read(nlp, MET + sentence))) <= {"They"}


@pytest.mark.parametrize(
    "text",
    [
        "We, the leaders of Kenya, Uganda and Rwanda, welcome the new railway.",
        "We, the Ministers for Foreign Affairs of Kenya, Uganda and Rwanda, meeting in Lima, have agreed.",
    ],
)
def test_we_in_a_joint_statement_are_those_who_describe_themselves(nlp: Language, text: str) -> None:
    assert groups(read(nlp, text, own=("KEN",)))["We"] == {"KEN", "UGA", "RWA"}


def test_we_of_one_publisher_is_that_publisher(nlp: Language) -> None:
    doc = read(nlp, "We will open a new port. It will serve Fiji.", "Statement on the New Port", ("NZL",))
    assert groups(doc)["We"] == {"NZL"}


def test_we_in_a_quotation_is_the_speaker(nlp: Language) -> None:
    text = MET + "“We will build a second bridge before the rains come,” said Minister Prado."
    assert groups(read(nlp, text, own=("CHL",)))["We"] == {"PER"}


def test_names_after_the_noun_are_its_members(nlp: Language) -> None:
    doc = read(nlp, MET + "The Governments of Bolivia and Ecuador sent observers.")
    assert groups(doc)["The Governments"] == {"BOL", "ECU"}


def test_three_are_filled_up_with_the_most_named_beside(nlp: Language) -> None:
    text = (
        "President Ana Rojas of Chile and President Luis Prado of Peru called President Eva Paz of Bolivia. "
        "Bolivia offered to host. The three leaders agreed to meet in May."
    )
    doc = read(nlp, text, "Readout of the Call between Chile and Peru")
    assert groups(doc)["The three leaders"] == {"CHL", "PER", "BOL"}


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("Joint Statement of Chile and Peru on Ukraine", ("CHL", "PER")),
        ("Chile-Peru Joint Declaration", ("CHL", "PER")),
        ("Readout of the Meeting with the President of the European Commission", ("EU",)),
        ("Joint Statement of Chile and the European Commission on Data", ("CHL", "EC")),
        ("Call with Chilean President Rojas", ("CHL",)),
        ("Call of Prime Minister Justin Trudeau and President Macron", ("CAN", "FRA")),
        ("The Trudeau Airport Timetable", ()),
        ("Report on Chilean Wine", ()),
        ("Talks on the U.S.-EU Task Force", ("USA", "EU")),
        ("Talks of the United\\_States and Chile\\_on Data", ("USA", "CHL")),  # escapes of Markdown
        ("Visit of Minister for Trade Ana Moe to Peru", ("PER",)),
        ("Statement of Norway for Trade with Peru", ("NOR",)),
        ("Minister for Trade Ana Moe’s Call on Norwegian Prime Minister Ola Lie", ("NOR",)),
        ("Statement of Norway on Norwegian and Peruvian Ministers", ("NOR",)),
        ("Talks of Chile with the Democratic People’s Republic of Korea", ("CHL", "PRK")),
        ("Talks of Chile with the Republic of Korea", ("CHL", "KOR")),
        ("", ()),
    ],
)
def test_title_names_the_sides_before_its_topic(title: str, sides: tuple[str, ...]) -> None:
    assert named_in_title(title, {}) == sides


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The talks were frank.", "Readout of the Call with Prime Minister Moe of Norway"),
        (
            "Minister Li met Minister Ola Moe of Norway. Minister Moe spoke of fish.",
            "Minister Li visits Oslo",
        ),
        ("Minister Li met the Ambassador of Norway. Norway sells fish.", "Minister Li receives a guest"),
    ],
)
def test_publisher_is_a_side_of_its_meetings(nlp: Language, text: str, title: str) -> None:
    doc = read(nlp, text, title, ("CAN",))
    assert protagonists(doc, list(doc.spans["actors"])).sides == ("CAN", "NOR")


def test_grouping_acts_as_one(nlp: Language) -> None:
    doc = read(nlp, "We, the Leaders of the G7, welcome the report.", "G7 Leaders’ Statement", ("CAN",))
    assert groups(doc)["We"] == {"G7"}


def test_small_grouping_gives_way_to_members_that_are_named(nlp: Language) -> None:
    text = "We met as partners of the Quad. Australia, India, Japan and the United States will share data."
    assert groups(read(nlp, text, "Quad Joint Statement", ("JPN",)))["We"] == {"AUS", "IND", "JPN", "USA"}


@pytest.mark.parametrize(
    "text", ["", " ", "we " * 3000, "they, " * 3000, "the two ministers of " * 800, "“" * 5000]
)
def test_hostile_text_is_read(nlp: Language, text: str) -> None:
    assert isinstance(groups(read(nlp, text)), dict)


def test_members_have_first_days_and_states_that_exist() -> None:
    for grouping in load_lexicon("members")["groupings"].values():
        assert grouping["source"]
        for first, last in grouping["members"].values():
            assert first is not None and (last is None or str(last) > str(first))


def test_heading_of_a_text_without_title_names_its_sides(nlp: Language) -> None:
    heading = "12 May 2031\n\nTreaty between Chile and Peru on River Traffic\n\n"
    assert groups(read(nlp, heading + "Each Party shall publish charts."))["Each Party"] == {"CHL", "PER"}
    lines = "12 May 2031\n\nA ferry runs between Chile and Peru.\n\n"
    assert groups(read(nlp, lines + "Each Party shall publish charts.")) == {}


G7 = "the G7 Foreign Ministers of Canada, France, Germany, Italy, Japan and the United States"


@pytest.mark.parametrize(
    ("opening", "members"),
    [
        (f"We, {G7}, will fund the repairs.", {"G7"}),
        (
            "We, the Foreign Ministers of Canada, France and Japan, will ask the G7 for funds.",
            {"CAN", "FRA", "JPN"},
        ),
        ("We, the ministers of the G7, Brazil and India, will fund the repairs.", {"G7", "BRA", "IND"}),
        ("We, the ministers of the EU and France, will fund the repairs.", {"EU", "FRA"}),
    ],
)
def test_grouping_that_lists_its_members_acts_as_one(nlp: Language, opening: str, members: set[str]) -> None:
    assert groups(read(nlp, opening, "Statement on Repairs", ("CAN",)))["We"] == members


def test_states_of_a_journey_do_not_all_meet(nlp: Language) -> None:
    text = "President Prado of Peru and I met in Lima. He asked Peru for boats. We agreed on new patrols."
    for title, met in (
        ("Visit to Peru and Bolivia", {"CHL", "PER"}),
        ("Meeting of Peru and Bolivia", {"BOL", "PER"}),
    ):
        assert groups(read(nlp, text, title, ("CHL",)))["We"] == met


def test_format_of_a_grouping_with_a_partner_acts(nlp: Language) -> None:
    doc = read(nlp, "The C5+1 countries will meet in May.", "Joint Statement of the C5+1", ("USA",))
    assert [span._.actor.actor_id for span in doc.spans["actors"]][:1] == ["C5+1"]


@pytest.mark.parametrize(
    ("title", "sides", "speakers"),
    [
        ("Minister Rojas’s participation in the ASEAN Retreat, Lima, Peru", ("ASEAN",), ("CHL",)),
        ("Minister Rojas to attend the Water Conference in Lima, Peru", ("CHL",), ("CHL",)),
        ("Minister Rojas to meet Minister Prado of Peru", ("CHL", "PER"), ("CHL", "PER")),
        ("Chile and Peru participate in the Water Conference", ("CHL", "PER"), ("CHL", "PER")),
    ],
)
def test_whoever_attends_a_meeting_speaks_for_one(
    nlp: Language, title: str, sides: tuple[str, ...], speakers: tuple[str, ...]
) -> None:
    doc = read(nlp, MET, title, ("CHL",))
    cast = protagonists(doc, list(doc.spans["actors"]))
    assert (cast.sides, cast.speakers) == (sides, speakers)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Meeting with French, German, and UK Counterparts", ("FRA", "DEU", "GBR")),
        ("Meeting with French, German, and UK Farmers", ("GBR",)),
    ],
)
def test_adjectives_of_a_title_share_what_they_stand_before(title: str, named: tuple[str, ...]) -> None:
    assert named_in_title(title, {}) == named


@pytest.mark.parametrize(
    ("title", "joint"),
    [
        ("Joint Statement of Chile and Peru", True),
        ("Joint Chile-Peru Leaders’ Communiqué", True),
        ("Statement on the Joint Base Lima", False),
        ("Minister Visits the Joint Chiefs of Staff", False),
    ],
)
def test_a_title_is_joint_by_what_is_issued(title: str, joint: bool) -> None:
    assert is_joint(title) is joint
