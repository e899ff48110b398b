"""Mentions of states, organisations and persons, in sentences of our own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from communique.extractors.actors.find import find_actors
from communique.extractors.actors.gazetteer import Gazetteer
from communique.extractors.annotations import Actor, set_extensions
from communique.models.tokenizer import make_tokenizer

Reader = tuple[Language, Gazetteer]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Tokens alone: what is tested here needs no model."""
    set_extensions()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp, Gazetteer(nlp)


def read(
    reader: Reader, text: str, title: str | None = None, speaks_for: tuple[str, ...] = ()
) -> list[tuple[str, Actor]]:
    nlp, gazetteer = reader
    doc = nlp.make_doc(text)
    doc._.title, doc._.speaks_for = title, speaks_for
    return [(span.text, span._.actor) for span in find_actors(doc, gazetteer)]


def ids(found: list[tuple[str, Actor]], kind: str) -> list[str | None]:
    return [actor.actor_id for _, actor in found if actor.kind == kind]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Canada and the ROK met.", ["CAN", "KOR"]),
        ("The U.S.-Japan alliance is strong.", ["USA", "JPN"]),
        ("A Canada–ROK ministerial took place.", ["CAN", "KOR"]),
        ("Türkiye’s envoy spoke to Czechia.", ["TUR", "CZE"]),
        ("The DPRK and the PRC disagreed.", ["PRK", "CHN"]),
        ("The Holy See and Kosovo signed.", ["VAT", "XKX"]),
        ("The Democratic People's Republic of Korea launched a missile.", ["PRK"]),
        ("Talks between Korea and Japan resumed.", ["KOR", "JPN"]),
        ("Equatorial Guinea, Papua New Guinea and Guinea-Bissau voted.", ["GNQ", "PNG", "GNB"]),
        ("Congo and Rwanda agreed.", ["COD", "RWA"]),
        (
            "The Republic of the Congo hosted a forum in Brazzaville; Congo thanked Gabon.",
            ["COG", "COG", "GAB"],
        ),
        ("Georgia and Moldova applied in Tbilisi.", ["GEO", "MDA"]),
        ("REPUBLIC OF KOREA", ["KOR"]),
        ("Guinea\u2013Bissau and Timor\u2010Leste agreed.", ["GNB", "TLS"]),
        ("The Guinea\u2013Mali pact ended.", ["GIN", "MLI"]),
        ("Hong Kong, China; Macao, China; and Peru agreed.", ["HKG", "MAC", "PER"]),
        ("Japan, China; and Peru agreed.", ["JPN", "CHN", "PER"]),
        ("Bolivia (Plurinational State of) and Moldova (Republic of) agreed.", ["BOL", "MDA"]),
        ("Congo (Kinshasa) and Korea (South) agreed.", ["COD", "KOR"]),
        ("Antigua & Barbuda and St. Kitts and Nevis agreed.", ["ATG", "KNA"]),
        ("North Korea and South Sudan wrote to East Timor.", ["PRK", "SSD", "TLS"]),
        ("Upper Volta, Zaire and Ceylon agreed.", ["BFA", "COD", "LKA"]),
        ("The Soviet Union and Yugoslavia agreed.", ["SUN", "YUG"]),
        ("The Government of Botswana hosted the visit.", ["BWA"]),
        ("The Republic of Rwanda and the Rwandese Republic agreed.", ["RWA", "RWA"]),
        ("The Republic of Turkiye and the Republic of Guinea Bissau agreed.", ["TUR", "GNB"]),
        ("Wallis & Futuna and the Federation of St Kitts and Nevis agreed.", ["WLF", "KNA"]),
    ],
)
def test_states(reader: Reader, text: str, codes: list[str]) -> None:
    assert ids(read(reader, text), "state") == codes


