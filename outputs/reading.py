"""The tables as an analyst reads them: pandas frames, joined and filtered, or a DuckDB connection.

>>> from communique.outputs import open_tables
>>> tables = open_tables("outputs/tables")
>>> tables.commitments(parties=["KOR"], since="2024", due_before="2027")  # doctest: +SKIP

Filters go down to the Parquet files: only the rows that are asked for are read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as fs

from communique.outputs import following
from communique.outputs.extras import extra
from communique.outputs.groups import with_groups as add_groups
from communique.outputs.published import newest
from communique.outputs.remote import is_address
from communique.outputs.schemas import ACTS, DERIVED, TABLES

if TYPE_CHECKING:
    import duckdb

Day = str | dt.date | None

#: Columns of the release that stand beside each commitment.
RELEASE_COLUMNS = ["release_id", "title", "publisher", "published", "url", "source"]

#: Columns of `Tables.commitments` that come first, as a reader asks; what machines need comes after.
READER_COLUMNS = [
    *("parties", "what", "act", "agreed_on", "due_start", "due_end", "due_text", "counterparts"),
    *("title", "publisher", "published", "sentence"),
]

TABLE_NAMES = tuple(TABLES)


class NoTablesError(FileNotFoundError):
    """The folder holds no tables: nothing was extracted into it yet."""


def day(value: Day, *, last: bool = False) -> dt.date | None:
    """The first (or last) day of "2024", "2024-07" or "2024-07-18"; ValueError for anything else."""
    if value is None or isinstance(value, dt.date):
        return value
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        raise ValueError(f"{value!r} is not a year, month or day as 2024, 2024-07 or 2024-07-18")
    period = pd.Period(value, freq={4: "Y", 7: "M", 10: "D"}[len(value)])
    return (period.end_time if last else period.start_time).date()


@dataclass(frozen=True)
class Tables:
    """The tables in one folder, or published at an address, as they stood when it was opened.

    A run that commits meanwhile does not change what this object reads. The files stay for one more commit
    or publication; after a long run open the folder again. `store` is the file system of an address.
    """

    folder: Path | str
    store: fs.FileSystem | None = None

    def frame(
        self, name: str, *, where: ds.Expression | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """One table as it lies, dates as datetime64, lists as lists; KeyError where there is none."""
        return to_frame(self.table(name, where=where, columns=columns))

    def table(
        self, name: str, *, where: ds.Expression | None = None, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """The same as an Arrow table."""
        if name not in TABLE_NAMES:
            raise KeyError(f"no table {name!r}; there are {', '.join(TABLE_NAMES)}")
        return self._dataset(name).to_table(filter=where, columns=columns)

    def releases(self, *, since: Day = None, until: Day = None) -> pd.DataFrame:
        """The releases published in a period, both ends included."""
        return self.frame("releases", where=published_between(since, until))

    def release(self, release_id: str) -> dict[str, pd.DataFrame]:
        """All rows of one release, by table; KeyError where there is none."""
        names = ("releases", "actors", "dates", "dialogues", "commitments", "events", "commitment_parties")
        rows = {name: self.frame(name, where=ds.field("release_id") == release_id) for name in names}
        if rows["releases"].empty:
            raise KeyError(f"no release {release_id!r} in {self.folder}")
        return rows

    def find_release(self, text: str) -> str:
        """The release_id that `text` names: the id itself, or the end of one source; else LookupError."""
        known = self.frame("releases", columns=["release_id", "source"])
        exact = known[(known["release_id"] == text) | (known["source"] == text)]
        named = known[known["source"].str.endswith(text)] if exact.empty else exact
        if len(named) != 1:
            some = "".join(f"\n  {name}" for name in named["release_id"].sort_values().head(10))
            raise LookupError(f"{len(named)} releases are named {text!r}; give a release_id{some}")
        return str(named["release_id"].iloc[0])

    def commitments(
        self,
        *,
        since: Day = None,
        until: Day = None,
        parties: Iterable[str] | None = None,
        with_groups: bool = False,
        acts: Iterable[str] | None = None,
        due_after: Day = None,
        due_before: Day = None,
        background: bool = False,
    ) -> pd.DataFrame:
        """Commitments joined with their release, one row each, in order of publication and text.

        `since` and `until` bound the publication day (a release without one is in no period);
        `parties` are actor_ids of which any is bound; `with_groups` counts what a group undertook for its
        members of that day ("G7" for CAN); `due_after` and `due_before` bound the last due day (what has
        none is left out). What a release only recalls is left out unless `background`. Raises
        ValueError for an act or a period that is none.
        """
        where = [] if background else [ds.field("status") == "current"]
        if acts is not None:
            where.append(one_of("act", known_acts(acts)))
        if due_after is not None:
            where.append(ds.field("due_end") >= pa.scalar(day(due_after)))
        if due_before is not None:
            where.append(ds.field("due_end") < pa.scalar(day(due_before)))
        releases = self.frame("releases", where=published_between(since, until), columns=RELEASE_COLUMNS)
        if since is not None or until is not None:
            where.append(one_of("release_id", releases["release_id"]))
        if parties is not None:
            where.append(one_of("commitment_id", self._bound(list(parties), with_groups)))
        found = self.frame("commitments", where=_all(where)).merge(
            releases, on="release_id", validate="many_to_one"
        )
        found = found.sort_values(["published", "release_id", "what_start_char"], ignore_index=True)
        return found[_reader_order(found.columns)]

    def parties(self, *, with_groups: bool = False, **filters: Any) -> pd.DataFrame:
        """One row per commitment and party, for a group-by; filters as in `commitments`."""
        kept = self.commitments(with_groups=with_groups, **filters)
        rows = self.frame("commitment_parties", where=one_of("commitment_id", kept["commitment_id"]))
        return add_groups(rows) if with_groups else rows

    def dialogues(self, *, between: Iterable[str] = (), as_of: Day = None) -> pd.DataFrame:
        """One row per dialogue, instrument or initiative over all releases, that of most releases first.

        `between` are actor_ids that are all parties to it. `last_held` and `next_due` are as of a day, by
        default the newest of publication.
        """
        return following.overview(self, between, day(as_of, last=True))

    def followups(
        self,
        *,
        parties: Iterable[str] | None = None,
        statuses: Iterable[str] | None = None,
        dialogue: str | None = None,
        as_of: Day = None,
    ) -> pd.DataFrame:
        """What became of each undertaking about a named dialogue or instrument: both quotes in a row.

        `parties` are actor_ids of which any is bound, `statuses` some of `kept`, `open` (not due yet, or no
        day) and `overdue`, `dialogue` a dialogue_id. The status is as of a day, by default the newest of
        publication. Raises ValueError for a status or a day that is none.
        """
        return following.selected(self, parties, statuses, dialogue, day(as_of, last=True))

    def persons(self) -> pd.DataFrame:
        """One row for one person over all releases: names joined where surname, office and state agree."""
        return self.derived("persons")

    def derived(self, name: str) -> pd.DataFrame:
        """A table that is derived from the rows of the others when it is read: `followups` or `persons`."""
        return to_frame(self._derived_table(name))

    def beside(self, commitments: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """Their parties and their releases, without the text of these, for a workbook of `commitments`."""
        parties = self.frame(
            "commitment_parties", where=one_of("commitment_id", commitments["commitment_id"])
        )
        releases = self.frame("releases", where=one_of("release_id", commitments["release_id"].unique()))
        return {"commitment_parties": parties, "releases": releases.drop(columns="text")}

    def evidence(self, commitment_id: str, *, context: int = 0) -> str:
        """The sentence of a commitment as it stands in the release, with `context` characters either side."""
        row = self.frame("commitments", where=ds.field("commitment_id") == commitment_id)
        if row.empty:
            raise KeyError(f"no commitment {commitment_id!r} in {self.folder}")
        found = row.iloc[0]
        text = self.frame("releases", where=ds.field("release_id") == found["release_id"])["text"].iloc[0]
        start = max(0, int(found["sentence_start_char"]) - context)
        return str(text[start : int(found["sentence_end_char"]) + context])

    def connect(self, *, derived: Iterable[str] = tuple(DERIVED)) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in memory: a view per table, also the derived; `followups` has quotes."""
        with extra("SQL"):
            import duckdb

        connection = duckdb.connect()
        for name in TABLE_NAMES:
            connection.register(name, self._dataset(name))
        for name in derived:
            connection.register(name, self._view(name))
        return connection

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to one SQL query over the tables; ValueError where it cannot be answered.

        It reads the tables and nothing else: no file, no address, no variable of the program.
        """
        with extra("SQL"):
            import duckdb

        asked = [name for name in DERIVED if name in query.lower()]  # to derive takes seconds
        with self.connect(derived=asked) as connection:
            for setting in ("python_enable_replacements", "enable_external_access"):
                connection.execute(f"set {setting} = false")
            connection.execute("set lock_configuration = true")
            try:
                return to_frame(connection.sql(query).to_arrow_table())
            except duckdb.Error as error:
                raise ValueError(str(error)) from error

    def _bound(self, parties: list[str], with_groups: bool) -> list[str]:
        if not with_groups:
            rows = self.frame("commitment_parties", where=one_of("actor_id", parties))
            return list(rows["commitment_id"].unique())
        rows = add_groups(self.frame("commitment_parties"))
        return list(rows.loc[rows["actor_id"].isin(parties), "commitment_id"].unique())

    def _dataset(self, name: str) -> ds.Dataset:
        return self._datasets[name]

    @cached_property
    def _datasets(self) -> dict[str, ds.Dataset]:
        return {
            name: ds.dataset(f"{self.folder}/{name}", filesystem=self.store, format="parquet")
            for name in TABLE_NAMES
        }

    @cached_property
    def _derived(self) -> dict[str, pa.Table]:
        """Those asked for so far."""
        return {}

    def _derived_table(self, name: str) -> pa.Table:
        if name not in self._derived:
            self._derived[name] = following.derive(self, name)
        return self._derived[name]

    def _view(self, name: str) -> pa.Table:
        if name == "followups":
            return pa.Table.from_pandas(self.followups(), preserve_index=False)
        return self._derived_table(name)


def open_tables(folder: str | Path = "outputs/tables") -> Tables:
    """Open the tables that `communique extract` wrote, or `communique publish` put at an address.

    Raises NoTablesError, a FileNotFoundError, where there are none.
    """
    if is_address(folder):
        try:
            store, path = newest(str(folder))
        except FileNotFoundError as error:
            raise NoTablesError(str(error)) from error
        return Tables(path, store)
    folder = Path(folder)
    if not (folder / "releases").exists():
        raise NoTablesError(f"no tables in {folder}; run `communique extract` first")
    # The folder that the links point to now: a commit moves the links, not this folder.
    return Tables((folder / "releases").resolve().parent)


def published_between(since: Day, until: Day) -> ds.Expression | None:
    """Publication day from the first day of `since` to the last day of `until`."""
    published = ds.field("published")
    bounds = []
    if since is not None:
        bounds.append(published >= pa.scalar(day(since)))
    if until is not None:
        bounds.append(published <= pa.scalar(day(until, last=True)))
    return _all(bounds)


def one_of(column: str, values: Iterable[str]) -> ds.Expression:
    """The rows whose `column` is one of `values`, which may be none."""
    return ds.field(column).isin(pa.array(list(values), pa.string()))


def known_acts(acts: Iterable[str]) -> list[str]:
    """The acts; ValueError for one that does not exist, which would just find nothing."""
    acts = list(acts)
    if unknown := [act for act in acts if act not in ACTS]:
        raise ValueError(f"no act {unknown[0]!r}; there are {', '.join(ACTS)}")
    return acts


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as pandas: date32 as datetime64, lists as Python lists, the rest as pandas does.

    Of several columns with one name each but the first gets a number ("act", "act_2").
    """
    table = table.rename_columns(_told_apart(table.column_names))
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    for field in table.schema:
        if pa.types.is_list(field.type):
            frame[field.name] = table[field.name].to_pylist()
    return frame


def _told_apart(names: list[str]) -> list[str]:
    apart: list[str] = []
    for name in names:
        numbered = (f"{name}_{number}" if number > 1 else name for number in count(1))
        apart.append(next(new for new in numbered if new not in apart))
    return apart


def _reader_order(columns: Iterable[str]) -> list[str]:
    """What a reader asks for first, ids and offsets last."""
    rest = [name for name in columns if name not in READER_COLUMNS]
    return [*READER_COLUMNS, *sorted(rest, key=lambda name: name.endswith(("_id", "_char")))]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _all(conditions: list[ds.Expression]) -> ds.Expression | None:
    joined = None
    for condition in conditions:
        joined = condition if joined is None else joined & condition
    return joined
