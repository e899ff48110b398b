"""The choice among options and the recipe that fits it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from communique.models.choice import likeliest, several
from communique.models.training import fit_events, fit_parties, fit_persons
from communique.models.training.fit_parties import Reading, best_margin, cross_fitted, fit, indexed, judged

TWO = [["rule", "one"], ["two"]]


@pytest.mark.parametrize(
    ("weight", "occasion", "at"),
    [(0.6, [], 1), (0.4, [], 0), (0.4, ["talks"], 1), (-3.0, ["talks"], 0)],
)
def test_another_option_is_chosen_where_it_is_clearly_likelier(
    weight: float, occasion: list[str], at: int
) -> None:
    found, chance = likeliest(TWO, occasion, {"two": weight, "two | talks": 0.2}, margin=0.5)
    assert found == at
    assert (chance > 0.5) == (at == 1 or weight < 0)  # 0.4 is likelier than 0, but not by the margin


@pytest.mark.parametrize(
    ("chances", "again", "taken"),
    [
        ([0.4, 0.5, 0.1], [1, 2], [1]),
        ([0.8, 0.2], [1], []),
        ([0.1, *[0.15] * 6], range(1, 7), [1, 2, 3, 4, 5, 6]),  # as many meetings, all of them held
        ([0.1, *[0.15] * 6], [], []),
    ],
)
def test_what_may_be_again_does_not_vie_with_itself(
    chances: list[float], again: Sequence[int], taken: list[int]
) -> None:
    assert several(chances, [at in again for at in range(len(chances))], 0.25) == taken


def undertaking(at: int, occasion: str, right: int) -> dict[str, Any]:
    return {
        "occasion": [occasion],
        "options": TWO,
        "right": [right == 0, right == 1],
        "fold": at % 5,
        "drawn": None,
        "file": "a",
    }


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """Talks bind two, visits one; in every tenth nobody that is offered."""
    kinds = [("talks", 1), ("visit", 0)]
    some = [undertaking(at, *kinds[at % 2]) for at in range(90)]
    return some + [undertaking(at, "talks", -1) for at in range(10)]


def test_the_fit_learns_on_which_occasions_the_rules_are_wrong(rows: list[dict[str, Any]]) -> None:
    index = indexed(rows)
    assert {"two", "two | talks"} <= index.keys()
    assert judged(rows, cross_fitted(rows, index)) == [True] * 90 + [False] * 10


def test_only_what_weighs_most_is_kept(rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    index = indexed(rows)
    monkeypatch.setattr(fit_parties, "MOST", 3)
    assert 0 < sum(weight != 0 for weight in fit(rows, index)) <= 3 < len(index)


def test_what_is_seen_seldom_is_no_feature(rows: list[dict[str, Any]]) -> None:
    seldom = undertaking(0, "storm", 1)
    assert "two | storm" not in indexed([*rows, seldom])


def test_each_is_read_by_weights_of_the_other_folds(rows: list[dict[str, Any]]) -> None:
    alone = [{**row, "fold": 0 if row["occasion"] == ["talks"] else 1} for row in rows]
    readings = cross_fitted(alone, indexed(alone))
    assert not any(reading.right(0.0) for reading in readings)


def test_the_margin_keeps_what_the_rules_have_right() -> None:
    wrong, right = Reading((True, False), (0.0, 0.8)), Reading((False, True), (0.0, 1.4))
    assert best_margin([wrong, right]) == 1.0
    assert best_margin([right]) == 1.0
    assert best_margin([wrong]) == max(fit_parties.MARGINS)


def test_the_recipe_reports_and_writes_weights(
    rows: list[dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = tmp_path / "rows.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(fit_parties, "OUT", tmp_path / "parties" / "weights.json")
    monkeypatch.setattr(sys, "argv", ["fit_parties", str(table)])
    fit_parties.main()
    assert "100 undertakings: rules 0.450 chosen 0.900 possible 0.900" in capsys.readouterr().out
    fitted = json.loads(fit_parties.OUT.read_text())
    assert likeliest(TWO, ["talks"], fitted["weights"], fitted["margin"])[0] == 1
    assert likeliest(TWO, ["visit"], fitted["weights"], fitted["margin"])[0] == 0
    assert fitted["right"]["weights"]["visit"] > fitted["right"]["weights"]["talks"]  # some talks bind nobody


def test_the_recipe_of_persons_reports_and_writes_weights(
    rows: list[dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = tmp_path / "a.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(fit_persons, "OUT", tmp_path / "persons" / "weights.json")
    monkeypatch.setattr(sys, "argv", ["fit_persons", str(table)])
    fit_persons.main()
    assert "a 100 persons: chosen 0.900 possible 0.900" in capsys.readouterr().out
    fitted = json.loads(fit_persons.OUT.read_text())
    assert likeliest(TWO, ["talks"], fitted["weights"], fitted["margin"])[0] == 1


def test_the_recipe_of_events_reports_and_writes_weights(
    rows: list[dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    offers = [["none"], ["rules", "day"]]
    claims = [{**row, "options": offers, "events": int(not row["right"][0])} for row in rows]
    table = tmp_path / "a.jsonl"
    table.write_text("\n".join(map(json.dumps, claims)), encoding="utf-8")
    monkeypatch.setattr(fit_events, "OUT", tmp_path / "events" / "weights.json")
    monkeypatch.setattr(sys, "argv", ["fit_events", str(table)])
    fit_events.main()
    assert "a 100 claims: F1 of the rules 0.581, chosen 0.818" in capsys.readouterr().out
    fitted = json.loads(fit_events.OUT.read_text())
    assert likeliest(offers, ["talks"], fitted["weights"], 0)[0] == 1
