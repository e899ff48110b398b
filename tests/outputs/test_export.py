"""Rows for other programs: nothing a spreadsheet would run, nothing lost."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from communique.outputs.export import export, to_csv, to_json


def one_row(**values: object) -> pd.DataFrame:
    return pd.DataFrame([values])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_neutralises_what_a_spreadsheet_would_run(text: str) -> None:
    read = pd.read_csv(io.StringIO(to_csv(one_row(what=text))), dtype=str)
    assert read["what"].iloc[0].startswith("'")


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
    export(frame, "parquet", tmp_path / "rows.parquet")
    read = pd.read_parquet(tmp_path / "rows.parquet")
    assert list(read["parties"].iloc[0]) == ["CAN"]
    assert read["due_end"].iloc[0] == pd.Timestamp("2025-12-31")


def test_parquet_needs_a_file() -> None:
    with pytest.raises(ValueError, match="file"):
        export(one_row(a=1), "parquet")
