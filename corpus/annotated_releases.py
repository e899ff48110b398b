"""The releases annotated for this project.

`python -m communique.corpus.annotated_releases POINTERS CORPORA OUT` writes OUT in the form of the annotated
sets: a JSON file for each release, its text in `texts/`, `metadata.csv`, and a `folds.csv` of its own.
POINTERS is `corpus/releases.jsonl`, or `corpus/releases_kept.jsonl` for those that are kept to measure with;
they hold no text and are no part of an installation. Each line names a
release as `corpus/paragraphs.jsonl` does, with the digest of its text and its `fold`, and tells what is
annotated in it as the files of the sets do, but for this: what stands in the text is the place of its
characters, [start, end], and an actor or dialogue that another entry names is its number, from 0 (an actor
with a short id, its id).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.corpus.pointers import digest, find_release

WORDS = ("id", "name", "role", "quote", "trigger", "what", "due_quote")  # fields that hold a place
COLUMNS = ("file_name", "title", "publisher", "published", "url", "origin")
Entry = dict[str, Any]


def annotated_releases(pointers: Path, corpora: Path) -> Iterator[tuple[Entry, Entry, str]]:
    """Each release: its annotation, with its `fold`, its row of metadata and its text.

    Raises ValueError where a text is not the one that was annotated.
    """
    for number, line in enumerate(pointers.read_text(encoding="utf-8").splitlines(), 1):
        pointer = json.loads(line)
        release = find_release(corpora, pointer)
        text = release["text"].replace("\u00a0", " ")
        if digest(text) != pointer["digest"]:
            raise ValueError(f"{pointers.name}, line {number}: {pointer['file']} has another text there")
        name = f"{Path(pointer['file']).stem}-{pointer['release']}.txt"
        origin = f"{pointer['file']}#{pointer['release']}"
        row = {**{field: release.get(field) for field in COLUMNS}, "file_name": name, "origin": origin}
        yield {"file_name": name, "fold": pointer["fold"], **annotation(text, pointer)}, row, text


def annotation(text: str, pointer: Entry) -> Entry:
    """The entries of a pointer with the words of the text, in the form of the annotated sets."""
    actors, dialogues, commitments, events = (
        [_worded(text, entry) for entry in pointer[kind]]
        for kind in ("actors", "dialogues", "commitments", "events")
    )
    ids = [actor.get("id") or actor["name"] for actor in actors]
    names = [dialogue["name"] for dialogue in dialogues]
    for actor in actors:
        if "country" in actor:
            actor["country"] = _named(actor["country"], ids)
    for commitment in commitments:
        commitment |= {field: [_named(id, ids) for id in commitment[field]] for field in ("parties", "to")}
        commitment["dialogues"] = [names[at] for at in commitment["dialogues"]]
    for event in events:
        event["dialogue"] = names[event["dialogue"]]
    return {
        "actors": actors,
        "dates": [],
        "dialogues": dialogues,
        "commitments": commitments,
        "events": events,
    }


def _worded(text: str, entry: Entry) -> Entry:
    """The entry with words in place of their places."""
    worded = {
        field: _words(text, value) if field in WORDS and isinstance(value, list) else value
        for field, value in entry.items()
    }
    if "aliases" in entry:
        worded["aliases"] = [_words(text, place) for place in entry["aliases"]]
    return worded


def _words(text: str, place: list[int]) -> str:
    """What stands there, on one line."""
    return " ".join(line.strip() for line in text[slice(*place)].split("\n"))


def _named(value: str | int | None, ids: list[str]) -> str | None:
    return ids[value] if isinstance(value, int) else value


def write(pointers: Path, corpora: Path, out: Path) -> None:
    """Write the releases as a folder in the form of the annotated sets."""
    (out / "texts").mkdir(parents=True, exist_ok=True)
    with (
        (out / "metadata.csv").open("w", encoding="utf-8", newline="") as metadata,
        (out / "folds.csv").open("w", encoding="utf-8", newline="") as folds,
    ):
        described = csv.DictWriter(metadata, COLUMNS)
        folded = csv.DictWriter(folds, ("file_name", "fold"))
        described.writeheader()
        folded.writeheader()
        for entry, row, text in annotated_releases(pointers, corpora):
            name = entry["file_name"]
            described.writerow(row)
            folded.writerow({"file_name": name, "fold": entry.pop("fold")})
            (out / "texts" / name).write_text(text, encoding="utf-8")
            path = (out / name).with_suffix(".json")
            path.write_text(json.dumps(entry, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:]))
