"""What a run tells when it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from communique.outputs.schemas import COUNTED, NAMED_FAILURES

# Columns of releases that a source or its metadata should tell, and what people call them.
LACKED = {"published": "day", "publisher": "publisher", "title": "title"}
NAMED = 3  # rows or columns of a metadata table


@dataclass(slots=True)
class RunSummary:
    """Counts of one run. `new`, `changed` and `unchanged` count releases, `failed` sources or rows of one."""

    run_id: str
    out: Path
    started_at: dt.datetime
    pipeline_version: str
    finished_at: dt.datetime | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: dict[str, str] = field(default_factory=dict)  # reason by source, of this run
    new_failures: set[str] = field(default_factory=set)  # sources that had not failed before
    unread: dict[str, int] = field(default_factory=dict)  # files of kinds that are not read, by suffix
    unmet: dict[str, list[str]] = field(default_factory=dict)  # rows of metadata that met no file, by table
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)  # columns of metadata, likewise
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    lacking: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LACKED, 0))  # of rows written

    @property
    def failed(self) -> int:
        """Sources, or rows of one, that failed in this run."""
        return len(self.failures)

    @property
    def seen(self) -> int:
        """Releases found, whether extracted, skipped or failed."""
        return self.new + self.changed + self.unchanged + self.failed

    @property
    def seconds(self) -> float:
        """Wall time of the run; 0 until it is finished."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else 0.0

    def sentence(self) -> str:
        """The counts in a line."""
        if not self.seen and not self.removed:
            return "nothing to read in the sources given; `communique extract --help` lists what is read"
        removed = f", {self.removed} removed" if self.removed else ""
        return (
            f"{self.seen} releases: {self.new} new, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.failed} failed ({len(self.new_failures)} for the first time)"
            f"{removed}"
        )

    def unread_sentence(self) -> str:
        """What the folders hold that is not read, the most frequent suffix first; empty where nothing."""
        often = sorted(self.unread.items(), key=lambda item: (-item[1], item[0]))
        named = [f"{count} {suffix or 'without suffix'}" for suffix, count in often]
        return f"not read: {', '.join(named)}" if named else ""

    def lacking_sentences(self) -> Iterator[str]:
        """What the releases of this run do not tell, and what follows."""
        lacking = [f"{count} have no {LACKED[name]}" for name, count in self.lacking.items() if count]
        if lacking:
            yield f"of {self.rows['releases']} releases {', '.join(lacking)}; --metadata can tell"
        if self.lacking["publisher"]:
            yield 'without a publisher, parties that the text calls "we" are guessed, or missing'
        if self.lacking["published"]:
            yield 'without a day, a release is in no period, and days such as "next year" stay open'

    def unmet_sentences(self) -> Iterator[str]:
        """Which rows of metadata tables describe no file that was found."""
        for table, names in self.unmet.items():
            yield f"{table}: no file for {some_of(names)}"

    def unknown_sentences(self) -> Iterator[str]:
        """Which columns of metadata tables are not understood."""
        for table, names in self.unknown.items():
            yield f"{table}: columns not understood: {some_of(names)}"

    def finish(self) -> None:
        """The run ends now, or when it began where the clock was set back meanwhile."""
        self.finished_at = max(dt.datetime.now(dt.UTC), self.started_at)

    def row(self) -> dict[str, object]:
        """The run's row in the table `runs`."""
        return {
            "run_id": self.run_id,
            "started_at": self.started_at,
            "finished_at": self.finished_at,
            "pipeline_version": self.pipeline_version,
            **{
                f"releases_{name}": getattr(self, name)
                for name in ("seen", "new", "changed", "unchanged", "failed")
            },
            **{f"rows_{name}": count for name, count in self.rows.items()},
            "failed_sources": sorted(self.failures)[:NAMED_FAILURES],
        }


def some_of(names: Sequence[str], most: int = NAMED) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
