"""What most rows call something that has an id, and rows that have names in place of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from communique.outputs.filters import one_of

if TYPE_CHECKING:
    from communique.outputs.reading import Tables

#: Columns with lists of ids, and what those are called where the column has names.
IDS = {"parties": "party_ids", "counterparts": "counterpart_ids", "dialogues": "dialogue_ids"}


def by_name(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with parties, counterparts and dialogues by name; their ids are in columns at the end."""
    lists = [name for name in IDS if name in rows]
    ids = {name: {id_ for some in rows[name] for id_ in some or ()} for name in lists}
    known = actors_called(tables, ids.get("parties", set()) | ids.get("counterparts", set()))
    known |= dialogues_called(tables, ids.get("dialogues", ()))
    names = {name: rows[name].map(lambda some: named(some, known)) for name in lists}
    return rows.assign(**names, **{IDS[name]: rows[name] for name in lists})


def named(ids: Iterable[str] | None, known: Mapping[str, str]) -> list[str]:
    """The names of `ids`, an id itself where there is none."""
    return [known.get(one, one) for one in ids or []]


def actors_called(tables: Tables, ids: Iterable[str]) -> dict[str, str]:
    """The name of each actor_id: as it is bound, else as releases mention it."""
    ids = set(ids)
    known: dict[str, str] = {}
    for table, called in (("actors", "name"), ("commitment_parties", "actor_name")):
        rows = tables.frame(table, where=one_of("actor_id", ids), columns=["actor_id", called])
        known |= names_of(rows["actor_id"], rows[called])
    return known


def dialogues_called(tables: Tables, ids: Iterable[str] | None = None) -> dict[str, str]:
    """The name of each dialogue_id over all releases, or of some."""
    where = None if ids is None else one_of("dialogue_id", ids)
    rows = tables.frame("dialogues", where=where, columns=["dialogue_id", "name"])
    return names_of(rows["dialogue_id"], rows["name"])


def names_of(ids: pd.Series[str], called: pd.Series[str]) -> dict[str, str]:
    """The name that most rows give each id; of several the longest."""
    rows = pd.DataFrame({"id": ids, "name": called}).dropna()
    counted = rows.value_counts().reset_index(name="count")
    best = counted.assign(length=counted["name"].str.len()).sort_values(["count", "length", "name"])
    return dict(zip(best["id"], best["name"], strict=True))
