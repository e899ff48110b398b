"""`lexicon check`, `lexicon show`, and runs with lexicons of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from typer.testing import CliRunner, Result

from communique.pipelines.cli import app

Releases = Callable[[int], Path]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_check_says_what_a_folder_changes(tmp_path: Path) -> None:
    (tmp_path / "groups.yaml").write_text(
        "heads: {add: [guilds], remove: [sides]}\nnumbers: {both: 3, twelve: 12}"
    )
    (tmp_path / "dialogues_known.yaml").write_text("{remove: [un-charter]}")
    done = run("lexicon", "check", tmp_path)
    assert done.exit_code == 0
    assert done.output.splitlines()[:-1] == [
        "dialogues_known.yaml: un-charter: removed",
        "groups.yaml: heads: without sides; with guilds",
        "groups.yaml: numbers.both: 3, not 2",
        "groups.yaml: numbers.twelve: added: 12",
    ]
    assert done.output.endswith("4 changes, and all fit\n")


def test_check_lists_what_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "groups.yaml").write_text("haeds: [guilds]\nheads: 3\n")
    done = run("lexicon", "check", tmp_path)
    assert done.exit_code == 1
    assert "did you mean heads?" in done.output and "heads: must be a list" in done.output
    assert run("lexicon", "check", tmp_path / "none").exit_code == 2


def test_show_says_where_a_word_stands(tmp_path: Path) -> None:
    (tmp_path / "groups.yaml").write_text("heads: [guilds]")
    done = run("lexicon", "show", "Reaffirm")
    assert done.exit_code == 0
    assert "predicates.yaml: hosts.reaffirm: reaffirm" in done.output
    assert "a name of the state CRI" in run("lexicon", "show", "Costa Rica").output
    assert run("lexicon", "show", "guilds").exit_code == 1
    own = run("lexicon", "show", "guilds", "--lexicons", tmp_path)
    assert (own.exit_code, own.output) == (0, "groups.yaml: heads: guilds\n")
    assert "near it: reaffirm" in run("lexicon", "show", "reafirm").output


def test_a_run_reads_words_of_ones_own_and_reads_again_what_they_change(
    releases: Releases, tmp_path: Path
) -> None:
    folder, out, own = releases(1), tmp_path / "out", tmp_path / "own"
    (folder / "ours.txt").write_text(
        "LIMA, 3 May 2031. Peru and Chile vouchsafed to open a new bridge in 2033."
    )
    own.mkdir()

    def extract(*more: object) -> str:
        done = run("extract", folder, "--out", out, "--no-prefect", *more)
        assert done.exit_code == 0, done.output
        return done.output

    assert "2 new" in extract()
    (own / "predicates.yaml").write_text("verbs: {vouchsafe: {act: commit, frames: [to]}}")
    assert "2 changed" in extract("--lexicons", own)
    assert "open a new bridge in 2033" in set(pd.read_parquet(out / "commitments")["what"])
    (own / "predicates.yaml").write_text("# ours\nverbs:\n  vouchsafe: {frames: [to], act: commit}\n")
    assert "2 unchanged" in extract("--lexicons", own)
    (own / "predicates.yaml").write_text("verbz: {}")
    failed = run("extract", folder, "--out", out, "--no-prefect", "--lexicons", own)
    assert failed.exit_code == 3
    assert "did you mean verbs?" in failed.output
