"""What became of an undertaking: beside each about a named dialogue or instrument, the event that keeps it.

A function of the rows of the other tables alone, so the same whatever the order and number of runs.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.outputs.undertaken import is_kept_by, is_next_meeting, ordinal, wanted

Row = dict[str, Any]
Days = tuple[dt.date, dt.date]
NEAR = 400  # characters before an undertaking in which "the next session" finds its dialogue


@dataclass(slots=True)
class Rows:
    """The rows that follow-ups are made of, by release and by dialogue."""

    mentions: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    published: dict[str, dt.date | None] = field(default_factory=dict)


def followups(
    commitments: Iterable[Row], dialogues: Iterable[Row], events: Iterable[Row], releases: Iterable[Row]
) -> list[Row]:
    """The rows of `followups` from those of the other tables, in the order of their key."""
    rows = Rows(published={row["release_id"]: row["published"] for row in releases})
    for mention in dialogues:
        rows.mentions[mention["release_id"]].append(mention)
    for event in events:
        rows.events[event["dialogue_id"]].append(event)
        if event["event"] == "held":
            rows.held[event["release_id"]].append(event)
    found = {(row["commitment_id"], row["dialogue_id"]): row for c in commitments for row in _rows(c, rows)}
    return [found[key] for key in sorted(found)]


def _rows(commitment: Row, rows: Rows) -> Iterator[Row]:
    """A row for each dialogue or instrument that the undertaking names, or whose next meeting it is about."""
    named = _named(commitment, rows.mentions[commitment["release_id"]])
    day = day_of(commitment["agreed_on"], rows.published.get(commitment["release_id"]))
    for mention in named or _next_meeting(commitment, rows, day):
        want = _want(commitment, mention)
        event = _first_that_keeps(commitment, want, rows.events[mention["dialogue_id"]], day, rows.published)
        yield {
            "commitment_id": commitment["commitment_id"],
            "dialogue_id": mention["dialogue_id"],
            "wanted": want,
            "event_id": event and event["event_id"],
            "due_start": commitment["due_start"],
            "due_end": commitment["due_end"],
        }


def _named(commitment: Row, mentions: list[Row]) -> list[Row]:
    """The first mention of each dialogue inside the undertaking."""
    start, end = commitment["what_start_char"], commitment["what_end_char"]
    inside = [row for row in mentions if start <= row["start_char"] and row["end_char"] <= end]
    first = {row["dialogue_id"]: row for row in sorted(inside, key=_place, reverse=True)}
    return sorted(first.values(), key=_place)


def _next_meeting(commitment: Row, rows: Rows, day: Days | None) -> list[Row]:
    """The dialogue of a next meeting that is not named: of the sentence, of the release, or just before."""
    if not is_next_meeting(commitment["what"]):
        return []
    start, sentence = commitment["what_start_char"], commitment["sentence_start_char"]
    mentions = rows.mentions[commitment["release_id"]]
    before = [row for row in mentions if row["kind"] == "dialogue" and row["end_char"] <= start]
    near = [row for row in before if row["start_char"] >= sentence - NEAR]
    own = {row["dialogue_id"] for row in rows.held[commitment["release_id"]] if _days(row) == day}
    same = [row for row in before if row["start_char"] >= sentence]
    met = [row for row in before if len(own) == 1 and row["dialogue_id"] in own]
    return [max(found, key=_place) for found in (same, met, near) if found][:1]


def _want(commitment: Row, mention: Row) -> str | None:
    if commitment["negated"]:
        return None
    start, at = commitment["what_start_char"], mention["start_char"]
    if at < start:
        return "held"
    what, end = commitment["what"], mention["end_char"] - start
    done = commitment["act"] == "enact"
    return wanted(what[: at - start], commitment["trigger"], mention["kind"], done=done, behind=what[end:])


def _first_that_keeps(
    commitment: Row,
    want: str | None,
    events: list[Row],
    day: Days | None,
    published: Mapping[str, dt.date | None],
) -> Row | None:
    """The first event that does what is wanted: one within the days due before any other."""
    if want is None or day is None:
        return None
    number = ordinal(commitment["what"])
    keeping = [event for event in events if _keeps(event, commitment, want, day, number)]

    def order(event: Row) -> tuple[Any, ...]:
        late = bool(commitment["due_end"] and event["date_start"] > commitment["due_end"])
        told = published.get(event["release_id"]) or dt.date.max
        return late, event["date_end"], event["date_start"], told, event["event_id"]

    return min(keeping, key=order, default=None)


def _keeps(event: Row, commitment: Row, want: str, day: Days, number: int | None) -> bool:
    days = _days(event)
    if days is None or not is_kept_by(want, event["event"]):
        return False
    theirs = event["ordinal"]
    if want == "held" and number and theirs and number != theirs:
        return False
    if want == "held" and commitment["act"] != "enact":
        # What was agreed at a meeting is a later one, and one before its days is another.
        due = commitment["due_start"]
        return days[0] > day[1] and (due is None or days[1] >= due or number is not None and number == theirs)
    return days[1] >= day[0]


def _days(event: Row) -> Days | None:
    start, end = event["date_start"], event["date_end"]
    return None if start is None or end is None else (start, end)


def day_of(agreed_on: str | None, published: dt.date | None) -> Days | None:
    """The first and last day of "2024-11-01", "2024-11" or "2024", else the day of publication."""
    if agreed_on is None:
        return None if published is None else (published, published)
    year, month, day = (*map(int, agreed_on.split("-")), 0, 0)[:3]
    first = dt.date(year, month or 1, day or 1)
    if day:
        return first, first
    after = dt.date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    return first, after - dt.timedelta(days=1)


def _place(mention: Row) -> tuple[int, int]:
    return mention["start_char"], mention["end_char"]
