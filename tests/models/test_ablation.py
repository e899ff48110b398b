"""What each sign of the decision is worth, on rows made up so that the answer is known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from communique.extractors.commitments import decision
from communique.extractors.commitments.candidate import Candidate, Mark
from communique.models.training.ablate_commitments import ablated, group_of, learned
from communique.models.training.fit_commitments import MARKS, ONLY_MARKED, Rows, fit, fit_decision, read_rows


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """120 candidates in 4 folds: "good" decides, "idle" says nothing."""
    lines = []
    for i in range(120):
        features = [f"good={i % 2}", f"idle={i // 2 % 2}", f"idle={i // 2 % 2}&more"]
        row = {"file": str(i // 3), "fold": i // 4 % 4, "features": features, "label": i % 2}
        lines.append(json.dumps(row))
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_rows(path)


def test_a_sign_is_worth_what_its_loss_costs(rows: Rows) -> None:
    weights = {fold: fit(rows.x[rows.folds != fold], rows.y[rows.folds != fold], 1.0) for fold in range(4)}
    found = {sign: (changed, gain) for sign, changed, gain in ablated(rows, weights)}
    assert found["good"][0] >= 60 and found["good"][1] > 0.3
    assert found["idle"] == (0, 0.0)


def test_more_texts_never_hurt_where_one_sign_decides(rows: Rows) -> None:
    curve = dict(learned(rows))
    assert list(curve) == sorted(curve) and curve[1.0] == 1.0


def test_rare_features_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"file": "a", "fold": 0, "features": ["rare"], "label": 1}
    path.write_text(json.dumps(row), encoding="utf-8")
    assert read_rows(path).names == [] and np.array_equal(read_rows(path).y, [1.0])


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("against=ceremony", "against=ceremony"),
        ("against=ceremony&frame=to", "against=ceremony"),
        ("verb=pay", "verb"),
        ("will&subject=we", "will"),
        ("quoted", "quoted"),
    ],
)
def test_the_sign_of_a_feature(name: str, sign: str) -> None:
    assert group_of(name) == sign


def test_the_decision_listens_to_the_reader_and_keeps_some_of_what_it_is_without() -> None:
    names = ["act=agree", "reader&score>=0.5", "reader=alone"]
    x = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 1, 1], [0, 0, 1]] * 20, dtype=float)
    y = x[:, 1]  # the reader is always right, the act tells nothing
    whole, mixed = fit(x, y, 5.0), fit_decision(x, y, names)
    assert 0 < mixed[1] < whole[1]  # believed, but less than the figures say
    assert abs(mixed[0]) < 0.1 * mixed[1]


def test_features_of_the_reader_are_known_by_their_names() -> None:
    assert decision.ALONE == ONLY_MARKED
    assert ONLY_MARKED.startswith(MARKS)
    doc = Doc(Vocab(), words=["agreed", "to", "meet"])
    mark = Mark(doc[2:3], "agree", 0.9, doc[:2])
    names = list(decision._mark_features(Candidate(doc[:2], doc[2:3], None, doc[0], "agree", mark=mark)))
    assert "reader&score>=0.9" in names
    assert all(name.startswith(MARKS) for name in names)
