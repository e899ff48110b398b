"""The reader: marks of a line, by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from communique.models.reader import CONTEXT, Reader, shipped, tail

LINE = "Kenya and Ghana agreed to open a shared weather office in Accra and to train forty forecasters."


def whats(line: str, before: str = "") -> list[str]:
    return [line[mark.start : mark.end] for mark in shipped().read(line, before) if mark.layer == "what"]


def test_an_undertaking_is_marked() -> None:
    found = whats(LINE)
    assert any("open a shared weather office" in what for what in found)


def test_a_plain_report_has_no_sure_mark() -> None:
    marks = shipped().read("The weather office in Accra has a view of the harbour and two small gardens.")
    assert not [mark for mark in marks if mark.layer == "what" and mark.score > 0.5]


def test_marks_are_in_order_and_inside_the_line() -> None:
    marks = shipped().read(LINE)
    assert {mark.layer for mark in marks} == {"what", "trigger"}
    assert all(0 <= mark.start < mark.end <= len(LINE) and 0 < mark.score <= 1 for mark in marks)
    pairs = [(one, other) for one, other in pairwise(marks) if one.layer == other.layer]
    assert all(one.end <= other.start for one, other in pairs)


@pytest.mark.parametrize("line", ["", " ", "\u00ad", "1.", "\U0001f30d" * 300, "word " * 2000])
def test_any_line_can_be_read(line: str) -> None:
    assert all(mark.end <= len(line) for mark in shipped().read(line))


def test_the_context_is_the_end_of_the_line_before_in_whole_words() -> None:
    long = "unrelated " * 40 + "The ministers took note of the harbour report."
    assert len(tail(long)) <= CONTEXT and tail(long).endswith("the harbour report.")
    assert shipped().read(LINE, long) == shipped().read(LINE, "much else " + long)


@pytest.mark.parametrize("around", ["\U0001f30d ", "\u200b", "I\u0307zmir: ", "[SEP] ", "\u201c"])
def test_marks_count_characters_of_the_line(around: str) -> None:
    assert any("open a shared weather office" in what for what in whats(around + LINE))


def test_words_that_part_segments_are_text() -> None:
    assert [mark.label for mark in shipped().read(LINE, "[SEP] [PAD]")] == [
        mark.label for mark in shipped().read(LINE, "SEP PAD")
    ]


def test_nothing_is_left_in_the_home_folder(tmp_path: Path) -> None:
    code = "from communique.models.reader import shipped; shipped().read('Kenya will open an office.')"
    home = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    home.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=home, check=True, timeout=120)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_reader_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Reader(tmp_path)
