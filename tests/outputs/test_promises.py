"""The same promise told in several releases: on rows of a few words, and on a sample release told twice."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from communique.outputs import Tables, open_tables, telling
from communique.outputs.promises import Row, promises
from communique.outputs.report import write_report
from communique.pipelines.cli import app

FIRST, SECOND = "canada-korea-ministers-2024.txt", "korea.txt"
AGAIN = "Bureau of the Second Telling"
WHAT = "hold the next round of the Lake Dialogue in Oslo before the summer of 2032"


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    return " ".join(result.output.split())


def row(id_: str, release_id: str = "", what: str = WHAT, **changes: Any) -> Row:
    """A commitment of Chile and Norway of the second of May 2031, in a release of its own."""
    return {
        **{"commitment_id": id_, "release_id": release_id or f"r-{id_}", "parties": ["CHL", "NOR"]},
        **{"agreed_on": "2031-05-02", "what": what, "what_start_char": int(id_[1:]), "negated": False},
        **changes,
    }


def told(*rows: Row) -> dict[str, str]:
    """The promise_id of each commitment; later releases have later days."""
    ids = sorted({row["release_id"] for row in rows})
    releases = [
        {"release_id": id_, "published": dt.date(2031, 5, 2 + n), "source": f"{id_}.txt"}
        for n, id_ in enumerate(ids)
    ]
    return {row["commitment_id"]: row["promise_id"] for row in promises(rows, releases)}


@pytest.mark.parametrize(
    ("what", "same"),
    [
        (WHAT, True),
        ("holding the next round of the Lake Dialogue in Oslo, before the Summer of 2032", True),
        ("hold the next round of the Lake Dialogue in Lima before the summer of 2032", False),
        ("hold the next round of the Lake Dialogue in Oslo before the summer of 2033", False),
        ("hold the Lake Dialogue once more, in Lima or in Oslo, where the fjord is, by 2032", False),
        ("hold talks", False),
    ],
)
def test_nearly_the_same_words_are_one_promise(what: str, same: bool) -> None:
    assert (told(row("c1"), row("c2", what=what))["c2"] == "c1") == same


@pytest.mark.parametrize(
    "changes",
    [
        {"parties": ["CHL"]},
        {"parties": ["CHL", "PER"]},
        {"agreed_on": "2031-05-03"},
        {"agreed_on": None},
        {"negated": True},
        {"release_id": "r-c1"},
    ],
    ids=str,
)
def test_others_another_day_a_not_and_one_release_make_two(changes: dict[str, Any]) -> None:
    assert told(row("c1"), row("c2") | changes)["c2"] == "c2"
    assert told(row("c1"), row("c2", parties=["NOR", "CHL"]))["c2"] == "c1"


def test_two_of_one_release_are_told_again_one_by_one() -> None:
    near = WHAT.replace("summer", "autumn")
    rows = [row("c1", "r1"), row("c2", "r1", near), row("c3", "r2", near), row("c4", "r2"), row("c5", "r3")]
    assert told(*rows) == {"c1": "c1", "c2": "c2", "c3": "c2", "c4": "c1", "c5": "c1"}


def test_the_order_of_rows_does_not_matter() -> None:
    words = WHAT.split()
    chance = random.Random(7)
    rows = [
        row(f"c{n}", f"r{n % 5}", " ".join(words[chance.randrange(4) :][: chance.randrange(4, 12)]))
        for n in range(30)
    ]
    expected = told(*rows)
    assert 1 < len(set(expected.values())) < len(rows)
    for _ in range(5):
        chance.shuffle(rows)
        assert told(*rows) == expected


def write_again(folder: Path, table: str, rows: list[Row]) -> None:
    path = folder / "current" / table / "unknown.parquet"
    old = pq.read_table(path)
    pq.write_table(pa.concat_tables([old, pa.Table.from_pylist(rows, schema=old.schema)]), path)


@pytest.fixture
def twice(tables_copy: Path) -> Path:
    """Tables in which another release tells again what Canada and Korea said in the sample one."""
    tables = open_tables(tables_copy)
    release_id = tables.find_release(FIRST)
    for name in ("releases", "dialogues", "commitments", "commitment_parties"):
        found = tables.table(name).to_pylist()
        again = [one | {"release_id": "zz"} for one in found if one["release_id"] == release_id]
        for one in again:
            if name == "releases":
                one |= {"source": SECOND, "publisher": AGAIN}
            elif name != "dialogues":
                one["commitment_id"] += "2"
        write_again(tables_copy, name, again)
    return tables_copy


def canadian(tables: Tables, **filters: Any) -> pd.DataFrame:
    found = tables.commitments(**filters)
    return found[[FIRST in some for some in found["told_in"]]]


def test_a_promise_told_twice_is_there_once_with_its_sources(tables: Tables, twice: Path) -> None:
    again = open_tables(twice)
    found = again.commitments()
    assert found["commitment_id"].tolist() == tables.commitments()["commitment_id"].tolist()
    assert set(map(tuple, canadian(again)["told_in"])) == {(FIRST, SECOND)}
    assert set(found["told_in"].map(len)) == {1, 2}
    assert len(again.commitments(repeated=True)) == len(found) + len(canadian(again))
    assert len(again.parties()) == len(tables.parties())
    counted = "select count(distinct promise_id) as n from commitments join promises using (commitment_id)"
    assert again.sql(counted)["n"].tolist() == [len(tables.frame("commitments"))]


def test_what_is_told_again_is_counted_where_it_is_left_out(
    twice: Path, tables: Tables, tmp_path: Path
) -> None:
    before, tables = tables.left_out(), open_tables(twice)
    count = len(canadian(tables))
    assert tables.left_out() == before | {"repeated": count}
    assert tables.left_out(repeated=True)["repeated"] == 0
    said = f"{count} told again by another release"
    listed = run("commitments", "--party", "CAN", "--out", twice)
    assert f"{said} (--repeated)" in listed and "told_in" in listed
    assert "told_in" not in run("commitments", "--party", "TUV", "--out", twice)
    assert f"{count} are told again" in run("summary", "--out", twice)
    page = write_report(tables, tmp_path / "r.html").read_text(encoding="utf-8")
    assert said in page and f"{FIRST}, {SECOND}" in page


def test_a_verdict_holds_for_the_promise(twice: Path) -> None:
    one, other, third = canadian(open_tables(twice))["commitment_id"][:3]
    ids = [f"{id_}2" for id_ in (one, other, third)]
    given = [f"{ids[0]},rejected,", f"{ids[1]},corrected,CAN; JPN", f"{ids[2]},confirmed,"]
    (twice / "reviews.csv").write_text("\n".join(["commitment_id,verdict,parties", *given, ""]))
    tables = open_tables(twice)
    assert not {one, ids[0]} & set(tables.commitments()["commitment_id"])
    assert tables.left_out()["rejected"] == 1 and set(tables.rejected) == {one, ids[0]}
    shown = tables.commitments().set_index("commitment_id")
    assert {*ids[1:]} <= set(shown.index) and not {other, third} & set(shown.index)
    assert shown.loc[ids[1], "parties"] == ["CAN", "JPN"]
    hidden = len(tables.frame("commitments")) - len(tables.commitments(repeated=True))
    assert f"{hidden} commitments on a state's own affairs" in run("summary", "--out", twice)


def test_a_correction_stands_for_the_promise_though_it_is_filtered_out(twice: Path) -> None:
    tables = open_tables(twice)
    one, other = canadian(tables)["commitment_id"][:2]
    reviews = ["commitment_id,verdict,scope", f"{one},corrected,domestic", f"{other},confirmed,"]
    (twice / "reviews.csv").write_text("\n".join([*reviews, ""]))
    before, tables = tables.left_out(), open_tables(twice)
    ids = set(tables.commitments()["commitment_id"])
    assert not {one, f"{one}2"} & ids and other in ids
    assert {one, f"{one}2"} & set(tables.commitments(domestic=True)["commitment_id"]) == {one}
    assert tables.left_out() == before | {"domestic": before["domestic"] + 1}
    for name, brought in tables.left_out().items():
        assert len(tables.commitments(**{name: True})) == len(ids) + brought
    alone = tables.commitments(publisher=AGAIN)  # where nobody reviewed it
    assert {f"{one}2", f"{other}2"} <= set(alone["commitment_id"])
    assert "superseded" not in alone


def test_follow_ups_and_the_summary_have_the_telling_that_was_reviewed(twice: Path) -> None:
    tables = open_tables(twice)
    told = set(canadian(tables)["commitment_id"])
    one, other = [id_ for id_ in tables.followups()["commitment_id"] if id_ in told][:2]
    assert f"{one}2" in set(tables.followups(repeated=True)["commitment_id"])
    assert "CAN, JPN" not in run("summary", "-n", 100, "--out", twice)
    reviews = ["commitment_id,verdict,parties", f"{one}2,corrected,CAN; JPN", ""]
    (twice / "reviews.csv").write_text("\n".join(reviews))
    tables = open_tables(twice)
    followed = set(tables.followups(parties="CAN")["commitment_id"])
    assert {f"{one}2", other} <= followed and not {one, f"{other}2"} & followed
    assert set(tables.followups(parties="JPN")["commitment_id"]) & {one, f"{one}2"} == {f"{one}2"}
    assert one not in set(tables.followups(parties="KOR")["commitment_id"])
    assert one in set(tables.followups(repeated=True)["commitment_id"])
    assert "CAN, JPN" in run("summary", "-n", 100, "--out", twice)


def test_a_confirmed_telling_hides_no_other_from_filters_and_follow_ups(twice: Path) -> None:
    tables = open_tables(twice)
    one = canadian(tables)["commitment_id"].iloc[0]
    kept, followed = tables.commitments(publisher=AGAIN), tables.followups()
    (twice / "reviews.csv").write_text(f"commitment_id,verdict\n{one},confirmed\n")
    tables = open_tables(twice)
    assert set(tables.commitments(publisher=AGAIN)["commitment_id"]) == set(kept["commitment_id"])
    assert one in set(tables.commitments()["commitment_id"])
    assert len(tables.followups()) == len(followed)


def test_days_that_could_not_be_gone_through_are_asked_for_again(
    tables_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(open_tables(tables_folder).commitments())
    tables, failing = open_tables(tables_folder), [OSError("the bucket is away")]

    def failing_once(*rows: Any) -> list[Row]:
        if failing:
            raise failing.pop()
        return promises(*rows)

    monkeypatch.setattr(telling, "promises", failing_once)
    with pytest.raises(OSError, match="away"):
        tables.commitments()
    assert len(tables.commitments()) == whole


def test_each_day_is_gone_through_once(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[str] = []

    def noted(commitments: list[Row], releases: list[Row]) -> list[Row]:
        days.extend({row["agreed_on"] for row in commitments})
        return promises(commitments, releases)

    monkeypatch.setattr(telling, "promises", noted)
    tables = open_tables(tables_folder)
    few = len(tables.commitments(parties="CAN")) and len(set(days))
    tables.commitments()
    tables.left_out()
    assert len(days) == len(set(days)) > few > 0
    tables.derived("promises")
    before = len(days)
    tables.derived("promises")
    tables.commitments()
    assert len(days) == before  # all are kept, where the days were


def test_the_summary_reads_the_releases_once(
    twice: Path, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = canadian(tables)["commitment_id"].iloc[0]
    (twice / "reviews.csv").write_text(f"commitment_id,verdict\n{one},rejected\n")
    read: list[int] = []

    def noted(commitments: list[Row], releases: list[Row]) -> list[Row]:
        read.append(id(releases))
        return promises(commitments, releases)

    monkeypatch.setattr(telling, "promises", noted)
    run("summary", "--out", twice)
    assert len(read) == 2 and len(set(read)) == 1


@pytest.mark.parametrize(("scope", "more"), [("domestic", 1), ("joint", 0)])
def test_the_summary_counts_a_promise_corrected_to_a_state_s_own_affair_as_left_out(
    scope: str, more: int, twice: Path
) -> None:
    tables = open_tables(twice)
    told = canadian(tables)["commitment_id"]
    hidden = len(tables.frame("commitments")) - len(tables.commitments(repeated=True))
    (twice / "reviews.csv").write_text(f"commitment_id,verdict,scope\n{told.iloc[0]},corrected,{scope}\n")
    said = run("summary", "--out", twice)
    assert f"{hidden + 2 * more} commitments on a state's own affairs" in said  # both tellings
    assert f"{len(told) - more} are told again" in said
