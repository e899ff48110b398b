"""What most rows call something that has an id."""

from __future__ import annotations

import pandas as pd


def names_of(ids: pd.Series[str], called: pd.Series[str]) -> dict[str, str]:
    """The name that most rows give each id; of several the longest."""
    rows = pd.DataFrame({"id": ids, "name": called}).dropna()
    counted = rows.value_counts().reset_index(name="count")
    best = counted.assign(length=counted["name"].str.len()).sort_values(["count", "length", "name"])
    return dict(zip(best["id"], best["name"], strict=True))