@pytest.mark.parametrize(
    "text",
    [
        "The Canadian delegation left.",
        "Stability in the Taiwan Strait matters.",
        "They sailed the South China Sea.",
        "Peace on the Korean Peninsula is near.",
        "He told us the truth.",
        "A storm hit New Mexico and the Gulf of Mexico.",
        "Voters in Georgia and Alabama, from Atlanta to Savannah, decided.",
        "Ties with Latin America grew.",
        "Northern Cyprus and Upper Austria agreed.",
        "Western Australia sells gas; WESTERN AUSTRALIA, 3 May.",
        "Soviet archives were opened.",
        "The Organization of American States met.",
    ],
)
def test_no_states(reader: Reader, text: str) -> None:
    assert ids(read(reader, text), "state") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The UN Security Council met.", ["UNSC"]),
        ("The Peace and Security Council of the African Union met.", ["AUPSC"]),
        ("It costs five million US dollars, or six million Canadian dollars.", []),
        ("ASEAN, the G7 and the Quad agree.", ["ASEAN", "G7", "Quad"]),
        ("It ended.\nMINISTRY OF LAW AND JUSTICE\n3 JUNE", ["ministry-of-law-and-justice"]),
        ("A WEEK OF LAW AND JUSTICE", []),
        ("The United Nations Charter binds.", ["UN"]),
        ("The U.S. Department of State replied.", ["DOS"]),
        ("The Ministry of Water and Sanitation of Kenya replied.", ["ministry-of-water-and-sanitation-ken"]),
        ("The Royal Danish Navy sailed.", ["royal-navy-dnk"]),
        ("Norway’s Directorate of Fisheries replied.", ["directorate-of-fisheries-nor"]),
        ("Officials of the Prime Minister’s Office came.", ["prime-minister-s-office"]),
        ("The Swiss National Bank and the Bank of Ceylon met.", ["swiss-national-bank", "bank-of-ceylon"]),
        (
            "The Swiss National Guard met Hindustan Mills Limited.",
            ["national-guard-che", "hindustan-mills-limited"],
        ),
        ("Parks Canada and Fisheries and Oceans Canada agreed.", ["parks-can", "fisheries-and-oceans-can"]),
        ("The Trade Ministry and the Coast Guard Agency came.", ["trade-ministry", "coast-guard-agency"]),
        ("The Cabinet agreed. Cabinet Secretary Ana Lima left.", ["CABINET"]),
        ("The Shadow Cabinet met at Parliament House.", ["shadow-cabinet"]),
        ("The Joint European Commission events ended.", ["EC"]),
        ("The Department of Prime Minister and Cabinet replied.", ["DPMC"]),
        ("The Sterling Working Party met at the Lima Convention Centre.", []),
        ("The Ministry of Law and the Lima Institute signed.", ["ministry-of-law", "lima-institute"]),
        ("The Ministry of Law and Health signed.", ["ministry-of-law-and-health"]),
        ("The Minister of Justice and Courts Administration Ana Lima spoke.", []),
        ("The Courts Administration spoke.", ["courts-administration"]),
        ("MINISTRY OF HEALTH\nPERU\n3 May", ["ministry-of-health-per"]),
        ("MINISTRY OF HEALTH, PERU\nPERU MUST ACT", ["ministry-of-health-per"]),
        (
            "The Trade Bureau of the Ministry of Commerce of Peru and the Court of Appeal came.",
            ["trade-bureau", "ministry-of-commerce-per", "court-of-appeal"],
        ),
        ("Peru’s Ministry of Mines Permanent Secretary Ana Lima spoke.", ["ministry-of-mines-per"]),
        ("The Ministry of Trade and Industry Ana Lima spoke.", ["ministry-of-trade-and-industry"]),
        ("The Council of Finance Ministers Meeting took place.", []),
        ("Director Trade Council and the former Trade Council spoke.", ["trade-council", "trade-council"]),
        ("The King Harald University replied.", ["king-harald-university"]),
        (
            "The Homeland Security Council and the Security Council met.",
            ["homeland-security-council", "UNSC"],
        ),
        ("The Norwegian Senate wrote to the White House National Security Council.", ["senate-nor", "NSC"]),
        ("A Lima Group of Technical Experts met the Royal Guard of Oman.", ["LIMA", "royal-guard-omn"]),
        ("The Norwegian Ministry to Chile replied.", ["ministry-nor"]),
        ("The Nordic-Baltic Eight (NB8) met on the Baltic.", ["NB8", "NB8"]),
        (
            "The University of Nairobi and Aalto University joined.",
            ["university-of-nairobi", "aalto-university"],
        ),
        ("The UN’s General Assembly and the UN Human Settlements Program met.", ["UNGA", "UNHABITAT"]),
        ("The Department of Defence of Peru answered.", ["department-of-defence-per"]),
        ("The Permanent Mission of Chile to the United Nations wrote to the Permanent Secretary.",
         ["permanent-mission-of-to-the-united-nations-chl"]),
        ("Heads of Government of the Caribbean Community met.", ["CARICOM"]),
        ("The Ministry of Health and Trade Peru. The Bank of Peru replied.",
         ["ministry-of-health-and-trade-per", "bank-of-peru"]),
        ("Siemens Australia met Siemens Energy, Peru and Siemens Bank.",
         ["siemens-australia", "siemens-energy", "siemens-bank"]),
    ],
)  # fmt: skip
def test_organizations(reader: Reader, text: str, found: list[str]) -> None:
    assert ids(read(reader, text), "organization") == found


