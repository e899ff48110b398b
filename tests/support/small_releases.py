"""Small releases to run on, tables to compare, and a job that kills its worker."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pandas as pd

from communique.outputs.schemas import COUNTED
from communique.pipelines.worker import Job, Outcome, run_job

STAMPS = ["extracted_at", "first_seen", "pipeline_version"]
STATES = ("Canada", "Japan", "Kenya", "Norway", "Chile", "Ghana", "Peru")
TOPICS = ("fisheries", "clean energy", "air services", "customs", "visas", "cyber security", "trade")


def text_of(number: int) -> str:
    """A short joint statement, different for every number."""
    one, other = STATES[number % 7], STATES[(number + 1 + number // 7 % 6) % 7]
    return (
        f"The Foreign Ministers of {one} and {other} met for the round of talks number {number}.\n"
        f"The two sides agreed to conclude an agreement on {TOPICS[number % 5]} by {2025 + number % 6}. "
        f"{one} will host the next {one}-{other} Policy Dialogue in {2026 + number % 4}.\n"
    )


def rows_of(out: Path) -> dict[str, pd.DataFrame]:
    """The tables as text, in a fixed order, without when and by what code they were made."""
    tables = {}
    for name in COUNTED:
        table = pd.read_parquet(out / name).drop(columns=STAMPS, errors="ignore")
        tables[name] = table.astype(str).sort_values(list(table.columns[:2]), ignore_index=True)
    return tables


def differing(one: Path, other: Path) -> list[str]:
    """The names of the tables that differ."""
    a, b = rows_of(one), rows_of(other)
    return [name for name in a if not a[name].equals(b[name])]


def write_releases(folder: Path, count: int) -> Path:
    """A folder of that many releases, published over three months, the first without a date."""
    folder.mkdir(exist_ok=True)
    lines = ["file_name,title,publisher,published"]
    for number in range(count):
        name = f"{number:04d}.txt"
        (folder / name).write_text(text_of(number))
        day = dt.date(2024, 1, 1) + dt.timedelta(days=number * 7 % 90)
        lines.append(f"{name},Talks {number},Government,{day if number else ''}")
    (folder / "metadata.csv").write_text("\n".join(lines) + "\n")
    return folder


def run_and_die(job: Job) -> list[Outcome]:
    """A job that kills its worker on one source, and on any source the first time."""
    mark = Path(os.environ["COMMUNIQUE_TEST_MARK"])
    if not mark.exists() or any(source.source == "0005.txt" for source in job.sources):
        mark.touch()
        os.kill(os.getpid(), 9)
    return run_job(job)
