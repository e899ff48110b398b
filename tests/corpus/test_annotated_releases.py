"""The releases annotated for this project: pointers without text."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from communique.corpus.annotated_releases import write
from communique.corpus.pointers import digest

FOLDER = Path(__file__).parents[2] / "corpus"
TEXT = (
    "Minister Ana Ruiz of Chile met the Union of\nLake Towns (ULT).\n"
    "Chile and ULT signed the Lake\u00a0Treaty today.\nThe Union will share its maps by 2027."
)
PLAIN = TEXT.replace("\u00a0", " ")
CODE = re.compile(r"[\w&.+ -]{1,8}")  # of a state or organisation
PLACES = ("name", "role", "quote", "trigger", "what", "due_quote")
LABELS = {"kind", "act", "agreed_on", "due_start", "due_end", "recurrence", "negated"}
LABELS |= {"event", "start", "end", "ordinal"}


def at(words: str) -> list[int]:
    start = PLAIN.index(words)
    return [start, start + len(words)]


def pointer(text: str = PLAIN) -> dict[str, Any]:
    town = "Union of\nLake Towns"
    person = {"kind": "person", "name": at("Ana Ruiz"), "role": at("Minister"), "country": "CHL"}
    body = {"kind": "organization", "id": None, "name": at(town), "aliases": [at("ULT"), at("Union")]}
    treaty = {"name": at("Lake Treaty"), "aliases": [], "kind": "instrument", "quote": at("Lake Treaty")}
    share = {
        "trigger": at("will"), "what": at("share its maps by 2027"), "parties": [2], "act": "intend",
        "agreed_on": "2026-01-02", "due_quote": at("2027"), "due_start": None, "due_end": "2027-12-31",
        "recurrence": None, "dialogues": [0], "to": ["CHL", 1],
    }  # fmt: skip
    signed = {"dialogue": 0, "event": "signed", "start": "2026-01-02", "end": "2026-01-02", "ordinal": None}
    return {
        "file": "lake/lakes.jsonl",
        "release": "a1",
        "digest": digest(text),
        "fold": 3,
        "actors": [
            {"kind": "state", "id": "CHL", "quote": at("Chile")},
            {**person, "aliases": [], "quote": at("Ana Ruiz")},
            {**body, "quote": at("ULT")},
            {**person, "name": at("Ana"), "country": 2, "aliases": [], "quote": at("Ana")},
        ],
        "dialogues": [treaty],
        "commitments": [share],
        "events": [{**signed, "quote": at("signed the Lake Treaty")}],
    }


def written(folder: Path, pointed: dict[str, Any]) -> Path:
    """The folder that is written for a corpus of one release."""
    (folder / "lake").mkdir()
    row = {"id": "a1", "title": "Maps", "published": "2026-01-02", "publisher": "Chile", "text": TEXT}
    (folder / "lake" / "lakes.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (folder / "pointers.jsonl").write_text(json.dumps(pointed) + "\n", encoding="utf-8")
    write(folder / "pointers.jsonl", folder, folder / "out")
    return folder / "out"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_pointer_gives_a_release_in_the_form_of_the_annotated_sets(tmp_path: Path) -> None:
    out = written(tmp_path, pointer())
    entry = json.loads((out / "lakes-a1.json").read_text(encoding="utf-8"))
    assert (entry["file_name"], entry["dates"]) == ("lakes-a1.txt", [])
    assert (out / "texts" / "lakes-a1.txt").read_text(encoding="utf-8") == PLAIN
    assert table(out / "folds.csv") == [{"file_name": "lakes-a1.txt", "fold": "3"}]
    (row,) = table(out / "metadata.csv")
    assert (row["title"], row["published"]) == ("Maps", "2026-01-02")
    assert row["origin"] == "lake/lakes.jsonl#a1"


def test_places_give_the_words_that_stand_there_and_numbers_the_names(tmp_path: Path) -> None:
    pointed = pointer()
    entry = json.loads((written(tmp_path, pointed) / "lakes-a1.json").read_text(encoding="utf-8"))
    chile, ruiz, union, ana = entry["actors"]
    assert (chile, ruiz["role"]) == ({"kind": "state", "id": "CHL", "quote": "Chile"}, "Minister")
    assert (union["name"], union["aliases"]) == ("Union of Lake Towns", ["ULT", "Union"])  # on one line
    assert (ruiz["country"], ana["country"]) == ("CHL", "Union of Lake Towns")
    (share,), (signed,) = entry["commitments"], entry["events"]
    assert (share["parties"], share["to"]) == (["Union of Lake Towns"], ["CHL", "Ana Ruiz"])
    assert (share["dialogues"], signed["dialogue"]) == (["Lake Treaty"], "Lake Treaty")
    for field in ("trigger", "what", "due_quote"):
        assert at(share[field]) == pointed["commitments"][0][field]
    assert at(signed["quote"]) == pointed["events"][0]["quote"]


def test_another_text_than_the_annotated_one_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"line 1: lake/lakes.jsonl has another text"):
        written(tmp_path, pointer(PLAIN + " "))


@pytest.mark.parametrize("name", ["releases.jsonl", "releases_kept.jsonl"])
def test_the_pointers_hold_neither_texts_nor_titles(name: str) -> None:
    seen = set()
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        release = json.loads(line)
        assert re.fullmatch(r"[a-z]+(/[a-z-]+\.jsonl)?", release.pop("file"))
        assert all(re.fullmatch(r"[0-9a-f]{10,12}", release.pop(name)) for name in ("release", "digest"))
        assert release.pop("fold") in range(5)
        assert release.keys() == {"actors", "dialogues", "commitments", "events"}
        seen |= {key for entries in release.values() for entry in entries for key in no_words(entry)}
    assert seen == LABELS


def no_words(entry: dict[str, Any]) -> set[str]:
    """The fields of an entry that are labels, when the others are places, numbers and codes."""
    rest = dict(entry)
    places = [rest.pop(name) for name in PLACES if name in rest] + rest.pop("aliases", [])
    codes = [rest.pop(name) for name in ("id", "country", "dialogue") if name in rest]
    codes += [code for name in ("parties", "to", "dialogues") for code in rest.pop(name, [])]
    for place in filter(None, places + [code for code in codes if isinstance(code, list)]):
        assert [type(number) for number in place] == [int, int] and 0 <= place[0] < place[1]
    for code in codes:
        assert code is None or isinstance(code, int | list) or CODE.fullmatch(code), code
    for label in rest.values():
        assert (
            label is None or isinstance(label, bool | int) or re.fullmatch(r"[a-z_]+|[\dP-]+[YMDW]?", label)
        )
    return set(rest)
