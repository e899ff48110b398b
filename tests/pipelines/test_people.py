"""Commands for people who read the tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from markupsafe import escape
from typer.testing import CliRunner, Result

from communique.outputs import Tables
from communique.outputs.cells import shown
from communique.outputs.report import write_report
from communique.pipelines.cli import app
from communique.pipelines.people import SHOWN


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def test_commitments_as_a_table(tables_folder: Path) -> None:
    result = run("commitments", "--out", tables_folder, "--party", "TUV")
    assert result.exit_code == 0
    assert "TUV" in result.output and "CAN" not in result.output


def test_no_cell_of_a_narrow_table_is_cut(tables_folder: Path) -> None:
    long = "all of this is to be read however narrow the window in which it is shown may be"
    result = CliRunner().invoke(
        app, ["sql", f"select '{long}'", "--out", str(tables_folder)], env={"COLUMNS": "30"}
    )
    cells = [line.split("│")[1] for line in result.output.splitlines() if line.count("│") == 2]
    assert " ".join(" ".join(cells).split()) == long


def test_rows_of_many_columns_stand_one_below_the_other_in_a_narrow_window(tables_folder: Path) -> None:
    asked = [
        "sql",
        "select 'a long day in Oslo' as place, null as due, 'they met' as what",
        "--out",
        str(tables_folder),
    ]
    narrow, wide = (CliRunner().invoke(app, asked, env={"COLUMNS": columns}) for columns in ("30", "200"))
    assert [line.rstrip().split(maxsplit=1) for line in narrow.stdout.splitlines() if line.strip()] == [
        ["place", "a long day in Oslo"],
        ["what", "they met"],
        ["1", "row"],
    ]
    assert "│ a long day in Oslo │" in wide.stdout


@pytest.mark.parametrize(
    ("width", "without"),
    [(160, []), (100, ["counterparts"]), (80, ["counterparts", "commitment_id"]), (70, None)],
)
def test_commitments_are_a_table_down_to_eighty_columns(
    width: int, without: list[str] | None, tables_folder: Path
) -> None:
    asked = ["commitments", "--party", "Korea", "--out", str(tables_folder)]
    lines = CliRunner().invoke(app, asked, env={"COLUMNS": str(width)}).stdout.splitlines()
    if without is None:
        assert lines[0].split() == ["agreed_on", "2023-08-18"]
        return
    assert lines[1].replace("┃", "").split() == [name for name in SHOWN if name not in without]
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line[0] == "│"]
    assert {len(line) for line in lines if line[0] == "│"} <= {*range(width + 1)}
    assert ["2026-12-31" in row for row in rows].count(True) == 1
    assert "denuclearization" in " ".join(cell for row in rows for cell in row).split()
    said = f"not in {width} columns: {', '.join(without)}"
    assert (said in lines) == bool(without)


def test_an_answer_without_rows_says_so_and_no_more(tables_folder: Path) -> None:
    assert run("commitments", "--party", "BOL", "--out", tables_folder).stdout == "0 rows\n"
    assert "enact: " in run("commitments", "--party", "TUV", "--out", tables_folder).stdout


def test_commitments_as_json_lines(tables: Tables, tables_folder: Path) -> None:
    result = run("commitments", "--out", tables_folder, "--format", "json", "--since", "2023")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) == len(tables.commitments(since="2023"))


def test_a_file_has_what_a_reader_asks_for_first(tables: Tables, tables_folder: Path, tmp_path: Path) -> None:
    run("commitments", "--out", tables_folder, "--file", tmp_path / "rows.csv")
    names = (tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    assert names[:4] == ["parties", "what", "act", "agreed_on"]
    assert set(names) == set(tables.commitments().columns)
    assert names.index("sentence") < names.index("rule") < names.index("commitment_id")


@pytest.mark.parametrize(
    "arguments", [("--file", "rows.txt"), ("--file", "rows"), ("--file", "rows.json", "--format", "csv")]
)
def test_a_file_of_no_known_kind_is_wrong_usage(
    arguments: tuple[str, ...], tables_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("commitments", "--out", tables_folder, *arguments).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_an_answer_to_sql_is_written_too(tables_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.xlsx"
    assert run("sql", "select 1 as n", "--out", tables_folder, "--file", file).exit_code == 0
    assert file.read_bytes().startswith(b"PK")
    result = run("sql", "select 1 as n", "--out", tables_folder, "--file", tmp_path / "rows.ics")
    assert result.exit_code == 3 and "commitments" in result.output


def test_groups_count_where_asked(tables_folder: Path) -> None:
    alone = run(
        "commitments", "--out", tables_folder, "--party", "NOR", "--format", "json"
    ).stdout.splitlines()
    command = ("commitments", "--out", tables_folder, "--party", "NOR", "--with-groups", "--format", "json")
    more = len(run(*command).stdout.splitlines()) - len(alone)
    assert more > 0
    said = f"{more} by groupings for their members (--with-groups)"
    assert said in run(*command[:5]).stdout and "by groupings" not in run(*command[:6]).stdout


def test_what_is_not_to_be_done_is_listed_as_such(tables_folder: Path) -> None:
    show = run("show", "india-efta-trade-agreement-2024.txt", "--out", tables_folder).output
    assert "not: open its dairy sector" in " ".join(show.split())


def test_show_a_release_by_its_file_name(tables_folder: Path) -> None:
    result = run("show", "camp-david-summit-2023.md", "--out", tables_folder)
    assert result.exit_code == 0
    assert "Camp David" in result.output and "2023-08-18" in result.output


def test_show_explain_and_report_say_the_same_of_a_commitment(
    tables: Tables, tables_folder: Path, tmp_path: Path
) -> None:
    row = tables.commitments().dropna(subset=["due_end"]).iloc[0]
    explained = run("explain", row["commitment_id"], "--out", tables_folder).output
    page = write_report(tables, tmp_path / "r.html", release_id=row["release_id"]).read_text(encoding="utf-8")
    card = page.split(f'id="c-{row["commitment_id"]}"')[1].split("</article>")[0]
    for value in map(shown, row[["negated", "due_end", "confidence", "agreed_on", "rule"]]):
        assert f" {value}\n" in re.sub(" *\n", "\n", explained)
        assert f"<dd>{escape(value)}</dd>" in card


def test_text_of_a_release_is_printed_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "[red].txt").write_bytes(b"")
    (tmp_path / "rows.jsonl").write_text(
        '{"id": "[/x]", "text": ""}\n{"text": "Canada will meet\\u001b[2J Japan."}'
    )
    output = run("extract", tmp_path, "--out", tmp_path / "out", "--no-prefect").output
    assert "[red].txt: empty" in output
    assert "rows.jsonl#[/x]: empty" in output
    assert "\x1b" not in run("show", "rows.jsonl#2", "--out", tmp_path / "out").output


def test_report_writes_one_file(tables_folder: Path, tmp_path: Path) -> None:
    result = run("report", tmp_path / "korea.html", "--out", tables_folder, "--party", "KOR")
    assert result.exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["korea.html"]


@pytest.mark.parametrize("arguments", [(), ("r.html", "--site", "r")])
def test_report_writes_a_file_or_a_site(arguments: tuple[str, ...], tables_folder: Path) -> None:
    result = run("report", "--out", tables_folder, *arguments)
    assert result.exit_code == 2
    assert "--site" in result.output


def test_a_site_has_an_order_of_its_own(tables_folder: Path, tmp_path: Path) -> None:
    refused = run("report", "--out", tables_folder, "--site", tmp_path / "site", "--sort=-due")
    assert refused.exit_code == 2 and "--sort" in refused.output
    assert not (tmp_path / "site").exists()
    sorted_file = run("report", tmp_path / "r.html", "--out", tables_folder, "--sort=-due")
    assert sorted_file.exit_code == 0


def test_sql(tables_folder: Path) -> None:
    result = run("sql", "select count(*) as n from releases", "--out", tables_folder, "--format", "csv")
    assert result.stdout.splitlines() == ["n", "9"]


@pytest.mark.parametrize(
    "arguments",
    [("show", "nothing.txt"), ("sql", "select nonsense")],
)
def test_what_cannot_be_answered_is_said_in_a_line(arguments: tuple[str, ...], tables_folder: Path) -> None:
    result = run(*arguments, "--out", tables_folder)
    assert result.exit_code == 3
    assert "communique: " in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "soon"), "2024-Q3"),
        (("--party", "Canda"), "Canada (CAN)?"),
        (("--party", "XXX"), "nobody is named"),
        (("--to", "Ukriane"), "Ukraine (UKR)?"),
        (("--act", "agreed"), "reaffirm"),
        (("--new-since", "last week"), "the last runs are"),
        (("--sort", "what?"), "no column"),
        (("--text", ""), "no word"),
        (("--publisher", "Whitehouse"), "The White House?"),
    ],
)
@pytest.mark.parametrize("command", [("commitments",), ("report", "never.html")])
def test_a_question_that_makes_no_sense_is_wrong_usage(
    command: tuple[str, ...], arguments: tuple[str, ...], said: str, tables_folder: Path
) -> None:
    result = run(*command, "--out", tables_folder, *arguments)
    assert result.exit_code == 2
    assert said in result.output and not Path("never.html").exists()


def test_the_questions_of_an_analyst_are_one_command_each(tables: Tables, tables_folder: Path) -> None:
    command = ("commitments", "--party", "Canada", "--party", "korea", "--sort", "due", "--format", "json")
    rows = [json.loads(line) for line in run(*command, "--out", tables_folder).stdout.splitlines()]
    assert len(rows) == len(tables.commitments(parties=["CAN", "KOR"])) > 0
    either = run(*command, "--any", "--out", tables_folder).stdout.splitlines()
    assert len(either) == len(tables.commitments(parties=["CAN", "KOR"], any_party=True)) > len(rows)
    some = ("--joint", "--due", "2026", "--text", "session", "--dialogue", "accord", "--publisher", "canada")
    assert run("commitments", *some, "--to", "eu", "--out", tables_folder).exit_code == 0


def test_a_folder_without_tables_is_said_in_a_line(tmp_path: Path) -> None:
    result = run("commitments", "--out", tmp_path)
    assert result.exit_code == 3
    assert "communique extract" in result.output
