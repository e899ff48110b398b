"""The work itself: a job of sources in, tables and failures out. Runs in any process, knows no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from communique.corpus import ReadError, Release, Source, read
from communique.outputs.store import ArrowTables, to_arrow

if TYPE_CHECKING:  # a run with nothing to do imports no spaCy
    from spacy.language import Language

Stage = Literal["read", "extract"]


@dataclass(frozen=True, slots=True)
class Job:
    """Sources to extract together, and what is written beside their rows."""

    sources: tuple[Source, ...]
    pipeline_version: str
    extracted_at: dt.datetime
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or a row of one (`file#id`), that could not be read or extracted."""

    source: str
    stage: Stage
    reason: str
    source_sha256: str | None = None


@dataclass(slots=True)
class Outcome:
    """What a source gave. `releases` maps the ids of the releases in `tables` to their source."""

    source: Source
    sha256: str | None = None
    releases: dict[str, str] = field(default_factory=dict)
    tables: list[ArrowTables] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def run_job(job: Job) -> list[Outcome]:
    """Read and extract the sources of a job; what fails is recorded in its outcome."""
    outcomes = [Outcome(source) for source in job.sources]
    for outcome in outcomes:
        for release in _readable(outcome):
            _extract(outcome, release, _pipeline(job.model), job)
    return outcomes


def lost(job: Job, reason: str) -> list[Outcome]:
    """The outcomes of a job that nobody could finish."""
    return [Outcome(s, failures=[Failure(s.source, "extract", reason)]) for s in job.sources]


@cache
def _pipeline(model: str | None) -> Language:
    """The extraction pipeline, loaded once in each process."""
    from communique.extractors.pipeline import build_pipeline

    return build_pipeline(model)


def _readable(outcome: Outcome) -> Iterator[Release]:
    """The releases of a source; errors go into the outcome, and so does an id that comes twice."""
    ids: dict[str, str] = {}
    for item in read(outcome.source):
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


def _extract(outcome: Outcome, release: Release, nlp: Language, job: Job) -> None:
    """Put a release's rows into its source's outcome, or the reason why there are none."""
    from communique.extractors.pipeline import make_doc
    from communique.outputs.rows import release_rows

    try:
        doc = make_doc(nlp, release)
        if release.in_english:
            doc = nlp(doc)
        rows = release_rows(
            release, doc, extracted_at=job.extracted_at, pipeline_version=job.pipeline_version
        )
        outcome.tables.append(to_arrow(rows))
        outcome.releases[release.release_id] = release.source
    except Exception as error:  # a component may raise anything; the other releases go on
        reason = f"{type(error).__name__}: {error}"
        outcome.failures.append(Failure(release.source, "extract", reason, release.source_sha256))
