"""Which event would keep an undertaking, by its words."""

import pytest

from communique.outputs.undertaken import is_kept_by, is_next_meeting, ordinal, wanted


@pytest.mark.parametrize(
    ("before", "kind", "event"),
    [
        ("hold the second round of the", "dialogue", "held"),
        ("deepen their ties by holding the next", "dialogue", "held"),
        ("continue preparations for the", "dialogue", "held"),
        ("take part actively and participate in the", "dialogue", "held"),
        ("work towards an early signing of the", "instrument", "signed"),
        ("conclude negotiations on a", "instrument", "signed"),
        ("set up a", "dialogue", "launched"),
        ("the entry into force of the", "instrument", "in_force"),
        ("embark on a frank", "dialogue", "launched"),
        ("work towards the", "instrument", "signed"),
        ("work towards concluding discussions on the", "initiative", "launched"),
        ("begin formal negotiations on a", "instrument", "launched"),
        ("negotiate and renew the", "instrument", "signed"),
        ("unveil a", "initiative", "launched"),
        ("agree their first", "instrument", "adopted"),
        ("accede to the", "instrument", "in_force"),
        ("participate in the second session of the", "dialogue", "held"),
        ("the next meeting of the", "dialogue", "held"),
        ("join the ministers for the launch of the", "initiative", "launched"),
        ("witness the signing in Lima of the", "instrument", "signed"),
        ("host the leaders of the region at the", "dialogue", "held"),
        ("attend a conference of the", "dialogue", "held"),
        ("re-start the", "dialogue", "launched"),
        ("pursue a", "instrument", "signed"),
        ("continue the", "dialogue", "held"),
    ],
)
def test_the_word_that_reaches_the_name_tells(before: str, kind: str, event: str) -> None:
    assert wanted(before, "agreed to", kind, done=False) == event


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("hold talks on fish under the", "dialogue"),  # the talks are held, not what they are under
        ("review the implementation of the", "instrument"),
        ("sign a letter at the", "dialogue"),
        ("hold the", "instrument"),  # no instrument is held
        ("work to build on the outcomes of the", "dialogue"),
        ("work closely to strengthen the trade order, particularly the", "dialogue"),
        ("work together to keep up interest in the", "dialogue"),
        ("repeat hopes of the day when Peru hosted the", "dialogue"),  # past: not to be done
        ("work through the newly established", "dialogue"),
        ("finish the report in preparation for the", "dialogue"),
        ("lower tariffs, including through negotiation of the", "instrument"),
        ("seek good results at the second session of the", "dialogue"),
        ("support the work of the", "dialogue"),
        ("participate in the", "initiative"),  # who takes part in a programme does not hold it
        ("continue discussions on the", "instrument"),
        ("offer advice for use in developing the", "instrument"),
        ("go further when next year we adopt the", "instrument"),
        ("pursue implementation of the", "instrument"),
        ("speak for farmers in Lima of the", "instrument"),
    ],
)
def test_what_no_event_keeps(before: str, kind: str) -> None:
    assert wanted(before, "agreed to", kind, done=False) is None


@pytest.mark.parametrize(
    ("before", "behind", "kind", "event"),
    [
        ("bring the", " into force early", "instrument", "in_force"),
        ("the next", " (LD) would take place in Lima", "dialogue", "held"),
        ("praise the", " at which both take place", "dialogue", None),
        ("praise the", " so that all of its rules come into force", "instrument", None),
        ("be ended as soon as the", " enters into force", "instrument", None),
        ("work for the success of the", " to be held in May", "dialogue", None),
        ("the third", " (LD) to be held in May", "dialogue", "held"),
        ("host the", "’s first envoys", "dialogue", None),
    ],
)
def test_words_behind_the_name_tell(before: str, behind: str, kind: str, event: str | None) -> None:
    assert wanted(before, "agreed to", kind, done=False, behind=behind) == event


def test_what_is_done_is_told_by_its_predicate() -> None:
    assert wanted("the", "launched", "dialogue", done=True) == "launched"
    assert wanted("the", "launched", "dialogue", done=False) is None
    assert wanted("a fund under the", "launched", "dialogue", done=True) is None  # the fund was


def test_a_dialogue_that_was_held_has_been_launched() -> None:
    assert is_kept_by("launched", "held")
    assert not is_kept_by("held", "launched")


@pytest.mark.parametrize(
    "what",
    [
        "meet in this 2+2 format",
        "hold the second session in 2031",
        "host the next round of talks",
        "meeting in this format on a yearly basis",
        "hold the next session on 3 May",
    ],
)
def test_a_next_meeting_without_a_name(what: str) -> None:
    assert is_next_meeting(what)


@pytest.mark.parametrize(
    "what", ["host the third Joint Meeting on boats", "hold the next meeting on fish", "fund the next round"]
)
def test_a_meeting_of_something_else(what: str) -> None:
    assert not is_next_meeting(what)


def test_numbers_of_meetings() -> None:
    assert [ordinal(text) for text in ("the inaugural", "the 3rd", "its second session", "the")] == [
        1,
        3,
        2,
        None,
    ]


@pytest.mark.parametrize("length", [4, 400])
def test_a_chain_of_prepositions_may_be_of_any_length(length: int) -> None:
    assert wanted("attend the " + "session of " * length, "will", "dialogue", done=False) == "held"
    assert wanted("attend the " + "list of " * length, "will", "dialogue", done=False) is None
