"""The command line: exit codes, messages, and help for every command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from communique.pipelines.cli import app
from communique.pipelines.console import without_key

Releases = Callable[[int], Path]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def extract(*arguments: object) -> Result:
    return run("extract", *arguments, "--no-prefect")


def test_extract_prints_the_counts_and_where_the_tables_are(releases: Releases, tmp_path: Path) -> None:
    result = extract(releases(3), "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "3 new" in result.output
    assert str(tmp_path / "out") in result.output.replace("\n", "")


def test_exit_code_is_1_for_new_failures_and_for_old_ones_when_strict(
    releases: Releases, tmp_path: Path
) -> None:
    folder, out = releases(1), tmp_path / "out"
    (folder / "empty.txt").write_bytes(b"")
    first = extract(folder, "--out", out)
    assert first.exit_code == 1
    assert "empty.txt: empty" in first.output
    assert extract(folder, "--out", out).exit_code == 0
    assert extract(folder, "--out", out, "--strict").exit_code == 1


def test_extract_names_what_the_folder_holds_that_is_not_read(releases: Releases, tmp_path: Path) -> None:
    folder = releases(1)
    assert "not read" not in extract(folder, "--out", tmp_path / "out").output
    for name in ("a.zip", "b.png", "c.PNG"):
        (folder / name).write_bytes(b"x")
    again = extract(folder, "--out", tmp_path / "out")
    assert again.exit_code == 0
    assert "not read: 2 .png, 1 .zip" in again.output


def test_extract_tells_what_releases_lack_and_which_metadata_met_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "told.txt").write_text("Canada and Japan agreed to hold talks in 2026.")
    (folder / "metadata.csv").write_text(
        "file_name,title,publisher,published,desk,shelf,row,box\n"
        "told.txt,Talks,The White House,2024-05-01,Asia,7,7,7\n"
    )
    assert "have no" not in extract(folder, "--out", tmp_path / "out").output
    (folder / "untold.txt").write_text("Chile and Peru agreed to hold talks in 2027.")
    with (folder / "metadata.csv").open("a") as table:
        table.writelines(f"gone{n}.txt,Gone,The White House,2024-05-01\n" for n in range(4))
    output = extract(folder, "--out", tmp_path / "out").output
    assert "of 1 releases 1 have no day, 1 have no publisher, 1 have no title" in output
    assert '"we" are guessed' in output
    assert "metadata.csv: no file for gone0.txt, gone1.txt, gone2.txt and 1 more" in output
    assert "metadata.csv: columns not understood: desk, shelf, row and 1 more" in output
    assert "no file" not in extract(folder / "told.txt", "--out", tmp_path / "out").output


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere"],
        [".", "--workers", "0"],
        [],
        [".", "--metadata", "none.csv"],
        [".", "--engine", "dask"],
        [".", "--engine", "dask", "--no-prefect"],
        [".", "--dask-address", "tcp://127.0.0.1:8786", "--no-prefect"],
        [".", "--time-limit", "0"],
        [".", "--model", "no_such_pipeline"],
        [".", "--model", "./no/such.pipeline", "--no-prefect"],
        ["ftp://host/releases"],
    ],
)
def test_exit_code_is_2_for_wrong_usage(arguments: list[str]) -> None:
    assert run("extract", *arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "s3://id:secret@bucket/releases"],
        ["extract", ".", "s3://bucket/releases?access_key=id&secret_key=secret"],
        ["serve", "s3://id:secret@bucket/releases"],
        ["serve", ".", "--feed", "https://id:secret@mfa.example/news.rss"],
        ["fetch", "https://id:secret@mfa.example/news.rss", "--into", "in"],
        ["serve", ".", "--feed", "https://mfa.example/rss?api_key=secret"],
        ["fetch", "https://mfa.example/rss?a=1&accessToken=secret", "--into", "in"],
        ["fetch", "https://mfa.example/rss?X-Amz-Signature=secret", "--into", "in"],
        ["fetch", "https://mfa.example/rss?APIKEY=secret", "--into", "in"],
    ],
)
def test_an_address_with_a_key_is_refused_before_a_server_or_a_ledger_keeps_it(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.pipelines.runs.as_flow", None)
    result = run(*arguments)
    assert result.exit_code == 2
    assert "secret" not in result.output.replace("secret_key", "")


@pytest.mark.parametrize("query", ["?mail=a@b.example", "/?keyword=ports", "/@press?design=2", "/#key"])
def test_an_address_that_holds_no_key_is_taken(query: str) -> None:
    assert without_key([address := f"https://mfa.example{query}"]) == [address]


def test_exit_code_is_3_with_a_message_when_the_run_cannot_be_completed(
    releases: Releases, tmp_path: Path
) -> None:
    (tmp_path / "out" / "actors").mkdir(parents=True)
    result = extract(releases(1), "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "not written by communique" in result.output.replace("\n", " ")


def test_demo_writes_releases_tables_and_a_report(tmp_path: Path) -> None:
    result = run("demo", tmp_path / "demo", "--no-browser")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [
        "SOURCES",
        "releases",
        "report.html",
        "tables",
    ]
    assert "9 new" in result.output and "next: communique" in result.output
    assert "not read" not in result.output


@pytest.mark.parametrize("command", ["summary", "commitments", "sql"])
def test_without_tables_a_command_says_how_to_make_some(command: str, tmp_path: Path) -> None:
    result = run(command, *(["select 1"] if command == "sql" else []), "--out", tmp_path)
    assert result.exit_code == 3
    assert "communique extract" in result.output and "communique demo" in result.output


def test_sources_without_any_release_are_told(tmp_path: Path) -> None:
    result = extract(tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 0 and "nothing to read" in result.output


def test_verify_passes_good_tables_and_a_folder_without_any(releases: Releases, tmp_path: Path) -> None:
    extract(releases(2), "--out", tmp_path / "out")
    assert run("verify", tmp_path / "out").exit_code == 0
    assert run("verify", tmp_path).exit_code == 0
    assert run("verify", tmp_path / "nowhere").exit_code == 2


def test_explain_shows_sentence_and_rule(releases: Releases, tmp_path: Path) -> None:
    extract(releases(1), "--out", tmp_path / "out")
    row = pd.read_parquet(tmp_path / "out" / "commitments").iloc[0]
    result = run("explain", row["commitment_id"][:12], "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert row["rule"] in result.output
    told = " ".join(result.output.split())
    assert " ".join(row["sentence"].split()) in told
    assert f"Proposed by {row['rule']}" in told and "bias An undertaking with 0." in told
    assert run("explain", "none", "--out", tmp_path / "out").exit_code == 3


def test_explain_tells_of_a_row_that_the_text_no_longer_gives(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract(releases(1), "--out", tmp_path / "out")
    row = pd.read_parquet(tmp_path / "out" / "commitments").iloc[0]
    monkeypatch.setattr("communique.pipelines.explain.why", lambda *_: None)
    result = run("explain", row["commitment_id"], "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "code, words or model have changed" in " ".join(result.output.split())


def test_summary_shows_counts(releases: Releases, tmp_path: Path) -> None:
    extract(releases(2), "--out", tmp_path / "out")
    assert "2 releases" in run("summary", "--out", tmp_path / "out").output


def test_every_command_has_help() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__
        assert run(command.callback.__name__, "--help").exit_code == 0
