"""What pages show of commitments and releases: cards, marked texts, what became of them, and life lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import Any

import pandas as pd

from communique.outputs.asking import ACT_WORDS, SCOPE_WORDS, Filters
from communique.outputs.called import actors_called, dialogues_called, named
from communique.outputs.cells import shown
from communique.outputs.filters import listed, one_of
from communique.outputs.following import latest_day
from communique.outputs.reading import Tables, records
from communique.outputs.report.highlights import Highlight, highlighted
from communique.outputs.report.words import asked_for, in_words, period

#: Columns of a card, in the order in which they are shown, with what the card calls them.
CARD_FIELDS = {
    "parties_text": "subject as written",
    "what": "what",
    "act": "act",
    "negated": "negated",
    "status": "status",
    "trigger": "predicate",
    "agreed_on": "agreed",
    "agreed_on_from": "agreed: from",
    "due_text": "due: as written",
    "due_start": "due: first day",
    "due_end": "due: last day",
    "recurrence": "recurs",
    "speaker": "speaker",
    "dialogues": "dialogues",
    "confidence": "confidence",
    "told_in": "told in",
    "rule": "rule",
    "verdict": "reviewed by hand",
    "note": "reviewer's note",
}

#: Columns that a page downloads, and filters and sorts by, where the tables have them.
ROW = [
    *("parties", "what", "act", "agreed_on", "due_start", "due_end", "due_text", "counterparts", "dialogues"),
    *("scope", "outcome", "title", "publisher", "published", "sentence", "url", "source"),
    *("release_id", "commitment_id"),
]

#: What became of a commitment about a named dialogue or instrument; where it has several, the first of these.
OUTCOME_WORDS = {
    "kept": "a release tells the event that does it",
    "overdue": "its last day has passed, no release tells the event",
    "open": "not due yet",
    "undated": "without a day, no release tells the event",
}

#: What a text needs of each table of mentions.
MENTIONS = {
    "actors": ["actor_id", "name", "members", "role", "country"],
    "dates": ["timex_type", "value", "date_start", "date_end"],
    "dialogues": ["dialogue_id", "name", "kind"],
}
SPAN = ["release_id", "start_char", "end_char"]

Row = Mapping[str, Any]


class Evidence:
    """The evidence of `commitments`, all of which are in `releases`."""

    def __init__(self, tables: Tables, releases: pd.DataFrame, commitments: pd.DataFrame) -> None:
        self._tables = tables
        self._commitments = commitments
        within = one_of("release_id", releases["release_id"])
        self._mentions = {
            name: _Grouped(tables.frame(name, where=within, columns=[*SPAN, *columns]))
            for name, columns in MENTIONS.items()
        }
        self._own = _Grouped(commitments)
        self._called = actors_called(tables, _ids(commitments, "parties", "counterparts"))
        self._topics = dialogues_called(tables, _ids(commitments, "dialogues"))
        self.columns = [name for name in ROW if name in commitments or name == "outcome"]

    def words(self) -> dict[str, dict[str, str]]:
        """What acts, scopes and outcomes that there are mean."""
        return {
            "acts": meaning(set(self._commitments["act"])),
            "scopes": SCOPE_WORDS if "scope" in self._commitments else {},
            "outcomes": OUTCOME_WORDS if self._outcomes else {},
        }

    def asked_for(self, filters: Filters) -> str:
        """What the commitments were asked for, by the names of those who are asked for."""
        asked = {*listed(filters.get("parties") or ()), *listed(filters.get("to") or ())}
        return asked_for(filters, actors_called(self._tables, asked))

    def cards(self) -> Iterator[dict[str, Any]]:
        """What a card shows of each commitment; `row` of it is what the script reads."""
        return map(self._card, records(self._commitments))

    def cards_of(self, release_id: str) -> list[dict[str, Any]]:
        """The cards of one release."""
        return [self._card(row) for row in self._own.of(release_id)]

    def release(self, row: Row) -> dict[str, Any]:
        """A release with its text as HTML, in which mentions and commitments are highlighted."""
        highlights = [
            _mention(name, one) for name in MENTIONS for one in self._mentions[name].of(row["release_id"])
        ]
        for commitment in self._own.of(row["release_id"]):
            highlights.append(
                _highlight(commitment, "what", "commitment", f"undertaking ({commitment['act']})")
            )
            highlights.append(_highlight(commitment, "trigger", "trigger", ""))
            highlights.append(_highlight(commitment, "sentence", f"s-{commitment['commitment_id']}", ""))
        return {
            **{key: shown(value) for key, value in row.items() if key != "text"},
            "day": in_words(row["published"]),
            "html": highlighted(row["text"], highlights),
        }

    def days(self) -> dict[str, Any]:
        """What the charts know beside the cards: the newest day, and what happened to each dialogue."""
        ids = _ids(self._commitments, "dialogues")
        events = self._tables.frame(
            "events",
            where=one_of("dialogue_id", ids),
            columns=["dialogue_id", "event", "date_start", "date_end", "text"],
        ).dropna(subset=["date_start", "date_end"])
        told = events.drop_duplicates(["dialogue_id", "event", "date_start", "date_end"])
        today = latest_day(self._tables)
        return {
            "as_of": today.isoformat(),
            "today": in_words(today),
            "events": [
                {
                    "dialogue": self._topics.get(row["dialogue_id"], row["dialogue_id"]),
                    "first": shown(row["date_start"]),
                    "last": shown(row["date_end"]),
                    "day": period(row["date_start"], row["date_end"]),
                    "event": row["event"].replace("_", " "),
                    "text": row["text"],
                }
                for row in records(told.sort_values(["date_end", "dialogue_id", "event"]))
            ],
        }

    def _card(self, row: Row) -> dict[str, Any]:
        data = {
            name: row[name] if isinstance(row[name], list) else shown(row[name])
            for name in ROW
            if name in row
        }
        outcome = self._outcomes.get(row["commitment_id"], {})
        data["parties"] = named(row["parties"], self._called)
        data["counterparts"] = named(row["counterparts"], self._called)
        data["dialogues"] = named(row["dialogues"], self._topics)
        data["outcome"] = outcome.get("status", "")
        also = [
            words
            for words, so in (("not to do it", row["negated"]), ("earlier", row["status"] == "background"))
            if so
        ]
        told = {
            "trigger": "" if _inside(row) else row["trigger"],
            "told": ", ".join([row["act"], *also]),
            "agreed": in_words(row["agreed_on"]),
            "due": period(row["due_start"], row["due_end"]) or shown(row["due_text"]),
            "became": _became(outcome) if outcome else "",
            "day": in_words(row["published"]),
        }
        return {
            **data,
            **told,
            "row": {**data, **told},
            "quote": {name: shown(outcome.get(f"event_{name}")) for name in ("text", "title")},
            "fields": {label: shown(row.get(key)) for key, label in CARD_FIELDS.items()},
        }

    @cached_property
    def _outcomes(self) -> dict[str, dict[str, Any]]:
        """The follow-up of each commitment that has one."""
        found = self._tables.followups(repeated=True)
        found = found[found["commitment_id"].isin(self._commitments["commitment_id"])]
        columns = [
            "commitment_id",
            "status",
            "done",
            "event",
            "event_start",
            "event_end",
            "event_text",
            "event_title",
        ]
        rows = records(found[columns])
        rows.sort(key=lambda row: list(OUTCOME_WORDS).index(row["status"]), reverse=True)
        return {row["commitment_id"]: row for row in rows}


def meaning(acts: Set[str]) -> dict[str, str]:
    """What these acts mean, in the order of all acts."""
    return {act: words for act, words in ACT_WORDS.items() if act in acts}


def _ids(commitments: pd.DataFrame, *columns: str) -> set[str]:
    """The ids in columns of lists."""
    return {id_ for name in columns for some in commitments[name] for id_ in some or ()}


class _Grouped:
    """Rows by release, all made at once: pandas takes long to make a few."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._rows: dict[str, list[dict[str, Any]]] = {}
        for row in records(frame):
            self._rows.setdefault(row["release_id"], []).append(row)

    def of(self, release_id: str) -> list[dict[str, Any]]:
        return self._rows.get(release_id, [])


