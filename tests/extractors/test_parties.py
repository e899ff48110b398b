"""Who is bound by an undertaking, in sentences of our own."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.actors.meetings import meetings
from communique.extractors.actors.protagonists import Protagonists
from communique.extractors.annotations import Commitment

MET = "Prime Minister Ana Rojas of Chile met President Luis Prado of Peru today. "
TITLE = "Joint Statement of Chile and Peru"
SIGNED = "Chile and Peru Sign New Treaty"


def undertakings(
    nlp: Language, text: str, title: str | None = TITLE, own: tuple[str, ...] = ("CHL",)
) -> list[Commitment]:
    doc = nlp.make_doc(text)
    doc._.title, doc._.speaks_for = title, own
    return [span._.commitment for span in nlp(doc).spans["commitments"]]


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("The two leaders agreed to reopen the bridge.", {"CHL", "PER"}),
        ("Chile will fund a new ferry.", {"CHL"}),
        ("Peru and Chile will patrol the river.", {"CHL", "PER"}),
        ("Prime Minister Rojas pledged to plant new forests.", {"CHL"}),
        ("The Prime Minister and the President agreed to share flood data.", {"CHL", "PER"}),
        ("The Government of Peru will rebuild the bridge.", {"PER"}),
        ("The Peruvian delegation committed to publish the survey.", {"PER"}),
        ("Peru’s ministers agreed to publish the survey.", {"PER"}),
        ("They decided to set up a hotline.", {"CHL", "PER"}),
        ("The next meeting will be held in Tokyo in 2031.", {"CHL", "PER"}),
        ("The leaders welcomed Peru’s commitment to clean energy.", {"PER"}),
        ("President Prado announced that Peru will provide boats for the games.", {"PER"}),
        ("Bolivia will provide boats for the patrols.", {"BOL"}),
        ("Chile lends boats to Bolivia and Ecuador, and Peru will provide crews for the patrols.", {"PER"}),
        ("Peru and its allies will join the patrols.", {"PER"}),
        ("Peru thanked its neighbour. It was agreed to share flood data.", {"CHL", "PER"}),
        (
            "Minister Juan Paz of Bolivia and Minister Ana Sosa of Peru agreed to open a bridge.",
            {"BOL", "PER"},
        ),
        ("The European Union will finance the survey.", {"EU"}),
        ("A hotline will be set up by Bolivia and Ecuador in Sucre.", {"BOL", "ECU"}),
        ("Ten boats will be sent to Bolivia by Peru by May 2031.", {"PER"}),
        ("The survey will be completed by May 2031.", {"CHL", "PER"}),
        ("A memorandum of understanding on fisheries was signed by Bolivia and Ecuador.", {"BOL", "ECU"}),
        ("A memorandum on flood data was signed between Bolivia and Ecuador.", {"BOL", "ECU"}),
        ("No new tariffs will be imposed by Bolivia.", {"BOL"}),
        ("Together with Bolivia, Peru will fund a new ferry.", {"BOL", "PER"}),
        ("Peru, together with Bolivia, will fund a new ferry.", {"BOL", "PER"}),
        ("On its border with Bolivia, Peru will fund a new ferry.", {"PER"}),
    ],
)
def test_subject_binds_those_for_whom_it_stands(nlp: Language, sentence: str, parties: set[str]) -> None:
    found = undertakings(nlp, MET + sentence)
    assert set(found[-1].parties) == parties


@pytest.mark.parametrize(
    ("lines", "parties"),
    [
        ("For the Government of Kenya\nFor the Government of the Togolese Republic", {"KEN", "TGO"}),
        ("For and on behalf of the Ministry of Energy of Kenya:\nFor Togo:", {"KEN", "TGO"}),
        ("For Kenya, the river is new.\nFor Togo, it is old.", set()),
    ],
)
def test_participants_are_those_for_whom_it_is_signed(nlp: Language, lines: str, parties: set[str]) -> None:
    text = f"MEMORANDUM\n\nThe Participants will set up a joint office for the river.\n\n{lines}\n"
    doc = nlp(text)
    (span,) = doc.spans["commitments"]
    assert set(span._.commitment.parties) == parties


@pytest.mark.parametrize(
    ("subject", "parties"),
    [
        ("The Franco-German council", {"FRA", "DEU"}),
        ("The Norwegian–Chilean committee", {"NOR", "CHL"}),
        ("The Canada-Korea-Japan working group", {"CAN", "KOR", "JPN"}),
        ("Scotland and Flanders", {"Scotland", "Flanders"}),
        ("South Ossetia and Peru", {"South Ossetia", "PER"}),
        ("The pro-Bolivian committee", {"BOL"}),
        ("The Nordic five and the Visegrad four", {"N5", "V4"}),
    ],
)
def test_names_joined_by_hyphens_and_regions_bind_each(
    nlp: Language, subject: str, parties: set[str]
) -> None:
    (found,) = undertakings(nlp, f"{subject} agreed to share flood data.")
    assert set(found.parties) == parties


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("The Government is committed to clearing the river.", {"CHL"}),
        ("The plan demonstrates the Administration’s commitment to clearing the river.", {"CHL"}),
        ("The Government of Peru is committed to clearing the river.", {"PER"}),
        ("The governments are committed to clearing the river.", {"CHL", "PER"}),
        ("President Prado expressed his government’s intention to clear the river.", {"PER"}),
        ("Prime Minister Rojas expressed her government’s intention to clear the river.", {"CHL"}),
    ],
)
def test_government_without_a_name_is_the_publishers_or_its_owners(
    nlp: Language, sentence: str, parties: set[str]
) -> None:
    found = undertakings(nlp, MET + sentence, SIGNED)
    assert set(found[-1].parties) == parties


@pytest.mark.parametrize(("cabinet", "party"), [("Cabinet", "CHL"), ("The Peruvian Cabinet", "PER")])
def test_a_cabinet_without_its_state_binds_the_publishers(nlp: Language, cabinet: str, party: str) -> None:
    found = undertakings(nlp, f"{cabinet} decided to plant new forests.", "Forests")
    assert [set(commitment.parties) for commitment in found] == [{party}]


@pytest.mark.parametrize(("own", "party"), [("JAM", "JAM"), ("USA", "PARLIAMENT")])
def test_a_parliament_is_not_of_a_publisher_with_a_congress(nlp: Language, own: str, party: str) -> None:
    (one,) = undertakings(nlp, "Parliament decided to plant new forests.", "Forests", (own,))
    assert one.parties == (party,)


def test_office_alone_is_that_of_who_was_named_with_it(nlp: Language) -> None:
    met = "President Ana Rojas met the Ambassador of Peru to Chile, Mr. Luis Prado, today. "
    (pledged,) = undertakings(nlp, met + "The Ambassador pledged to support the new school.", SIGNED)
    assert pledged.parties == ("PER",)


@pytest.mark.parametrize(
    ("done", "parties"),
    [
        ("signed a Memorandum of Understanding on flood data with Peru’s Minister of Water", {"CHL", "PER"}),
        ("signed the Chile-Peru Treaty on Flood Data", {"CHL", "PER"}),
        ("launched a new fund for the fishers of Peru", {"CHL"}),
        ("signed a Memorandum of Understanding on flood data with the Andean Bank", {"CHL"}),
    ],
)
def test_who_signs_binds_the_side_that_is_named_with_it(nlp: Language, done: str, parties: set[str]) -> None:
    found = undertakings(nlp, MET + f"Chile’s Minister of Water, Eva Soto, {done} today.", SIGNED)
    assert set(found[-1].parties) == parties


def test_parties_text_is_the_subject_as_written(nlp: Language) -> None:
    assert (
        undertakings(nlp, MET + "The two leaders agreed to reopen the bridge.")[-1].parties_text
        == "The two leaders"
    )


def test_quoted_promise_is_the_speakers(nlp: Language) -> None:
    text = MET + "“We will build a second bridge for our farmers,” said President Prado."
    promise = undertakings(nlp, text)[-1]
    assert (promise.parties, promise.speaker) == (("PER",), "luis-prado")


def test_promise_outside_quotations_has_no_speaker(nlp: Language) -> None:
    assert undertakings(nlp, MET + "Chile will fund a new ferry.")[-1].speaker is None


def test_one_who_speaks_of_what_is_shared_speaks_for_all(nlp: Language) -> None:
    text = MET.replace(" today. ", " to reaffirm their commitment to strengthen trade between them.")
    assert set(undertakings(nlp, text)[0].parties) == {"CHL", "PER"}


def test_those_who_reaffirm_our_commitment_are_named_by_its_verb(nlp: Language) -> None:
    text = MET + "Peru and Bolivia reaffirm our commitment to meet every year."
    assert set(undertakings(nlp, text)[0].parties) == {"PER", "BOL"}


@pytest.mark.parametrize(
    ("text", "party"),
    [
        pytest.param(
            "Mountain Lakes, a charity that cleans rivers, has committed to open six stations.",
            "Mountain Lakes",
            marks=pytest.mark.xfail(strict=True, reason="the reader is not sure of it"),
        ),
        ("To reach this, Mountain Lakes is committing to raise $2 million.", "Mountain Lakes"),
        (
            "- Lakes for Life Alliance (LLA): Commits to training 90 nurses by 2031.",
            "Lakes for Life Alliance",
        ),
        ("- Clear Lakes Now (CLN): Commits to training 90 nurses by 2031.", "Clear Lakes Now"),
        ("Member States are committing to train 90 nurses.", None),
        ("Clean Energy: Committed to reducing emissions by half.", None),
        ("Federal Express will invest in a warehouse for medicines.", "Federal Express"),
        ("The Coastal Railway Administration will build a warehouse.", None),
        ("Mr Tomas Weld will be named ambassador to Chile in June.", None),
        ("Ana and I will work with you to build a warehouse for medicines.", None),
    ],
)
def test_name_that_no_list_knows(nlp: Language, text: str, party: str | None) -> None:
    (found,) = undertakings(nlp, text, "Investments in Health", ("CAN",))
    assert found.parties == ((party,) if party else ("CAN",))


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Zentrix Marine Yards agreed to build a repair yard in Peru.", {"Zentrix Marine Yards"}),
        ("The Joint Committee will hold its next meeting in Lima.", {"CHL", "PER"}),
        ("Marta Nilsson agreed to build a repair yard in Lima.", {"CHL", "PER"}),
    ],
)
def test_firm_in_a_statement_of_two_states(nlp: Language, sentence: str, parties: set[str]) -> None:
    assert set(undertakings(nlp, MET + sentence)[-1].parties) == parties


def test_unknown_company_is_bound_by_name(nlp: Language) -> None:
    found = undertakings(
        nlp, "Zentrix Corporation is committing to train 500 nurses.", "Investments in Health", ("CAN",)
    )
    assert found[0].parties == ("Zentrix Corporation",)


@pytest.mark.parametrize(
    ("who", "parties"), [("SMS Ana", {"CHL"}), ("SMS Zentrix Corporation", {"SMS Zentrix Corporation"})]
)
def test_words_of_a_persons_name_are_no_firm(nlp: Language, who: str, parties: set[str]) -> None:
    text = f"Senior Minister of State Ana Rojas of Chile spoke.\n{who} agreed to fund new ports."
    assert set(undertakings(nlp, text, "New Ports", ("CHL",))[-1].parties) == parties


def test_nobody_told_gives_no_parties(nlp: Language) -> None:
    assert undertakings(nlp, "The next meeting will be held in Tokyo in 2031.", None, ())[0].parties == ()


def test_partnership_binds_the_partner_too(nlp: Language) -> None:
    found = undertakings(
        nlp, MET + "Prime Minister Rojas announced a new partnership with Peru on salmon farms."
    )
    assert set(found[-1].parties) == {"CHL", "PER"}


def test_items_of_a_list_are_the_owners(nlp: Language) -> None:
    opener = "\nThe two leaders welcomed Chile’s commitment to:"
    text = MET + opener + "\n- Training nurses in Cusco.\n- Lending boats."
    assert {found.parties for found in undertakings(nlp, text)} <= {("CHL",)}


@pytest.mark.parametrize(
    ("opening", "parties"),
    [
        ("The text of this statement was released by the Governments of Chile, Peru, Ghana and Togo.", 4),
        ("The photographs of this visit are kept by the Governments of Chile, Peru, Ghana and Togo.", 1),
    ],
)
def test_all_who_release_a_statement_are_bound(nlp: Language, opening: str, parties: int) -> None:
    text = f"{opening}\n\nChile and Peru met often this year.\n\nWe stand ready to open the canal."
    [found] = undertakings(nlp, text, title="Joint Statement on the Canal")
    assert len(found.parties) == parties


@pytest.mark.parametrize(
    ("opening", "title", "parties"),
    [
        ("The Ministers of Chile, Peru and Bolivia condemn", "Joint statement on the floods", 3),
        ("The Minister of Chile condemns, with Peru and Bolivia,", "Joint statement on the floods", 1),
        ("The Ministers of Chile, Peru and Bolivia condemn", "Floods", 1),
    ],
)
def test_who_stands_before_the_first_verb_issues_a_joint_statement(
    nlp: Language, opening: str, title: str, parties: int
) -> None:
    text = f"{opening} the theft of relief goods. We will send boats."
    assert len(undertakings(nlp, text, title=title)[-1].parties) == parties


def test_author_of_a_statement_is_its_speaker(nlp: Language) -> None:
    text = (
        "Today I spoke with our farmers. I will work with them to rebuild their farms. "
        "President Rojas of Chile was in Arica."
    )
    found = undertakings(nlp, text, "Statement by President Rojas on Farming")
    assert [(promise.parties, promise.speaker) for promise in found] == [(("CHL",), "rojas")]


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Québec and Bavaria agreed to share grid data.", {"Québec", "Bavaria"}),
        ("Japan and Bavaria agreed to share grid data.", {"JPN", "Bavaria"}),
        ("Lima and Oslo agreed to share grid data.", {"Lima", "Oslo"}),
        ("Japan and its partners agreed to share grid data.", {"JPN"}),
        ("Hondara, a Japanese carmaker, pledged to build a plant.", {"Hondara"}),
        ("The Japanese carmaker Hondara pledged to build a plant.", {"Hondara"}),
        ("The Japanese delegation pledged to build a plant.", {"JPN"}),
    ],
)
def test_names_that_no_list_knows(nlp: Language, sentence: str, parties: set[str]) -> None:
    [found] = undertakings(nlp, sentence, title=None, own=())
    assert set(found.parties) == parties


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("I will open a new ferry next year.", {"CHL"}),
        ("President Prado and I agreed to open a new ferry.", {"CHL", "PER"}),
        ("President Prado agreed to open a new ferry, and I thanked him.", {"PER"}),
        ("My Government will open a new ferry next year.", {"CHL"}),
    ],
)
def test_first_person_is_the_speakers_state(nlp: Language, sentence: str, parties: set[str]) -> None:
    title = "Meeting with the President of Peru"
    assert set(undertakings(nlp, MET + sentence, title)[-1].parties) == parties


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Prime Minister Rojas and His Majesty agreed to share flood data.", {"CHL", "PER"}),
        ("Prime Minister Rojas and Minister Soto pledged to share flood data.", {"CHL"}),
        ("Prime Minister Rojas and Peru agreed to share flood data.", {"CHL", "PER"}),
        ("The Minister for Roads and Ports of Chile agreed to share flood data.", {"CHL"}),
    ],
)
def test_two_who_agree_are_of_two_sides(nlp: Language, sentence: str, parties: set[str]) -> None:
    found = undertakings(nlp, MET + sentence, "Meeting with the President of Peru")
    assert set(found[-1].parties) == parties


@pytest.mark.parametrize(
    ("sentence", "title", "parties"),
    [
        ("We will work with Peru to rebuild its ports.", "Visit of the President of Peru", {"CHL"}),
        (
            "We agreed to work with Peru to rebuild its ports.",
            "Visit of the President of Peru",
            {"CHL", "PER"},
        ),
        ("We will work together to rebuild these ports.", "Visit of the President of Peru", {"CHL", "PER"}),
        ("We will work with Peru to rebuild its ports.", TITLE, {"CHL", "PER"}),
    ],
)
def test_we_who_do_something_with_the_other_side_are_the_publisher(
    nlp: Language, sentence: str, title: str, parties: set[str]
) -> None:
    assert set(undertakings(nlp, MET + sentence, title)[-1].parties) == parties


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Together with its Bolivian neighbour, Peru will fund a new ferry.", {"PER", "BOL"}),
        ("Together with its able neighbour, Peru will fund a Bolivian ferry.", {"PER"}),
        ("India was there. Together with its Indian neighbour, Peru will fund a new ferry.", {"PER", "IND"}),
        ("Together with its Indian neighbour, Peru will fund a new ferry.", {"PER"}),  # a people elsewhere
    ],
)
def test_neighbour_is_bound_by_the_adjective(nlp: Language, sentence: str, parties: set[str]) -> None:
    assert set(undertakings(nlp, MET + sentence)[-1].parties) == parties


@pytest.mark.parametrize(
    ("said", "parties"),
    [
        ("PRESIDENT PRADO: We will rebuild our ports.", {"PER"}),
        ("PRIME MINISTER ROJAS: Welcome.\n\nPRESIDENT PRADO: We will rebuild our ports.", {"PER"}),
        ("PRESIDENT PRADO: Thank you.\n\nPRIME MINISTER ROJAS: We will rebuild our ports.", {"CHL"}),
        ("PRESIDENT PRADO (via interpreter): We will rebuild our ports.", {"PER"}),
        ("PRESIDENT PRADO: Thank you.\n\nIn short (for you): We will rebuild our ports.", {"PER"}),
        ("PRESIDENT PRADO: Our two countries will rebuild the ports.", {"CHL", "PER"}),
        (
            "PRESIDENT PRADO: Thank you.\n\nQUESTION: Will we see new ports? We will share the list.",
            {"CHL", "PER"},
        ),
        (
            "PRESIDENT PRADO: Thank you.\n\nQ: Will we see new ports? We will share the list.",
            {"CHL", "PER"},
        ),
    ],
)
def test_turn_in_a_transcript_is_the_speakers(nlp: Language, said: str, parties: set[str]) -> None:
    found = undertakings(nlp, f"{MET}\n\n{said}", "Meeting with the President of Peru")
    assert set(found[-1].parties) == parties


def test_a_name_in_capitals_may_have_accents(nlp: Language) -> None:
    met = MET.replace("Prado", "Ordóñez")
    said = "PRIME MINISTER ROJAS: Welcome.\n\nPRESIDENT ORDÓÑEZ: We will rebuild our ports."
    found = undertakings(nlp, f"{met}\n\n{said}", "Meeting with the President of Peru")
    assert set(found[-1].parties) == {"PER"}


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("The Cabinet has approved the signing of an agreement between Chile and Peru on bees.", {"CHL"}),
        ("The Cabinet of Peru has approved the signing of an agreement with Chile on bees.", {"PER"}),
        (
            "The ministers witnessed the signing of an agreement between Chile and Peru on bees.",
            {"CHL", "PER"},
        ),
    ],
)
def test_who_allows_to_sign_is_bound_alone(nlp: Language, sentence: str, parties: set[str]) -> None:
    (one,) = undertakings(nlp, sentence, title=None, own=("CHL",) if "Cabinet has" in sentence else ())
    assert set(one.parties) == parties
    assert one.act == ("agree" if "approved" in sentence else "enact")


SERIES = """\
Foreign Minister Ana Rojas of Chile met colleagues in Geneva today.

