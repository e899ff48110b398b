"""A first look at the tables: how much there is, and a few commitments as who, what and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
from rich.console import Group, RenderableType
from rich.table import Table

from communique.outputs.cells import what_told
from communique.outputs.reviews import Found, Reviews, counted
from communique.outputs.schemas import COUNTED
from communique.outputs.state import lexicons_of
from communique.outputs.store import snapshot
from communique.outputs.telling import Promises, superseded, verdicts
from communique.pipelines.console import plain

COLUMNS = [
    "commitment_id",
    "release_id",
    "status",
    "scope",
    "act",
    "negated",
    "what",
    "what_start_char",
    "parties",
    "agreed_on",
    "due_text",
    "due_end",
    "confidence",
]
PER_RELEASE = 2

Row = dict[str, Any]


def overview(folder: Path, rows: int) -> RenderableType:
    """Row counts, and `rows` commitments: of each release those due by a day, then the surest.

    A state's own affairs and what is only recalled are left out, and it is said how many they are. Raises
    StoreError where there are no tables.
    """
    version = snapshot(folder)
    counts = ", ".join(f"{ds.dataset(version / name).count_rows()} {name}" for name in COUNTED)
    table = Table("who", "act", "what", "when", "due", title=counts, expand=True)
    table.title_justify = table.caption_justify = "left"
    datasets = {name: ds.dataset(version / name) for name in ("commitments", "releases")}
    reviews = Reviews(folder, lexicons_of(version))
    found = reviews.found(datasets["commitments"])
    promised = Promises(datasets)
    all_rows = datasets["commitments"].to_table(COLUMNS).to_pylist()
    rows_of = _reviewed(all_rows, promised, found)
    current = [row for row in rows_of if row["status"] == "current" and row["scope"] != "domestic"]
    kept = _once(current, promised, found)
    again = len([row for row in current if _promise(row, promised) in kept]) - len(kept)
    told = []
    if others := len(all_rows) - len(kept) - again:
        told.append(f"{others} commitments on a state's own affairs, only recalled or rejected are left out")
    if again:
        told.append(f"{again} are told again by another release, and counted once")
    if reviews.all:
        told.append(f"reviewed by hand: {counted(reviews.all.values())}")
    table.caption = "\n".join(told) or None
    for row in _foremost(kept.values())[:rows]:
        who, what = plain(", ".join(row["parties"] or ())), plain(what_told(row["what"], row["negated"]))
        table.add_row(who, row["act"], what, row["agreed_on"], plain(row["due_text"] or ""))
    where = plain(f"tables: {folder.absolute()}")
    where.overflow = "fold"
    return Group(table, where)


def _reviewed(rows: list[Row], promised: Promises, found: Mapping[str, Found]) -> list[Row]:
    """The rows as the reviewers have them, without those that they rejected."""
    held = verdicts(promised, found)
    return [
        found[id_][0].applied(row) if (id_ := row["commitment_id"]) in found else row
        for row in rows
        if (review := held.get(row["commitment_id"])) is None or review.verdict != "rejected"
    ]


def _once(rows: list[Row], promised: Promises, found: Mapping[str, Found]) -> dict[str, Row]:
    """The row of each promise, the same as `Tables.commitments` has, which needs pandas."""
    published = {row["release_id"]: row["published"] or dt.date.max for row in promised.releases}
    others = superseded({id_: row["promise_id"] for id_, row in promised.all().items()}, found)
    once: dict[str, Row] = {}
    for row in sorted(
        (row for row in rows if row["commitment_id"] not in others),
        key=lambda row: (
            *(row["commitment_id"] not in found, published[row["release_id"]]),
            *(row["release_id"], row["what_start_char"]),
        ),
    ):
        once.setdefault(_promise(row, promised), row)
    return once


def _promise(row: Row, promised: Promises) -> str:
    return str(promised.all()[row["commitment_id"]]["promise_id"])


def _foremost(found: Iterable[Row]) -> list[Row]:
    current = sorted(
        found, key=lambda row: (row["release_id"], row["due_end"] is None, -(row["confidence"] or 0.0))
    )
    of_release: dict[str, int] = {}
    chosen = []
    for row in current:
        of_release[row["release_id"]] = of_release.get(row["release_id"], 0) + 1
        if of_release[row["release_id"]] <= PER_RELEASE:
            chosen.append(row)
    return chosen
