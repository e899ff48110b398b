"""Persons: their names, offices and whom they serve, in sentences of our own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from communique.extractors.actors.find import find_actors
from communique.extractors.actors.gazetteer import Gazetteer
from communique.extractors.annotations import set_extensions
from communique.models.tokenizer import make_tokenizer

Reader = tuple[Language, Gazetteer]
Row = tuple[str, str | None, str | None]


@pytest.fixture(scope="module")
def reader() -> Reader:
    set_extensions()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp, Gazetteer(nlp)


def persons(
    reader: Reader, text: str, title: str | None = None, own: str | None = None, marked: str = ""
) -> dict[str, Row]:
    """Each person's id with name, office and whom the person serves; `marked` is recognised as a person."""
    nlp, gazetteer = reader
    doc = nlp.make_doc(text)
    at = text.find(marked)
    span = doc.char_span(at, at + len(marked), "PERSON") if marked else None
    doc.ents = (span,) if span is not None else ()
    doc._.title, doc._.speaks_for = title, (own,) if own else ()
    actors = [span._.actor for span in find_actors(doc, gazetteer)]
    return {a.actor_id: (a.name, a.role, a.country) for a in actors if a.kind == "person"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Danish Prime Minister Karen Holm spoke.", ("Karen Holm", "Prime Minister", "DNK")),
        ("Prime Minister Karen Holm of Denmark spoke.", ("Karen Holm", "Prime Minister", "DNK")),
        ("Denmark’s Minister for Trade Karen Holm spoke.", ("Karen Holm", "Minister for Trade", "DNK")),
        ("Karen Holm, Minister for Trade of Denmark, spoke.", ("Karen Holm", "Minister for Trade", "DNK")),
        ("Denmark Minister for Trade and Expatriates Karen Holm spoke.",
         ("Karen Holm", "Minister for Trade and Expatriates", "DNK")),
        ("Minister for Foreign Affairs of Japan Ueda Haruki spoke.",
         ("Ueda Haruki", "Minister for Foreign Affairs", "JPN")),
        ("The Minister of Finance, H.E. Dr. Omar bin Said Al Harthy of Oman, spoke.",
         ("Omar bin Said Al Harthy", "Minister of Finance", "OMN")),
        ("H. E. Marta Lind, Minister for Trade of Peru, spoke.", ("Marta Lind", "Minister for Trade", "PER")),
        ("E. H. Lind, Minister for Trade of Peru, spoke.", ("E. H. Lind", "Minister for Trade", "PER")),
        ("European Commission President Marta van der Velde spoke.",
         ("Marta van der Velde", "European Commission President", "EC")),
        ("Ambassador of Peru to Canada Luis Ríos spoke.",
         ("Luis Ríos", "Ambassador of Peru to Canada", "PER")),
        ("U.S. Ambassador to Peru Dana Whitlock spoke.", ("Dana Whitlock", "U.S. Ambassador to Peru", "USA")),
        ("The Right Honourable Ian MacRae, Prime Minister of Canada, spoke.",
         ("Ian MacRae", "Prime Minister of Canada", "CAN")),
        ("Korean National Security Advisor Seo Min-jun spoke.",
         ("Seo Min-jun", "National Security Advisor", "KOR")),
        ("Foreign Minister Juana Solís (Chile) spoke.", ("Juana Solís", "Foreign Minister", "CHL")),
        ("Senator the Hon Ruth Adeyemi, Minister for Science, spoke.",
         ("Ruth Adeyemi", "Minister for Science", None)),
        ("The Foreign Minister of Kuwait, His Highness Prince Hamad bin Ali, spoke.",
         ("Hamad bin Ali", "Foreign Minister", "KWT")),
        ("Minister for Law Professor Anan Suk spoke.", ("Anan Suk", "Minister for Law", None)),
        ("Law Professor Anan Suk spoke.", ("Anan Suk", "Law Professor", None)),
        ("Crown Prince Hamad bin Ali of Bahrain spoke.", ("Hamad bin Ali", "Crown Prince", "BHR")),
        ("King Dato’ Seri Aziz Rahman of Malaysia spoke.", ("Aziz Rahman", "King", "MYS")),
        ("Attorney General Ruth Jordan spoke.", ("Ruth Jordan", "Attorney General", None)),
        ("Attorney General Ruth Adeyemi spoke.", ("Ruth Adeyemi", "Attorney General", None)),
        ("UN Secretary-General Ana Prieto spoke.", ("Ana Prieto", "UN Secretary-General", "UN")),
        ("Minister for Law and Second Minister for Health Tan Wei Ming spoke.",
         ("Tan Wei Ming", "Minister for Law and Second Minister for Health", None)),
        ("Mines, Fisheries and Rural Affairs Minister Ana Lima spoke.",
         ("Ana Lima", "Mines, Fisheries and Rural Affairs Minister", None)),
        ("Deputy Prime Minister and Coordinating Minister for Energy Ana Lima spoke.",
         ("Ana Lima", "Deputy Prime Minister and Coordinating Minister for Energy", None)),
        ("Senior Minister of State (SMS) for Law and Health, Ms Ana Lima, spoke.",
         ("Ana Lima", "Senior Minister of State (SMS) for Law and Health", None)),
        ("They named Ms Ana Lima as Ambassador for Oceans.", ("Ana Lima", "Ambassador for Oceans", None)),
        ("They saw Ms Ana Lima at the Ambassador for Oceans.", ("Ana Lima", None, None)),
        ("The Minister for Trade, Senator Ana Lima, spoke.", ("Ana Lima", "Minister for Trade", None)),
        ("Today Senator Ana Lima spoke.", ("Ana Lima", "Senator", None)),
        ("Ambassador Ana Lima, Head of Protocol, spoke.", ("Ana Lima", "Head of Protocol", None)),
        ("Chief of Staff Major General Omar Reyes spoke.", ("Omar Reyes", "Chief of Staff", None)),
        ("Minister-in-charge of Trade Ana Lima spoke.", ("Ana Lima", "Minister-in-charge of Trade", None)),
        ("Prime Minister (PM) Ana Lima spoke.", ("Ana Lima", "Prime Minister", None)),
        ("Chief Diversity and Inclusion Officer Ana Lima spoke.",
         ("Ana Lima", "Chief Diversity and Inclusion Officer", None)),
        ("Ana Lima MP\nMinister for Trade\nHe spoke.", ("Ana Lima", "Minister for Trade", None)),
        ("Ana Lima, AM, Minister for Trade, spoke.", ("Ana Lima", "Minister for Trade", None)),
        ("MINISTER FOR TRADE\n\nThe Hon Ana Lima MP\n\nDone.", ("Ana Lima", "MINISTER FOR TRADE", None)),
        ("MINISTER FOR TRADE\n\nThe Hon Ana Lima spoke.", ("Ana Lima", None, None)),
        ("Mr Luis Ríos, who was the Ambassador to Peru, spoke.", ("Luis Ríos", "Ambassador to Peru", None)),
        ("Mr Luis Ríos, who met the Ambassador to Peru, spoke.", ("Luis Ríos", None, None)),
        ("I met the Foreign Minister of Peru, Mr Quiroga.", ("Quiroga", "Foreign Minister", "PER")),
        ("Today Boston Mayor Ana Lima spoke.", ("Ana Lima", "Boston Mayor", None)),
        ("The Prime Minister of Peru, Dr. the Rt. Honourable Ana Lima, spoke.",
         ("Ana Lima", "Prime Minister of Peru", "PER")),
        ("Dr the Most Honourable Ana Lima, Prime Minister of Peru, spoke.",
         ("Ana Lima", "Prime Minister of Peru", "PER")),
        ("H.E. Mr Luis bin Ríos,\nMinister of Energy of Chile\n",
         ("Luis bin Ríos", "Minister of Energy", "CHL")),
        ("Honourable Ana Lima, Prime Minister, Peru; he left.", ("Ana Lima", "Prime Minister", "PER")),
        ("Ms Ana Lima, Prime Minister of Peru, and the Government met.",
         ("Ana Lima", "Prime Minister of Peru", "PER")),
        ("Ms Ana Lima, the United Nations (UN) Special Envoy to Peru, spoke.",
         ("Ana Lima", "Special Envoy to Peru", "UN")),
        ("Ms Ana Lima, Permanent Secretary, Ministry of Justice, spoke.",
         ("Ana Lima", "Permanent Secretary, Ministry of Justice", "ministry-of-justice")),
        ("Ms Ana Lima, Undersecretary at the Ministry of Justice of Chile, spoke.",
         ("Ana Lima", "Undersecretary at the Ministry of Justice of Chile", "CHL")),
        ("Ms Ana Lima, Country Director of the World Bank for Peru, spoke.",
         ("Ana Lima", "Country Director of the World Bank for Peru", "WB")),
    ],
)  # fmt: skip
def test_offices(reader: Reader, text: str, row: Row) -> None:
    assert list(persons(reader, text).values()) == [row]


