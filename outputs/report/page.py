"""From tables to the report: what the template needs, and the file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from communique.outputs import charts
from communique.outputs.cells import shown
from communique.outputs.files import replace_file
from communique.outputs.reading import Tables, one_of, records
from communique.outputs.report.marks import Mark, marked

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
}


class TooManyReleasesError(ValueError):
    """The filter asks for more releases than one page can show."""


def write_report(tables: Tables, path: str | Path, *, release_id: str | None = None, **filters: Any) -> Path:
    """Write the evidence of one release, or of the commitments that `filters` keep, as one HTML file.

    `filters` are those of `Tables.commitments`. The file holds its style, script and charts, and a
    content policy that lets it fetch nothing. Raises KeyError where there is no such release,
    TooManyReleasesError where the filter keeps over `MOST_RELEASES`.
    """
    commitments = tables.commitments(**filters)
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
    replace_file(path, render(tables, releases, commitments).encode("utf-8"))
    return path


def render(tables: Tables, releases: pd.DataFrame, commitments: pd.DataFrame) -> str:
    """The page as a string; all text from releases is escaped by the template."""
    within = one_of("release_id", releases["release_id"])
    mentions = {name: tables.frame(name, where=within) for name in ("actors", "dates", "dialogues")}
    parties = tables.frame("commitment_parties", where=within)
    parties = parties[parties["commitment_id"].isin(commitments["commitment_id"])]
    environment = Environment(
        loader=PackageLoader("communique.outputs.report", "."), autoescape=True, undefined=StrictUndefined
    )
    style, script = (environment.get_template(name).render() for name in ("style.css", "script.js"))
    return environment.get_template("page.html").render(
        style=Markup(style),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        releases=[
            _release(row, commitments, mentions)
            for row in records(releases.sort_values(["published", "release_id"]))
        ],
        n_commitments=len(commitments),
        parties=sorted(parties["actor_id"].unique()),
        acts=[act for act in charts.ACT_COLOURS if act in set(commitments["act"])],
        charts=[Markup(svg(chart)) for chart in _charts(commitments, parties)],
    )


def svg(chart: alt.TopLevelMixin) -> str:
    """A chart as SVG, rendered here; its text is escaped by the renderer."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def _charts(commitments: pd.DataFrame, parties: pd.DataFrame) -> list[alt.TopLevelMixin]:
    drawn: list[alt.TopLevelMixin] = [charts.party_bars(parties)] if len(parties) else []
    if parties["actor_id"].nunique() > 1:
        drawn.append(charts.party_matrix(parties))
    if commitments[["due_end", "published"]].notna().all(axis=1).any():
        drawn.append(charts.due_timeline(commitments))
    return drawn


def _release(
    row: Mapping[str, Any], commitments: pd.DataFrame, mentions: Mapping[str, pd.DataFrame]
) -> dict[str, Any]:
    own = records(commitments[commitments["release_id"] == row["release_id"]])
    marks = [mark for name, frame in mentions.items() for mark in _mentions(name, frame, row["release_id"])]
    for commitment in own:
        marks.append(_mark(commitment, "what", "commitment", f"undertaking ({commitment['act']})"))
        marks.append(_mark(commitment, "trigger", "trigger", ""))
    return {
        **{key: shown(value) for key, value in row.items() if key != "text"},
        "html": marked(row["text"], marks),
        "cards": [
            {
                "id": commitment["commitment_id"],
                "act": commitment["act"],
                "parties": commitment["parties"],
                "sentence": commitment["sentence"],
                "fields": {label: shown(commitment.get(key)) for key, label in CARD_FIELDS.items()},
            }
            for commitment in own
        ],
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
