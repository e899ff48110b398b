"""Rows for other programs: nothing a spreadsheet would run, nothing lost."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from communique.outputs import Tables
from communique.outputs.cells import what_told
from communique.outputs.due_calendar import to_calendar
from communique.outputs.export import to_csv, to_json, write


def one_row(**values: object) -> pd.DataFrame:
    return pd.DataFrame([values])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_neutralises_what_a_spreadsheet_would_run(text: str) -> None:
    read = pd.read_csv(io.StringIO(to_csv(one_row(what=text))), dtype=str)
    assert len(read) == 1 and read["what"].iloc[0].startswith("'")


def test_a_carriage_return_begins_no_row_of_a_csv() -> None:
    read = pd.read_csv(io.StringIO(to_csv(one_row(file_name="a\r=1+1.txt", title="Ports"))))
    assert read.to_dict("records") == [{"file_name": "a\n=1+1.txt", "title": "Ports"}]


def test_csv_neutralises_lists_too() -> None:
    assert "'=x; CAN" in to_csv(one_row(parties=["=x", "CAN"]))


def test_csv_leaves_numbers_days_and_plain_text_as_they_are() -> None:
    frame = one_row(what="hold talks", confidence=-0.5, due_end=pd.Timestamp("2025-12-31"), due_start=pd.NaT)
    assert to_csv(frame).splitlines()[1] == "hold talks,-0.5,2025-12-31,"


def test_json_has_an_object_a_line_with_iso_days() -> None:
    frame = one_row(parties=["CAN", "KOR"], due_end=pd.Timestamp("2025-12-31"), what="Québec – 2025")
    assert json.loads(to_json(frame)) == {
        "parties": ["CAN", "KOR"],
        "due_end": "2025-12-31",
        "what": "Québec – 2025",
    }


def test_a_point_in_time_keeps_its_time() -> None:
    frame = one_row(at=pd.Timestamp("2025-12-31 06:30", tz="UTC"))
    assert to_csv(frame).splitlines()[1] == "2025-12-31T06:30:00+00:00"
    assert json.loads(to_json(frame)) == {"at": "2025-12-31T06:30:00+00:00"}


def test_no_rows_are_no_json_lines() -> None:
    assert to_json(one_row(a=1).head(0)) == ""


def test_parquet_keeps_lists_and_days(tmp_path: Path) -> None:
    frame = one_row(parties=["CAN"], due_end=pd.Timestamp("2025-12-31"))
    write(tmp_path / "rows.parquet", "rows", frame)
    read = pd.read_parquet(tmp_path / "rows.parquet")
    assert list(read["parties"].iloc[0]) == ["CAN"]
    assert read["due_end"].iloc[0] == pd.Timestamp("2025-12-31")


def test_a_file_of_csv_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    write(tmp_path / "rows.CSV", "rows", one_row(what="Québec"))
    assert (tmp_path / "rows.CSV").read_bytes() == "\ufeffwhat\nQuébec\n".encode()


def test_a_file_of_json_is_one_array_and_of_jsonl_lines(tmp_path: Path) -> None:
    rows = pd.DataFrame({"n": [1, 2]})
    for frame, expected in ((rows, [{"n": 1}, {"n": 2}]), (rows.head(0), [])):
        write(tmp_path / "rows.json", "rows", frame)
        write(tmp_path / "rows.jsonl", "rows", frame)
        assert json.loads((tmp_path / "rows.json").read_text()) == expected
        assert [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()] == expected


def test_other_ends_of_lines_stand_in_a_file_of_json(tmp_path: Path) -> None:
    rows = pd.DataFrame({"what": ["one\u2028line", "two\nlines", "\x85"]})
    write(tmp_path / "rows.json", "rows", rows)
    assert json.loads((tmp_path / "rows.json").read_text(encoding="utf-8")) == rows.to_dict("records")
    write(tmp_path / "rows.json", "rows", rows.head(0))
    assert json.loads((tmp_path / "rows.json").read_text(encoding="utf-8")) == []


def test_a_suffix_that_is_no_format_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="rows.txt"):
        write(tmp_path / "rows.txt", "rows", one_row(a=1))
    assert not list(tmp_path.iterdir())


def test_a_workbook_has_a_sheet_a_frame_with_days_numbers_and_text(tmp_path: Path) -> None:
    frame = one_row(
        what="=1+1", parties=["CAN", "KOR"], due_end=pd.Timestamp("2025-12-31"), due_start=pd.NaT, sure=0.5
    )
    at = pd.Timestamp("2025-12-31 06:30", tz="UTC")
    write(tmp_path / "rows.xlsx", "rows", frame, {"releases": one_row(url="https://x.example", at=at)})
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
        one, two = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
        texts = book.read("xl/sharedStrings.xml").decode()
    assert names == ["rows", "releases"]
    assert "<v>46022</v>" in one and "<v>0.5</v>" in one  # Excel counts days since 1900
    assert "<f>" not in one and "<autoFilter" in one and 'state="frozen"' in one
    assert "hyperlink" not in two
    assert all(text in texts for text in ("=1+1", "CAN, KOR", "2025-12-31T06:30:00+00:00"))


@pytest.mark.parametrize(
    ("name", "value", "day", "text"),
    [
        ("agreed_on", "2025-12-31", "46022", None),
        ("agreed_on", "2025-12", None, "2025-12"),
        ("agreed_on", "03/05/2024", None, "03/05/2024"),
        ("agreed_on", "about 2024", None, "about 2024"),
        ("agreed_on", "2025-13-41", None, "2025-13-41"),
        ("what", "2025-12-31", None, "2025-12-31"),
        ("due_end", pd.Timestamp("1900-03-01"), "61", None),
        ("due_end", pd.Timestamp("1848-02-02"), None, "1848-02-02"),
        ("agreed_on", "1848-02-02", None, "1848-02-02"),
    ],
)
def test_whole_days_that_excel_knows_are_days(
    tmp_path: Path, name: str, value: object, day: str | None, text: str | None
) -> None:
    write(tmp_path / "rows.xlsx", "rows", one_row(**{name: value}))
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        cells = re.findall(r"<v>(\d+)</v>", book.read("xl/worksheets/sheet1.xml").decode())
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    assert (day in cells, text in texts) == (day is not None, text is not None)


def test_more_than_a_cell_of_excel_holds_is_cut_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "rows.xlsx", "rows", one_row(what="x" * 40_000, other="y" * 32_767))
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert f"{'x' * 32_766}…" in texts and "y" * 32_767 in texts


NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def test_a_calendar_has_an_event_for_each_due_day() -> None:
    row = {"commitment_id": "c1", "what": "meet; again, in \\ Oslo", "sentence": "They said\nit."}
    rows = [
        {**row, "parties": ["CAN", "NOR"], "due_end": pd.Timestamp("2026-12-31")},
        {**row, "commitment_id": "c2", "parties": [], "due_end": pd.NaT},
    ]
    text = to_calendar(pd.DataFrame(rows), NOW)
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 1
    for line in (
        "UID:c1@communique",
        "DTSTAMP:20260102T030405Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        r"SUMMARY:CAN\, NOR: meet\; again\, in \\ Oslo",
        r"DESCRIPTION:They said\nit.",
    ):
        assert f"\r\n{line}\r\n" in text


def test_long_lines_of_a_calendar_are_folded_between_characters() -> None:
    what = "é" * 100 + "\x07"
    row = one_row(commitment_id="c1", what=what, due_end=pd.Timestamp("2026-12-31"))
    text = to_calendar(row, NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{'é' * 100}\r\n" in text.replace("\r\n ", "")


def test_what_readers_open_has_names_and_the_ids_at_the_end(tables: Tables, tmp_path: Path) -> None:
    rows = tables.commitments(parties=["CAN", "KOR"])
    tables.write(tmp_path / "rows.xlsx", rows)
    tables.write(tmp_path / "rows.ics", rows)
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<t>Canada, Republic of Korea</t>" in texts and "<t>CAN, KOR</t>" in texts
    assert (
        texts.index("<t>parties</t>") < texts.index("<t>commitment_id</t>") < texts.index("<t>party_ids</t>")
    )
    assert "SUMMARY:Canada\\, Republic of Korea: hold" in (tmp_path / "rows.ics").read_text()


def test_what_programs_read_keeps_the_ids(tables: Tables, tmp_path: Path) -> None:
    tables.write(tmp_path / "rows.csv", tables.commitments(parties=["CAN", "KOR"]))
    assert set(pd.read_csv(tmp_path / "rows.csv")["parties"]) == {"CAN; KOR"}


def test_a_calendar_of_anything_else_is_an_error() -> None:
    with pytest.raises(ValueError, match="commitments"):
        to_calendar(one_row(n=1), NOW)


@pytest.mark.parametrize(
    ("what", "negated", "told"),
    [
        ("open the port", True, "not: open the port"),
        ("not to open the port", True, "not to open the port"),
        ("open the port", False, "open the port"),
    ],
)
def test_an_undertaking_not_to_act_is_told_as_one(what: str, negated: bool, told: str) -> None:
    row = one_row(commitment_id="a", what=what, negated=negated, due_end=pd.Timestamp(2031, 1, 2))
    assert what_told(what, negated) == told
    assert f"SUMMARY:{told}" in to_calendar(row, NOW)
