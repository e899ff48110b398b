"""What was held, signed, launched or is scheduled, in sentences of our own."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import spacy
from spacy.language import Language

from communique.extractors.annotations import Dialogue, Event
from communique.extractors.events.choice import Claim, Likely, Offer, _once

MET = "Foreign Minister Ana Rojas of Chile met Foreign Minister Luis Prado of Peru in Lima on 3 May 2031. "
MAY_3 = (dt.date(2031, 5, 3), dt.date(2031, 5, 3))
UNDATED = (None, None)


def events(nlp: Language, sentence: str) -> list[Event]:
    doc = nlp.make_doc(MET + sentence)
    doc._.title, doc._.speaks_for, doc._.published = "Joint Statement", ("CHL",), dt.date(2031, 5, 4)
    return [span._.event for span in nlp(doc).spans["events"]]


def month(year: int, number: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, number, 1), dt.date(year, number, last)


@pytest.mark.parametrize(
    ("sentence", "event", "days"),
    [
        ("They signed the Andean Fisheries Agreement.", "signed", MAY_3),
        ("They welcomed the signing of the Andean Fisheries Agreement.", "signed", MAY_3),
        ("They recalled the Andean Fisheries Agreement signed in March 2029.", "signed", month(2029, 3, 31)),
        ("They will sign the Andean Fisheries Agreement.", "scheduled", UNDATED),
        (
            "They agreed to sign the Andean Fisheries Agreement in March 2033.",
            "scheduled",
            month(2033, 3, 31),
        ),
        ("The Andean Fisheries Agreement entered into force in March 2029.", "in_force", month(2029, 3, 31)),
        ("The Andean Fisheries Agreement opened for signature in March 2029.", "signed", month(2029, 3, 31)),
        ("They announced the launch of the Andean Bridges Dialogue.", "launched", MAY_3),
        ("The Andean Bridges Dialogue was held in Lima in March 2029.", "held", month(2029, 3, 31)),
        ("The next Andean Bridges Dialogue will be held in March 2033.", "scheduled", month(2033, 3, 31)),
        ("They look forward to the Andean Bridges Dialogue.", "scheduled", UNDATED),
        (
            "They agreed that the Andean Bridges Dialogue be held in March 2033.",
            "scheduled",
            month(2033, 3, 31),
        ),
        ("They praised the newly established Andean Bridges Dialogue.", "launched", UNDATED),
        ("They adopted the Lima Declaration on Fisheries.", "adopted", MAY_3),
        ("They concluded the Andean Bridges Dialogue.", "held", MAY_3),
        ("They signed the Coral Minerals Framework.", "signed", MAY_3),
        ("They recalled the Andean Rescue Exercise (ARX) in March 2029.", "held", month(2029, 3, 31)),
    ],
)
def test_the_governing_word_tells_the_event_and_its_clause_the_day(
    nlp: Language, sentence: str, event: str, days: tuple[dt.date | None, dt.date | None]
) -> None:
    [found] = events(nlp, sentence)
    assert (found.event, (found.start, found.end)) == (event, days)


@pytest.mark.parametrize(
    "sentence",
    [
        "They praised the Andean Fisheries Agreement.",
        "They discussed trade under the Andean Fisheries Agreement.",
        "They did not sign the Andean Fisheries Agreement.",
        "They renewed the Coral Minerals Framework.",
        "They praised the Coral Minerals Framework in March 2029.",
    ],
)
def test_a_mere_mention_is_no_event(nlp: Language, sentence: str) -> None:
    assert events(nlp, sentence) == []


def test_an_event_told_twice_is_one_with_its_day(nlp: Language) -> None:
    twice = "They praised the launch of the Andean Bridges Dialogue. It is good. "
    [found] = events(nlp, twice + "The Andean Bridges Dialogue was launched in March 2029.")
    assert (found.event, found.start) == ("launched", dt.date(2029, 3, 1))


def test_every_session_of_a_series_is_an_event(nlp: Language) -> None:
    years = range(2022, 2030)
    text = "".join(f"The Andean Bridges Dialogue was held in Lima in June {year}. " for year in years)
    found = [event for event in events(nlp, text) if event.event == "held"]
    assert [event.start for event in found] == [dt.date(year, 6, 1) for year in years]


@pytest.mark.parametrize(
    ("offered", "kept"),
    [
        ([month(2029, 5, 31), (dt.date(2029, 5, 3), dt.date(2029, 5, 4)), UNDATED], [1]),
        ([month(2029, 3, 31), month(2029, 5, 31)], [0, 1]),
        ([UNDATED], [0]),
    ],
)
def test_days_that_agree_are_of_one_event(
    offered: list[tuple[dt.date | None, dt.date | None]], kept: list[int]
) -> None:
    dialogue = Dialogue("abd", "Andean Bridges Dialogue", "dialogue")
    claim = Claim(dialogue, "held", spacy.blank("en")(dialogue.name)[:])
    likely = [Likely(claim, Offer(days, set()), 0.3) for days in offered]
    assert _once(likely) == [likely[at] for at in kept]


@pytest.mark.parametrize(
    "sentence", ["On 2 May 2031 {} were signed in Lima.", "They welcomed the signing of {} on 2 May 2031."]
)
def test_all_that_one_sentence_tells_are_events(nlp: Language, sentence: str) -> None:
    names = {f"Andean {matter} Agreement" for matter in ("Fisheries", "Ports", "Roads", "Mines", "Energy")}
    text = MET + sentence.format(" and ".join(f"the {name}" for name in sorted(names)))
    doc = nlp.make_doc(text)
    doc._.published = dt.date(2031, 5, 4)
    spans = nlp(doc).spans["events"]
    assert {(span._.event.name, span._.event.event) for span in spans} == {(name, "signed") for name in names}
    assert all(span._.event.name in span.text for span in spans)


@pytest.mark.parametrize(
    ("sentence", "ordinal"),
    [
        ("They held the third Andean Bridges Dialogue.", 3),
        ("They held the inaugural Andean Bridges Dialogue.", 1),
        ("They held the 12th meeting of the Andean Bridges Dialogue.", 12),
        ("They held the Andean Bridges Dialogue.", None),
    ],
)
def test_ordinals_number_the_meeting(nlp: Language, sentence: str, ordinal: int | None) -> None:
    assert [event.ordinal for event in events(nlp, sentence)] == [ordinal]


@pytest.mark.parametrize(
    ("sentence", "event", "days"),
    [
        ("They met on the margins of the Andean Bridges Dialogue.", "held", MAY_3),
        ("They met on the sidelines of the recent Andean Bridges Dialogue.", "held", UNDATED),
        ("They committed to establishing an Andean Bridges Dialogue.", "scheduled", UNDATED),
        ("They instructed officials to convene the Andean Bridges Dialogue.", "scheduled", UNDATED),
        ("They met to launch the Andean Bridges Dialogue.", "launched", MAY_3),
    ],
)
def test_what_is_beside_a_meeting_and_what_is_only_meant(
    nlp: Language, sentence: str, event: str, days: tuple[dt.date | None, dt.date | None]
) -> None:
    assert [(e.event, (e.start, e.end)) for e in events(nlp, sentence)] == [(event, days)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Neither side signed the Andean Fisheries Agreement.",
        "Chile refused to sign the Andean Fisheries Agreement.",
        "In line with the Andean Bridges Dialogue, Peru thanked Chile.",
    ],
)
def test_what_was_refused_or_only_referred_to_is_no_event(nlp: Language, sentence: str) -> None:
    assert events(nlp, sentence) == []


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("in May", None),
        ("in May 2029", None),
        ("at the Quito Ocean Summit", None),
        ("in Quito", "Quito"),
        ("in May 2029 in Quito", "Quito"),
        ("in Quito May 12-13", "Quito"),
    ],
)
def test_a_month_or_another_meeting_is_no_place(nlp: Language, where: str, place: str | None) -> None:
    doc = nlp(f"They will host the Andean Bridges Dialogue {where}.")
    assert doc.spans["events"][0]._.event.place == place


MAY_2029 = month(2029, 5, 31)
YEAR_2029 = (dt.date(2029, 1, 1), dt.date(2029, 12, 31))
MAY_2, MAY_9 = ((dt.date(2031, 5, day),) * 2 for day in (2, 9))
DAYS_8_9 = (dt.date(2031, 5, 8), dt.date(2031, 5, 9))


@pytest.mark.parametrize(
    ("sentence", "event", "days"),
    [
        ("The signing of the Andean Fisheries Agreement will strengthen ties.", "signed", UNDATED),
        ("The signing of the Andean Fisheries Agreement will take place soon.", "scheduled", UNDATED),
        ("They will visit Quito to attend the Andean Bridges Dialogue.", "scheduled", UNDATED),
        ("They travelled to Lima to attend the Andean Bridges Dialogue.", "held", MAY_3),
        ("They co-chaired the Andean Bridges Dialogue.", "held", MAY_3),
        ("After the talks they will sign the Andean Fisheries Agreement.", "scheduled", UNDATED),
        ("They inaugurated the fourth Andean Bridges Dialogue.", "held", MAY_3),
        ("They inaugurated the Andean Bridges Dialogue.", "launched", MAY_3),
        ("They signed two texts, including the Andean Fisheries Agreement.", "signed", MAY_3),
        ("They praised the Andean Fisheries Agreement that Chile signed in May 2029.", "signed", MAY_2029),
        ("They praised the Andean Fisheries Agreement the two sides signed in May 2029.", "signed", MAY_2029),
        ("Established in May 2029, the Andean Bridges Dialogue serves both sides.", "launched", MAY_2029),
        ("They welcomed the signing in May 2029 of the Andean Fisheries Agreement.", "signed", MAY_2029),
        ("They praised the Andean Bridges Dialogue (ABD) meeting in May 2029.", "held", MAY_2029),
        ("Today's inaugural Andean Bridges Dialogue was useful.", "held", (dt.date(2031, 5, 4),) * 2),
        ("They recalled the 2029 Andean Bridges Dialogue held in May 2029.", "held", MAY_2029),
    ],
)
def test_clauses_nouns_and_days_around_a_name(
    nlp: Language, sentence: str, event: str, days: tuple[dt.date | None, dt.date | None]
) -> None:
    assert [(e.event, (e.start, e.end)) for e in events(nlp, sentence)] == [(event, days)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They attended talks with the Andean Bridges Dialogue secretariat.",
        "They implemented the Andean Fisheries Agreement.",
        "The Andean Fisheries Agreement will bind Chile once Peru has ratified the Agreement.",
        "The paper drafted under the Andean Fisheries Agreement was approved.",
        "They thanked the two sides, which signed texts, for the Andean Fisheries Agreement.",
    ],
)
def test_what_is_told_of_another_thing_is_no_event(nlp: Language, sentence: str) -> None:
    assert events(nlp, sentence) == []


YEAR_2031 = (dt.date(2031, 1, 1), dt.date(2031, 12, 31))


@pytest.mark.parametrize(
    ("sentence", "event", "days"),
    [
        ("They will deepen ties by holding the Andean Bridges Dialogue.", "scheduled", UNDATED),
        ("They deepened ties by holding the Andean Bridges Dialogue.", "held", UNDATED),
        ("They conducted Exercise Condor in May 2029.", "held", MAY_2029),
        (
            "The ABD, launched in May 2029, is part of the Andean Bridges Dialogue (ABD).",
            "launched",
            MAY_2029,
        ),
        ("They agreed to a new Andean Fisheries Agreement.", "adopted", MAY_3),
        (
            "They thanked Quito for hosting the Andean Bridges Dialogue later this year.",
            "scheduled",
            YEAR_2031,
        ),
        ("They praised the outcome of the recent Andean Bridges Dialogue.", "held", UNDATED),
        ("They praised their recent participation at the Andean Bridges Dialogue.", "held", UNDATED),
    ],
)
def test_what_is_promised_agreed_or_recent(
    nlp: Language, sentence: str, event: str, days: tuple[dt.date | None, dt.date | None]
) -> None:
    assert [(e.event, (e.start, e.end)) for e in events(nlp, sentence)] == [(event, days)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They agreed to abide by the Andean Fisheries Agreement.",
        "They joined Operation Condor.",
        "They praised the outcome of the Andean Bridges Dialogue.",
    ],
)
def test_what_is_kept_to_joined_or_praised_is_no_event(nlp: Language, sentence: str) -> None:
    assert events(nlp, sentence) == []


def test_a_long_sentence_of_many_names_and_days_takes_no_time(nlp: Language) -> None:
    days = (dt.date(1990, 1, 1) + dt.timedelta(days=number * 40) for number in range(150))
    text = "".join(f"the Andean Fisheries Agreement signed on {day.day} {day:%B %Y}, " for day in days)
    doc = nlp(f"They recalled {text}and thanked Peru.")
    began = time.process_time()
    nlp.get_pipe("communique_events")(doc)
    assert time.process_time() - began < 8


def told(nlp: Language, text: str) -> set[tuple[str, str, dt.date | None]]:
    return {(event.name, event.event, event.start) for event in events(nlp, text)}


def test_items_of_a_list_were_signed_with_it(nlp: Language) -> None:
    signed = "They witnessed the signing of two texts:\n"
    items = "MoU between Andina Press and Lima Radio on Culture\n"
    items += "MoU between Andina Bank and Lima Bank on Finance\n"
    names = {name for name, event, _ in told(nlp, signed + items) if event == "signed"}
    assert names == {
        "MoU between Andina Press and Lima Radio on Culture",
        "MoU between Andina Bank and Lima Bank on Finance",
    }
    assert told(nlp, signed + "Progress under the Andean Fisheries Agreement\n") == set()


def test_a_meeting_that_did_it_gives_its_day(nlp: Language) -> None:
    adopted = "The Andean Fisheries Agreement was adopted at the Cusco Ocean Conference held in May 2029."
    assert ("Andean Fisheries Agreement", "adopted", dt.date(2029, 5, 1)) in told(nlp, adopted)
    near = "The Andean Fisheries Agreement was adopted after the Cusco Ocean Conference held in May 2029."
    assert ("Andean Fisheries Agreement", "adopted", dt.date(2029, 5, 1)) not in told(nlp, near)


def test_what_only_some_have_done_and_days_of_a_visit(nlp: Language) -> None:
    visit = "Next they will visit Quito from 8 to 9 May 2031 to attend the Andean Bridges Dialogue."
    assert told(nlp, visit) == {("Andean Bridges Dialogue", "scheduled", dt.date(2031, 5, 8))}
    assert told(nlp, "Peru is the tenth country to sign the Andean Fisheries Agreement.") == {
        ("Andean Fisheries Agreement", "signed", None)
    }
    assert told(nlp, "Peru has the right to sign the Andean Fisheries Agreement.") == {
        ("Andean Fisheries Agreement", "scheduled", None)
    }


def test_the_one_recent_day_of_its_sentence_dates_the_news(nlp: Language) -> None:
    hosted = "Ana Rojas hosted the Andean Bridges Dialogue with a team led by Luis Prado in Cusco on {} 2031."
    assert told(nlp, hosted.format("May 2,")) == {("Andean Bridges Dialogue", "held", dt.date(2031, 5, 2))}
    early = "They signed the Andean Fisheries Agreement with the team that came in March 2029."
    assert told(nlp, early) == {("Andean Fisheries Agreement", "signed", dt.date(2031, 5, 3))}


@pytest.mark.parametrize(
    ("sentence", "event", "days"),
    [
        ("They announced a grant at the Andean Bridges Dialogue in May 2029.", "held", MAY_2029),
        ("Rojas will give a speech at the Andean Bridges Dialogue.", "scheduled", UNDATED),
        ("They thanked Peru for its pledges at the Andean Bridges Dialogue.", "held", UNDATED),
        (
            "Rojas will visit Quito from 8 to 9 May 2031 for the fourth Andean Bridges Dialogue.",
            "scheduled",
            DAYS_8_9,
        ),
        ("They met with their counterparts on 2 May 2031 for the Andean Bridges Dialogue.", "held", MAY_2),
        ("There will also be an Andean Bridges Dialogue.", "scheduled", UNDATED),
        ("They welcomed the opportunity to hold the Andean Bridges Dialogue.", "held", MAY_3),
        ("They commended the launch of the Andean Bridges Dialogue.", "launched", MAY_3),
        ("They signed a text, establishing the Andean Bridges Dialogue.", "launched", MAY_3),
        (
            "On 9 May 2031 Rojas will witness the signing of the Andean Fisheries Agreement.",
            "scheduled",
            MAY_9,
        ),
        (
            "Both will mark the anniversary of the signing of the Andean Fisheries Agreement.",
            "signed",
            UNDATED,
        ),
        ("They held a signing ceremony for the Andean Fisheries Agreement.", "signed", MAY_3),
        ("They hailed work under the 2029 Memorandum of Understanding on Fisheries.", "signed", YEAR_2029),
        (
            "They met Prado, earlier in the day, on the sidelines of the Andean Bridges Dialogue.",
            "held",
            MAY_3,
        ),
        ("They welcomed the upgrade to an Andean Strategic Partnership.", "launched", MAY_3),
        ("They hailed the initiation of talks on an Andean Fisheries Agreement.", "launched", MAY_3),
        ("This will allow the Andean Fisheries Agreement to enter into force.", "scheduled", UNDATED),
        (
            "They praised the visit in conjunction with the Andean Bridges Dialogue.",
            "held",
            UNDATED,
        ),
        ("In the Lima Statement on Fisheries on 2 May 2031 they pledged help.", "adopted", MAY_2),
        ("Rojas will lead a team to Quito for the 9th Andean Leaders' Programme.", "scheduled", UNDATED),
        ("The Andean Fisheries Agreement is good. It was signed in May 2029.", "signed", MAY_2029),
        ("Rojas will be meeting Prado and signing the Andean Fisheries Agreement.", "scheduled", UNDATED),
    ],
)
def test_where_and_what_for_something_is_done(
    nlp: Language, sentence: str, event: str, days: tuple[dt.date | None, dt.date | None]
) -> None:
    assert [(e.event, (e.start, e.end)) for e in events(nlp, sentence)] == [(event, days)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They thanked Peru for the Andean Bridges Dialogue.",
        "They agreed that negotiators should conclude the Andean Fisheries Agreement.",
        "The two sides can draft and sign the Andean Fisheries Agreement.",
        "They want that the Andean Fisheries Agreement be signed this year.",
        "They want progress for the Andean Bridges Dialogue.",
        "They read the press release on the Andean Fisheries Agreement.",
        "They hailed work under the 2029 Andean Fisheries Treaty.",
        "They seek the upgrade of the Andean Strategic Partnership.",
        "They want the conclusion of the Andean Doha Round.",
        "They want help for the Andean Leaders' Programme.",
        "The Andean Fisheries Agreement is good. It is known that texts were signed.",
    ],
)
def test_what_a_meeting_is_wanted_for_is_no_event(nlp: Language, sentence: str) -> None:
    assert events(nlp, sentence) == []


def test_items_of_a_list_that_is_yet_to_be_signed(nlp: Language) -> None:
    agreed = "They agreed to the conclusion of two texts by June 2033.\nThe texts are:\n"
    item = "* MoU between Andina Bank and Lima Bank on Finance\n"
    assert told(nlp, agreed + item) == {
        ("MoU between Andina Bank and Lima Bank on Finance", "scheduled", dt.date(2033, 6, 1))
    }
    assert told(nlp, agreed.replace("texts are:", "texts are long.") + item) == set()


def test_lines_of_an_annex_were_signed_where_several_texts_were(nlp: Language) -> None:
    annex = "Two Memoranda were {} on 3 May 2031. The list is below. Chile is well.\nAnnex\n"
    item = "MoU between Andina Bank and Lima Bank on Finance\n"
    assert ("MoU between Andina Bank and Lima Bank on Finance", "signed", dt.date(2031, 5, 3)) in told(
        nlp, annex.format("signed") + item
    )
    assert told(nlp, annex.format("discussed") + item) == set()


def test_a_day_told_as_past_may_begin_after_the_release(nlp: Language) -> None:
    dated = "Rojas {} the Andean Bridges Dialogue on 5 May 2031."
    assert told(nlp, dated.format("attended")) == {("Andean Bridges Dialogue", "held", dt.date(2031, 5, 5))}
    assert told(nlp, dated.format("attends")) == {
        ("Andean Bridges Dialogue", "scheduled", dt.date(2031, 5, 5))
    }


def test_what_is_to_come_on_some_days_was_not_held_on_them(nlp: Language) -> None:
    theme = "The theme of {} Andean Bridges Dialogue is rain."
    text = f"Rojas will attend the Andean Bridges Dialogue this month. {theme}"
    to_come = ("Andean Bridges Dialogue", "scheduled", dt.date(2031, 5, 1))
    assert told(nlp, text.format("this year's")) == {to_come}
    before = "Peru held the Andean Bridges Dialogue in March 2029."
    assert told(nlp, text.format("the") + " " + before) == {
        to_come,
        ("Andean Bridges Dialogue", "held", dt.date(2029, 3, 1)),
    }


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "The Andean Fisheries Agreement was signed in May 2029 and entered into force on 2 May 2031.",
            [("signed", MAY_2029), ("in_force", MAY_2)],
        ),
        (
            "The Andean Fisheries Agreement is new. It was signed in May 2029 and took effect on 2 May 2031.",
            [("signed", MAY_2029), ("in_force", MAY_2)],
        ),
    ],
)
def test_verbs_of_one_subject_tell_an_event_each(
    nlp: Language, sentence: str, told: list[tuple[str, tuple[dt.date, dt.date]]]
) -> None:
    assert [(e.event, (e.start, e.end)) for e in events(nlp, sentence)] == told


@pytest.mark.parametrize("joined", ["the {0}, the {1} and the {2}", "the {0}, the {1} as well as the {2}"])
def test_all_meetings_of_a_list_are_to_come(nlp: Language, joined: str) -> None:
    names = ("Andean Bridges Dialogue", "Quito Ocean Summit", "Moss Ministerial Conference")
    sentence = f"On 9 May 2031 Chile's minister will attend {joined.format(*names)}."
    found = {e.name: (e.event, (e.start, e.end)) for e in events(nlp, sentence)}
    assert found == dict.fromkeys(names, ("scheduled", MAY_9))


@pytest.mark.parametrize(
    ("sentence", "event", "days"),
    [
        ("The Andean Fisheries Agreement came into effect in May 2029.", "in_force", MAY_2029),
        ("The Moss Ministerial Conference ended on 2 May 2031 in Quito.", "held", MAY_2),
        ("The Moss Ministerial Conference opened on 2 May 2031 in Quito.", "held", MAY_2),
        ("He will lead the delegation to the Andean Bridges Dialogue on 9 May 2031.", "scheduled", MAY_9),
        ("The Andean Fisheries Agreement ended in May 2029.", "ended", MAY_2029),
    ],
)
def test_what_opens_ends_or_takes_effect(
    nlp: Language, sentence: str, event: str, days: tuple[dt.date, dt.date]
) -> None:
    assert [(e.event, (e.start, e.end)) for e in events(nlp, sentence)] == [(event, days)]


def test_a_ratification_is_no_signing(nlp: Language) -> None:
    assert events(nlp, "Chile ratified the Andean Fisheries Agreement in May 2029.") == []
    assert events(nlp, "They led reforms to the Andean Bridges Dialogue.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Andean Fisheries Agreement opens new markets for farmers.",
        "The Andean Bridges Dialogue opened the door to new trade.",
        "The Andean Fisheries Agreement ends the dispute over herring.",
    ],
)
def test_what_opens_or_ends_another_thing_does_not_itself(nlp: Language, sentence: str) -> None:
    assert events(nlp, sentence) == []
