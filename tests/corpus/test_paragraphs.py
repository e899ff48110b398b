"""The paragraphs annotated for this project: pointers without text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.corpus.discover import discover
from communique.corpus.paragraphs import paragraphs
from communique.corpus.pointers import digest
from communique.corpus.read import read

POINTERS = Path(__file__).parents[2] / "corpus" / "paragraphs.jsonl"
LINE = "Kenya and Ghana will open an office in Accra by 2027."
TEXT = f"Minutes.\n{LINE.replace('Ghana ', 'Ghana' + chr(160))}\n"
DUE = ("due", "due_start", "due_end")
COMMITMENT = {"trigger": [16, 20], "what": [21, 52], "act": "intend", "parties": ["KEN", "GHA"]}


def pointers(folder: Path, words: str, text: str = TEXT, **place: str) -> Path:
    start, end = text.index("Kenya"), text.index("2027.") + 5
    pointer = {**place, "start": start, "end": end, "digest": digest(words), "fold": 3}
    path = folder / "pointers.jsonl"
    path.write_text(json.dumps({**pointer, "commitments": [COMMITMENT]}) + "\n", encoding="utf-8")
    return path


def in_rows(folder: Path) -> dict[str, str]:
    row = {
        "id": "a",
        "title": "An office",
        "published": "2026-01-02",
        "publisher": "Kenya",
        "text": TEXT + "\u2028",
    }
    (folder / "releases.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return {"file": "releases.jsonl", "release": "a"}


def in_a_folder(folder: Path) -> dict[str, str]:
    (folder / "notes" / "2026").mkdir(parents=True)
    path = folder / "notes" / "2026" / "office.md"
    path.write_text(f"---\ntitle: An office\ndate: 2026-01-02\n---\nMinutes.\n\n{LINE}\n", encoding="utf-8")
    (release,) = (release for source in discover([path]) for release in read(source))
    return {"file": "notes", "release": digest("2026/office.md"), "text": release.text}


@pytest.mark.parametrize("written", [in_rows, in_a_folder])
def test_a_pointer_gives_the_paragraph_with_its_words_and_the_line_before(
    tmp_path: Path, written: Callable[[Path], dict[str, str]]
) -> None:
    (found,) = paragraphs(pointers(tmp_path, LINE, **written(tmp_path)), tmp_path)
    assert (found["text"], found["before"], found["fold"]) == (LINE, "Minutes.", 3)
    assert (found["title"], found["published"]) == ("An office", "2026-01-02")
    (commitment,) = found["commitments"]
    assert (commitment["trigger"], commitment["what"]) == ("will", "open an office in Accra by 2027")


def test_another_text_than_the_annotated_one_is_an_error(tmp_path: Path) -> None:
    path = pointers(tmp_path, "Kenya and Ghana will meet.", **in_rows(tmp_path))
    with pytest.raises(ValueError, match="another text"):
        list(paragraphs(path, tmp_path))


def test_the_pointers_hold_neither_texts_nor_titles() -> None:
    for line in POINTERS.read_text(encoding="utf-8").splitlines():
        pointer = json.loads(line)
        assert set(pointer) == {"file", "release", "start", "end", "digest", "fold", "commitments"}
        assert re.fullmatch(r"[a-z]+(/[a-z-]+\.jsonl)?", pointer["file"])
        assert all(re.fullmatch(r"[0-9a-f]{10,12}", pointer[name]) for name in ("release", "digest"))
        for commitment in pointer["commitments"]:
            assert {"trigger", "what", "act", "parties"} <= commitment.keys()
            assert commitment.keys() <= {"trigger", "what", "act", "parties", *DUE, "negated"}
            assert 0 <= commitment["what"][0] < commitment["what"][1] <= pointer["end"] - pointer["start"]
            assert all(isinstance(place, int) for place in commitment["trigger"] + commitment["what"])
