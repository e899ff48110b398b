"""What a grouping undertook, counted for the members it had on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from communique.models.lexicons import load_lexicon
from communique.outputs.filters import day as day_of


def members_on(group: str, day: dt.date) -> list[str]:
    """actor_ids of the members of `group` on `day`; none where the lexicon `members` has no such group."""
    members = load_lexicon("members")["groupings"].get(group, {}).get("members", {})
    return [
        actor
        for actor, (first, last) in members.items()
        if (day_of(first) or dt.date.min) <= day <= (day_of(last) or dt.date.max)
    ]


def with_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `commitment_parties` and, for each grouping in them, one row per member.

    The new column `via` holds the grouping through which a member is bound, null where the text binds
    the party itself. Membership counts on the publication day; undated rows stay as they are.
    """
    direct = rows.assign(via=None)
    groupings = direct[direct["actor_id"].isin(load_lexicon("members")["groupings"])]
    added = [row for record in groupings.to_dict("records") for row in _members(record)]
    if not added:
        return direct
    both = pd.concat(
        [direct, pd.DataFrame(added, columns=direct.columns).astype(rows.dtypes)], ignore_index=True
    )
    return both.drop_duplicates(["commitment_id", "actor_id"], ignore_index=True)


def _members(row: dict[Any, Any]) -> Iterator[dict[Any, Any]]:
    if pd.isna(row["published"]):
        return
    for member in members_on(row["actor_id"], row["published"].date()):
        yield {**row, "actor_id": member, "actor_name": member, "via": row["actor_id"]}
