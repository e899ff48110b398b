"""Frames for other programs, as text or as a file whose suffix decides the format.

`.csv`, `.json` (one array), `.jsonl` (an object a line), `.parquet`, `.xlsx`, and `.ics` for due days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from communique.corpus.columns import guarded
from communique.outputs.cells import time_of
from communique.outputs.due_calendar import to_calendar
from communique.outputs.files import replace_file
from communique.outputs.workbook import to_workbook

#: Suffixes of files that people read as they are, and programs do not.
FOR_READERS = (".xlsx", ".ics")

Frames = Mapping[str, pd.DataFrame]


def write(path: Path, name: str, frame: pd.DataFrame, beside: Frames | None = None) -> None:
    """Write `frame` to `path` in the format of its suffix; ValueError for a suffix that is none of `WRITERS`.

    `beside` are frames that explain it: a workbook has a sheet for each, the other formats leave them out.
    """
    writer = WRITERS[known_suffix(path)]
    replace_file(path, writer({name: frame, **(beside or {})}))


def known_suffix(path: Path) -> str:
    """The suffix of a file that can be written, in small letters; ValueError for any other."""
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise ValueError(f"{path.name!r} ends in none of {' '.join(WRITERS)}")
    return suffix


def to_csv(frame: pd.DataFrame) -> str:
    """`frame` as CSV that a spreadsheet opens without running anything in it; lists are joined with "; "."""
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    safe = frame.assign(**{name: frame[name].map(_cell).astype(object) for name in texts})
    return str(safe.to_csv(index=False, lineterminator="\n"))


def to_json(frame: pd.DataFrame) -> str:
    """`frame` as JSON lines; days and times are ISO 8601."""
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
    return guarded(value) if isinstance(value, str) else value


def _csv(frames: Frames) -> bytes:
    """With a byte order mark, without which Excel takes UTF-8 for something else."""
    return to_csv(_first(frames)).encode("utf-8-sig")


def _json(frames: Frames) -> bytes:
    rows = to_json(_first(frames)).rstrip("\n").replace("\n", ",\n")  # other ends of lines stand in texts
    return f"[{rows}]\n".encode()


def _jsonl(frames: Frames) -> bytes:
    return to_json(_first(frames)).encode()


def _parquet(frames: Frames) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(_first(frames), preserve_index=False), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _ics(frames: Frames) -> bytes:
    return to_calendar(_first(frames), dt.datetime.now(dt.UTC)).encode()


def _first(frames: Frames) -> pd.DataFrame:
    return next(iter(frames.values()))


WRITERS: dict[str, Callable[[Frames], bytes]] = {
    ".csv": _csv,
    ".json": _json,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
    ".xlsx": to_workbook,
    ".ics": _ics,
}
