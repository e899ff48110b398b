"""From tables to the report: what the template needs, and the file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Unpack

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from communique.outputs.asking import ACT_WORDS, LEFT_OUT, SCOPE_WORDS, Filters
from communique.outputs.called import names_of
from communique.outputs.cells import shown
from communique.outputs.files import replace_file
from communique.outputs.filters import one_of
from communique.outputs.reading import Tables, records
from communique.outputs.report.marks import Mark, marked
from communique.outputs.report.words import in_words, named, period

#: More releases than this make a page that browsers handle badly.
MOST_RELEASES = 500

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
    "rule": "rule",
    "verdict": "reviewed by hand",
    "note": "reviewer's note",
}

#: Columns that the page filters by, sorts by and downloads, where the tables have them.
ROW = [
    *("parties", "what", "act", "agreed_on", "due_start", "due_end", "due_text", "counterparts", "dialogues"),
    *("scope", "title", "publisher", "published", "sentence", "url", "source", "release_id", "commitment_id"),
]


class TooManyReleasesError(ValueError):
    """The filter asks for more releases than one page can show."""


def write_report(
    tables: Tables, path: str | Path, *, release_id: str | None = None, **filters: Unpack[Filters]
) -> Path:
    """Write the evidence of one release, or of the commitments that `filters` keep, as one HTML file.

    `filters` are those of `Tables.commitments`. The file holds its style and its script, and a
    content policy that lets it fetch nothing. Raises KeyError where there is no such release,
    TooManyReleasesError where the filter keeps over `MOST_RELEASES`.
    """
    if release_id is not None:
        filters.setdefault("domestic", True)
    commitments = tables.commitments(**filters)
    left_out = tables.left_out(**filters) if release_id is None else {}
    if release_id is not None:
        commitments = commitments[commitments["release_id"] == release_id]
        releases = tables.release(release_id)["releases"]
    else:
        ids = list(dict.fromkeys(commitments["release_id"]))
        releases = tables.frame("releases", where=one_of("release_id", ids))
    if len(releases) > MOST_RELEASES:
        raise TooManyReleasesError(
            f"{len(releases)} releases for one page of at most {MOST_RELEASES}: narrow the filter"
        )
    path = Path(path)
    replace_file(path, render(tables, releases, commitments, left_out).encode("utf-8"))
    return path


def render(
    tables: Tables,
    releases: pd.DataFrame,
    commitments: pd.DataFrame,
    left_out: Mapping[str, int] | None = None,
) -> str:
    """The page as a string; all text from releases is escaped by the template."""
    within = one_of("release_id", releases["release_id"])
    mentions = {name: tables.frame(name, where=within) for name in ("actors", "dates", "dialogues")}
    parties = tables.frame("commitment_parties", where=within)
    actors, dialogues = mentions["actors"], mentions["dialogues"]
    called = names_of(actors["actor_id"], actors["name"])
    called |= names_of(parties["actor_id"], parties["actor_name"])
    topics = names_of(dialogues["dialogue_id"], dialogues["name"])
    environment = Environment(
        loader=PackageLoader("communique.outputs.report", "."), autoescape=True, undefined=StrictUndefined
    )
    style, script = (environment.get_template(name).render() for name in ("style.css", "script.js"))
    return environment.get_template("page.html").render(
        style=Markup(style),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        left_out=[f"{count} {LEFT_OUT[name]}" for name, count in (left_out or {}).items() if count],
        cards=[_card(row, called, topics) for row in records(commitments)],
        releases=[
            _release(row, commitments, mentions)
            for row in records(releases.sort_values(["published", "release_id"]))
        ],
        acts={act: words for act, words in ACT_WORDS.items() if act in set(commitments["act"])},
        columns=[name for name in ROW if name in commitments],
        scopes=SCOPE_WORDS if "scope" in commitments else {},
    )


def _card(row: Mapping[str, Any], called: Mapping[str, str], topics: Mapping[str, str]) -> dict[str, Any]:
    data = {
        name: row[name] if isinstance(row[name], list) else shown(row[name]) for name in ROW if name in row
    }
    data["parties"] = named(row["parties"], called)
    data["counterparts"] = named(row["counterparts"], called)
    data["dialogues"] = named(row["dialogues"], topics)
    return {
        **data,
        "row": data,
        "trigger": "" if _inside(row) else row["trigger"],
        "negated": bool(row["negated"]),
        "recalled": row["status"] == "background",
        "agreed": in_words(row["agreed_on"]),
        "due": period(row["due_start"], row["due_end"]) or shown(row["due_text"]),
        "day": in_words(row["published"]),
        "fields": {label: shown(row.get(key)) for key, label in CARD_FIELDS.items()},
    }


def _inside(row: Mapping[str, Any]) -> bool:
    """Whether the predicate is part of the undertaking, as in a list of points: it is not told twice."""
    return bool(
        row["what_start_char"] <= row["trigger_start_char"]
        and row["trigger_end_char"] <= row["what_end_char"]
    )


def _release(
    row: Mapping[str, Any], commitments: pd.DataFrame, mentions: Mapping[str, pd.DataFrame]
) -> dict[str, Any]:
    own = records(commitments[commitments["release_id"] == row["release_id"]])
    marks = [mark for name, frame in mentions.items() for mark in _mentions(name, frame, row["release_id"])]
    for commitment in own:
        marks.append(_mark(commitment, "what", "commitment", f"undertaking ({commitment['act']})"))
        marks.append(_mark(commitment, "trigger", "trigger", ""))
        marks.append(_mark(commitment, "sentence", f"s-{commitment['commitment_id']}", ""))
    return {
        **{key: shown(value) for key, value in row.items() if key != "text"},
        "day": in_words(row["published"]),
        "html": marked(row["text"], marks),
    }


def _mark(row: Mapping[str, Any], prefix: str, css: str, tip: str) -> Mark:
    anchor = f"t-{row['commitment_id']}" if prefix == "what" else None
    return Mark(int(row[f"{prefix}_start_char"]), int(row[f"{prefix}_end_char"]), css, tip, anchor)


def _mentions(name: str, frame: pd.DataFrame, release_id: str) -> list[Mark]:
    css = name.removesuffix("s")
    rows = records(frame[frame["release_id"] == release_id])
    return [Mark(int(r["start_char"]), int(r["end_char"]), css, _tip(name, r)) for r in rows]


def _tip(name: str, row: Mapping[str, Any]) -> str:
    if name == "actors":
        told = [shown(row["actor_id"]) or row["members"], row["role"], row["country"]]
    elif name == "dates":
        told = [row["timex_type"], row["date_start"], row["date_end"]]
        if not shown(row["date_start"]):
            told = [row["timex_type"], row["value"]]
    else:
        told = [row["kind"], row["name"]]
    return ", ".join(text for text in map(shown, told) if text)
