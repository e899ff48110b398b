"""A first look at the tables: how much there is, and a few commitments as who, what and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
from rich.console import Group, RenderableType
from rich.table import Table

from communique.outputs.schemas import COUNTED
from communique.outputs.store import snapshot
from communique.pipelines.console import plain

COLUMNS = ["release_id", "act", "what", "parties", "agreed_on", "due_text", "due_end", "confidence"]
PER_RELEASE = 2


def overview(folder: Path, rows: int) -> RenderableType:
    """Row counts, and `rows` current commitments: of each release those due by a day, then the surest.

    Raises StoreError where there are no tables.
    """
    version = snapshot(folder)
    counts = ", ".join(f"{ds.dataset(version / name).count_rows()} {name}" for name in COUNTED)
    table = Table("who", "act", "what", "when", "due", title=counts, title_justify="left", expand=True)
    for row in _foremost(version)[:rows]:
        who, what = plain(", ".join(row["parties"] or ())), plain(row["what"])
        table.add_row(who, row["act"], what, row["agreed_on"], plain(row["due_text"] or ""))
    where = plain(f"tables: {folder.absolute()}")
    where.overflow = "fold"
    return Group(table, where)


def _foremost(version: Path) -> list[dict[str, Any]]:
    table = ds.dataset(version / "commitments").to_table(COLUMNS, ds.field("status") == "current")
    current = table.to_pylist()
    current.sort(key=lambda row: (row["release_id"], row["due_end"] is None, -(row["confidence"] or 0.0)))
    of_release: dict[str, int] = {}
    chosen = []
    for row in current:
        of_release[row["release_id"]] = of_release.get(row["release_id"], 0) + 1
        if of_release[row["release_id"]] <= PER_RELEASE:
            chosen.append(row)
    return chosen
