"""The analyst's face of the tables: filters, joins, types, SQL and the report, on the sample releases."""

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from communique.extractors.scope import is_joint
from communique.models.lexicons import open_lexicons
from communique.outputs import NoTablesError, Tables, open_tables
from communique.outputs.asking import WrongUsageError
from communique.outputs.charts import shorten
from communique.outputs.filters import day, in_order
from communique.outputs.report import write_report
from communique.outputs.schemas import TABLES, VERSION_KEY
from communique.outputs.state import write_lexicons
from communique.outputs.store import StoreError, snapshot
from communique.outputs.verify import verify
from communique.pipelines.extract import extract


def test_a_commitment_stands_beside_its_release(tables: Tables) -> None:
    found = tables.commitments()
    assert len(found) > 10
    assert found["title"].notna().all()
    assert found["published"].is_monotonic_increasing


def test_dates_are_dates_and_lists_are_lists(tables: Tables) -> None:
    found = tables.commitments()
    assert pd.api.types.is_datetime64_any_dtype(found["due_end"])
    assert all(isinstance(parties, list) for parties in found["parties"])


def test_a_folder_that_is_named_like_a_partition_gives_no_column(tables_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "region=asia" / "tables"
    shutil.copytree(tables_folder, folder, symlinks=True)
    tables = open_tables(folder)
    assert list(tables.frame("dates").columns) == TABLES["dates"].schema.names
    with tables.connect() as connection:
        columns = connection.sql("select * from dates").columns
    assert columns == TABLES["dates"].schema.names
    assert verify(folder) == []


def test_party_filter_keeps_only_what_binds_the_party(tables: Tables) -> None:
    found = tables.commitments(parties=["JPN"])
    assert len(found)
    assert all("JPN" in parties for parties in found["parties"])


def test_several_parties_are_all_bound_unless_any_is_asked_for(tables: Tables) -> None:
    both = tables.commitments(parties=["Canada", "south korea"])
    assert len(both) and all({"CAN", "KOR"} <= set(parties) for parties in both["parties"])
    either = tables.commitments(parties=["CAN", "KOR"], any_party=True)
    assert len(either) > len(both) and all({"CAN", "KOR"} & set(parties) for parties in either["parties"])
    assert len(tables.commitments(parties="Canada")) == len(tables.commitments(parties=["CAN"]))


def test_a_name_that_nobody_has_is_an_error_and_a_code_finds_nothing(tables: Tables) -> None:
    assert tables.commitments(parties=["XXX"]).empty and tables.commitments(to="XXX").empty
    with pytest.raises(ValueError, match="Canada"):
        tables.commitments(parties=["Canda"])


def test_a_code_that_only_the_tables_have_is_somebody(tables_copy: Path) -> None:
    row = open_tables(tables_copy).commitments().iloc[0]
    review = f"commitment_id,verdict,parties\n{row['commitment_id']},corrected,RUR; CAN\n"
    (tables_copy / "reviews.csv").write_text(review)
    tables = open_tables(tables_copy)
    assert tables.actor_of("rur") == "RUR"
    assert tables.commitments(parties="RUR")["commitment_id"].tolist() == [row["commitment_id"]]
    with pytest.raises(ValueError, match="nobody"):
        tables.actor_of("RUX")


def test_names_are_those_of_the_lexicons_that_the_tables_were_made_with(
    tables_copy: Path, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "states.yaml").write_text("states: {CAN: {also: [Maple Realm]}}\n")
    with pytest.raises(ValueError, match="nobody"):
        open_tables(tables_copy).actor_of("maple realm")
    write_lexicons(tables_copy / "current", open_lexicons(tmp_path / "own"))
    tables = open_tables(tables_copy)
    assert tables.actor_of("maple realm") == "CAN"
    assert len(tables.commitments(parties="Maple Realm")) == len(tables.commitments(parties="CAN")) > 0


def test_to_keeps_what_is_directed_to_somebody(tables: Tables) -> None:
    to = tables.commitments()["counterparts"].explode().dropna()
    found = tables.commitments(to=[to.iloc[0]])
    assert len(found) and all(to.iloc[0] in some for some in found["counterparts"])


def test_joint_binds_two_or_a_grouping(tables: Tables) -> None:
    joint = set(tables.commitments(joint=True)["commitment_id"])
    for row in tables.commitments(domestic=True).itertuples():
        assert (row.commitment_id in joint) == is_joint(row.parties)
    assert joint


def test_a_states_own_affairs_are_left_out_unless_asked_for_and_counted(tables: Tables) -> None:
    every = tables.commitments(domestic=True)
    shown = tables.commitments()
    assert set(shown["scope"]) <= {"joint", "external"}
    assert tables.left_out()["domestic"] == len(every) - len(shown)
    assert tables.left_out(domestic=True)["domestic"] == 0
    assert len(tables.commitments(background=True)) == len(shown) + tables.left_out()["background"]


def test_what_is_left_out_is_what_the_option_brings(tables_copy: Path) -> None:
    ids = open_tables(tables_copy).commitments(domestic=True)["commitment_id"]
    (tables_copy / "reviews.csv").write_text(
        "commitment_id,verdict,scope,status\n"
        + "".join(f"{id_},rejected,,\n" for id_ in ids[::4])
        + "".join(f"{id_},corrected,domestic,\n" for id_ in ids[1::4])
        + "".join(f"{id_},corrected,domestic,background\n" for id_ in ids[2:9:4])
    )
    tables = open_tables(tables_copy)
    shown = len(tables.commitments())
    brought = {name: len(tables.commitments(**{name: True})) - shown for name in tables.left_out()}
    assert tables.left_out() == brought and brought["rejected"] and brought["domestic"]
    assert tables.left_out(rejected=True)["rejected"] == 0


def test_an_answer_is_the_commitments_and_how_many_are_left_out(tables: Tables) -> None:
    found, left_out = tables.answer(sort="due")
    assert found.equals(tables.commitments(sort="due")) and left_out == tables.left_out()


def test_what_a_grouping_undertook_for_its_members_is_counted_where_it_is_left_out(tables: Tables) -> None:
    shown = len(tables.commitments(parties="NOR"))
    brought = len(tables.commitments(parties="NOR", with_groups=True)) - shown
    assert tables.left_out(parties="NOR")["with_groups"] == brought > 0
    assert tables.left_out(parties="NOR", with_groups=True)["with_groups"] == 0
    assert tables.left_out()["with_groups"] == 0


def test_text_dialogue_and_publisher(tables: Tables) -> None:
    found = tables.commitments(text="dialogue")
    assert len(found) and len(found) < len(tables.commitments())
    told = found["sentence"] + found["title"]
    assert told.str.contains("dialogue", case=False).all()
    named = tables.commitments(dialogue="Indo-Pacific Dialogue")
    assert len(named) and len(tables.commitments(dialogue=named["dialogues"].iloc[0][0]))
    publisher = tables.commitments()["publisher"].iloc[0]
    assert set(tables.commitments(publisher=f'"{publisher}"')["publisher"]) == {publisher}


def test_a_publisher_or_a_dialogue_that_there_is_not_is_an_error_with_near_names(tables: Tables) -> None:
    with pytest.raises(WrongUsageError, match="no publisher is named 'Whitehouse': The White House"):
        tables.commitments(publisher="Whitehouse")
    with pytest.raises(WrongUsageError, match="no dialogue or instrument is named 'no such talks'"):
        tables.commitments(dialogue="no such talks")
    assert tables.commitments(publisher="White House", until="1999").empty


def test_due_in_a_period(tables: Tables) -> None:
    found = tables.commitments(due="2026")
    assert len(found) and found["due_end"].dt.year.eq(2026).all()
    assert len(tables.commitments(due="2026-Q4")) and tables.commitments(due="2026-Q1").empty


def test_what_is_new_since_a_day_or_a_run(tables: Tables) -> None:
    run = tables.frame("runs").iloc[0]
    today = run["started_at"].date()
    assert len(tables.commitments(new_since=today)) == len(tables.commitments())
    assert tables.commitments(new_since=str(today + dt.timedelta(days=1))).empty
    assert tables.commitments(
        new_since=run["run_id"][:8]
    ).empty  # what the run itself brought is not new since
    with pytest.raises(ValueError, match=run["run_id"][:8]):
        tables.commitments(new_since="last week")


def test_rows_are_sorted_as_asked(tables: Tables) -> None:
    assert tables.commitments(sort="agreed")["agreed_on"].dropna().is_monotonic_increasing
    due = tables.commitments(sort="-due")["due_end"]
    assert due.dropna().is_monotonic_decreasing and due.notna().iloc[0] and due.isna().iloc[-1]
    assert len(tables.commitments(sort="parties")) == len(tables.commitments())
    with pytest.raises(ValueError, match="agreed, due, to"):
        tables.commitments(sort="nothing")


def test_text_is_sorted_whatever_its_case_and_its_type() -> None:
    rows = pd.DataFrame(
        {"publisher": ["b", "C", "a"], "published": "", "release_id": "", "what_start_char": 0}
    )
    for kind in (object, "string"):
        found = in_order(rows.astype({"publisher": kind}), "publisher")
        assert found["publisher"].tolist() == ["a", "b", "C"]


def test_a_filter_that_there_is_not_is_an_error(tables: Tables) -> None:
    with pytest.raises(TypeError, match="partys"):
        tables.commitments(partys=["CAN"])


def test_periods_include_their_last_day(tables: Tables) -> None:
    published = tables.releases()["published"].max()
    year = f"{published:%Y}"
    assert published in set(tables.releases(since=year, until=year)["published"])
    assert tables.releases(since=published.date() + dt.timedelta(days=1)).empty


def test_act_filter(tables: Tables) -> None:
    assert set(tables.commitments(acts=["agree"])["act"]) == {"agree"}


def test_due_before_leaves_out_what_has_no_due_day(tables: Tables) -> None:
    found = tables.commitments(due_before="2031")
    assert len(found)
    assert (found["due_end"] < pd.Timestamp("2031-01-01")).all()


def test_one_row_a_party(tables: Tables) -> None:
    parties = tables.parties(parties=["JPN"])
    assert set(parties["commitment_id"]) == set(tables.commitments(parties=["JPN"])["commitment_id"])


def test_evidence_holds_the_undertaking(tables: Tables) -> None:
    row = tables.commitments().iloc[0]
    assert row["what"] in tables.evidence(row["commitment_id"])


def test_sql_sees_every_table(tables: Tables) -> None:
    answer = tables.sql("select count(*) as n from commitments join releases using (release_id)")
    assert answer["n"].tolist() == [len(tables.frame("commitments"))]


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('{file}')",
        "select * from '{file}'",
        "select * from theirs",
        "copy commitments to '{file}'",
        "attach '{file}'",
        "install httpfs",
        "set enable_external_access = true",
    ],
)
def test_sql_reads_nothing_but_the_tables(query: str, tables: Tables, tmp_path: Path) -> None:
    theirs = pd.DataFrame({"secret": [1]})
    file = tmp_path / "secret.csv"
    theirs.to_csv(file)
    with pytest.raises(ValueError, match="disabled|does not exist|Cannot"):
        tables.sql(query.format(file=file))
    assert file.read_text() == theirs.to_csv()


