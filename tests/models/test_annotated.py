"""The annotated sets, and what is annotated for this project, are read in one form."""

from __future__ import annotations

import json
from pathlib import Path

from communique.models.training.annotated import RELEASES, folds, places, read_annotated

TEXT = "The ministers met.\nPeru will host a fair.\n"
HOST = {"trigger": "will", "what": "host a fair", "act": "intend", "parties": ["PER"]}


def release_set(folder: Path) -> None:
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text(TEXT.replace("a fair", "a\u00a0fair"), encoding="utf-8")
    (folder / "a.json").write_text(json.dumps({"file_name": "a.txt", "commitments": [HOST]}))
    (folder / "metadata.csv").write_text("file_name,published\na.txt,2026-01-02\n")


def gold(folder: Path) -> Path:
    for name in RELEASES:
        release_set(folder / name)
    table = "".join(f"{name},a.txt,{fold}\n" for fold, name in enumerate(RELEASES))
    (folder / "folds.csv").write_text("set,file_name,fold\n" + table)
    (folder / "paragraphs").mkdir()
    (folder / "paragraphs" / "paragraphs.jsonl").write_text("")
    return folder


def test_releases_of_the_project_are_one_more_set_with_folds_of_its_own(tmp_path: Path) -> None:
    own, paragraphs = tmp_path / "build", tmp_path / "own.jsonl"
    release_set(own)
    (own / "folds.csv").write_text("file_name,fold\na.txt,4\n")
    line = {"id": "own/1", "fold": 2, "text": "Peru left.", "published": None, "commitments": []}
    paragraphs.write_text(json.dumps(line) + "\n")
    found = list(read_annotated(gold(tmp_path / "gold"), paragraphs, own))
    names = [*(f"{name}/a.txt" for name in RELEASES), "own/1", "own-releases/a.txt"]
    assert [(text.name, text.fold) for text in found] == list(zip(names, (0, 1, 2, 3, 2, 4), strict=True))
    (place,) = places(found[-1].text, found[-1].commitments)
    assert (found[-1].published, found[-1].before) == ("2026-01-02", None)
    assert found[-1].text[slice(*place.what)] == "host a fair"


def test_the_folds_of_a_set_are_not_those_of_another_with_the_same_file(tmp_path: Path) -> None:
    sets = gold(tmp_path)
    assert [folds(sets / name) for name in RELEASES[:2]] == [{"a.txt": 0}, {"a.txt": 1}]