At the meeting with Foreign Minister Luis Prado of Peru, Minister Rojas recalled old ties. {peru}

Minister Rojas also received Foreign Minister Juan Paz of Bolivia. Trade was on the table.

{bolivia}
"""


@pytest.mark.parametrize(
    ("peru", "bolivia", "parties"),
    [
        ("The two ministers agreed to reopen the bridge.", "", {"CHL", "PER"}),
        ("", "The two ministers agreed to reopen the bridge.", {"BOL", "CHL"}),
        ("", "They decided to set up a hotline.", {"BOL", "CHL"}),
        ("", "Bolivia will fund a new ferry.", {"BOL"}),
        ("", "An agreement on fisheries was signed.", {"BOL", "CHL"}),
        ("", "She also signed an agreement on fisheries with the Foreign Minister of Togo.", {"CHL", "TGO"}),
        (
            "",
            "She then met Minister Eva Lind of Norway and Minister Bo Moe of Sweden. They agreed on a fund.",
            {"CHL", "NOR", "SWE"},
        ),
        ("", "She then held talks with the European Union. They agreed to set up a fund.", {"CHL", "EU"}),
    ],
)
def test_meetings_in_turn_bind_those_who_meet(
    nlp: Language, peru: str, bolivia: str, parties: set[str]
) -> None:
    text = SERIES.format(peru=peru, bolivia=bolivia)
    found = undertakings(nlp, text, title="Minister Rojas holds talks in Geneva")
    assert set(found[-1].parties) == parties


def test_who_is_at_every_meeting_meets_all_others(nlp: Language) -> None:
    text = SERIES.format(peru="", bolivia="The two ministers agreed to reopen the bridge.")
    found = undertakings(nlp, text, title="Minister Rojas holds talks in Geneva", own=())
    assert set(found[-1].parties) == {"BOL", "CHL"}


@pytest.mark.parametrize(
    "aside",
    [
        "Minister Rojas called on President Juan Paz of Bolivia to hold elections.",
        "Minister Rojas said that Chile will hold talks with Bolivia.",
        "The ministers discussed the talks with Bolivia.",
        "The ministers recalled the meeting of Minister Rojas with President Juan Paz of Bolivia.",
        "In May Minister Rojas had met President Juan Paz of Bolivia.",
        "Minister Prado briefed Minister Rojas on his talks with the Foreign Minister of Bolivia.",
        "The ministers welcomed the election of President Juan Paz of Bolivia.",
        "They thanked the Government of Bolivia for hosting the talks.",
    ],
)
def test_what_the_talks_are_about_opens_no_meeting(nlp: Language, aside: str) -> None:
    opening = "Foreign Minister Ana Rojas of Chile met Foreign Minister Luis Prado of Peru in Lima today."
    text = f"{opening} {aside} The two ministers agreed to reopen the bridge."
    found = undertakings(nlp, text, title="Minister Rojas visits Lima")
    assert set(found[-1].parties) == {"CHL", "PER"}


@pytest.mark.parametrize(
    ("title", "aside"),
    [
        (
            "Joint Statement of Chile and Peru",
            "The ministers recalled the visit of President Juan Paz of Bolivia.",
        ),
        ("Chile and Peru hold talks", "Minister Rojas also met President Juan Paz of Bolivia.\n"),
        ("Minister Rojas meets Minister Prado", "They spoke of the talks in Bolivia."),
    ],
)
def test_an_aside_opens_no_meeting(nlp: Language, title: str, aside: str) -> None:
    opening = "Foreign Minister Ana Rojas of Chile met Foreign Minister Luis Prado of Peru today. "
    found = undertakings(nlp, f"{opening}\n{aside}\nThe two ministers agreed to reopen the bridge.", title)
    assert set(found[-1].parties) == {"CHL", "PER"}


def test_thousands_of_meetings_in_one_line_take_no_time(nlp: Language) -> None:
    told = (
        "Minister Rojas of Chile met Minister Luis Prado of Peru. She also met Minister Juan Paz of Bolivia. "
    )
    doc = Doc.from_docs([nlp(told)] * 5000)
    actors = sorted(doc.spans["actors"])
    began = time.process_time()
    cast = Protagonists(meetings=meetings(doc, actors, ("CHL",), titled=True))
    assert cast.met_at(0) == ("CHL", "PER") and cast.met_at(len(doc) - 1) == ("CHL", "BOL")
    assert {len(cast.met_at(at)) for at in range(len(doc))} == {2}
    assert time.process_time() - began < 8