def test_coordinated_ministers_have_their_own_offices(reader: Reader) -> None:
    text = "Léa Morin, Minister of Foreign Affairs, and Carl Dubé, Minister of National Defence, met today."
    rows = persons(reader, text, own="CAN")
    assert rows["lea-morin"] == ("Léa Morin", "Minister of Foreign Affairs", "CAN")
    assert rows["carl-dube"] == ("Carl Dubé", "Minister of National Defence", "CAN")


def test_a_plural_title_has_several_holders(reader: Reader) -> None:
    rows = persons(reader, "Presidents Lima and Quiroga met.")
    assert [role for _, role, _ in rows.values()] == ["President", "President"]


def test_holders_of_a_plural_title_may_have_portfolios_in_brackets(reader: Reader) -> None:
    rows = persons(reader, "Ministers Ana Lima (Interior), Dr Luis Ríos (Trade) and Eva Sol (Sports) met.")
    assert [row[:2] for row in rows.values()] == [
        (name, "Minister") for name in ("Ana Lima", "Luis Ríos", "Eva Sol")
    ]


def test_surnames_mean_the_person_named_in_full(reader: Reader) -> None:
    text = "Foreign Minister Sofia Lindqvist came. Minister Lindqvist spoke. Ms. Lindqvist left."
    assert list(persons(reader, text)) == ["sofia-lindqvist"]