@pytest.mark.parametrize(
    "text",
    [
        "The Joint Working Group met.",
        "The Bi-National Commission met.",
        "A task force was set up.",
        "They met in the Oval Office.",
        "Member States agreed.",
        "Settlers in the West Bank left.",
    ],
)
def test_no_organizations(reader: Reader, text: str) -> None:
    assert ids(read(reader, text), "organization") == []


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("GHG", []),
        ("Parliament House", []),
        ("Emergency Powers Act", []),
        ("Quiroga Group", ["quiroga-group"]),
        ("Quiroga Working Group", []),
        ("Joint Permanent Commission", []),
        ("Permanent Commission", ["permanent-commission"]),
    ],
)
def test_a_thing_that_is_recognised_as_a_body_is_none(reader: Reader, marked: str, found: list[str]) -> None:
    nlp, gazetteer = reader
    doc = nlp.make_doc(f"They spoke of {marked} today.")
    start = doc.text.index(marked)
    doc.ents = [doc.char_span(start, start + len(marked), label="ORG")]
    assert [span._.actor.actor_id for span in find_actors(doc, gazetteer)] == found


def test_an_acronym_stands_for_the_long_form_that_defines_it(reader: Reader) -> None:
    found = read(reader, "The Baltic Fisheries Agency (BFA) met. Later the BFA reported.")
    assert [text for text, _ in found] == ["Baltic Fisheries Agency", "BFA", "BFA"]
    assert len({actor.actor_id for _, actor in found}) == 1


def test_a_short_form_in_brackets_is_the_body_before_it(reader: Reader) -> None:
    found = read(reader, "The Ministry of Harbours (MinHar) met. Later MinHar reported.")
    assert ids(found, "organization") == ["ministry-of-harbours"] * 3


def test_a_known_acronym_in_brackets_stays_what_it_is(reader: Reader) -> None:
    found = read(reader, "The Ministry of Harbours (WHO) met. Later the WHO reported.")
    assert ids(found, "organization") == ["ministry-of-harbours", "WHO", "WHO"]


def test_an_acronym_defined_as_something_else_is_no_organisation(reader: Reader) -> None:
    text = "Projects earn an Inland Carbon Credit (ICC). The ICC and the International Criminal Court differ."
    assert ids(read(reader, text), "organization") == ["ICC"]


def test_a_ministry_named_with_and_without_its_state_is_one_body(reader: Reader) -> None:
    found = read(reader, "The Chile Ministry of Mining spoke. The Ministry of Mining agreed.")
    assert ids(found, "organization") == ["ministry-of-mining-chl"] * 2


def test_offsets_never_overlap(reader: Reader) -> None:
    nlp, gazetteer = reader
    doc = nlp.make_doc(
        "President Ana Lima of Brazil met the UN Security Council and the U.S. Coast Guard in Chile."
    )
    tokens = [token.i for span in find_actors(doc, gazetteer) for token in span]
    assert tokens == sorted(set(tokens))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "( " * 10_000,
        "A" * 100_000,
        "President " * 5_000,
        "Foreign Affairs " * 5_000,
        "U.S.-" * 5_000,
        "Secretary-" * 3_000,
        "President Lima, " * 5_000,
    ],
)
def test_hostile_text_is_read(reader: Reader, text: str) -> None:
    read(reader, text)


def test_the_same_text_gives_the_same_actors(reader: Reader) -> None:
    text = "President Ana Lima of Brazil thanked NATO. Lima met the Ministry of Health of Peru."
    assert read(reader, text) == read(reader, text)


