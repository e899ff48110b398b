"""The lexicons of dialogues: every known name is found with its id, and no form has two."""

from __future__ import annotations

from collections import Counter

import pytest
import spacy
from spacy.language import Language

from communique.extractors.annotations import DIALOGUES
from communique.extractors.dialogues.identity import dialogue_id
from communique.extractors.dialogues.lexicon import Known, fold, heads, known_names
from communique.models.lexicons import load_lexicon


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_dialogues")
    return nlp


@pytest.mark.parametrize(("form", "known"), known_names())
def test_known_name_is_found_whole(blank: Language, form: str, known: Known) -> None:
    doc = blank(f"Both sides support {form}.")
    spans = doc.spans[DIALOGUES]
    assert [(span.text.rstrip("."), span._.dialogue.dialogue_id, span._.dialogue.kind) for span in spans] == [
        (form.rstrip("."), known.id, known.kind)
    ]


@pytest.mark.parametrize(("form", "known"), known_names())
def test_known_name_has_its_id(form: str, known: Known) -> None:
    assert dialogue_id(form) == known.id


def test_a_city_parts_no_series() -> None:
    forms = {form for form, known in known_names() if known.id == "g7-summit"}
    assert {"G7 Hiroshima Summit", "Group of Seven Hiroshima Summit"} <= forms
    assert "Group Hiroshima of Seven Summit" not in forms


def test_ids_are_unique() -> None:
    ids = Counter(entry["id"] for entry in load_lexicon("dialogues_known"))
    assert [entry for entry, count in ids.items() if count > 1] == []


def test_kinds_are_those_of_the_contract() -> None:
    kinds = {known.kind for _, known in known_names()} | {head.kind for head in heads().values()}
    assert kinds == {"dialogue", "instrument", "initiative"}


def test_words_are_written_in_their_folded_spelling() -> None:
    lists = load_lexicon("dialogues")
    written = {str(word) for name in ("generic", "domestic", "topics", "front") for word in lists[name]}
    assert {word for word in written if fold(word) != word} == set()