def test_a_connection_has_what_is_derived_where_it_is_asked_for(tables: Tables) -> None:
    for asked in ((), ("persons",)):
        with tables.connect(derived=asked) as connection:
            names = {name for (name,) in connection.sql("show tables").fetchall()}
        assert names == {*TABLES, *asked}


def test_unknown_rows_are_errors(tables: Tables) -> None:
    for ask in (tables.release, tables.evidence, tables.frame):
        with pytest.raises(KeyError):
            ask("nothing")


def test_a_folder_without_tables_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoTablesError, match="communique extract"):
        open_tables(tmp_path)


def test_tables_of_an_older_schema_say_what_to_do(tables_copy: Path) -> None:
    path = tables_copy / "current" / "releases" / "unknown.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.replace_schema_metadata({**rows.schema.metadata, VERSION_KEY: b"1"}), path)
    for opened in (open_tables, snapshot):
        with pytest.raises(StoreError, match="version 1, this program .*; extract into a new folder"):
            opened(tables_copy)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2325", "2325-01-01", "2325-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-07-18",) * 3,
        ("2024-Q4", "2024-10-01", "2024-12-31"),
    ],
)
def test_days_of_a_period(text: str, first: str, last: str) -> None:
    assert (str(day(text)), str(day(text, last=True))) == (first, last)


