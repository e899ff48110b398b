"""Frames for other programs: CSV, JSON lines, Parquet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from communique.outputs.cells import time_of
from communique.outputs.files import replace_file

Format = Literal["csv", "json", "parquet"]

# A spreadsheet runs a cell that begins so as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(frame: pd.DataFrame, kind: Format, path: Path | None = None) -> str | None:
    """Write `frame` to `path`, or return it as text where there is none; ValueError for Parquet without one.

    CSV joins lists with "; " and puts an apostrophe before text that a spreadsheet would run as a formula.
    JSON has one object a line; days and times are ISO 8601.
    """
    if kind == "parquet":
        if path is None:
            raise ValueError("Parquet is not text: name a file to write it to")
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), sink)
        replace_file(path, sink.getvalue().to_pybytes())
        return None
    text = to_csv(frame) if kind == "csv" else to_json(frame)
    if path is None:
        return text
    replace_file(path, text.encode("utf-8"))
    return None


def to_csv(frame: pd.DataFrame) -> str:
    """`frame` as CSV that a spreadsheet opens without running anything in it."""
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    safe = frame.assign(**{name: frame[name].map(_cell).astype(object) for name in texts})
    return str(safe.to_csv(index=False, lineterminator="\n"))


def to_json(frame: pd.DataFrame) -> str:
    """`frame` as JSON lines."""
    dated = [name for name in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[name])]
    written = frame.assign(
        **{name: frame[name].map(time_of, na_action="ignore").astype(object) for name in dated}
    )
    return str(written.to_json(orient="records", lines=True, force_ascii=False)).lstrip("\n")


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, dt.datetime):
        return None if pd.isna(value) else time_of(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
