"""An analyst's seven questions to the sample releases: each in one command, and the same in Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from typer.testing import CliRunner

from communique.outputs import Tables
from communique.pipelines.cli import app

BOTH = ["Canada", "South Korea"]
PARTIES = ("--party", "Canada", "--party", "South Korea")

Ask = Callable[[Tables], pd.DataFrame]

#: The command, the same in Python, and words of one row of the answer.
QUESTIONS: dict[str, tuple[tuple[str, ...], Ask, str]] = {
    "what did Canada and Korea promise each other": (
        ("commitments", *PARTIES, "--sort", "due"),
        lambda tables: tables.commitments(parties=BOTH, sort="due"),
        "hold the second session in 2026",
    ),
    "was it kept": (
        ("followups", *PARTIES, "--status", "kept"),
        lambda tables: tables.followups(parties=BOTH, statuses=["kept"]),
        "hold the Canada-Korea Foreign and Defence (2+2) Ministerial Meeting",
    ),
    "which dialogues do they have, when did they last meet": (
        ("dialogues", "--between", *BOTH),
        lambda tables: tables.dialogues(between=BOTH),
        "2024-11-01",
    ),
    "what is due in a period": (
        ("commitments", "--due", "2026-Q4", "--sort", "due"),
        lambda tables: tables.commitments(due="2026-Q4", sort="due"),
        "hold the second session in 2026",
    ),
    "who promised what to Tuvalu": (
        ("commitments", "--to", "Tuvalu"),
        lambda tables: tables.commitments(to="Tuvalu"),
        "open a special visa pathway for citizens of Tuvalu",
    ),
    "what is new": (
        ("commitments", "--new-since", "2026-01-01"),
        lambda tables: tables.commitments(new_since="2026-01-01"),
        "establish a Semiconductors Partnership",
    ),
    "all that mention semiconductors": (
        ("commitments", "--text", "semiconductor"),
        lambda tables: tables.commitments(text="semiconductor"),
        "establish a Semiconductors Partnership",
    ),
}


@pytest.mark.parametrize(("command", "ask", "words"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_command_answers_as_python_does(
    command: tuple[str, ...], ask: Ask, words: str, tables: Tables, tables_folder: Path
) -> None:
    result = CliRunner().invoke(app, [*command, "--out", str(tables_folder), "--format", "json"])
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    found = ask(tables)
    assert any(words in line for line in result.stdout.splitlines())
    keys = [name for name in ("commitment_id", "dialogue_id") if name in found]
    assert [[row[name] for name in keys] for row in rows] == found[keys].to_numpy().tolist()


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "jsonl", "parquet", "ics"])
def test_a_file_for_the_boss_is_written_by_either(
    suffix: str, tables: Tables, tables_folder: Path, tmp_path: Path
) -> None:
    mine, theirs = tmp_path / f"mine.{suffix}", tmp_path / f"theirs.{suffix}"
    command = ("commitments", "--party", "KOR", "--out", str(tables_folder), "--file", str(mine))
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0 and mine.name in " ".join(result.output.split()), result.output
    tables.write(theirs, tables.commitments(parties="KOR"))
    assert any(_content(mine)) and _content(mine) == _content(theirs)


def _content(path: Path) -> list[bytes]:
    """What a file holds but for the time of writing: its lines, of a workbook its parts."""
    if path.suffix != ".xlsx":
        return [line for line in path.read_bytes().splitlines() if not line.startswith(b"DTSTAMP:")]
    with ZipFile(path) as parts:
        return [parts.read(name) for name in parts.namelist() if not name.startswith("docProps/")]
