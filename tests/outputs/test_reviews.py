"""What an analyst says of a commitment by hand is kept, applied, shown and counted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from typer.testing import CliRunner, Result

from communique.models.lexicons import SHIPPED, lay_over
from communique.outputs import Tables, open_tables
from communique.outputs.actor_names import is_lexicon_id
from communique.outputs.lock import StoreLockedError, exclusive
from communique.outputs.report import write_report
from communique.outputs.reviews import FILE, LOCK, Review, Reviews, by_prefix
from communique.outputs.state import write_lexicons
from communique.pipelines.cli import app
from communique.pipelines.extract import extract

TEXT = (
    "Foreign Minister Ana Rojas of Chile met Foreign Minister Luis Prado of Peru on 3 May 2031.\n"
    "The two sides agreed to build a bridge. They agreed to hold talks on fisheries in 2032.\n"
)
LAKELAND = {"states": {"states": {"QLL": {"name": "Lakeland", "demonyms": []}}}}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Tables of one release with two commitments of Chile and Peru."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "talks.txt").write_text(TEXT)
    extract([tmp_path / "in"], tmp_path / "out")
    return tmp_path / "out"


def row_of(tables: Tables, words: str, **filters: bool) -> pd.Series:
    found = tables.commitments(**filters)
    return found[found["what"].str.contains(words)].iloc[0]


def test_a_row_is_corrected_and_found_by_what_it_is_now(out: Path, tmp_path: Path) -> None:
    bridge = row_of(open_tables(out), "bridge")["commitment_id"]
    correct = ("--set", "parties=CHL; KEN", "--set", "due_end=2033-12-31", "--note", "see page 2")
    assert run("review", bridge[:10], *correct, "--out", out).exit_code == 0
    tables = open_tables(out)
    row = row_of(tables, "bridge")
    assert (row["parties"], row["verdict"], row["note"]) == (["CHL", "KEN"], "corrected", "see page 2")
    assert row["due_end"] == pd.Timestamp("2033-12-31")
    assert tables.commitments(parties=["KEN"])["commitment_id"].tolist() == [bridge]
    assert bridge not in set(tables.commitments(parties=["PER"])["commitment_id"])
    assert tables.commitments(due="2033")["commitment_id"].tolist() == [bridge]
    assert set(tables.parties(parties="KEN")["actor_id"]) == {"CHL", "KEN"}
    assert pd.isna(row_of(tables, "fisheries")["verdict"])
    assert "see page 2" in write_report(tables, tmp_path / "r.html").read_text(encoding="utf-8")
    assert "see page 2" in run("explain", bridge, "--out", out).output
    assert "1 corrected" in run("summary", "--out", out).output


def test_a_rejected_row_is_left_out_and_counted(out: Path) -> None:
    talks = row_of(open_tables(out), "fisheries")["commitment_id"]
    assert run("review", talks, "--verdict", "rejected", "--out", out).exit_code == 0
    tables = open_tables(out)
    assert talks not in set(tables.commitments()["commitment_id"])
    assert tables.left_out()["rejected"] == 1
    assert row_of(tables, "fisheries", rejected=True)["verdict"] == "rejected"
    assert "1 rejected" in run("commitments", "--out", out).output


def test_a_review_outlasts_runs_and_finds_a_row_whose_id_is_new(out: Path, tmp_path: Path) -> None:
    bridge = row_of(open_tables(out), "bridge")["commitment_id"]
    assert run("review", bridge, "--out", out).exit_code == 0
    (tmp_path / "in" / "talks.txt").write_text(f"Joint statement.\n{TEXT}")
    extract([tmp_path / "in"], out)
    row = row_of(open_tables(out), "bridge")
    assert row["commitment_id"] != bridge and row["verdict"] == "confirmed"
    assert "1 confirmed" in run("review", "--out", out).output


def test_a_csv_brings_many_reviews(out: Path, tmp_path: Path) -> None:
    ids = open_tables(out).commitments()["commitment_id"]
    file = tmp_path / "mine.csv"
    file.write_text(f"commitment_id,verdict,note\n{ids[0]},confirmed,\n{ids[1]},rejected,no promise\n")
    assert run("review", "--from", file, "--out", out).exit_code == 0
    assert {review.verdict for review in Reviews(out, SHIPPED).all.values()} == {"confirmed", "rejected"}
    assert (out / FILE).read_bytes().startswith(b"\xef\xbb\xbf")


def test_parties_are_named_as_people_write_them(tables_copy: Path) -> None:
    id_ = open_tables(tables_copy).commitments()["commitment_id"].iloc[0]
    named = "parties=Canada; south korea; Trinidad and Tobago; Fish, Inc.; CAN"
    assert run("review", id_, "--set", named, "--out", tables_copy).exit_code == 0
    row = open_tables(tables_copy).commitments(parties="TTO").iloc[0]
    assert row["parties"] == ["CAN", "KOR", "TTO", "Fish, Inc."]
    names = open_tables(tables_copy).parties(parties="TTO").set_index("actor_id")["actor_name"]
    assert names[["TTO", "Fish, Inc."]].tolist() == ["Trinidad and Tobago", "Fish, Inc."]


@pytest.mark.parametrize("other", [None, "CHL; KEN"], ids=["alone", "beside another review"])
def test_a_row_corrected_to_no_parties_has_none_anywhere(other: str | None, tables_copy: Path) -> None:
    before = open_tables(tables_copy)
    parties = before.frame("commitment_parties").groupby("commitment_id")["actor_id"].agg(set)
    first, second = parties[parties.index.isin(before.commitments()["commitment_id"])].index[:2]
    for id_, named in {first: "-"}.items() if other is None else {first: "-", second: other}.items():
        assert run("review", id_, "--set", f"parties={named}", "--out", tables_copy).exit_code == 0
    tables = open_tables(tables_copy)
    expected = parties.drop(first).to_dict() | ({second: {"CHL", "KEN"}} if other else {})
    bound = tables.frame("commitment_parties").groupby("commitment_id")["actor_id"].agg(set)
    assert bound.to_dict() == expected
    (party, *_) = parties[first]
    assert first not in set(tables.commitments(parties=[party])["commitment_id"])
    assert tables.commitments().set_index("commitment_id").loc[first, "parties"] == []
    with tables.connect() as connection:
        rows = connection.sql("select distinct commitment_id from commitment_parties").fetchall()
    assert {id_ for (id_,) in rows} == set(expected)


def test_names_in_reviews_are_those_of_the_version_that_was_opened(tables_copy: Path) -> None:
    write_lexicons((tables_copy / "current").resolve(), lay_over(LAKELAND))
    id_ = open_tables(tables_copy).frame("commitments")["commitment_id"][0]
    (tables_copy / FILE).write_text(f"commitment_id,verdict,parties\n{id_},corrected,Lakeland; Peru\n")
    begun = open_tables(tables_copy)
    (tables_copy / "current").unlink()  # another commit points it to a version with other words
    parties = begun.frame("commitments", where=ds.field("commitment_id") == id_)["parties"][0]
    assert parties == ["QLL", "PER"]


def test_kept_reviews_are_read_without_the_time_to_load_spacy(tables_copy: Path) -> None:
    tables = open_tables(tables_copy)
    party = next(id_ for id_ in tables.frame("commitment_parties")["actor_id"] if is_lexicon_id(id_))
    id_ = tables.commitments()["commitment_id"].iloc[0]
    assert run("review", id_, "--set", f"parties={party}", "--out", tables_copy).exit_code == 0
    code = f"""
