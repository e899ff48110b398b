"""Tokens that spans of actors, dates and names can start and end at."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from communique.models.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp


@pytest.mark.parametrize(
    "text, tokens",
    [
        ("the U.S.-Japan talks", "the U.S. - Japan talks"),
        ("a Chile–Peru accord", "a Chile – Peru accord"),
        ("the Asia-Pacific", "the Asia - Pacific"),
        ("people-to-people ties", "people - to - people ties"),
        ("a non-U.S. firm", "a non - U.S. firm"),
        ("in 2024-2026,", "in 2024 - 2026 ,"),
        ("yes—and no", "yes — and no"),
        ("(ROK)-Chile", "( ROK ) - Chile"),
        ("the (2+2) format", "the ( 2+2 ) format"),
        ("by 2030, we", "by 2030 , we"),
        ("the 2015 MoU.", "the 2015 MoU ."),
        ("Chile’s aim", "Chile ’s aim"),
        ("the States’ aim", "the States ’ aim"),
        ("“peace”", "“ peace ”"),
        ("a treaty¹ and", "a treaty ¹ and"),
        ("and/or", "and / or"),
        ("8) Trade", "8 ) Trade"),
        ("we don’t", "we do n’t"),
    ],
)
def test_cuts(blank: Language, text: str, tokens: str) -> None:
    assert [token.text for token in blank(text)] == tokens.split()


@pytest.mark.parametrize("text", ["U.S.", "co-chair", "non-tariff", "2+2", "id", "9/11", "a.m."])
def test_keeps_whole(blank: Language, text: str) -> None:
    assert [token.text for token in blank(text)] == [text]


def test_abbreviation_at_the_end_of_a_sentence_stays_whole(blank: Language) -> None:
    assert [token.text for token in blank("in the U.S.")] == ["in", "the", "U.S."]


def test_no_token_holds_text_and_a_line_end(blank: Language) -> None:
    assert not any(
        "\n" in token.text and token.text.strip() for token in blank("one.\ntwo \n\n three\n- four")
    )


def test_norms_do_not_depend_on_how_the_document_was_made(blank: Language) -> None:
    doc = blank("They can’t say it’s theirs.")
    assert [token.norm_ for token in doc] == [blank.vocab[token.text].norm_ for token in doc]


@pytest.mark.parametrize("text", ["", "(" * 10_000, "-" * 10_000, "a-" * 10_000])
def test_odd_input_keeps_its_text(blank: Language, text: str) -> None:
    assert blank(text).text == text


def test_a_long_run_of_marks_is_a_token_of_its_own(blank: Language) -> None:
    run = "=" * 50
    assert [token.text for token in blank(f"in Hanoi{run}50{run}Contact")] == [
        *("in", "Hanoi", run, "50", run, "Contact")
    ]
