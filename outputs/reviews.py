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

from communique.corpus.columns import guarded, unguarded
from communique.corpus.decode import decode
from communique.models.lexicons import Lexicons
from communique.outputs.actor_names import is_lexicon_id, known_actor
from communique.outputs.asking import WrongUsageError
from communique.outputs.files import replace_file
from communique.outputs.keeping import day_of
from communique.outputs.lock import exclusive
from communique.outputs.schemas import ACTS, COMMITMENT_PARTIES, COMMITMENTS, SCOPES

FILE = "reviews.csv"
LOCK = ".reviews.lock"  # not that of the tables, which a run may hold for hours
VERDICTS = ("confirmed", "corrected", "rejected")
LISTS = ("parties", "counterparts")
DAYS = ("due_start", "due_end")
DAY_OR_PERIOD = re.compile(r"\d{4}(-\d\d){0,2}")
BETWEEN = re.compile(r",| and |&")  # parties, as people write them
ALLOWED = {"act": ACTS, "status": ("current", "background"), "scope": SCOPES}
#: Columns of commitments that a review may correct.
CORRECTABLE = ("act", "status", "scope", *LISTS, "agreed_on", "due_text", *DAYS)
COLUMNS = ("commitment_id", "release_id", "what", "verdict", *CORRECTABLE, "note", "reviewed_on")
NOTHING = "-"  # in a CSV, where an empty cell leaves a field as it was found

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """One verdict. `release_id` and `what` find the row again where a later extraction gave it another id.

    `values` are corrected columns as in the CSV: actor_ids joined by "; ", days in ISO 8601, "-" for none.
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
        """From a row of a CSV, with names or actor_ids; WrongUsageError where it makes no sense."""
        cells = {name: str(unguarded((value or "").strip())) for name, value in row.items() if name}
        review = cls(
            commitment_id=cells.get("commitment_id", ""),
            verdict=cells.get("verdict", ""),
            release_id=cells.get("release_id", ""),
            what=cells.get("what", ""),
            values={name: text for name in CORRECTABLE if (text := _with_ids(name, cells.get(name, "")))},
            note=cells.get("note", ""),
            reviewed_on=cells.get("reviewed_on", ""),
        )
        _check(review)
        return review

    def cells(self) -> dict[str, str]:
        """As a row of a CSV, in which a spreadsheet runs nothing."""
        cells = {name: value for name, value in asdict(self).items() if name != "values"} | dict(self.values)
        return {name: text if text == NOTHING else guarded(text) for name, text in cells.items()}

    def applied(self, row: Row) -> Row:
        """The row as the reviewer has it."""
        return row | {name: _value(name, text) for name, text in self.values.items()}


Found = tuple[Review, Row]


class Reviews:
    """The reviews of one folder of tables; `store` is the file system of one that was published.

    Names in them are those of `lexicons`: of the version that is read.
    """

    def __init__(self, folder: Path, lexicons: Lexicons, store: fs.FileSystem | None = None) -> None:
        self.path, self._lexicons, self._store = folder / FILE, lexicons, store
        self.all = self._kept()

    def add(self, reviews: Iterable[Review]) -> None:
        """Keep reviews, each in place of an earlier one of the same commitment, beside what others add.

        Raises StoreLockedError where another process adds some at this moment.
        """
        with exclusive(self.path.parent, LOCK):
            self.all = self._kept() | {review.commitment_id: review for review in reviews}
            text = io.StringIO()
            writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.all[key].cells() for key in sorted(self.all))
            replace_file(self.path, text.getvalue().encode("utf-8-sig"))

    def _kept(self) -> dict[str, Review]:
        if (content := _content(self.path, self._store)) is None:
            return {}
        with self._lexicons.used():
            return _parsed(content, self.path.name)

    def found(self, commitments: ds.Dataset) -> dict[str, Found]:
        """Each review and the row that it is of, by the row's id now.

        A row that is gone is the one of the same release with the same `what`; where there is none, the
        review waits.
        """
        if not self.all:
            return {}
        releases = (review.release_id for review in self.all.values())
        where = _one_of("commitment_id", self.all) | _one_of("release_id", releases)
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


def _content(path: Path, store: fs.FileSystem | None) -> bytes | None:
    """The CSV as it lies; None where nothing was reviewed."""
    store = store or fs.LocalFileSystem()
    if store.get_file_info(str(path)).type == fs.FileType.NotFound:
        return None
    with store.open_input_stream(str(path)) as file:
        return bytes(file.read())


def _parsed(content: bytes, name: str) -> dict[str, Review]:
    rows = csv.DictReader(io.StringIO(decode(content), newline=""))  # Excel may have saved it since
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
    row = by_prefix(commitments, review.commitment_id, ["commitment_id", "release_id", "what"])
    today = review.reviewed_on or dt.datetime.now(dt.UTC).date().isoformat()
    return replace(review, **row, reviewed_on=today)


def by_prefix(commitments: ds.Dataset, prefix: str, columns: list[str] | None = None) -> Row:
    """The commitment whose id begins so; LookupError where there is none, or more than one."""
    id_ = ds.field("commitment_id")
    after = f"{prefix}g"  # ids are hex
    rows: list[Row] = commitments.to_table(columns, (id_ >= prefix) & (id_ < after)).to_pylist()
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} commitments have an id that begins with {prefix!r}")
    return rows[0]


def corrected(tables: Mapping[str, ds.Dataset], found: Mapping[str, Found]) -> dict[str, pa.Table]:
    """Rows of `commitments` and `commitment_parties` as the reviewers have them."""
    rows = [review.applied(row) for review, row in found.values()]
    bound = [(row, id_) for row in rows for id_ in dict.fromkeys(row["parties"] or ())]
    named = tables["commitment_parties"].to_table(
        ["actor_id", "actor_name"], _one_of("actor_id", (id_ for _, id_ in bound))
    )
    names = {row["actor_id"]: row["actor_name"] for row in named.to_pylist()}
    releases = tables["releases"].to_table(
        ["release_id", "published"], _one_of("release_id", (row["release_id"] for row in rows))
    )
    days = {row["release_id"]: row["published"] for row in releases.to_pylist()}
    parties = [
        row
        | {
            "actor_id": id_,
            "actor_name": names.get(id_) or _name_of(id_),
            "published": days[row["release_id"]],
        }
        for row, id_ in bound
    ]
    return {
        table.name: pa.Table.from_pylist(some, schema=table.schema)
        for table, some in ((COMMITMENTS, rows), (COMMITMENT_PARTIES, parties))
    }


def _name_of(actor_id: str) -> str:
    """The name of one who is bound in no row as it was found."""
    from communique.extractors.actors.canonical import name_of  # with it comes spaCy

    return name_of(actor_id)


def _one_of(column: str, values: Iterable[str]) -> ds.Expression:
    return ds.field(column).isin(pa.array(set(values), pa.string()))


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


def _with_ids(name: str, text: str) -> str:
    """The cell with the actor_id of each party that it names."""
    if name not in LISTS or text == NOTHING:
        return text
    return "; ".join(dict.fromkeys(_party(part.strip()) for part in text.split(";") if part.strip()))


def _party(name: str) -> str:
    """The actor_id that the lexicons have for a name; a company is its name."""
    if is_lexicon_id(name):  # as in every review that was kept
        return name
    if (known := known_actor(name)) is not None:
        return known
    parts = [part.strip() for part in BETWEEN.split(name)]
    if len(parts) > 1 and all(map(known_actor, parts)):
        raise WrongUsageError(f"{name!r} are several; write {'; '.join(parts)!r}")
    return name


def _value(name: str, text: str) -> object:
    """A cell as the column holds it."""
    if text == NOTHING:
        return [] if name in LISTS else None
    if name in LISTS:
        return text.split("; ")
    if name in DAYS:
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise WrongUsageError(f"{name} {text!r} is no day as 2026-03-31") from error
    if name == "agreed_on":
        try:
            if not DAY_OR_PERIOD.fullmatch(text):
                raise ValueError(text)
            day_of(text, None)
        except ValueError as error:  # a thirteenth month too
            what = "no day, month or year as 2026-03-31, 2026-03 or 2026"
            raise WrongUsageError(f"{name} {text!r} is {what}") from error
    return text


def counted(reviews: Iterable[Review]) -> str:
    """How many there are of each verdict."""
    counts = Counter(review.verdict for review in reviews)
    return (
        ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]) or "no reviews"
    )
