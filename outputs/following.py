"""What is derived from the tables when it is read: follow-ups and persons, and dialogues as of a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from communique.outputs.asking import WrongUsageError
from communique.outputs.called import dialogues_called
from communique.outputs.filters import one_of
from communique.outputs.followups import followups
from communique.outputs.persons import persons
from communique.outputs.schemas import DERIVED

if TYPE_CHECKING:
    from communique.outputs.reading import Tables

#: What became of an undertaking: of what is unclear nothing can be told.
STATUSES = ("kept", "open", "overdue", "undated", "unclear")
CLEAR = STATUSES[:-1]

#: What makes a derived table, of which columns of which tables.
MADE: dict[str, tuple[Callable[..., list[Any]], dict[str, list[str]]]] = {
    "followups": (
        followups,
        {
            "commitments": [
                *("commitment_id", "release_id", "act", "negated", "trigger"),
                *("what", "what_start_char", "what_end_char", "sentence_start_char", "sentence_end_char"),
                *("parties", "agreed_on", "due_start", "due_end", "recurrence"),
            ],
            "dialogues": ["release_id", "start_char", "end_char", "dialogue_id", "kind"],
            "events": [
                *("event_id", "release_id", "start_char", "end_char", "dialogue_id", "event"),
                *("date_start", "date_end", "ordinal"),
            ],
            "releases": ["release_id", "published", "source"],
        },
    ),
    "persons": (
        persons,
        {
            "actors": ["release_id", "kind", "actor_id", "name", "role", "country"],
            "releases": ["release_id", "published"],
        },
    ),
}
#: Columns that come first: what was undertaken, what became of it, and both quotes.
FIRST = [
    *("status", "done", "parties", "what", "dialogue", "agreed_on", "due_start", "due_end", "recurrence"),
    *("event", "event_start", "event_end", "sentence", "event_text", "title", "event_title"),
]


def derive(tables: Tables, name: str) -> pa.Table:
    """One of the tables that no run writes, from the rows of the others; KeyError where there is none.

    What a reviewer rejected is in none.
    """
    function, read = MADE[name]
    kept = {"commitments": ~one_of("commitment_id", tables.rejected)}
    rows = [
        tables.table(table, where=kept.get(table), columns=columns).to_pylist()
        for table, columns in read.items()
    ]
    return pa.Table.from_pylist(function(*rows), schema=DERIVED[name].schema)


def latest_day(tables: Tables) -> dt.date:
    """The day as of which a status is told: the newest of publication in the tables, today at the latest."""
    today = dt.date.today()
    days = tables.table("releases", columns=["published"])["published"].to_pylist()
    return max((day for day in days if day is not None and day <= today), default=today)


def with_quotes(tables: Tables, rows: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Rows of `followups` beside the undertaking, the event and both releases, and the status as of a day."""
    releases = tables.frame("releases", columns=["release_id", "title", "publisher", "published"])
    undertaken = tables.frame(
        "commitments",
        columns=[
            "commitment_id",
            "release_id",
            "act",
            "parties",
            "what",
            "agreed_on",
            "recurrence",
            "sentence",
        ],
    ).merge(releases, on="release_id")
    events = tables.frame("events")[
        ["event_id", "release_id", "event", "date_start", "date_end", "text", "ordinal"]
    ].merge(releases.drop(columns="publisher"), on="release_id")
    events = events.rename(
        columns={
            **{"date_start": "event_start", "date_end": "event_end", "text": "event_text"},
            **{name: f"event_{name}" for name in ("title", "published", "release_id", "ordinal")},
        }
    )
    found = rows.merge(undertaken, on="commitment_id").merge(events, on="event_id", how="left")
    found["dialogue"] = found["dialogue_id"].map(dialogues_called(tables))
    found["status"] = [status(row, as_of) for row in found.to_dict("records")]
    found = found.sort_values(["published", "release_id", "commitment_id", "dialogue_id"], ignore_index=True)
    rest = [name for name in found.columns if name not in FIRST]
    return found[[*FIRST, *sorted(rest, key=lambda name: name.endswith("_id"))]]


def status(row: dict[Any, Any], as_of: dt.date) -> str:
    """`kept` since its event, or since that was told where it has no day; `open` until its last day, then
    `overdue`, `undated` without a day.

    `unclear` where no event would tell that it was kept, unless it is not due yet.
    """
    day = pd.Timestamp(as_of)
    happened = row["event_end"] if pd.notna(row["event_end"]) else row["event_published"]
    if pd.notna(happened) and pd.Timestamp(happened) <= day:
        return "kept"
    due = last_due(row)
    if due is not None and due >= day:
        return "open"
    if pd.isna(row["wanted"]):
        return "unclear"
    return "undated" if due is None else "overdue"


