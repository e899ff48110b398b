"""What an analyst says of commitments by hand: kept in a CSV beside the tables, whatever runs come."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as fs

from communique.extractors.actors.canonical import name_of
from communique.outputs.asking import WrongUsageError
from communique.outputs.files import replace_file
from communique.outputs.schemas import ACTS, COMMITMENT_PARTIES, COMMITMENTS, SCOPES, TABLES

FILE = "reviews.csv"
VERDICTS = ("confirmed", "corrected", "rejected")
LISTS = ("parties", "counterparts")
DAYS = ("due_start", "due_end")
DAY_OR_PERIOD = re.compile(r"\d{4}(-\d\d){0,2}")
ALLOWED = {"act": ACTS, "status": ("current", "background"), "scope": SCOPES}
#: Columns of commitments that a review may correct.
CORRECTABLE = ("act", "status", "scope", *LISTS, "agreed_on", "due_text", *DAYS)
COLUMNS = ("commitment_id", "release_id", "what", "verdict", *CORRECTABLE, "note", "reviewed_on")
NOTHING = "-"  # in a CSV, where an empty cell leaves a field as it was found

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """One verdict. `release_id` and `what` find the row again where a later extraction gave it another id.

    `values` are corrected columns as the CSV has them: lists joined by "; ", days in ISO 8601, "-" for none.
    """

    commitment_id: str
    verdict: str
    release_id: str = ""
    what: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    reviewed_on: str = ""

    @classmethod
    def of(cls, row: Mapping[str, str | None]) -> Review:
        """From a row of a CSV; WrongUsageError where it makes no sense."""
        cells = {name: (value or "").strip() for name, value in row.items() if name}
        review = cls(
            commitment_id=cells.get("commitment_id", ""),
            verdict=cells.get("verdict", ""),
            release_id=cells.get("release_id", ""),
            what=cells.get("what", ""),
            values={name: cells[name] for name in CORRECTABLE if cells.get(name)},
            note=cells.get("note", ""),
            reviewed_on=cells.get("reviewed_on", ""),
        )
        _check(review)
        return review

    def cells(self) -> dict[str, str]:
        """As a row of a CSV."""
        told = {name: value for name, value in asdict(self).items() if name != "values"}
        return told | dict(self.values)

    def applied(self, row: Row) -> Row:
        """The row as the reviewer has it."""
        return row | {name: _value(name, text) for name, text in self.values.items()}


Found = tuple[Review, Row]


class Reviews:
    """The reviews of one folder of tables; `store` is the file system of one that was published."""

    def __init__(self, folder: Path, store: fs.FileSystem | None = None) -> None:
        self.path = folder / FILE
        self.all = _published(store, self.path) if store else read(self.path) if self.path.exists() else {}

    def add(self, reviews: Iterable[Review]) -> None:
        """Keep reviews, each in place of an earlier one of the same commitment."""
        self.all |= {review.commitment_id: review for review in reviews}
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.all[key].cells() for key in sorted(self.all))
        replace_file(self.path, text.getvalue().encode("utf-8-sig"))

    def found(self, commitments: ds.Dataset) -> dict[str, Found]:
        """Each review and the row that it is of, by the row's id now.

        A row that is gone is the one of the same release with the same `what`; where there is none, the
        review waits.
        """
        if not self.all:
            return {}
        releases = pa.array([review.release_id for review in self.all.values()], pa.string())
        ids = pa.array(list(self.all), pa.string())
        where = ds.field("commitment_id").isin(ids) | ds.field("release_id").isin(releases)
        rows: list[Row] = commitments.to_table(filter=where).to_pylist()
        by_id = {row["commitment_id"]: row for row in rows}
        by_words = {(row["release_id"], row["what"]): row for row in rows}
        found = {}
        for review in self.all.values():
            row = by_id.get(review.commitment_id) or by_words.get((review.release_id, review.what))
            if row is not None and (
                row["commitment_id"] == review.commitment_id or row["commitment_id"] not in self.all
            ):
                found[row["commitment_id"]] = review, row
        return found


def read(path: Path) -> dict[str, Review]:
    """The reviews in a CSV by commitment_id; WrongUsageError where a row makes no sense."""
    return _parsed(path.read_bytes(), path.name)


def _published(store: fs.FileSystem, path: Path) -> dict[str, Review]:
    """The reviews that went with published tables."""
    if store.get_file_info(str(path)).type == fs.FileType.NotFound:
        return {}
    with store.open_input_stream(str(path)) as file:
        return _parsed(file.read(), path.name)


def _parsed(content: bytes, name: str) -> dict[str, Review]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    missing = {"commitment_id", "verdict"} - set(rows.fieldnames or ())
    if missing:
        raise WrongUsageError(f"{name}: no column {sorted(missing)[0]}")
    reviews = []
    for number, row in enumerate(rows, 2):
        try:
            reviews.append(Review.of(row))
        except WrongUsageError as error:
            raise WrongUsageError(f"{name}, row {number}: {error}") from error
    return {review.commitment_id: review for review in reviews}


def placed(review: Review, commitments: ds.Dataset) -> Review:
    """The review with the whole id, the release and the words of its row; LookupError where there is none."""
    first = ds.field("commitment_id")
    rows: list[Row] = commitments.to_table(
        ["commitment_id", "release_id", "what"], first >= review.commitment_id
    ).to_pylist()
    rows = [row for row in rows if row["commitment_id"].startswith(review.commitment_id)]
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} commitments have an id that begins with {review.commitment_id!r}")
    today = review.reviewed_on or dt.datetime.now(dt.UTC).date().isoformat()
    return replace(review, **rows[0], reviewed_on=today)


def applied(tables: Mapping[str, ds.Dataset], found: Mapping[str, Found]) -> dict[str, ds.Dataset]:
    """The tables `commitments` and `commitment_parties` as the reviewers have them, in memory."""
    rows = [review.applied(row) for review, row in found.values()]
    named = tables["commitment_parties"].to_table(["actor_id", "actor_name"]).to_pylist()
    names = {row["actor_id"]: row["actor_name"] for row in named}
    of_rows = ds.field("release_id").isin(pa.array([row["release_id"] for row in rows], pa.string()))
    releases = tables["releases"].to_table(["release_id", "published"], of_rows).to_pylist()
    days = {row["release_id"]: row["published"] for row in releases}
    new = {
        COMMITMENTS.name: rows,
        COMMITMENT_PARTIES.name: [
            row
            | {
                "actor_id": id_,
                "actor_name": names.get(id_) or name_of(id_),
                "published": days[row["release_id"]],
            }
            for row in rows
            for id_ in dict.fromkeys(row["parties"] or ())
        ],
    }
    others = ~ds.field("commitment_id").isin(pa.array(list(found), pa.string()))
    return {
        name: ds.dataset(
            pa.concat_tables(
                [tables[name].to_table(filter=others), pa.Table.from_pylist(some, schema=TABLES[name].schema)]
            )
        )
        for name, some in new.items()
    }


def _check(review: Review) -> None:
    if not review.commitment_id:
        raise WrongUsageError("no commitment_id")
    if review.verdict not in VERDICTS:
        raise WrongUsageError(f"no verdict {review.verdict!r}; there are {', '.join(VERDICTS)}")
    if bool(review.values) != (review.verdict == "corrected"):
        raise WrongUsageError("what is corrected, and nothing else, has fields that say how")
    for name, text in review.values.items():
        if name in ALLOWED and text not in ALLOWED[name]:
            raise WrongUsageError(f"{name} {text!r} is not one of {', '.join(ALLOWED[name])}")
        _value(name, text)


def _value(name: str, text: str) -> object:
    """A cell as the column holds it."""
    if text == NOTHING:
        return [] if name in LISTS else None
    if name in LISTS:
        return [part.strip() for part in text.split(";") if part.strip()]
    if name in DAYS:
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise WrongUsageError(f"{name} {text!r} is no day as 2026-03-31") from error
    if name == "agreed_on" and not DAY_OR_PERIOD.fullmatch(text):
        raise WrongUsageError(f"{name} {text!r} is no day, month or year as 2026-03-31, 2026-03 or 2026")
    return text


def counted(reviews: Iterable[Review]) -> str:
    """How many there are of each verdict."""
    counts = Counter(review.verdict for review in reviews)
    return (
        ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]) or "no reviews"
    )
