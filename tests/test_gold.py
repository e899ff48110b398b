"""The score on the development gold may not fall below these floors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from communique.pipelines.extract import extract

FLOORS = {
    "commitments.who-what-when": 0.88,
    "commitments.what": 0.90,
    "commitments.what-exact": 0.8,
    "commitments.who": 0.97,
    "commitments.when": 0.98,
    "commitments.act": 0.97,
    "actors": 0.96,
    "person.role": 0.97,
    "person.country": 0.96,
    "dates.resolved": 0.98,
    "dialogues": 0.94,
}


@pytest.fixture(scope="module")
def scores(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    folder = tmp_path_factory.mktemp("gold")
    gold = shared / "gold" / "dev"
    extract([gold / "texts"], folder / "tables", gold / "metadata.csv")
    command = [sys.executable, shared / "gold" / "score.py", "--gold", gold, "--tables", folder / "tables"]
    done = subprocess.run([*command, "--json", folder / "scores.json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, dict[str, float]] = json.loads((folder / "scores.json").read_text())
    return found


@pytest.mark.parametrize("line", FLOORS)
def test_the_gold_score_holds(line: str, scores: dict[str, dict[str, float]]) -> None:
    figures = scores[line]
    assert figures.get("f1", figures.get("accuracy", 0.0)) >= FLOORS[line]