@pytest.mark.parametrize(
    ("text", "own", "found"),
    [
        ("The Senate met.", "USA", "SENATE"),
        ("The Senate met.", "CHL", "senate"),
        ("The U.S. Senate met; the Senate agreed.", "CHL", "SENATE"),
        ("Congress met.", "PER", "congress"),
        ("The Commonwealth will fund the clinic.", "AUS", "AUS"),
        ("Commonwealth leaders will meet in Apia.", "AUS", "COMMONWEALTH"),
        ("The Commonwealth will send observers.", "LKA", "COMMONWEALTH"),
        ("Congress met the Peruvian Congress.", "USA", "CONGRESS"),
        ("The Congress of Peru met.", "USA", "congress-per"),
        ("The House of Representatives of Chile met.", "USA", "house-of-representatives-chl"),
        ("The House of Representatives met the King of Chile.", "USA", "HOUSE"),
        ("Congress met in Peru.", "USA", "CONGRESS"),
        ("The Senate met; Chile\u2019s Senate agreed.", "PER", "senate-chl"),
    ],
)
def test_a_state_has_a_name_of_its_own_in_its_own_releases(
    reader: Reader, text: str, own: str, found: str
) -> None:
    ((_, actor),) = read(reader, text, speaks_for=(own,))[:1]
    assert actor.actor_id == found


@pytest.mark.parametrize(
    ("text", "states", "persons"),
    [
        ("Mr. Jordan Ellwood agreed.", [], ["jordan-ellwood"]),
        ("Mr. Ellwood left Jordan. Ellwood agreed.", ["JOR"], ["ellwood", "ellwood"]),
        ("Ambassador Chad Morrow agreed.", [], ["chad-morrow"]),
        ("Foreign Minister Kenya Salas of Peru agreed.", ["PER"], ["kenya-salas"]),
        ("Contact: Jordan Field. Ms. Field will answer.", [], ["jordan-field", "jordan-field"]),
        ("A Field in Jordan. Ms. Salas will answer.", ["JOR"], ["salas"]),
        ("The Minister of Kenya Salas spoke. Ms. Salas agreed.", ["KEN"], ["salas", "salas"]),
        ("The Foreign Minister of Kenya Ana Salas agreed.", ["KEN"], ["ana-salas"]),
        ("Jordan and Chad agreed.", ["JOR", "TCD"], []),
        ("The King of Jordan met the Minister of Kenya.", ["JOR", "KEN"], []),
    ],
)
def test_a_person_called_like_a_state(
    reader: Reader, text: str, states: list[str], persons: list[str]
) -> None:
    found = read(reader, text)
    assert ids(found, "state") == states
    assert ids(found, "person") == persons


@pytest.mark.parametrize(("name", "code"), [("Côte d’Ivoire", "CIV"), ("Sri Lanka", "LKA"), ("Chad", "TCD")])
def test_what_is_no_more_than_a_states_name_is_no_person(reader: Reader, name: str, code: str) -> None:
    words = f"{name} agreed to open an office."
    nlp, gazetteer = reader
    doc = nlp.make_doc(words)
    doc.ents = [doc.char_span(0, len(name), label="PERSON")]
    assert [span._.actor.actor_id for span in find_actors(doc, gazetteer)] == [code]


def test_a_persons_surname_that_is_a_state(nlp: Language) -> None:
    doc = nlp("Ms. Barbara Monaco left for Monaco. Then the engineer Barbara Monaco agreed.")
    found = [(span.text, span._.actor.kind) for span in doc.spans["actors"]]
    assert found == [("Barbara Monaco", "person"), ("Monaco", "state"), ("Barbara Monaco", "person")]


@pytest.mark.parametrize(("first", "firms"), [("Marta Honda", []), ("Marta Lind", ["honda"])])
def test_a_firm_called_like_a_person_of_the_release_is_that_person(
    reader: Reader, first: str, firms: list[str]
) -> None:
    nlp, gazetteer = reader
    doc = nlp.make_doc(f"Then came {first}. The guests thanked Honda.")
    doc.set_ents([Span(doc, 2, 4, label="PERSON")])
    found = [(span.text, span._.actor) for span in find_actors(doc, gazetteer)]
    assert ids(found, "organization") == firms


def test_a_name_that_goes_on_as_that_of_a_law_is_no_organisation(reader: Reader) -> None:
    nlp, gazetteer = reader
    doc = nlp.make_doc("The River Rescue Act binds the River Rescue.")
    doc.set_ents([Span(doc, 1, 3, label="ORG"), Span(doc, 6, 8, label="ORG")])  # as the model marks them
    assert [(span.start, span.end) for span in find_actors(doc, gazetteer)] == [(6, 8)]