import sys
from communique.outputs import open_tables
rows = open_tables({str(tables_copy)!r}).table("commitment_parties").to_pylist()
print("spacy" in sys.modules, *[row["actor_id"] for row in rows if row["commitment_id"] == {id_!r}])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", party]


def test_a_spreadsheet_runs_nothing_of_a_review(tables_copy: Path) -> None:
    id_ = open_tables(tables_copy).commitments()["commitment_id"].iloc[0]
    asked = ("--set", "due_text=-", "--note", '=HYPERLINK("x")')
    assert run("review", id_, *asked, "--out", tables_copy).exit_code == 0
    told = (tables_copy / FILE).read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in told and ",-," in told
    row = open_tables(tables_copy).commitments().set_index("commitment_id").loc[id_]
    assert row["note"] == '=HYPERLINK("x")' and pd.isna(row["due_text"])


def test_a_note_of_any_line_ends_is_read_again(tables_copy: Path) -> None:
    id_ = open_tables(tables_copy).commitments()["commitment_id"].iloc[0]
    assert run("review", id_, "--note", "one\rtwo\r\nthree\n=four", "--out", tables_copy).exit_code == 0
    row = open_tables(tables_copy).commitments().set_index("commitment_id").loc[id_]
    assert row["note"] == "one\ntwo\nthree\n=four"


def test_a_row_is_named_by_the_beginning_of_its_id() -> None:
    commitments = ds.dataset(pa.table({"commitment_id": ["3f9a", "3f9f", "40aa"], "n": [1, 2, 3]}))
    assert by_prefix(commitments, "3f9f")["n"] == 2
    assert by_prefix(commitments, "4", ["n"]) == {"n": 3}
    for prefix, count in (("3f9", 2), ("3f9g", 0), ("", 3)):
        with pytest.raises(LookupError, match=f"^{count} commitments"):
            by_prefix(commitments, prefix)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--verdict", "maybe"),
        ("--set", "colour=red"),
        ("--set", "act=agreed"),
        ("--set", "due_end=soon"),
        ("--set", "due_end=2026-13-01"),
        ("--set", "agreed_on=2026-13"),
        ("--set", "agreed_on=2026-Q1"),
        ("--set", "parties=Chile, Peru"),
        ("--set", "parties=Chile and Peru"),
    ],
)
def test_a_review_that_makes_no_sense_is_wrong_usage(arguments: tuple[str, ...], tables_copy: Path) -> None:
    id_ = open_tables(tables_copy).commitments()["commitment_id"].iloc[0]
    assert run("review", id_, *arguments, "--out", tables_copy).exit_code == 2
    assert not (tables_copy / FILE).exists()
    assert run("review", "none", "--out", tables_copy).exit_code == 3


def test_what_two_people_add_at_a_time_is_kept(out: Path) -> None:
    bridge, talks = (row_of(open_tables(out), words)["commitment_id"] for words in ("bridge", "talks"))
    one, other = Reviews(out, SHIPPED), Reviews(out, SHIPPED)
    one.add([Review(bridge, "confirmed")])
    other.add([Review(talks, "rejected")])
    assert set(Reviews(out, SHIPPED).all) == set(other.all) == {bridge, talks}
    with exclusive(out, LOCK), pytest.raises(StoreLockedError):
        one.add([Review(bridge, "rejected")])
    with exclusive(out):  # a run writes to the tables
        one.add([Review(bridge, "rejected")])
    assert Reviews(out, SHIPPED).all[bridge].verdict == "rejected"


def test_a_file_that_a_spreadsheet_saved_in_its_own_encoding_is_read(out: Path) -> None:
    bridge = row_of(open_tables(out), "bridge")["commitment_id"]
    rows = f"commitment_id,verdict,note\r\n{bridge},confirmed,Côte d’Ivoire\r\n"
    (out / FILE).write_bytes(rows.encode("cp1252"))
    assert Reviews(out, SHIPPED).all[bridge].note == "Côte d’Ivoire"
