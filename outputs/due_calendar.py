"""Due days as a calendar (RFC 5545) that Outlook and others subscribe to or import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from communique.outputs.cells import shown, what_told

#: Bytes of a line, its end not counted.
LINE = 75


def to_calendar(frame: pd.DataFrame, now: dt.datetime) -> str:
    """An all-day event on the last due day of each commitment that has one.

    Raises ValueError where the rows are no commitments.
    """
    if not {"commitment_id", "what", "due_end"} <= set(frame.columns):
        raise ValueError("a calendar is made of commitments: rows with commitment_id, what and due_end")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//communique//due days//EN"]
    for row in frame[frame["due_end"].notna()].to_dict("records"):
        lines += _event(row, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(row: dict[Any, Any], now: dt.datetime) -> Iterator[str]:
    due: pd.Timestamp = row["due_end"]
    who = shown(row.get("parties"))
    what = what_told(row["what"], bool(row.get("negated", False)))
    told = [shown(row.get(name)) for name in ("sentence", "title", "publisher")]
    yield "BEGIN:VEVENT"
    yield f"UID:{row['commitment_id']}@communique"
    yield f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + pd.Timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{who}: ' if who else '')}{_escaped(what)}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(filter(None, told)))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """TEXT as RFC 5545 writes it; without control characters, which it has not."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    lines = "\\n".join(text.splitlines())
    return "".join(character for character in lines if character >= " " and character != "\x7f")


def _folded(line: str) -> str:
    """`line` in pieces of 75 bytes at most, none of which cuts a character."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)
