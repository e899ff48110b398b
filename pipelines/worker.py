"""The work itself: a job of sources in, tables and failures out. Runs in any process, knows no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyarrow as pa

from communique.corpus import ReadError, Release, Source, read
from communique.models.lexicons import SHIPPED, Lexicons
from communique.outputs.schemas import COUNTED, TABLES
from communique.outputs.store import ArrowTables, to_arrow
from communique.pipelines.cores import ONE_CORE
from communique.pipelines.limits import RELEASE_SECONDS, Overdue, limited

if TYPE_CHECKING:  # a run with nothing to do imports no spaCy
    from spacy.language import Language

    from communique.outputs.rows import Rows

Stage = Literal["read", "extract"]

# A file of rows may hold thousands of releases, and rows take far more memory before they are in a table.
TABULATED = 64


@dataclass(frozen=True, slots=True)
class Job:
    """Sources to extract together, and what is written beside their rows.

    `seconds` is the most that reading a source, and extracting a release, may take.
    """

    sources: tuple[Source, ...]
    pipeline_version: str
    extracted_at: dt.datetime
    model: str | None = None
    seconds: float = RELEASE_SECONDS
    lexicons: Lexicons = SHIPPED


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or a row of one (`file#id`), that could not be read or extracted."""

    source: str
    stage: Stage
    reason: str
    source_sha256: str | None = None


@dataclass(slots=True)
class Outcome:
    """What a source gave. `releases` maps the ids of the releases in `tables` to their source.

    `tables` has every table of extraction, or none where the source was not worked on.
    """

    source: Source
    sha256: str | None = None
    releases: dict[str, str] = field(default_factory=dict)
    tables: ArrowTables = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


Extracted: TypeAlias = "tuple[Outcome, Release, Rows]"


def run_job(job: Job) -> list[Outcome]:
    """Read and extract the sources of a job; what fails is recorded in its outcome."""
    none = {name: TABLES[name].schema.empty_table() for name in COUNTED}
    outcomes = [Outcome(source, tables=none) for source in job.sources]
    extracted = (
        (outcome, release, rows)
        for outcome in outcomes
        for release in _readable(outcome, job.seconds)
        if (rows := _rows(outcome, release, job))
    )
    while some := list(islice(extracted, TABULATED)):
        _tabulate(some)
    return outcomes


def lost(job: Job, reason: str) -> list[Outcome]:
    """The outcomes of a job that nobody could finish."""
    return [Outcome(s, failures=[Failure(s.source, "extract", reason)]) for s in job.sources]


@cache
def _pipeline(model: str | None, lexicons: Lexicons) -> Language:
    """The extraction pipeline, loaded once in each process."""
    from communique.extractors.pipeline import build_pipeline

    with lexicons.used():
        return build_pipeline(model)


def _readable(outcome: Outcome, seconds: float) -> Iterator[Release]:
    """The releases of a source; errors go into the outcome, and so does an id that comes twice."""
    ids: dict[str, str] = {}
    try:
        with limited(seconds):
            items = read(outcome.source)
    except Overdue as error:
        items = [ReadError(outcome.source.source, str(error))]
    for item in items:
        outcome.sha256 = item.source_sha256
        if isinstance(item, ReadError):
            outcome.failures.append(Failure(item.source, "read", item.reason, item.source_sha256))
        elif (other := ids.setdefault(item.release_id, item.source)) is not item.source:
            outcome.failures.append(Failure(item.source, "read", same_id(other), item.source_sha256))
        else:
            outcome.warnings += (f"{item.source}: {warning}" for warning in item.warnings)
            yield item


def same_id(other: str) -> str:
    """The reason where two sources claim one release_id."""
    return f"has the same release_id as {other}"


def _rows(outcome: Outcome, release: Release, job: Job) -> Rows | None:
    """A release's rows; None where it fails, and the reason goes into its source's outcome."""
    from communique.extractors.pipeline import annotate, make_doc
    from communique.outputs.rows import release_rows

    nlp = _pipeline(job.model, job.lexicons)
    try:
        with ONE_CORE.held(), limited(job.seconds):
            doc = make_doc(nlp, release)
            if release.in_english:
                doc = annotate(nlp, doc)
        with job.lexicons.used():
            return release_rows(
                release, doc, extracted_at=job.extracted_at, pipeline_version=job.pipeline_version
            )
    except Overdue as error:
        outcome.failures.append(Failure(release.source, "extract", str(error), release.source_sha256))
        return None
    except Exception as error:  # a component may raise anything; the other releases go on
        _fail(outcome, release, error)
        return None


def _tabulate(some: list[Extracted]) -> None:
    """Add rows to the tables of their outcomes: all at once, for Arrow takes its time by the table."""
    try:
        tables = _joined(some)
    except Exception:  # Arrow raises many kinds; which release is at fault is found one by one
        some = [one for one in some if _fits(*one)]
        tables = _joined(some)
    groups = [list(group) for _, group in groupby(some, key=_source)]
    counts = [{name: sum(len(rows[name]) for _, _, rows in group) for name in COUNTED} for group in groups]
    for group, part in zip(groups, split(tables, counts), strict=True):
        outcome = group[0][0]
        outcome.releases |= {release.release_id: release.source for _, release, _ in group}
        outcome.tables = {name: pa.concat_tables([outcome.tables[name], part[name]]) for name in COUNTED}


def _source(one: Extracted) -> Source:
    return one[0].source


def _joined(some: list[Extracted]) -> ArrowTables:
    return to_arrow({name: [row for _, _, rows in some for row in rows[name]] for name in COUNTED})


def split(tables: ArrowTables, counts: Iterable[dict[str, int]]) -> Iterator[ArrowTables]:
    """Tables cut into consecutive parts of so many rows each, without a copy."""
    at = dict.fromkeys(tables, 0)
    for count in counts:
        yield {name: table.slice(at[name], count[name]) for name, table in tables.items()}
        at = {name: start + count[name] for name, start in at.items()}


def _fits(outcome: Outcome, release: Release, rows: Rows) -> bool:
    """Whether rows are as the tables are declared; where not, the reason goes into the outcome."""
    try:
        to_arrow(rows)
    except Exception as error:
        _fail(outcome, release, error)
        return False
    return True


def _fail(outcome: Outcome, release: Release, error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"
    outcome.failures.append(Failure(release.source, "extract", reason, release.source_sha256))
