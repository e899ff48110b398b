"""Which event keeps an undertaking: one that it tells itself, else the first that does what is wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from communique.outputs.undertaken import is_kept_by, ordinal

Row = dict[str, Any]
Days = tuple[dt.date, dt.date]
ONCE = {"signed", "launched", "adopted"}  # what happens once to a text or an effort
LATE = 3  # months after its last day by which a meeting may still be the one that was due
MONTHS = 12  # from one meeting of a series to the next, where it is not told
SPARE = 6  # months more that it may take


@dataclass(frozen=True, slots=True)
class Asked:
    """An undertaking, the event that would keep it (None where no event would), and the days it is of.

    `told_by` are the releases that tell it: its own, and others with the same joint statement.
    """

    row: Row
    want: str | None
    day: Days
    told_by: Set[str]

    @property
    def enacted(self) -> bool:
        return bool(self.row["act"] == "enact")

    def tells(self, event: Row) -> bool:
        """Whether the event stands in its sentence."""
        same = event["release_id"] == self.row["release_id"]
        start, end = self.row["sentence_start_char"], self.row["sentence_end_char"]
        return bool(same and event["start_char"] < end and event["end_char"] > start)

    def meeting_days(self) -> Days:
        """The first and last day on which the meeting that is undertaken may be held."""
        first, last = self.row["due_start"], self.row["due_end"]
        if last is None and "this year" in self.row["what"].lower():
            first, last = dt.date(self.day[0].year, 1, 1), dt.date(self.day[1].year, 12, 31)
        if last is not None:
            return first or self.day[0], _months_after(last, LATE)
        return self.day[0], _months_after(self.day[1], _period(self.row["recurrence"]) + SPARE)


def done_when_told(asked: Asked, events: Iterable[Row]) -> Row | None:
    """The event that an enactment tells itself: one in its own sentence, on its day where it has none.

    The meeting at which it was done ("signed at the Forum") is not what was done.
    """
    if not asked.enacted or asked.row["negated"]:
        return None
    own = [event for event in events if asked.tells(event) and _is_what_was_done(event, asked)]
    return min(own, key=lambda event: (event["start_char"], event["event_id"]), default=None)


def _is_what_was_done(event: Row, asked: Asked) -> bool:
    if event["date_end"] is not None and event["date_end"] < asked.day[0]:
        return False
    if asked.want is None:
        return event["event"] not in {"held", "scheduled"}
    return is_kept_by(asked.want, event["event"])


def first_that_keeps(
    asked: Asked, events: Iterable[Row], published: Mapping[str, dt.date | None]
) -> Row | None:
    """The first event that does what is wanted: one within the days due before any other.

    `published` is the day of each release.
    """
    if asked.want is None:
        return None
    due = asked.row["due_end"]
    events = list(events)
    recalled = _may_be_recalled(asked, events, published)
    keeping = []
    for event in events:
        told = published.get(event["release_id"])
        days = days_of(event)
        if told and told > asked.day[1] and not recalled:
            days = days or (told, told)
        if days and _keeps(event, days, asked):
            late = due is not None and days[0] > due
            undated = days_of(event) is None
            order = (late, undated, days[1], days[0], told or dt.date.max, event["event_id"])
            keeping.append((order, event))
    return min(keeping, key=lambda found: found[0])[1] if keeping else None


def _may_be_recalled(asked: Asked, events: Iterable[Row], published: Mapping[str, dt.date | None]) -> bool:
    """Whether what a later release tells without a day may be older than the undertaking.

    A meeting told of soon after one was due was that one; what happens once may have happened if it was told
    before.
    """
    if asked.enacted:
        return True
    if asked.want not in ONCE:
        return asked.want != "held" or asked.row["due_end"] is None
    told = (published.get(e["release_id"]) for e in events if is_kept_by(asked.want, e["event"]))
    return any(day is not None and day <= asked.day[1] for day in told)


def _keeps(event: Row, days: Days, asked: Asked) -> bool:
    if asked.want is None or days[1] < asked.day[0] or not is_kept_by(asked.want, event["event"]):
        return False
    if not asked.enacted and _is_own_plan(event, days, asked):
        return False
    return asked.want != "held" or _is_the_meeting(event, days, asked)


def _is_own_plan(event: Row, days: Days, asked: Asked) -> bool:
    """Whether an event is only what a release that tells the undertaking tells of it itself."""
    own = event["release_id"] in asked.told_by
    return own and (days[0] <= asked.day[1] or asked.tells(event))


def _is_the_meeting(event: Row, days: Days, asked: Asked) -> bool:
    """Whether a meeting is the one that is undertaken: of its number, else held when it was to be.

    What was agreed at a meeting is a later one.
    """
    if not asked.enacted and days[0] <= asked.day[1]:
        return False
    number = ordinal(asked.row["what"])
    if number and event["ordinal"]:
        return bool(number == event["ordinal"])
    first, last = asked.meeting_days()
    return days[1] >= first and days[0] <= last


def days_of(event: Row) -> Days | None:
    """The first and last day of an event; None where it has none."""
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
    return first, _months_after(first, 0 if month else 11)


def _period(recurrence: str | None) -> int:
    """The months from one meeting to the next: 24 of "P2Y"."""
    if recurrence is None or not recurrence[1:-1].isdecimal():
        return MONTHS
    return int(recurrence[1:-1]) * {"Y": 12, "M": 1}.get(recurrence[-1], 0)


def _months_after(day: dt.date, months: int) -> dt.date:
    """The last day of the month that is so many months later; the last of all days behind the calendar."""
    year, month = divmod(day.year * 12 + day.month + months, 12)
    return dt.date.max if year > dt.MAXYEAR else dt.date(year, month + 1, 1) - dt.timedelta(days=1)
