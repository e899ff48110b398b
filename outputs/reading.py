"""The tables as an analyst reads them: pandas frames, joined and filtered, or a DuckDB connection.

>>> from communique.outputs import open_tables
>>> tables = open_tables("outputs/tables")
>>> tables.commitments(parties=["KOR"], since="2024", due_before="2027")  # doctest: +SKIP

Filters go down to the Parquet files: only the rows that are asked for are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack, cast

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as fs

from communique.outputs import export, following
from communique.outputs.actor_names import Form, UnknownActorError, actor_of, forms_of, is_code, known_actor
from communique.outputs.asking import LEFT_OUT, Day, Filters, Names, WrongUsageError
from communique.outputs.called import by_name
from communique.outputs.extras import extra
from communique.outputs.filters import (
    OF_RELEASES,
    PERIOD,
    day,
    every,
    in_order,
    listed,
    of_rows,
    one_of,
    published_between,
    refuse_unknown,
)
from communique.outputs.groups import with_groups
from communique.outputs.published import newest
from communique.outputs.remote import is_address
from communique.outputs.reviews import Found, Review, Reviews, corrected
from communique.outputs.schemas import DERIVED, RELEASES, TABLES, UTC
from communique.outputs.state import lexicons_of
from communique.outputs.store import refuse_other_schema
from communique.outputs.telling import Promises, superseded, verdicts
from communique.outputs.words import mentions, named

if TYPE_CHECKING:
    import duckdb

    from communique.models.lexicons import Lexicons

#: Columns of the release that stand beside each commitment.
RELEASE_COLUMNS = ["release_id", "title", "publisher", "published", "first_seen", "url", "source"]

#: Columns of `Tables.commitments` that come first, as a reader asks; what machines need comes after.
READER_COLUMNS = [
    *("parties", "what", "act", "agreed_on", "negated", "due_start", "due_end", "due_text", "counterparts"),
    *("title", "publisher", "published", "sentence"),
]

TABLE_NAMES = tuple(TABLES)


class NoTablesError(FileNotFoundError):
    """The folder holds no tables: nothing was extracted into it yet."""


@dataclass(frozen=True)
class Tables:
    """The tables in one folder, or published at an address, as they stood when it was opened.

    A run that commits meanwhile does not change what this object reads. The files stay for one more commit
    or publication; after a long run open the folder again. `store` is the file system of an address, `home`
    the folder that has the reviews: the one that was opened, or the version that was published.
    """

    folder: Path | str
    store: fs.FileSystem | None = None
    home: Path | None = None

    def frame(
        self, name: str, *, where: ds.Expression | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """One table with what reviewers corrected, dates as datetime64, lists as lists; KeyError for none."""
        return to_frame(self.table(name, where=where, columns=columns))

    def table(
        self, name: str, *, where: ds.Expression | None = None, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """The same as an Arrow table."""
        if name not in TABLE_NAMES:
            raise KeyError(f"no table {name!r}; there are {', '.join(TABLE_NAMES)}")
        rows = self._files[name]
        if name not in self._corrected:
            return rows.to_table(filter=where, columns=columns)
        new = self._corrected[name]
        # One without parties has no row among the new ones, and loses its old ones all the same.
        ids = self._corrected["commitments"]["commitment_id"].to_pylist()
        kept = rows.to_table(filter=every([~one_of("commitment_id", ids), where]), columns=columns)
        return pa.concat_tables([kept, ds.dataset(new).to_table(filter=where, columns=columns)])

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

    def commitments(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Commitments joined with their release, one row each, in order of publication and text.

        - since, until: published in the period, a release without a day is in none
        - new_since: first seen on or after a day, or after a run (its run_id, or the beginning of it)
        - parties: names or actor_ids, all of which are bound; with `any_party` one of them
        - with_groups: count what a grouping undertook for its members of that day ("G7" for Canada)
        - to: names or actor_ids of counterparts, all of which it is directed to
        - joint: bound are two or more, or a grouping
        - acts: one of these
        - due: the last due day is in the period, as "2026-Q1" (what has none is left out)
        - due_after, due_before: the last due day is on or after, or before
        - text: words that sentence or title mention in any form, or "quoted phrases"
        - dialogue: a dialogue_id, or words of the name of a dialogue or an instrument inside `what`
        - publisher: words of the publisher's name
        - domestic: also what is a state's own affair
        - background: also what a release only recalls
        - rejected: also what a reviewer rejected
        - repeated: also what another release of the answer tells already
        - sort: a column, or agreed, due or to; "-due" is downwards

        What is a state's own affair, only recalled or rejected is left out unless asked for. A promise that
        several releases tell (`told_in`, see the table `promises`) is there once: as it was reviewed in a
        release that the filters keep, else as it was told first. What reviewers corrected is corrected before
        any filter; `verdict` and `note` are theirs, null elsewhere. Raises WrongUsageError (a ValueError) for
        a name (of a party, a publisher or a dialogue), an act, a period or a column that is none; an unknown
        code in capitals finds nothing.
        """
        return _as_asked(self._tellings(filters), filters)

    def answer(self, **filters: Unpack[Filters]) -> tuple[pd.DataFrame, dict[str, int]]:
        """`commitments`, and how many more rows each of `LEFT_OUT` would bring by itself, as `domestic`.

        The tables are read once for both.
        """
        all_rows = self._tellings(cast(Filters, {**filters, **dict.fromkeys(LEFT_OUT, True)}))
        reasons = {
            "domestic": all_rows["scope"].eq("domestic"),
            "background": all_rows["status"].ne("current"),
            "rejected": all_rows["verdict"].eq("rejected"),
            "with_groups": ~self._binds(all_rows, filters),
        }
        why = {name: rows for name, rows in reasons.items() if not filters.get(name)}
        others = pd.DataFrame(why, index=all_rows.index).sum(axis=1)
        found = _as_asked(all_rows[others.eq(0)], filters)

        def more(name: str) -> int:
            rows = all_rows[others.eq(0) | others.eq(1) & why[name]]
            return len(_as_asked(rows, filters)) - len(found)

        told_again = int(others.eq(0).sum()) - len(found)
        return found, {name: more(name) if name in why else 0 for name in reasons} | {"repeated": told_again}

    def left_out(self, **filters: Unpack[Filters]) -> dict[str, int]:
        """How many more rows each of `LEFT_OUT` would bring by itself, as `domestic` and `repeated`."""
        return self.answer(**filters)[1]

    def _tellings(self, filters: Filters) -> pd.DataFrame:
        """What the filters keep, as often as it is told, and whether a reviewed telling stands for it."""
        refuse_unknown(filters)
        releases = self._published(filters)
        where = of_rows(filters)
        if any(filters.get(name) is not None for name in OF_RELEASES):
            where.append(one_of("release_id", releases["release_id"]))
        where += [one_of("commitment_id", ids) for ids in self._bound(filters)]
        found = self.frame("commitments", where=every(where)).merge(
            releases, on="release_id", validate="many_to_one"
        )
        for name in ("verdict", "note"):
            found[name] = [
                getattr(self._verdicts.get(id_), name, None) or None for id_ in found["commitment_id"]
            ]
        return self._with_promises(found[self._told(found, filters)], set(releases["release_id"]))

    def parties(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """One row per commitment and party, for a group-by; filters as in `commitments`."""
        kept = self.commitments(**filters)
        rows = self.frame("commitment_parties", where=one_of("commitment_id", kept["commitment_id"]))
        return self._grouped(rows) if filters.get("with_groups") else rows

    def actor_of(self, name: str) -> str:
        """The actor_id that `name` is or names: "KOR", "south korea" and "the ROK" are one.

        Names are those of the lexicons that the tables were made with, and of whoever is bound or addressed
        in them. Raises WrongUsageError, which suggests near ones.
        """
        with self._lexicons.used():
            return known_actor(name) or actor_of(name, self._forms)

    def dialogues(self, *, between: Names = (), as_of: Day = None) -> pd.DataFrame:
        """One row per dialogue, instrument or initiative over all releases, that of most releases first.

        `between` are names or actor_ids, all of which are parties to it. `last_held` and `next_due` are as
        of a day, by default the newest of publication.
        """
        return following.overview(self, self._actors(between), day(as_of, last=True))

    def followups(
        self,
        *,
        parties: Names | None = None,
        any_party: bool = False,
        statuses: Iterable[str] | None = None,
        dialogue: str | None = None,
        as_of: Day = None,
        repeated: bool = False,
    ) -> pd.DataFrame:
        """What became of each undertaking about a named dialogue or instrument: both quotes in a row.

        `parties` are names or actor_ids, all of which are bound, or one of them with `any_party`; `statuses`
        some of `kept`, `open` (not due yet), `overdue`, `undated`, and `unclear` (no event would tell that it
        was kept), which is left out unless asked for; `dialogue` a dialogue_id, or words of the name.
        What was done when it was told ("signed the Treaty") is `kept`, and `done`.
        The status is as of a day, by default the newest of publication. A promise that several releases tell
        is there once unless `repeated`, what a reviewer rejected is left out. Raises WrongUsageError (a
        ValueError) for a name, a status or a day that is none.
        """
        found = following.selected(
            self,
            following.CLEAR if statuses is None else following.known_statuses(statuses),
            None if dialogue is None else self._dialogues(dialogue),
            day(as_of, last=True),
            repeated,
        )
        if parties is not None:
            asked = set(self._actors(parties))
            enough = 1 if any_party else len(asked)
            found = found[[len(asked.intersection(ids)) >= enough for ids in found["parties"]]]
        return found.reset_index(drop=True)

    def persons(self) -> pd.DataFrame:
        """One row for one person over all releases: names joined where surname, office and state agree."""
        return self.derived("persons")

    def derived(self, name: str) -> pd.DataFrame:
        """A table that is derived from the others when it is read: `followups`, `persons`, `promises`."""
        return to_frame(self._derived_table(name))

    def beside(self, commitments: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """Their parties and their releases, without the text of these, for a workbook of `commitments`."""
        parties = self.frame(
            "commitment_parties", where=one_of("commitment_id", commitments["commitment_id"])
        )
        releases = self.frame(
            "releases",
            where=one_of("release_id", commitments["release_id"].unique()),
            columns=[name for name in RELEASES.schema.names if name != "text"],
        )
        return {"commitment_parties": parties, "releases": releases}

    def write(self, path: str | Path, rows: pd.DataFrame, *, name: str = "commitments") -> None:
        """Write commitments to a file as its suffix says: .xlsx, .csv, .json, .jsonl, .parquet, or .ics.

        A workbook and a calendar, which has the days due, are for readers: they have parties, counterparts
        and dialogues by name. A workbook of commitments has a sheet for their parties and one for their
        releases, too. `name` says what other rows are. Raises ValueError for another suffix.
        """
        path = Path(path)
        suffix = export.known_suffix(path)
        told = by_name(self, rows) if suffix in export.FOR_READERS else rows
        both = suffix == ".xlsx" and name == "commitments"
        export.write(path, name, told, self.beside(rows) if both else None)

    def evidence(self, commitment_id: str, *, context: int = 0) -> str:
        """The sentence of a commitment as it stands in the release, with `context` characters either side."""
        row = self.frame("commitments", where=ds.field("commitment_id") == commitment_id)
        if row.empty:
            raise KeyError(f"no commitment {commitment_id!r} in {self.folder}")
        found = row.iloc[0]
        text = self.frame("releases", where=ds.field("release_id") == found["release_id"])["text"].iloc[0]
        start = max(0, int(found["sentence_start_char"]) - context)
        return str(text[start : int(found["sentence_end_char"]) + context])

    def connect(self, *, derived: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in memory: a view per table, and for each `derived` one that is asked for.

        These are `followups`, with both quotes, `persons` and `promises`; to derive one may take seconds.
        """
        with extra("SQL"):
            import duckdb

        connection = duckdb.connect()
        for name in TABLE_NAMES:
            connection.register(name, self.table(name) if name in self._corrected else self._files[name])
        for name in derived:
            connection.register(name, self._view(name))
        return connection

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to one SQL query over the tables; ValueError where it cannot be answered.

        It reads the tables and nothing else: no file, no address, no variable of the program.
        """
        with extra("SQL"):
            import duckdb

        asked = [name for name in DERIVED if name in query.lower()]
        with self.connect(derived=asked) as connection:
            for setting in ("python_enable_replacements", "enable_external_access"):
                connection.execute(f"set {setting} = false")
            connection.execute("set lock_configuration = true")
            try:
                return to_frame(connection.sql(query).to_arrow_table())
            except duckdb.Error as error:
                raise ValueError(str(error)) from error

    def _published(self, filters: Filters) -> pd.DataFrame:
        """The releases that the filters leave, with what stands beside a commitment."""
        where = [published_between(filters.get("since"), filters.get("until"))]
        if (new_since := filters.get("new_since")) is not None:
            where.append(self._seen_after(new_since))
        found = self.frame("releases", where=every(where), columns=RELEASE_COLUMNS)
        if (publisher := filters.get("publisher")) is not None:
            all_names = self.frame("releases", columns=["publisher"])["publisher"].drop_duplicates()
            asked = all_names[named(all_names, publisher, "publisher")]
            found = found[found["publisher"].isin(asked)]
        return found

    def _seen_after(self, since: str | dt.date) -> ds.Expression:
        """First seen from a day on, or after a run began, whose own releases are of that moment."""
        if isinstance(since, dt.date) or PERIOD.fullmatch(since):
            first = dt.datetime.combine(day(since) or dt.date.min, dt.time.min, dt.UTC)
            return ds.field("first_seen") >= pa.scalar(first, UTC)
        runs = self.frame("runs").sort_values("started_at")
        began = runs.loc[runs["run_id"].str.startswith(since), "started_at"]
        if len(began) != 1:
            some = [f"{run['run_id'][:8]} ({run['started_at']:%Y-%m-%d})" for run in records(runs.tail(3))]
            last = ", ".join(some) or "none"
            raise WrongUsageError(f"{since!r} is neither a day nor a run; the last runs are {last}")
        return ds.field("first_seen") > pa.scalar(began.iloc[0].to_pydatetime(), UTC)

    def _bound(self, filters: Filters) -> Iterator[list[str]]:
        """Ids of the commitments that bind each party asked for, or one of them with `any_party`."""
        if (names := filters.get("parties")) is None:
            return
        asked = [[party] for party in self._actors(names)]
        if filters.get("any_party"):
            asked = [[party for parties in asked for party in parties]]
        grouped = filters.get("with_groups")
        where = None if grouped else one_of("actor_id", [party for parties in asked for party in parties])
        rows = self.frame("commitment_parties", where=where)
        rows = self._grouped(rows) if grouped else rows
        for parties in asked or [[]]:
            yield list(rows.loc[rows["actor_id"].isin(parties), "commitment_id"].unique())

    def _binds(self, found: pd.DataFrame, filters: Filters) -> pd.Series[bool]:
        """Which rows bind who is asked for by name, not as a member of a grouping."""
        asked = set(self._actors(filters.get("parties") or ()))
        enough = min(1, len(asked)) if filters.get("any_party") else len(asked)
        return found["parties"].map(lambda ids: len(asked.intersection(ids or ())) >= enough).astype(bool)

    def _told(self, found: pd.DataFrame, filters: Filters) -> pd.Series[bool]:
        """Which rows say what is asked for, by the lists and words in them."""
        kept = pd.Series(True, index=found.index)
        for actor in self._actors(filters.get("to") or ()):
            kept &= _having(found["counterparts"], {actor})
        if not filters.get("rejected"):
            kept &= found["verdict"].ne("rejected")
        if (words := filters.get("text")) is not None:
            kept &= mentions(found["sentence"].str.cat(found["title"], sep="\n", na_rep=""), words)
        if (dialogue := filters.get("dialogue")) is not None:
            kept &= _having(found["dialogues"], self._dialogues(dialogue))
        return kept

    def _actors(self, names: Names) -> list[str]:
        """The actor_ids named; a code that nobody has finds nothing, as a code may."""
        return [self._actor(name) for name in listed(names)]

    def _actor(self, name: str) -> str:
        try:
            return self.actor_of(name)
        except UnknownActorError:
            if is_code(name):
                return name
            raise

    def _dialogues(self, asked: str) -> set[str]:
        """The dialogue_id asked for, or those whose name has the words."""
        known = self.frame("dialogues", columns=["dialogue_id", "name"]).drop_duplicates()
        if asked in set(known["dialogue_id"]):
            return {asked}
        return set(known.loc[named(known["name"], asked, "dialogue or instrument"), "dialogue_id"])

    def _grouped(self, parties: pd.DataFrame) -> pd.DataFrame:
        with self._lexicons.used():
            return with_groups(parties)

    @cached_property
    def _forms(self) -> dict[str, Form]:
        """Who is bound or addressed in these tables, by name; a code is a name of its own."""
        bound = self.frame("commitment_parties", columns=["actor_id", "actor_name"]).drop_duplicates()
        to = self.frame("commitments", columns=["counterparts"])["counterparts"].explode().dropna()
        ids = dict.fromkeys([*bound["actor_id"], *to])
        return forms_of([*zip(ids, ids, strict=True), *bound.itertuples(index=False, name=None)])

    @cached_property
    def _lexicons(self) -> Lexicons:
        return lexicons_of(self.folder, self.store)

    @cached_property
    def _files(self) -> dict[str, ds.Dataset]:
        """The tables as they lie."""
        return {
            name: ds.dataset(f"{self.folder}/{name}", filesystem=self.store, format="parquet")
            for name in TABLE_NAMES
        }

    @cached_property
    def _reviewed(self) -> dict[str, Found]:
        """What was reviewed by hand, by commitment_id."""
        if self.home is None:
            return {}
        return Reviews(self.home, self._lexicons, self.store).found(self._files["commitments"])

    @cached_property
    def _corrected(self) -> dict[str, pa.Table]:
        """The rows that reviewers corrected, by table; none where they did not."""
        found = {id_: (review, row) for id_, (review, row) in self._reviewed.items() if review.values}
        with self._lexicons.used():
            return corrected(self._files, found) if found else {}

    @cached_property
    def _verdicts(self) -> dict[str, Review]:
        """The review that holds for each commitment that was reviewed, or told again."""
        return verdicts(self._promised, self._reviewed)

    @property
    def rejected(self) -> list[str]:
        """Ids of the commitments that a reviewer rejected."""
        return [id_ for id_, review in self._verdicts.items() if review.verdict == "rejected"]

    @property
    def reviewed(self) -> list[str]:
        """Ids of the commitments that a reviewer has a verdict on."""
        return list(self._reviewed)

    def _with_promises(self, found: pd.DataFrame, releases: Set[str]) -> pd.DataFrame:
        """The rows with the promise that each tells, and the sources of all releases that tell it.

        A telling is superseded where another one was corrected in these releases, in whatever.
        """
        as_found = {id_: row["agreed_on"] for id_, (_, row) in self._reviewed.items()}
        days = dict(zip(found["commitment_id"], found["agreed_on"], strict=True)) | as_found
        told = self._promised.on({day for day in days.values() if isinstance(day, str)})
        alone = zip(found["commitment_id"], found["source"], strict=True)
        rows = [told.get(id_) or {"promise_id": id_, "told_in": [source]} for id_, source in alone]
        reviewed = {id_: one for id_, one in self._reviewed.items() if one[1]["release_id"] in releases}
        others = superseded({id_: row["promise_id"] for id_, row in told.items()}, reviewed)
        return found.assign(
            **{name: [row[name] for row in rows] for name in ("promise_id", "told_in")},
            superseded=found["commitment_id"].isin(others),
        )

    @cached_property
    def _promised(self) -> Promises:
        return Promises(self._files)

    @cached_property
    def _derived(self) -> dict[str, pa.Table]:
        """Those asked for so far, but for `promises`."""
        return {}

    def _derived_table(self, name: str) -> pa.Table:
        if name == "promises":
            rows = [*self._promised.all().values()]
            return pa.Table.from_pylist(rows, schema=DERIVED["promises"].schema)
        if name not in self._derived:
            with self._lexicons.used():
                self._derived[name] = following.derive(self, name)
        return self._derived[name]

    def _view(self, name: str) -> pa.Table:
        if name == "followups":
            found = self.followups(statuses=following.STATUSES, repeated=True)
            return pa.Table.from_pandas(found, preserve_index=False)
        return self._derived_table(name)


def open_tables(folder: str | Path = "outputs/tables") -> Tables:
    """Open the tables that `communique extract` wrote, or `communique publish` put at an address.

    Raises NoTablesError, a FileNotFoundError, where there are none, StoreError where they are of another
    schema version.
    """
    if is_address(folder):
        try:
            store, path = newest(str(folder))
        except FileNotFoundError as error:
            raise NoTablesError(str(error)) from error
        refuse_other_schema(path, folder, store)
        return Tables(path, store, Path(path))
    folder = Path(folder)
    if not (folder / "releases").exists():
        raise NoTablesError(
            f"no tables in {folder}: run `communique extract` first, or give their folder with --out; "
            "`communique demo` makes some to try"
        )
    # The folder that the links point to now: a commit moves the links, not this folder.
    version = (folder / "releases").resolve().parent
    refuse_other_schema(version, folder)
    return Tables(version, home=folder.resolve())


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


def _as_asked(found: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Tellings as the rows of an answer: in order, and each promise once unless all are asked for."""
    if not filters.get("repeated"):
        found = _once(found)
    return in_order(found[_reader_order(found.columns.drop("superseded"))], filters.get("sort"))


def _once(found: pd.DataFrame) -> pd.DataFrame:
    """One row a promise: of those for which no other stands one that was reviewed, else the first."""
    first = in_order(found[~found["superseded"]], None)
    return first.sort_values("verdict", key=pd.isna, kind="stable").drop_duplicates("promise_id")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _having(lists: pd.Series[Any], wanted: Set[str]) -> pd.Series[bool]:
    """Whether each list has one of the wanted ids."""
    return lists.map(lambda some: not wanted.isdisjoint(some or ())).astype(bool)
