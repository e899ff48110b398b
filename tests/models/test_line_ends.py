"""Sentences end where lines end."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from communique.models.line_ends import LineEnds


def starts(text: str) -> list[str]:
    doc: Doc = LineEnds()(spacy.blank("en").make_doc(text))
    return [token.text for token in doc if token.is_sent_start and token.i]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Opening remarks\nThe ministers met.", ["The"]),
        ("one\n\n two\r\nthree", ["two", "three"]),
        ("Trade \n - Energy", ["-"]),
        ("one line only. And more", []),
        ("ends with a line end\n", []),
        ("", []),
    ],
)
def test_first_words_of_lines_start_sentences(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_other_words_stay_undecided() -> None:
    doc = LineEnds()(spacy.blank("en").make_doc("one two\nthree four"))
    assert [token.sent_start for token in doc if not token.is_space][1::2] == [0, 0]


@pytest.mark.parametrize(
    "text, expected",
    [
        ('He left. "We agreed," she said.', ['"']),
        ("Has he left? “We agreed.” She said so.", ["“"]),
        ("He met the U.S. “Friends of Trade” group.", []),
        ("He called it “historic.” “Good,” she said.", []),
        ("He left. (They did.)", []),
    ],
)
def test_a_quotation_after_the_end_of_a_sentence_starts_one(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


@pytest.mark.parametrize(
    "text, starts",
    [
        (
            'He left. "We agreed," she said',
            [None, None, None, True, False, None, None, False, None, None],
        ),
        ("He left. (They did.) again", [None, None, None, None, False, None, None, False, None]),
        ("one “two” three", [None, None, False, False, None]),
    ],
)
def test_no_sentence_starts_after_an_opening_mark_or_at_a_closing_one(
    text: str, starts: list[bool | None]
) -> None:
    doc = LineEnds()(spacy.blank("en")(text))
    assert [token.is_sent_start for token in doc][1:] == starts[1:]


@pytest.mark.parametrize(
    "text, barred",
    [
        ("He told CBC the plan.", ["told", "CBC", "the", "plan", "."]),
        ("He left; they met:", ["left", ";", "met", ":"]),
        ("One heading\nHe left.", ["left", "."]),
        ("hi there how are you", []),
    ],
)
def test_behind_a_word_no_sentence_starts_in_a_punctuated_line(text: str, barred: list[str]) -> None:
    doc = LineEnds()(spacy.blank("en")(text))
    assert [token.text for token in doc if token.is_sent_start is False] == barred


@pytest.mark.parametrize(
    "text, expected",
    [
        ("They apply Protocol No. 5 and Art. 12 of it, with approx. 40 men.", []),
        ("He said no. 5 of them left", []),
        ("They meet in the U.S. The host pays.", ["The"]),
        ("They meet in the U.S. Senate.", []),
        ("They buy tea, rice, etc. Chile will pay.", ["Chile"]),
        ("They buy tea, rice, etc. and sell oil.", []),
        ("They meet at 5 p.m. Chile will pay.", ["Chile"]),
        ("They meet at 5 p.m. Lima time.", []),
    ],
)
def test_abbreviations_end_a_sentence_only_where_one_begins(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_no_sentence_starts_at_a_number_behind_an_abbreviation() -> None:
    doc = LineEnds()(spacy.blank("en").make_doc("They apply Art. 5 of it. 40 men came"))
    assert [token.sent_start for token in doc if token.is_digit] == [-1, 0]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("They pay by 4th.July.2031 in all", -1),
        ("They pay on the 4th.Togo will too", 0),
        ("They pay on the 4th. July is warm", 0),
    ],
)
def test_no_sentence_starts_inside_a_day_written_with_stops(text: str, mark: int) -> None:
    doc = LineEnds()(spacy.blank("en").make_doc(text))
    behind = next(token.i for token in doc if token.text == ".") + 1
    assert doc[behind].sent_start == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("They pay 3 bn. for it", -1),
        ("It grows by 3 p.a. for now", -1),
        ("They pay 3 bn. Lima pays 2", 0),
        ("They pay it. for now", 0),
    ],
)
def test_no_sentence_starts_with_a_small_letter_behind_an_abbreviation(text: str, mark: int) -> None:
    doc = LineEnds()(spacy.blank("en").make_doc(text))
    at = next(token.i for token in doc if token.text in {"for", "Lima"})
    assert doc[at].sent_start == mark