def last_due(row: dict[Any, Any]) -> pd.Timestamp | None:
    """The last day due, else of the year or month in which what recurs comes first: P2Y of 2024, in 2026.

    None where it has no day, or one that is in no calendar.
    """
    if pd.notna(row["due_end"]):
        return pd.Timestamp(row["due_end"])
    period, start = row["recurrence"], row["agreed_on"] or row["published"]
    if not isinstance(period, str) or not isinstance(start, str | dt.date) or pd.isna(start):
        return None
    count, unit = period[1:-1], period[-1]
    if period[:1] != "P" or not count.isdecimal() or unit not in "YM":
        return None
    try:
        first = pd.Period(start, freq=unit) + int(count)
        return pd.Timestamp(dt.date(first.year, first.month, first.days_in_month))
    except (ValueError, OverflowError):
        return None


def overview(tables: Tables, between: Iterable[str] = (), as_of: dt.date | None = None) -> pd.DataFrame:
    """One row per dialogue or instrument over all releases, that of most releases first.

    `parties` are those of most of its mentions; `last_held` and `next_due` are as of a day.
    """
    day = pd.Timestamp(as_of or latest_day(tables))
    mentions = tables.frame("dialogues", columns=["release_id", "dialogue_id", "kind", "parties"]).merge(
        tables.frame("releases", columns=["release_id", "published"]), on="release_id"
    )
    found = mentions.groupby("dialogue_id").agg(
        kind=("kind", _usual),
        parties=("parties", lambda lists: list(_usual(tuple(ids) for ids in lists if ids) or ())),
        first_seen=("published", "min"),
        last_seen=("published", "max"),
        releases=("release_id", "nunique"),
    )
    events = tables.frame("events", columns=["dialogue_id", "event", "date_start", "date_end"])
    held = events[(events["event"] == "held") & (events["date_end"] <= day)]
    found["last_held"] = held.groupby("dialogue_id")["date_end"].max()
    found["next_due"] = _next_due(events, with_quotes(tables, tables.derived("followups"), day.date()), day)
    found = found.reset_index()
    found.insert(0, "name", found["dialogue_id"].map(dialogues_called(tables)))
    wanted = set(between)
    found = found[[wanted <= set(parties) for parties in found["parties"]]]
    return found.sort_values(["releases", "dialogue_id"], ascending=[False, True], ignore_index=True)


def _next_due(events: pd.DataFrame, follow: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """By dialogue_id the first day after `day` for which a meeting is scheduled, or undertaken."""
    scheduled = events[events["event"] == "scheduled"]
    held = follow[follow["wanted"] == "held"]
    undertaken = [last_due(row) for row in held.to_dict("records")]
    days = pd.Series([*scheduled["date_end"], *undertaken], dtype="datetime64[s]")
    ids = pd.Series([*scheduled["dialogue_id"], *held["dialogue_id"]], dtype=object)
    first: pd.Series = days[days > day].groupby(ids[days > day]).min()
    return first


def _usual(values: Iterable[Any]) -> Any:
    """The most frequent value, of these the first in order; None of none."""
    counts = Counter(values)
    most = max(counts.values(), default=0)
    return min((value for value, count in counts.items() if count == most), default=None)


def known_statuses(statuses: Iterable[str]) -> list[str]:
    """The statuses; WrongUsageError for one that does not exist."""
    statuses = list(statuses)
    if unknown := [name for name in statuses if name not in STATUSES]:
        raise WrongUsageError(f"no status {unknown[0]!r}; there are {', '.join(STATUSES)}")
    return statuses


def selected(
    tables: Tables,
    statuses: Iterable[str],
    dialogues: Iterable[str] | None,
    as_of: dt.date | None,
    repeated: bool,
) -> pd.DataFrame:
    """Follow-ups with both quotes, of these statuses and dialogues, each promise once unless `repeated`."""
    found = with_quotes(tables, tables.derived("followups"), as_of or latest_day(tables))
    found = found.merge(tables.derived("promises"), on="commitment_id")
    if not repeated:  # a telling that was reviewed, else the first
        reviewed = found["commitment_id"].isin(tables.reviewed)
        first = pd.concat([found[reviewed], found[~reviewed]])
        found = first.drop_duplicates(["promise_id", "dialogue_id"]).sort_index()
    found = found[found["status"].isin(list(statuses))]
    if dialogues is not None:
        found = found[found["dialogue_id"].isin(list(dialogues))]
    return found
