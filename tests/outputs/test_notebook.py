"""The notebook runs from top to bottom on the sample releases; its commands are what the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import nbformat
import typer
from nbclient import NotebookClient
from typer.core import TyperGroup

from communique.pipelines.cli import app

NOTEBOOK = Path(__file__).parents[2] / "outputs" / "explore.ipynb"


def test_every_cell_runs_and_every_chart_is_drawn(tables_folder: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(tables_folder.parent)}}
    ).execute()
    charts = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(charts) == 4


def test_no_output_is_committed() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)


def test_each_question_has_its_command() -> None:
    told = [
        cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "markdown"
    ]
    questions = [text for text in told if re.match(r"## \d", text)]
    assert len(questions) == 7
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)
    for text in questions:
        commands = [shlex.split(line) for line in re.findall(r"`communique ([^`]+)`", text)]
        assert commands
        for name, *arguments in commands:
            with program.commands[name].make_context(name, arguments):
                pass