def _became(outcome: Row) -> str:
    """What became of a commitment: "kept, 1 Nov 2024", "done when told", "overdue", or nothing yet."""
    if outcome["status"] not in {"kept", "overdue"}:
        return ""
    if outcome["done"]:
        return "done when told"
    day = period(outcome["event_start"], outcome["event_end"]) if outcome["status"] == "kept" else ""
    return ", ".join(filter(None, [outcome["status"], day]))


def _inside(row: Row) -> bool:
    """Whether the predicate is part of the undertaking, as in a list of points: it is not told twice."""
    return bool(
        row["what_start_char"] <= row["trigger_start_char"]
        and row["trigger_end_char"] <= row["what_end_char"]
    )


def _highlight(row: Row, prefix: str, css: str, tip: str) -> Highlight:
    anchor = f"t-{row['commitment_id']}" if prefix == "what" else None
    return Highlight(int(row[f"{prefix}_start_char"]), int(row[f"{prefix}_end_char"]), css, tip, anchor)


def _mention(name: str, row: Row) -> Highlight:
    return Highlight(int(row["start_char"]), int(row["end_char"]), name.removesuffix("s"), _tip(name, row))


def _tip(name: str, row: Row) -> str:
    if name == "actors":
        told = [shown(row["actor_id"]) or row["members"], row["role"], row["country"]]
    elif name == "dates":
        told = [row["timex_type"], row["date_start"], row["date_end"]]
        if not shown(row["date_start"]):
            told = [row["timex_type"], row["value"]]
    else:
        told = [row["kind"], row["name"]]
    return ", ".join(text for text in map(shown, told) if text)
