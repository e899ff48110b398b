"""The README's examples: Python runs on the sample tables, commands and YAML are what the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
import yaml
from typer.core import TyperGroup

from communique.models.lexicons import lay_over, load_lexicon
from communique.outputs import Tables
from communique.outputs.cells import shown
from communique.pipelines.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLES = ROOT / "corpus" / "samples"


def blocks(language: str) -> list[str]:
    """The README's code blocks of a language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return [block for name, block in found if name == language]


def commands(program: str) -> list[list[str]]:
    """The README's command lines of a program, split, without comments."""
    lines = [line for block in blocks("") for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith(f"{program} ")]


@pytest.fixture
def folder(tmp_path: Path, tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the README's names lead to the samples and their tables."""
    (tmp_path / "releases").symlink_to(SAMPLES)
    (tmp_path / "releases.csv").symlink_to(SAMPLES / "metadata.csv")
    (tmp_path / "tables").symlink_to(tables_folder)
    (tmp_path / "my-lexicons").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code: str, folder: Path) -> None:
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("command", commands("communique"), ids=" ".join)
def test_commands_are_taken(command: list[str], folder: Path) -> None:
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)
    with program.commands[command[0]].make_context(command[0], command[1:]):
        pass


def test_every_command_is_shown() -> None:
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)
    assert {command[0] for command in commands("communique")} == set(program.commands)


def test_targets_of_make_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {command[0] for command in commands("make")} <= set(targets)


def test_the_example_is_what_comes_out(tables: Tables) -> None:
    found = tables.commitments()
    rows = re.findall(r"^\| CAN, KOR \| (\w+) \| (.*?) \| ([\d-]+) \| ([\d-]*) ?\|$", README, re.MULTILINE)
    assert len(rows) == 3
    for act, what, agreed_on, due_end in rows:
        row = found[(found["act"] == act) & (found["what"] == what)].iloc[0]
        assert (row["parties"], row["agreed_on"]) == (["CAN", "KOR"], agreed_on)
        assert shown(row["due_end"]) == due_end


def test_entries_of_lexicons_are_as_the_files_have_them() -> None:
    publisher, words = map(yaml.safe_load, blocks("yaml"))
    known = yaml.safe_load((ROOT / "corpus" / "publishers.yaml").read_text(encoding="utf-8"))
    assert set(publisher[0]) == {field for entry in known for field in entry}
    shipped, own = load_lexicon("predicates"), lay_over({"predicates": words}).get("predicates")
    assert own["verbs"]["vouchsafe"] == words["verbs"]["vouchsafe"]
    assert set(shipped["verbs"]["agree"]["frames"]) - set(own["verbs"]["agree"]["frames"]) == {"upon"}
    assert set(shipped["nouns"]) - set(own["nouns"]) == {"goal"}
    assert own["words"]["pleasure"] == [*shipped["words"]["pleasure"], "overjoyed"]


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
