"""The commands over all releases: dialogues and followups."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from communique.outputs import Tables
from communique.pipelines.cli import app


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def test_dialogues_between_two(tables_folder: Path) -> None:
    result = run("dialogues", "--between", "canada", "korea", "--out", tables_folder)
    assert result.exit_code == 0, result.output
    assert "Indo-Pacific Dialogue" in result.output
    assert "Hiroshima Accord" not in result.output


def test_one_name_where_two_are_asked_for_is_told_as_such(tables_folder: Path) -> None:
    result = run("dialogues", "--between", "canada", "--out", tables_folder)
    assert result.exit_code == 2 and "takes two names" in result.output


def test_followups_of_a_party_and_a_status(tables: Tables, tables_folder: Path) -> None:
    asked = ("--party", "Canada", "--status", "overdue", "--format", "json")
    result = run("followups", *asked, "--out", tables_folder)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) == len(tables.followups(parties=["CAN"], statuses=["overdue"])) > 0
    assert {row["status"] for row in rows} == {"overdue"}
    assert all("CAN" in row["parties"] for row in rows)


def test_followups_tell_how_many_are_left_out(tables: Tables, tables_folder: Path) -> None:
    result = run("followups", "--out", tables_folder)
    unclear = len(tables.followups(statuses=["unclear"]))
    assert f"left out: {unclear} without a clear outcome (--status unclear)" in result.output
    assert "left out" not in run("followups", "--status", "unclear", "--out", tables_folder).output


def test_followups_as_a_file(tables_folder: Path, tmp_path: Path) -> None:
    for name in ("rows.xlsx", "rows.csv"):
        result = run("followups", "--out", tables_folder, "--file", tmp_path / name)
        assert result.exit_code == 0, result.output
        assert (tmp_path / name).stat().st_size


def test_a_wrong_status_is_told_in_a_line(tables_folder: Path) -> None:
    result = run("followups", "--status", "late", "--out", tables_folder)
    assert result.exit_code == 2
    assert "kept, open, overdue" in result.output
