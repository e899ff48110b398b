"""The filters of `Tables.commitments` as conditions on the tables, and periods as days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from communique.outputs.asking import Day, Filters, Names, WrongUsageError
from communique.outputs.schemas import ACTS

#: What `sort` calls columns for short.
SORTS = {"agreed": "agreed_on", "due": "due_end", "to": "counterparts"}

#: Filters that a release alone answers.
OF_RELEASES = ("since", "until", "new_since", "publisher")

# Length of a period as written, and what pandas calls it.
PERIODS = {4: "Y", 7: "M", 10: "D"}
PERIOD = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|Q[1-4]))?")


def day(value: Day, *, last: bool = False) -> dt.date | None:
    """The first (or last) day of "2024", "2024-Q3", "2024-07" or "2024-07-18"; WrongUsageError else."""
    if value is None or isinstance(value, dt.date):
        return value
    try:
        if not PERIOD.fullmatch(value):
            raise ValueError(value)
        period = pd.Period(value, freq="Q" if "Q" in value else PERIODS[len(value)])
    except ValueError as error:  # a thirteenth month too
        what = "a year, quarter, month or day as 2024, 2024-Q3, 2024-07 or 2024-07-18"
        raise WrongUsageError(f"{value!r} is not {what}") from error
    edge = period.asfreq("D", "end" if last else "start")  # which has no end in 2262
    return dt.date(edge.year, edge.month, edge.day)


def refuse_unknown(filters: Filters) -> None:
    """TypeError for a filter that there is not, which would just keep everything."""
    if unknown := sorted(set(filters) - set(Filters.__annotations__)):
        raise TypeError(f"no filter {unknown[0]!r}; there are {', '.join(Filters.__annotations__)}")


def in_order(found: pd.DataFrame, sort: str | None) -> pd.DataFrame:
    """Commitments by a column, of which "-" makes a downward order, else by publication and text."""
    usual = ["published", "release_id", "what_start_char"]
    if sort is None:
        return found.sort_values(usual, ignore_index=True)
    name = SORTS.get(sort.removeprefix("-"), sort.removeprefix("-"))
    if name not in found.columns:
        raise WrongUsageError(
            f"no column {name!r} to sort by; there are {', '.join([*SORTS, *found.columns])}"
        )
    return found.sort_values(
        [name, *(other for other in usual if other != name)],
        ascending=[not sort.startswith("-"), *(True for other in usual if other != name)],
        key=lambda column: column.map(_sortable) if _has_texts(column) else column,
        ignore_index=True,
    )


def of_rows(filters: Filters) -> list[ds.Expression]:
    """What a row of `commitments` tells by itself."""
    where = [] if filters.get("background") else [ds.field("status") == "current"]
    if filters.get("joint"):
        where.append(ds.field("scope") == "joint")
    elif not filters.get("domestic"):
        where.append(ds.field("scope") != "domestic")
    if (acts := filters.get("acts")) is not None:
        where.append(one_of("act", known_acts(acts)))
    if (due := filters.get("due")) is not None:
        where += [
            ds.field("due_end") >= pa.scalar(day(due)),
            ds.field("due_end") <= pa.scalar(day(due, last=True)),
        ]
    if (after := filters.get("due_after")) is not None:
        where.append(ds.field("due_end") >= pa.scalar(day(after)))
    if (before := filters.get("due_before")) is not None:
        where.append(ds.field("due_end") < pa.scalar(day(before)))
    return where


def published_between(since: Day, until: Day) -> ds.Expression | None:
    """Publication day from the first day of `since` to the last day of `until`."""
    published = ds.field("published")
    bounds = []
    if since is not None:
        bounds.append(published >= pa.scalar(day(since)))
    if until is not None:
        bounds.append(published <= pa.scalar(day(until, last=True)))
    return every(bounds)


def one_of(column: str, values: Iterable[str]) -> ds.Expression:
    """The rows whose `column` is one of `values`, which may be none."""
    return ds.field(column).isin(pa.array(list(values), pa.string()))


def every(conditions: Iterable[ds.Expression | None]) -> ds.Expression | None:
    """All of the conditions, those that are None left out; None where there are no others."""
    joined = None
    for condition in conditions:
        if condition is not None:
            joined = condition if joined is None else joined & condition
    return joined


def _has_texts(column: pd.Series[Any]) -> bool:
    """Whether text or lists: text is an object before pandas 3, and a type of its own since."""
    return pd.api.types.is_object_dtype(column) or pd.api.types.is_string_dtype(column)


def _sortable(value: object) -> object:
    """Lists by their items; text whatever its case."""
    if isinstance(value, list):
        return ", ".join(value)
    return value.casefold() if isinstance(value, str) else value


def known_acts(acts: Iterable[str]) -> list[str]:
    """The acts; WrongUsageError for one that does not exist, which would just find nothing."""
    acts = list(acts)
    if unknown := [act for act in acts if act not in ACTS]:
        raise WrongUsageError(f"no act {unknown[0]!r}; there are {', '.join(ACTS)}")
    return acts


def listed(names: Names) -> list[str]:
    """One name or several as a list."""
    return [names] if isinstance(names, str) else list(names)
