"""Floors of the shipped pipeline on held-out data; skipped where the shared folder is missing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

from communique.models.loader import load_base
from communique.models.training.evaluate import bare, compare, read_documents

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def base() -> Language:
    return load_base()


@pytest.fixture(scope="module")
def clauses() -> ModuleType:
    """The scoring script beside this test (tests are no package)."""
    spec = importlib.util.spec_from_file_location("clauses", HERE / "clauses.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["clauses"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "genre, floors",
    [
        ("news", {"upos": 96.4, "lemma": 97, "las": 83.3}),
        ("speech", {"upos": 97.4, "lemma": 97.7, "las": 89.3}),
    ],
)
def test_gum_with_gold_tokens(base: Language, shared: Path, genre: str, floors: dict[str, float]) -> None:
    gold = read_documents(base, shared / "ud" / "en_gum-test.conllu", genre)
    scores = compare(gold, base.pipe(bare(base, doc) for doc in gold))
    assert {measure: scores[measure] for measure in floors if scores[measure] < floors[measure]} == {}


def test_subject_and_complement_of_commitments(base: Language, shared: Path, clauses: ModuleType) -> None:
    annotated = clauses.read_clauses(
        HERE / "data" / "commitment_clauses.jsonl", shared / "corpus" / "whitehouse"
    )
    right, _ = clauses.score(base, annotated)
    assert right >= 0.9
