"""One commitment, laid out for a reader: what was found, where, by which rule, and what was weighed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.dataset as ds
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from spacy.language import Language

from communique.corpus.publishers import speaks_for
from communique.extractors.commitments.why import Why, why
from communique.extractors.pipeline import annotate, build_pipeline, make_doc
from communique.models.lexicons import per_lexicons
from communique.outputs.cells import shown
from communique.outputs.reviews import Reviews, by_prefix
from communique.outputs.state import lexicons_of
from communique.outputs.store import snapshot
from communique.pipelines.console import plain

Row = dict[str, Any]
SIGNS, SETS = 12, 5  # shown


class Known(NamedTuple):
    """What the components know of a stored release."""

    text: str
    title: str | None
    publisher: str | None
    published: dt.date | None
    place: str | None
    speaks_for: tuple[str, ...]


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
    """The commitment whose id begins so, its sentence marked up, its fields, and what was weighed.

    For the last the text is read again.

    Raises LookupError where there is none, or more than one.
    """
    version = snapshot(folder)
    row = _reviewed(folder, version, by_prefix(ds.dataset(version / "commitments"), commitment_id))
    of_release = ds.field("release_id") == row["release_id"]
    release = _rows(version, "releases", of_release)[0]
    spans = {name: _rows(version, name, of_release) for name in ("dates", "dialogues")}
    spans["parties"] = [actor for actor in _rows(version, "actors", of_release) if _binds(actor, row)]
    with lexicons_of(version).used():
        reasons = _why(release, row)
    return Group(
        _heading(release), _sentence(row, spans), Text(), _fields(row), _legend(), *_reasons(reasons)
    )


def _why(release: Row, row: Row) -> Why | None:
    """What the pipeline makes of the release now."""
    known = Known(
        release["text"],
        release["title"],
        release["publisher"],
        release["published"],
        release["place"],
        speaks_for(release["publisher"], release["url"]),
    )
    doc = annotate(_pipeline(), make_doc(_pipeline(), known))
    return why(doc, row["what_start_char"], row["what_end_char"])


@per_lexicons
def _pipeline() -> Language:
    return build_pipeline()


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


def _reasons(reasons: Why | None) -> Iterator[RenderableType]:
    """What proposed it, the heaviest signs of the decision, and the likeliest sets of parties."""
    if reasons is None:
        yield Text("\nRead again, the text does not give this row: code, words or model have changed.", "dim")
        return
    mark = reasons.mark
    read = f"marked by the reader ({mark.act}, {mark.score:.2f})" if mark else "not marked by the reader"
    yield Text()
    yield plain(f"Proposed by {reasons.rule}, {read}. What was weighed, in logits:")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    shown, rest = reasons.signs[:SIGNS], reasons.signs[SIGNS:]
    for name, weight in (*shown, (f"{len(rest)} more", sum(w for _, w in rest)), ("bias", reasons.bias)):
        table.add_row(f"{weight:+.2f}", plain(name))
    yield table
    yield plain(f"An undertaking with {reasons.chance:.2f}; {reasons.threshold:.2f} is asked. Who, among:")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for option, chance in reasons.parties[:SETS]:
        named = ", ".join(option.ids) or "nobody"
        table.add_row(f"{chance:.2f}", plain(named), plain(", ".join(sorted(option.readings))))
    yield table
