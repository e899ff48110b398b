"""The sample releases, their tables and a report of them in one folder: a first look in a minute."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from communique.pipelines.extract import extract
from communique.pipelines.summary import RunSummary

NOTE = "SOURCES"  # where the samples are from: no release


@dataclass(frozen=True, slots=True)
class Demo:
    """Where everything lies, and what the run told."""

    releases: Path
    tables: Path
    report: Path
    summary: RunSummary


def make_demo(folder: Path) -> Demo:
    """Write the sample releases into `folder`, extract them, write the report. Needs the extra report."""
    from communique.outputs.extras import extra

    with extra("a report", "report"):
        from communique.outputs.report import write_report
    from communique.outputs import open_tables

    releases, tables = folder / "releases", folder / "tables"
    with as_file(files("communique.corpus") / "samples") as samples:
        shutil.copytree(samples, releases, ignore=shutil.ignore_patterns(NOTE), dirs_exist_ok=True)
        shutil.copy(samples / NOTE, folder)
    summary = extract([releases], tables)
    report = write_report(open_tables(tables), folder / "report.html")
    return Demo(releases, tables, report, summary)
