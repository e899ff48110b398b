"""Charts say what they leave out."""

from __future__ import annotations

import pandas as pd

from communique.outputs import charts


def due_in_2026(count: int) -> pd.DataFrame:
    rows = [
        {"commitment_id": f"c{n}", "what": f"hold meeting {n}", "act": "intend", "parties": ["CAN"]}
        for n in range(count)
    ]
    days = {"published": pd.Timestamp("2024-01-01"), "due_end": pd.Timestamp("2026-12-31")}
    return pd.DataFrame(rows).assign(**days)


def bound(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        [{"commitment_id": "c", "actor_id": f"company-{n}", "act": "agree"} for n in range(count)]
    )


def test_a_chart_of_all_there_is_says_no_more() -> None:
    assert charts.due_timeline(due_in_2026(3)).to_dict()["title"] == "From publication to the last due day"


def test_a_chart_of_a_part_says_of_how_many() -> None:
    assert charts.due_timeline(due_in_2026(50)).to_dict()["title"].endswith("(40 of 50 commitments)")
    assert charts.party_bars(bound(21)).to_dict()["title"].endswith("(20 of 21 parties)")


def test_nothing_to_draw_is_no_error() -> None:
    for chart in (
        charts.party_bars(bound(1).head(0)),
        charts.party_matrix(bound(1)),
        charts.due_timeline(due_in_2026(1).head(0)),
    ):
        assert chart.to_dict()["title"]
