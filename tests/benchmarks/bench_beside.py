"""The whole extraction beside another pipeline: `python tests/benchmarks/bench_beside.py FOLDER PIPELINE`.

FOLDER holds releases; PIPELINE is an installed spaCy package or a folder, say en_core_web_md. Words per CPU
second of one process on one thread, in turns over the same releases, the models loaded before: reading,
extraction and rows here, `nlp.pipe` over the texts alone there.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import spacy  # noqa: E402

from communique.corpus import Release, Source, discover, read  # noqa: E402
from communique.pipelines.worker import Job, run_job  # noqa: E402

TURNS = 3


def main(folder: Path, pipeline: str) -> None:
    """Measure and print."""
    sources = tuple(found for found in discover([folder]) if isinstance(found, Source))
    texts = [item.text for source in sources for item in read(source) if isinstance(item, Release)]
    words = sum(len(text.split()) for text in texts)
    other = spacy.load(pipeline)
    job = Job(sources, "bench", dt.datetime.now(dt.UTC))
    run_job(Job(sources[:1], "bench", job.extracted_at))  # loads what an extraction needs

    ratios = []
    for _ in range(TURNS):
        own = words / seconds(lambda: run_job(job))
        theirs = words / seconds(lambda: deque(other.pipe(texts), maxlen=0))
        ratios.append(own / theirs)
        print(
            f"extraction {own:,.0f} words per CPU second, {pipeline} {theirs:,.0f}: {ratios[-1]:.2f}",
            flush=True,
        )
    print(f"{len(texts)} releases, {words:,} words: {statistics.median(ratios):.2f}")


def seconds(work: Callable[[], object]) -> float:
    """Seconds of computing."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pipeline")
    main(**vars(parser.parse_args()))
