"""One commitment, laid out for a reader: what was found, where, and by which rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.outputs.cells import shown
from communique.outputs.reviews import Reviews, by_prefix
from communique.outputs.state import lexicons_of
from communique.outputs.store import snapshot
from communique.pipelines.console import plain

Row = dict[str, Any]

STYLES = {
    "what": "green",
    "trigger": "bold yellow",
    "parties": "bold blue",
    "dates": "magenta",
    "dialogues": "cyan",
}
FIELDS = (
    *("commitment_id", "trigger", "what", "act", "negated", "status", "parties", "parties_text", "speaker"),
    *("agreed_on", "agreed_on_from", "due_text", "due_start", "due_end", "recurrence", "dialogues"),
    *("confidence", "rule", "verdict", "note"),
)


def explain(folder: Path, commitment_id: str) -> RenderableType:
    """The commitment whose id begins so, its sentence marked up, and its fields.

    Raises LookupError where there is none, or more than one.
    """
    version = snapshot(folder)
    row = _reviewed(folder, version, by_prefix(ds.dataset(version / "commitments"), commitment_id))
    of_release = ds.field("release_id") == row["release_id"]
    release = _rows(version, "releases", of_release)[0]
    spans = {name: _rows(version, name, of_release) for name in ("dates", "dialogues")}
    spans["parties"] = [actor for actor in _rows(version, "actors", of_release) if _binds(actor, row)]
    return Group(_heading(release), _sentence(row, spans), Text(), _fields(row), _legend())


def _reviewed(folder: Path, version: Path, row: Row) -> Row:
    """The row as a reviewer has it, with the verdict and the note."""
    found = Reviews(folder, lexicons_of(version)).found(ds.dataset(version / "commitments"))
    if row["commitment_id"] not in found:
        return row
    review, _ = found[row["commitment_id"]]
    return review.applied(row) | {"verdict": review.verdict, "note": review.note}


def _binds(actor: Row, commitment: Row) -> bool:
    """Whether a mention is of a party, or of a group of parties."""
    parties = set(commitment["parties"] or ())
    return actor["actor_id"] in parties or bool(parties.intersection(actor["members"] or ()))


def _rows(version: Path, table: str, where: ds.Expression) -> list[Row]:
    rows: list[Row] = ds.dataset(version / table).to_table(filter=where).to_pylist()
    return rows


def _heading(release: Row) -> Text:
    parts = (
        release["title"],
        release["publisher"],
        release["published"],
        release["url"] or release["source"],
    )
    return plain("\n".join(str(part) for part in parts if part) + "\n", "dim")


def _sentence(row: Row, spans: dict[str, list[Row]]) -> Text:
    begin, end = row["sentence_start_char"], row["sentence_end_char"]
    text = plain(row["sentence"])
    marks = [("what", row["what_start_char"], row["what_end_char"])]
    marks += [(name, span["start_char"], span["end_char"]) for name in spans for span in spans[name]]
    marks += [("trigger", row["trigger_start_char"], row["trigger_end_char"])]
    for name, start, stop in marks:
        if begin <= start and stop <= end:
            text.stylize(STYLES[name], start - begin, stop - begin)
    return text


def _fields(row: Row) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name in FIELDS:
        if value := shown(row.get(name)):
            table.add_row(name, plain(value))
    return table


def _legend() -> Text:
    return Text("\n").join([Text(""), Text("  ").join([Text(name, style) for name, style in STYLES.items()])])
