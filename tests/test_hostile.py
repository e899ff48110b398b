"""Bad input: whatever bytes come in, no crash, no hang, and offsets that hold.

Over 200 inputs of every kind that is read; 10,000 in continuous integration; by hand over many more:
`python tests/support/hostile_parts.py 0 100000`.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import MARKED_UP, large, mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from communique.corpus import ReadError, Release, discover, read
from communique.extractors.pipeline import make_doc
from communique.outputs.rows import release_rows
from communique.outputs.verify import verify
from communique.pipelines import extract as module
from communique.pipelines import worker
from communique.pipelines.extract import extract
from communique.pipelines.worker import Job, Outcome

LONGEST = 10.0  # seconds of computing, for one input
MUTATIONS = int(os.environ.get("MUTATIONS", "200"))
FIRST = int(os.environ.get("FIRST", "0"))  # seed
PART = 1000  # inputs of one run


@pytest.fixture
def with_this(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs use the pipeline that the other tests have loaded."""
    monkeypatch.setattr(worker, "_pipeline", lambda *given: nlp)


def timed(jobs: Iterator[Job]) -> Iterator[list[Outcome]]:
    """Each job, which holds one source, in no more than LONGEST."""
    for job in jobs:
        began = time.process_time()
        outcomes = worker.run_job(job)
        assert time.process_time() - began < LONGEST, job.sources
        yield outcomes


def hold(folder: Path, out: Path, count: int) -> None:
    """The files of a folder go through a whole run; what fails was not readable, and the tables hold."""
    summary = extract([folder], out, engine=timed)  # type: ignore[arg-type]
    assert summary.new + summary.failed >= count
    assert verify(out) == []
    crashed = {reason for reason in summary.failures.values() if "Error: " in reason}
    assert all("the text has more than" in reason for reason in crashed), crashed


@pytest.mark.parametrize("first", range(FIRST, FIRST + MUTATIONS, PART))
@pytest.mark.usefixtures("with_this")
def test_mutated_releases_neither_crash_nor_hang(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "JOB_SIZE", 1)
    folder = tmp_path / "in"
    folder.mkdir()
    seeds = range(first, min(first + PART, FIRST + MUTATIONS))
    for seed in seeds:
        data, suffix = mutated(seed)
        (folder / f"{seed:06d}{suffix}").write_bytes(data)
    hold(folder, tmp_path / "out", len(seeds))


@pytest.mark.usefixtures("with_this")
def test_large_inputs_neither_crash_nor_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "JOB_SIZE", 1)
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in large():
        (folder / f"{name}.txt").write_text(text)
        if name in MARKED_UP:
            (folder / f"{name}.md").write_text(text)
            (folder / f"{name}.html").write_text(
                f"<html><body><article><p>{text}</p></article></body></html>"
            )
    hold(folder, tmp_path / "out", len(list(folder.iterdir())))


NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
WORDS = st.sampled_from(
    ["Canada", "Japan", "agreed", "to", "meet", "by", "2027", "and", "the", "will", "(", ")", ",", ".", "\n"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=60).map(" ".join)


@given(text=TEXTS)
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_text_gives_rows_whose_offsets_hold(nlp: Language, tmp_path: Path, text: str) -> None:
    path = tmp_path / "one.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    source = next(item for item in discover([path]) if not isinstance(item, ReadError))
    for item in read(source):
        if isinstance(item, Release):
            doc = nlp(make_doc(nlp, item))
            rows = release_rows(item, doc, extracted_at=NOW, pipeline_version="1")
            for name in ("actors", "dates", "dialogues"):
                for row in rows[name]:
                    assert item.text[row["start_char"] : row["end_char"]] == row["text"]
            for row in rows["commitments"]:
                for column in ("trigger", "what", "sentence"):
                    start, end = row[f"{column}_start_char"], row[f"{column}_end_char"]
                    assert item.text[start:end] == row[column]
