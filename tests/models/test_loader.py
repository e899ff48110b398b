"""The shipped pipeline loads, reads, and holds to its limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from communique.models.loader import SHIPPED, load_base


@pytest.fixture(scope="module")
def base() -> Language:
    return load_base()


def test_sentence_starts_are_set_before_the_parser(base: Language) -> None:
    assert base.pipe_names.index("communique_line_ends") < base.pipe_names.index("parser")


def test_the_model_is_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) <= 32_000_000


def test_batches_are_small(base: Language) -> None:
    assert base.batch_size <= 8  # whole releases at a time: memory stays under 400 MB


def test_labels_are_those_of_ud(base: Language) -> None:
    doc = base("The treaty was signed by both ministers.")
    assert [(token.pos_, token.tag_, token.dep_) for token in doc][1] == ("NOUN", "NN", "nsubj:pass")


def test_lemmas(base: Language) -> None:
    doc = base("The ministers agreed to holding talks.")
    assert [token.lemma_ for token in doc] == ["the", "minister", "agree", "to", "hold", "talk", "."]


def test_names(base: Language) -> None:
    doc = base("President Maria Keller met officials of the European Union in Chile.")
    assert {(ent.text, ent.label_) for ent in doc.ents} >= {
        ("Maria Keller", "PERSON"),
        ("European Union", "ORG"),
    }


def test_no_sentence_crosses_a_line(base: Language) -> None:
    doc = base("Cooperation on energy\nThe two sides agreed to expand trade and\nhealth care")
    assert [sentence.text.strip() for sentence in doc.sents] == doc.text.split("\n")


@pytest.mark.parametrize("text", ["", "\n", "(" * 3_000, "word " * 3_000])
def test_odd_input(base: Language, text: str) -> None:
    assert base(text).text == text


def test_spacy_loads_the_shipped_pipeline_where_the_project_is_installed() -> None:
    code = f"import spacy; print(spacy.load({str(SHIPPED)!r})('They agreed.')[1].lemma_)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "agree"


def test_another_pipeline_by_path(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("nsubj")
    nlp.initialize()
    nlp.to_disk(tmp_path)
    assert load_base(str(tmp_path)).pipe_names == ["communique_line_ends", "parser"]


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ValueError, match="no parser"):
        load_base(str(tmp_path))


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(OSError):
        load_base("no_such_pipeline")