def test_a_short_first_name_means_who_bears_it_in_full(reader: Reader) -> None:
    spoke = "Secretary Antony Holm of Canada met Minister James Ruiz of Peru. Mr. Tony thanked Mr. Joe."
    assert {name for name, *_ in persons(reader, spoke).values()} == {"Antony Holm", "James Ruiz", "Joe"}


def test_the_title_tells_whom_a_person_serves(reader: Reader) -> None:
    rows = persons(
        reader,
        "President Harlan met with President Rojas today.",
        "President Harlan’s Call with President Rojas of Bolivia",
        "USA",
    )
    assert rows["rojas"] == ("Rojas", "President", "BOL")
    assert rows["harlan"] == ("Harlan", "President", "USA")


def test_the_publishers_government_bears_its_heads_name(reader: Reader) -> None:
    text = "President Rojas thanked the Biden-Harris Administration and President Biden."
    rows = persons(reader, text, own="USA")
    assert (rows["rojas"][2], rows["biden"][2]) == (None, "USA")


def test_a_leader_of_the_public_record_serves_the_own_state(reader: Reader) -> None:
    found = persons(reader, "President Yeltsin spoke with Secretary Ana Mills about Cuba.", own="USA")
    assert found["yeltsin"] == ("Yeltsin", "President", "RUS")


def test_a_given_name_is_no_leaders_surname(reader: Reader) -> None:
    found = persons(reader, "Prime Minister Édouard Philippe spoke about Cuba.", own="USA")
    assert found["edouard-philippe"][2] == "FRA"
    found = persons(reader, "King Philippe of Belgium spoke about Cuba.", own="USA")
    assert found["philippe"][2] == "BEL"


def test_a_minister_of_a_leaders_name_is_not_that_leader(reader: Reader) -> None:
    assert persons(reader, "Sports Minister Ana Yeltsin spoke.", own="CAN")["ana-yeltsin"][2] == "CAN"


def test_an_adviser_to_a_leader_gives_the_leader_no_other_office(reader: Reader) -> None:
    rows = persons(reader, "He was an Adviser to President Rojas of Bolivia.")
    assert rows["rojas"] == ("Rojas", "President", "BOL")


def test_a_delegation_tells_whom_its_members_serve(reader: Reader) -> None:
    text = "Kenya was represented by the Principal Secretary, Grace Wanjiru; and the Director, Otieno Ouma."
    assert {row[2] for row in persons(reader, text).values()} == {"KEN"}