@pytest.mark.parametrize("text", ["0000", "24", "July 2024", "2024-13", "07/2024", "01/02/2024", "2024-Q5"])
def test_a_wrong_period_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        day(text)


def test_what_nobody_undertook_is_no_row_and_no_error(tables: Tables, tmp_path: Path) -> None:
    assert tables.commitments(parties=["XXX"], with_groups=True).empty
    assert tables.parties(since="2199").empty
    assert "0</span> of 0 commitments" in write_report(tables, tmp_path / "r.html", since="2199").read_text()


def test_an_act_that_does_not_exist_is_an_error(tables: Tables) -> None:
    with pytest.raises(ValueError, match="reaffirm"):
        tables.commitments(acts=["agreed"])


def test_columns_of_one_name_are_told_apart(tables: Tables) -> None:
    answer = tables.sql(
        "select a.parties, b.parties from commitments a join commitments b using (release_id)"
    )
    assert list(answer.columns) == ["parties", "parties_2"]


def test_a_release_is_found_by_its_whole_name_before_its_end(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("1.txt", "11.txt"):
        (folder / name).write_text("Canada and Japan agreed to meet.")
    extract([folder], tmp_path / "out")
    found = open_tables(tmp_path / "out")
    assert found.release(found.find_release("1.txt"))["releases"]["source"].tolist() == ["1.txt"]
    with pytest.raises(LookupError, match="2 releases are named '.txt'"):
        found.find_release(".txt")


def test_a_release_without_a_day_is_in_no_period(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "undated.txt").write_text("Canada and Japan agreed to hold talks in 2026.")
    extract([folder], tmp_path / "out")
    found = open_tables(tmp_path / "out")
    assert len(found.commitments()) == 1
    assert found.commitments(since="1900").empty


def test_labels_are_cut_between_words_and_say_so() -> None:
    assert shorten("hold the next dialogue in Seoul", 20) == "hold the next…"


def test_report_shows_every_commitment_and_fetches_nothing(tables: Tables, tmp_path: Path) -> None:
    page = write_report(tables, tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count('<article class="card') == len(tables.commitments())
    assert "default-src 'none'" in page
    assert "<link" not in page and 'src="' not in page


def test_report_of_one_release(tables: Tables, tmp_path: Path) -> None:
    release_id = tables.commitments()["release_id"].iloc[0]
    page = write_report(tables, tmp_path / "report.html", release_id=release_id).read_text(encoding="utf-8")
    assert page.count('<section class="release"') == 1
