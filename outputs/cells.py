"""A cell of a table as people read it: the same in the report, in the terminal and in exported rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

NEGATIONS = {"not", "never", "no", "neither", "nor", "n't", "n’t"}  # with which `what` says it itself


def shown(value: Any) -> str:
    """A cell as a reader sees it: "" for null, ISO days and times, lists joined by commas."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is None or _missing(value):
        return ""
    if isinstance(value, dt.datetime):
        return time_of(value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def what_told(what: str, negated: bool) -> str:
    """An undertaking as a reader sees it: one not to act must not look like one to act."""
    said = what.partition(" ")[0].lower() in NEGATIONS
    return f"not: {what}" if negated and not said else what


def time_of(value: dt.datetime) -> str:
    """A point in time in ISO 8601; a day alone where no time zone says that it is more."""
    return value.isoformat() if value.tzinfo else f"{value:%Y-%m-%d}"


def _missing(value: Any) -> bool:
    """NaN and NaT are not equal to themselves; pandas' NA, asked, is neither true nor false."""
    try:
        return bool(value != value)
    except TypeError:
        return True
