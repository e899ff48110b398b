"""Dates on outside suites, and their speed beside `dateparser.search`.

    python tests/benchmarks/bench_dates.py ../shared/dates [--category] [--errors N] [--speed]

The folder holds recognizers.jsonl, duckling.jsonl, wikiwars.jsonl and their scorer score_dates.py.
Where a suite marks an open span with its opening words ("since 2014" from 2014 on), our guidelines
mark the closed period, and "within three years" is a length: `due_window` opens and anchors them
here, so the product keeps to the guidelines.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.annotations import DATES
from communique.extractors.dates.windows import due_window

SUITES = ("recognizers", "duckling", "wikiwars")


def make_nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("communique_dates")
    return nlp


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def read(nlp: Language, text: str, reference: str | None) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = dt.date.fromisoformat(reference) if reference else None
    doc._.publisher = "The White House"  # the suites write dates in figures the American way
    return nlp.get_pipe("communique_dates")(doc)  # type: ignore[operator,no-any-return]


def predict(nlp: Language, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Our mentions as the scorer wants them; open spans opened."""
    predicted = []
    doc = read(nlp, row["text"], row["reference"])
    for span in doc.spans[DATES]:
        start, end = due_window(span)
        kind = "DATE" if start or end else span._.timex.timex_type
        predicted.append(
            {
                "char_start": span.start_char,
                "char_end": span.end_char,
                "start": start and start.isoformat(),
                "end": end and end.isoformat(),
                "type": kind,
            }
        )
    return predicted


def load_scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_dates", folder / "score_dates.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def bench_suites(folder: Path, by_category: bool, errors: int) -> None:
    nlp, scorer = make_nlp(), load_scorer(folder)
    for suite in SUITES:
        path = folder / f"{suite}.jsonl"
        predictions = {row["id"]: predict(nlp, row) for row in rows(path)}
        wrong: list[Any] = []
        result, categories = scorer.score(path, predictions, by="category", errors=wrong, resolvable=True)
        value, overlap = result["value"], result["overlap"]
        figures = f"P {value[0]:.3f} R {value[1]:.3f} F1 {value[2]:.3f}"
        print(f"{suite:12} value {figures}   overlap F1 {overlap[2]:.3f}")
        for name, count in (
            sorted(categories.items(), key=lambda item: -item[1]["gold"]) if by_category else ()
        ):
            print(f"    {name:14} gold {count['gold']:4} found {count['ov']:4} right {count['right']:4}")
        for case in wrong[:errors]:
            print("   ", *case, sep=" | ")


def rate(read_one: Callable[[str], object], texts: list[str]) -> float:
    """Characters per second of processor time."""
    start = time.process_time()
    for text in texts:
        read_one(text)
    return sum(map(len, texts)) / (time.process_time() - start)


def bench_speed(folder: Path) -> None:
    from dateparser.search import search_dates

    nlp = make_nlp()
    texts = [row["text"] for row in rows(folder / "wikiwars.jsonl")]
    docs = [nlp.make_doc(text) for text in texts]
    component: Any = nlp.get_pipe("communique_dates")
    start = time.process_time()
    for doc in docs:
        component(doc)
    seconds = time.process_time() - start
    characters, tokens = sum(map(len, texts)), sum(map(len, docs))
    print(f"communique_dates        {characters / seconds:12,.0f} chars/s {tokens / seconds:12,.0f} tokens/s")
    few = [text[:2_000] for text in texts[:5]]
    print(f"dateparser.search_dates {rate(lambda t: search_dates(t, languages=['en']), few):12,.0f} chars/s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--category", action="store_true", help="figures by category")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each suite")
    parser.add_argument("--speed", action="store_true", help="speed beside dateparser.search")
    args = parser.parse_args()
    bench_suites(args.folder, args.category, args.errors)
    if args.speed:
        bench_speed(args.folder)


if __name__ == "__main__":
    main()
