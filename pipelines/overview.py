"""A first look at the tables: how much there is, and a few commitments as who, what and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
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
from communique.outputs.telling import promises_on, superseded, verdicts
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
    table = Table("who", "act", "what", "when", "due", title=counts, title_justify="left", expand=True)
    datasets = {name: ds.dataset(version / name) for name in ("commitments", "releases")}
    reviews = Reviews(folder, lexicons_of(version))
    found = reviews.found(datasets["commitments"])
    rows_of = _reviewed(datasets["commitments"].to_table(COLUMNS).to_pylist(), datasets, found)
    current = [row for row in rows_of if row["status"] == "current" and row["scope"] != "domestic"]
    kept = _once(current, datasets, found)
    told = []
    if others := datasets["commitments"].count_rows() - len(current):
        told.append(f"{others} commitments on a state's own affairs, only recalled or rejected are left out")
    if again := len(current) - len(kept):
        told.append(f"{again} are told again by another release, and counted once")
    if reviews.all:
        told.append(f"reviewed by hand: {counted(reviews.all.values())}")
    table.caption = "\n".join(told) or None
    for row in _foremost(kept)[:rows]:
        who, what = plain(", ".join(row["parties"] or ())), plain(what_told(row["what"], row["negated"]))
        table.add_row(who, row["act"], what, row["agreed_on"], plain(row["due_text"] or ""))
    where = plain(f"tables: {folder.absolute()}")
    where.overflow = "fold"
    return Group(table, where)


def _reviewed(rows: list[Row], datasets: Mapping[str, ds.Dataset], found: Mapping[str, Found]) -> list[Row]:
    """The rows as the reviewers have them, without those that they rejected."""
    held = verdicts(datasets, found)
    return [
        found[id_][0].applied(row) if (id_ := row["commitment_id"]) in found else row
        for row in rows
        if (review := held.get(row["commitment_id"])) is None or review.verdict != "rejected"
    ]


def _once(rows: list[Row], datasets: Mapping[str, ds.Dataset], found: Mapping[str, Found]) -> list[Row]:
    """One row a promise, the same as `Tables.commitments` has, which needs pandas."""
    told = {row["commitment_id"]: row["promise_id"] for row in promises_on(datasets)}
    releases = datasets["releases"].to_table(["release_id", "published"]).to_pylist()
    published = {row["release_id"]: row["published"] or dt.date.max for row in releases}
    others = superseded(told, found)
    once: dict[str, Row] = {}
    for row in sorted(
        (row for row in rows if row["commitment_id"] not in others),
        key=lambda row: (
            *(row["commitment_id"] not in found, published[row["release_id"]]),
            *(row["release_id"], row["what_start_char"]),
        ),
    ):
        once.setdefault(told[row["commitment_id"]], row)
    return list(once.values())


def _foremost(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
