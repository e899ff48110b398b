"""Time limits: what takes too long ends by name, what does not is left alone."""

from __future__ import annotations

import contextlib
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pandas as pd
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors import pipeline
from communique.outputs.verify import verify
from communique.pipelines.extract import extract
from communique.pipelines.limits import Overdue, limited

Releases = Callable[[int], Path]


def swallow() -> None:
    """Stuck in code that catches every Exception."""
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def backtrack() -> None:
    re.match(r"(a+)+$", "a" * 40 + "b")


def told(work: Callable[[], None], seconds: float) -> list[str]:
    """What ended the work, if anything did."""
    try:
        with limited(seconds):
            work()
    except Overdue as error:
        return [str(error)]
    return []


@pytest.mark.parametrize("stuck", [swallow, backtrack])
def test_what_is_stuck_in_the_main_thread_ends(stuck: Callable[[], None]) -> None:
    assert told(stuck, 0.2) == ["took more than 0.2 s"]


def test_what_is_stuck_in_another_thread_ends() -> None:
    found: list[str] = []
    thread = Thread(target=lambda: found.extend(told(swallow, 0.2)), daemon=True)
    thread.start()
    thread.join(10)
    assert found == ["took more than 0.2 s"]


def test_what_is_in_time_is_left_alone_and_so_is_what_follows() -> None:
    before = signal.getsignal(signal.SIGALRM)
    done: list[int] = []

    def much() -> None:
        for number in range(200):
            assert told(lambda: None, 0.001) in ([], ["took more than 0.001 s"])
            done.append(number)
        time.sleep(0.05)

    much()
    thread = Thread(target=much)
    thread.start()
    thread.join()
    assert len(done) == 400
    assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.parametrize("in_main", [True, False])
def test_a_stuck_release_fails_by_name_and_the_others_go_on(
    in_main: bool, releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.annotate

    def stuck(nlp: Language, doc: Doc) -> Doc:
        if "talks number 1." in doc.text:
            swallow()
        return whole(nlp, doc)

    monkeypatch.setattr(pipeline, "annotate", stuck)
    folder, out = releases(3), tmp_path / "out"
    with monkeypatch.context() as unpatched:  # what is read once is read before the limit counts
        unpatched.setattr(pipeline, "annotate", whole)
        extract([folder], tmp_path / "warm")
    work = Thread(target=extract, args=([folder], out), kwargs={"time_limit": 3})
    work.run() if in_main else work.start()
    if not in_main:
        work.join(60)
    failed = pd.read_parquet(out / "failures")
    assert failed[["source", "reason"]].to_numpy().tolist() == [["0001.txt", "took more than 3 s"]]
    assert len(pd.read_parquet(out / "releases")) == 2
    assert verify(out) == []


def test_a_stuck_reader_fails_by_name(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.pipelines.worker.read", lambda source: swallow())
    summary = extract([releases(1)], tmp_path / "out", time_limit=0.2)
    assert summary.failures == {"0000.txt": "took more than 0.2 s"}