def test_an_office_that_the_publishers_state_lacks_is_not_its_own(reader: Reader) -> None:
    rows = persons(reader, "Secretary of State Ann Coe and Foreign Minister Jon Bek met.", None, "USA")
    assert rows["ann-coe"][2] == "USA"
    assert rows["jon-bek"][2] is None


def test_a_title_before_a_common_noun_is_no_office(reader: Reader) -> None:
    text = "Karen Holm, Chief Guest, spoke. The Chief Negotiator, Ana Lima, spoke. Guests left."
    assert persons(reader, text) == {"ana-lima": ("Ana Lima", "Chief Negotiator", None)}


def test_a_common_noun_behind_a_courtesy_title_is_a_surname(reader: Reader) -> None:
    found = persons(reader, "Call Ana Field about the gas field. Ms. Field is in. The Gas Field opened.")
    assert found == {"ana-field": ("Ana Field", None, None)}


@pytest.mark.parametrize(
    ("text", "marked", "name"),
    [
        ("Then came Mdm Ana Lima of Peru.", "Mdm Ana Lima", "Ana Lima"),
        ("Then came Sultan Ana Lima of Peru.", "Sultan Ana Lima", "Sultan Ana Lima"),
        ("Then came P.M. Lima of Peru.", "Lima", "P.M. Lima"),
        ("Then came Ana Lima’s sister.", "Ana Lima’s", "Ana Lima"),
        ("Ana Lima MP said so.", "Ana Lima MP", "Ana Lima"),
        ("Then came Ana Lima – High Commissioner.", "Ana Lima – High", "Ana Lima"),
        ("Then came Dr Ana Quispe'a.", "Ana", "Ana Quispe'a"),
        ("Judge Luis Ana Lima came.", "Ana Lima", "Luis Ana Lima"),
        ("Then came Telco Ana Lima.", "Ana Lima", "Ana Lima"),
    ],
)
def test_a_recognised_name_is_read_without_titles_and_whole(
    reader: Reader, text: str, marked: str, name: str
) -> None:
    assert [names[0] for names in persons(reader, text, marked=marked).values()] == [name]


def test_a_bullet_that_is_recognised_is_no_name(reader: Reader) -> None:
    assert persons(reader, "● Ana Lima spoke.", marked="●") == {}
    assert list(persons(reader, "● Ana Lima spoke.", marked="Ana Lima")) == ["ana-lima"]


def test_a_nickname_stands_within_a_recognised_name(reader: Reader) -> None:
    nlp, gazetteer = reader
    doc = nlp.make_doc("Then came Ana “Nina” Lima of Peru.")
    doc.ents = tuple(Span(doc, at, at + 1, "PERSON") for at in (2, 4, 6))
    found = {span._.actor.name for span in find_actors(doc, gazetteer) if span._.actor.kind == "person"}
    assert found == {"Ana “Nina” Lima"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The envoys (Ana Lima of the Republic of Peru and others) met Canada.", "PER"),
        ("Then came Ana Lima of Peru’s Mines, and Canada.", None),
        ("Then came Ana Lima of South Korea’s Mines, and Canada.", None),
        ("Then came Ana Lima of Jordan Hospital, and Canada.", None),
        ("Then came Ana Lima of Turkey Creek, and Canada.", None),
    ],
)
def test_a_name_without_an_office_may_have_its_state_behind(
    reader: Reader, text: str, state: str | None
) -> None:
    assert persons(reader, text, marked="Ana Lima")["ana-lima"] == ("Ana Lima", None, state)


def test_a_city_is_a_person_only_behind_a_title(reader: Reader) -> None:
    assert persons(reader, "They met with Nairobi in the chair.", marked="Nairobi") == {}
    assert list(persons(reader, "They met with Ms Nairobi.", marked="Nairobi")) == ["nairobi"]


def test_what_holds_the_noun_of_a_body_is_no_person(reader: Reader) -> None:
    assert persons(reader, "They met the Ana Lima Institute.", marked="Ana Lima Institute") == {}


@pytest.mark.parametrize(
    "text",
    [
        "The Prime Minister and the President met.",
        "The Vice President announces the Summit.",
        "He is Director of the Clean Energy Initiative.",
        "The Foreign Minister In Attendance spoke.",
        "Head Start opened a school in New York.",
        "Minister Seeks a Global Approach",
        "President Welcomes Plan",
    ],
)
def test_no_persons(reader: Reader, text: str) -> None:
    assert persons(reader, text) == {}
