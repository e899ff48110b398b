"""What became of an undertaking: beside each about a named dialogue or instrument, the event that keeps it.

A function of the rows of the other tables alone, so the same whatever the order and number of runs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from communique.outputs.keeping import Asked, Days, day_of, days_of, done_when_told, first_that_keeps
from communique.outputs.promises import promises
from communique.outputs.undertaken import is_next_meeting, wanted

Row = dict[str, Any]
NEAR = 400  # characters before an undertaking in which "the next session" finds its dialogue
NEVER = (dt.date.max, dt.date.max)  # the days of an undertaking without a day, which no event keeps

# Between two names that one verb has for its objects: "sign the Treaty, the Pact and the Protocol".
_LISTED = re.compile(
    r"(?:\s*\([^()]*\))?(?:,|;)?\s*(?:(?:and|&|as well as|namely)\b,?\s*)?(?:(?:the|an?|its|our|their)\s+)?"
)


@dataclass(slots=True)
class Rows:
    """The rows that follow-ups are made of, by release and by dialogue."""

    mentions: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    published: dict[str, dt.date | None] = field(default_factory=dict)
    told_by: dict[str, set[str]] = field(default_factory=dict)  # the releases of its promise, by commitment


def followups(
    commitments: Iterable[Row], dialogues: Iterable[Row], events: Iterable[Row], releases: Iterable[Row]
) -> list[Row]:
    """The rows of `followups` from those of the other tables, in the order of their key."""
    commitments, releases = list(commitments), list(releases)
    published = {row["release_id"]: row["published"] for row in releases}
    rows = Rows(published=published, told_by=_told_by(commitments, releases))
    for mention in dialogues:
        rows.mentions[mention["release_id"]].append(mention)
    for event in events:
        rows.events[event["dialogue_id"]].append(event)
        if event["event"] == "held":
            rows.held[event["release_id"]].append(event)
    found = {(row["commitment_id"], row["dialogue_id"]): row for c in commitments for row in _rows(c, rows)}
    return [found[key] for key in sorted(found)]


def _told_by(commitments: list[Row], releases: list[Row]) -> dict[str, set[str]]:
    """The releases that tell the same promise as each commitment, its own among them."""
    promise = {row["commitment_id"]: row["promise_id"] for row in promises(commitments, releases)}
    told: dict[str, set[str]] = defaultdict(set)
    for row in commitments:
        told[promise[row["commitment_id"]]].add(row["release_id"])
    return {id_: told[promise_id] for id_, promise_id in promise.items()}


def _rows(commitment: Row, rows: Rows) -> Iterator[Row]:
    """A row for each dialogue or instrument that the undertaking names, or whose next meeting it is about."""
    named = _named(commitment, rows.mentions[commitment["release_id"]])
    day = day_of(commitment["agreed_on"], rows.published.get(commitment["release_id"]))
    mentions = named or _next_meeting(commitment, rows, day)
    wants = _wants(commitment, named) if named else [None if commitment["negated"] else "held"]
    for mention, want in zip(mentions, wants, strict=False):
        events = rows.events[mention["dialogue_id"]] if day else ()
        asked = Asked(commitment, want, day or NEVER, rows.told_by[commitment["commitment_id"]])
        done = done_when_told(asked, events)
        event = done or first_that_keeps(asked, events, rows.published)
        yield {
            "commitment_id": commitment["commitment_id"],
            "dialogue_id": mention["dialogue_id"],
            "wanted": done["event"] if done and want is None else want,
            "event_id": event and event["event_id"],
            "done": done is not None,
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
    own = {row["dialogue_id"] for row in rows.held[commitment["release_id"]] if days_of(row) == day}
    same = [row for row in before if row["start_char"] >= sentence]
    met = [row for row in before if len(own) == 1 and row["dialogue_id"] in own]
    return [max(found, key=_place) for found in (same, met, near) if found][:1]


def _wants(commitment: Row, mentions: list[Row]) -> list[str | None]:
    """The event wanted of each of the mentions inside an undertaking, in their order."""
    if commitment["negated"]:
        return [None] * len(mentions)
    what, start = commitment["what"], commitment["what_start_char"]
    wants: list[str | None] = []
    last: Row | None = None
    for mention in mentions:
        at, end = mention["start_char"] - start, mention["end_char"] - start
        if last and last["kind"] == mention["kind"] and _LISTED.fullmatch(what, last["end_char"] - start, at):
            wants.append(wants[-1])
        else:
            done = commitment["act"] == "enact"
            told = wanted(what[:at], commitment["trigger"], mention["kind"], done=done, behind=what[end:])
            wants.append(told)
        last = mention
    return wants


def _place(mention: Row) -> tuple[int, int]:
    return mention["start_char"], mention["end_char"]
