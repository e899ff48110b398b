"""Frames as an Excel workbook: a sheet each, real days, filters, and nothing that runs."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from communique.outputs.cells import shown
from communique.outputs.extras import extra

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575  # of Excel, without the heading
MOST_CHARACTERS = 32_767  # of Excel, in a cell
FIRST_DAY = pd.Timestamp("1900-03-01")  # before it Excel counts a day that never was, and nothing before 1900
WIDTHS = (8, 60)
WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: A day as text, as it may be a month or a year.
AT_ITS_PRECISION = "agreed_on"
#: Text of cells is text: no formula, no link, no number.
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def to_workbook(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """A workbook with a sheet per frame; ValueError where a frame has more rows than a sheet."""
    with extra("an Excel file"):
        from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, **AS_TEXT}) as workbook:
        head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        body = workbook.add_format({"text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        for name, frame in frames.items():
            if len(frame) > MOST_ROWS:
                raise ValueError(f"{len(frame)} rows of {name}: an Excel sheet holds {MOST_ROWS}")
            _fill(workbook.add_worksheet(name[:31]), frame, head, body, day)
    return target.getvalue()


def _fill(sheet: Worksheet, frame: pd.DataFrame, head: Format, body: Format, day: Format) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    for at, name in enumerate(frame.columns):
        sheet.write_string(0, at, str(name), head)
        cells = [_value(_day(value) if name == AT_ITS_PRECISION else value) for value in frame[name]]
        sheet.set_column(at, at, _width(str(name), cells), body)
        for row, value in enumerate(cells, start=1):
            if isinstance(value, pd.Timestamp):
                sheet.write_datetime(row, at, value, day)
            elif isinstance(value, str):
                sheet.write_string(row, at, value, body)
            elif value is not None:
                sheet.write(row, at, value, body)


def _day(value: Any) -> Any:
    """A whole day as one; a month, a year and any other text stay text."""
    if not isinstance(value, str) or not WHOLE_DAY.fullmatch(value):
        return value
    day = pd.to_datetime(value, format="%Y-%m-%d", errors="coerce")
    return value if pd.isna(day) else day


def _value(value: Any) -> Any:
    """What Excel has a type for; a time with its zone and a day before its calendar are text."""
    if isinstance(value, list):
        return shown(value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return shown(value) if value.tzinfo or value < FIRST_DAY else value
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        return f"{value[: MOST_CHARACTERS - 1]}…"
    return value


def _width(name: str, cells: list[Any]) -> int:
    """Wide enough for most of what is in the column, and for its name with the button of the filter."""
    longest = max((len(shown(cell)) for cell in cells), default=0)
    least, most = WIDTHS
    return min(max(longest, len(name) + 3, least), most)
