"""Charts of the tables, for the notebook and the report: Altair, Okabe-Ito colours, titles and units.

Each function takes a frame from `Tables.commitments`, `Tables.parties` or `Tables.frame` and returns a chart.
Colours: M. Okabe and K. Ito, "Color Universal Design" (2008): told apart with every common colour
blindness and in grey.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

ACT_COLOURS = {
    "enact": "#000000",
    "agree": "#0072B2",
    "commit": "#009E73",
    "reaffirm": "#E69F00",
    "intend": "#56B4E9",
}
KIND_COLOURS = {"dialogue": "#0072B2", "instrument": "#D55E00", "initiative": "#009E73"}
WIDTH = 640
MOST = 20  # parties or dialogues in one chart: more are not readable in print
MOST_DUE = 40  # lines of the timeline


def party_bars(parties: pd.DataFrame) -> alt.Chart:
    """How many commitments bind each party, by act; the `MOST` busiest parties."""
    kept = parties[parties["actor_id"].isin(_busiest(parties["actor_id"]))]
    return _titled(
        alt.Chart(_counted(kept, ["actor_id", "act"])).mark_bar(),
        _part("Commitments by party and act", parties["actor_id"].nunique(), "parties"),
        x=alt.X("count:Q", title="commitments", axis=_whole()),
        y=alt.Y("actor_id:N", title="party", sort="-x"),
        color=_colour("act", ACT_COLOURS, kept),
        tooltip=["actor_id", "act", "count"],
    )


def party_matrix(parties: pd.DataFrame) -> alt.Chart:
    """Who is bound together with whom: commitments that two parties share."""
    kept = parties.loc[parties["actor_id"].isin(_busiest(parties["actor_id"])), ["commitment_id", "actor_id"]]
    pairs = kept.merge(kept, on="commitment_id", suffixes=("", "_with"))
    pairs = pairs[pairs["actor_id"] != pairs["actor_id_with"]]
    return _titled(
        alt.Chart(_counted(pairs, ["actor_id", "actor_id_with"])).mark_rect(stroke="white"),
        _part("Who is bound together with whom", parties["actor_id"].nunique(), "parties"),
        x=alt.X("actor_id_with:N", title="with"),
        y=alt.Y("actor_id:N", title="party"),
        color=alt.Color(
            "count:Q", title="shared commitments", scale=alt.Scale(scheme="cividis", reverse=True)
        ),
        tooltip=["actor_id", "actor_id_with", "count"],
    ).properties(width=alt.Step(26), height=alt.Step(20))


def due_timeline(commitments: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Commitments from publication to the last due day, in order of that day; the first `MOST_DUE`."""
    dated = commitments.dropna(subset=["due_end", "published"]).sort_values(["due_end", "commitment_id"])
    due = dated.head(MOST_DUE)
    due = due.assign(label=[shorten(what) for what in due["what"]], who=due["parties"].map(", ".join))
    base = alt.Chart(due[["label", "who", "act", "published", "due_end"]]).encode(
        y=alt.Y("label:N", title=None, sort=None, axis=alt.Axis(labelLimit=360)),
        color=_colour("act", ACT_COLOURS, due),
        tooltip=["label", "who", "act", "published", "due_end"],
    )
    bars = base.mark_rule(strokeWidth=2).encode(x=alt.X("published:T", title="date"), x2="due_end:T")
    ends = base.mark_point(filled=True, size=60).encode(x="due_end:T")
    title = _part("From publication to the last due day", len(dated), "commitments", MOST_DUE)
    return alt.layer(bars, ends).properties(title=title, width=WIDTH / 2)


def dialogues_over_time(mentions: pd.DataFrame) -> alt.Chart:
    """Releases that name a dialogue, instrument or initiative, by month of publication."""
    named = mentions.dropna(subset=["published"]).drop_duplicates(["release_id", "dialogue_id"])
    named = named[named["dialogue_id"].isin(_busiest(named["dialogue_id"]))]
    longest = (
        named.assign(length=named["name"].str.len())
        .sort_values("length")
        .groupby("dialogue_id")["name"]
        .last()
    )
    named = named.assign(
        month=named["published"].dt.strftime("%Y-%m"),
        label=[shorten(longest[i]) for i in named["dialogue_id"]],
    )
    return _titled(
        alt.Chart(_counted(named, ["label", "kind", "month"])).mark_circle(opacity=1),
        _part(
            "Named dialogues, instruments and initiatives over time",
            mentions["dialogue_id"].nunique(),
            "names",
        ),
        x=alt.X("month:O", title="month of publication"),
        y=alt.Y("label:N", title=None, axis=alt.Axis(labelLimit=360)),
        size=alt.Size("count:Q", title="releases", legend=alt.Legend(tickMinStep=1, format="d")),
        color=_colour("kind", KIND_COLOURS, named),
        tooltip=["label", "kind", "month", "count"],
    ).properties(width=WIDTH / 2)


def shorten(text: str, length: int = 60) -> str:
    """A label of at most `length` characters, cut between words; an ellipsis says that it was cut."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"


def _part(title: str, count: int, of: str, most: int = MOST) -> str:
    """A title that says where a chart leaves some out."""
    return f"{title} ({most} of {count} {of})" if count > most else title


def _busiest(values: pd.Series[str]) -> list[str]:
    return list(values.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:MOST])


def _counted(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return frame.groupby(by).size().rename("count").reset_index()


def _colour(field: str, colours: dict[str, str], frame: pd.DataFrame) -> alt.Color:
    """Always the same colour for the same thing; the legend has those that are in `frame`."""
    there = [name for name in colours if name in set(frame[field])]
    scale = alt.Scale(domain=there, range=[colours[name] for name in there])
    return alt.Color(f"{field}:N", title=field, scale=scale)


def _whole() -> alt.Axis:
    return alt.Axis(tickMinStep=1, format="d")


def _titled(chart: alt.Chart, title: str, **channels: Any) -> alt.Chart:
    return chart.encode(**channels).properties(title=title, width=WIDTH)
