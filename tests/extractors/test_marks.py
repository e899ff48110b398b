"""What the reader marks beside a candidate."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from communique.extractors.commitments.marks import LONGEST, Marks, shared
from communique.models.reader import Mark, Reader, shipped


class Echo(Reader):
    """Marks one word wherever it stands, and remembers what it was asked to read."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[tuple[str, str]] = []

    def read(self, line: str, before: str = "") -> list[Mark]:
        self.asked.append((line, before))
        at = line.find(self.word)
        return [Mark("what", "agree", at, at + len(self.word), 0.75)] if at >= 0 else []


def doc_of(text: str) -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp(text)


def test_a_mark_tells_words_score_and_act() -> None:
    doc = doc_of("They agreed to open an office in Accra.")
    mark = Marks(doc, Echo("open an office")).beside(doc[3:8])  # "open an office in Accra"
    assert mark is not None
    assert (mark.what.text, mark.act, mark.score) == ("open an office", "agree", 0.75)
    assert shared(mark.what, doc[3:8]) == 2 * 3 / (3 + 5)


def test_a_mark_elsewhere_in_the_line_is_none_beside() -> None:
    doc = doc_of("They agreed to open an office in Accra.")
    assert Marks(doc, Echo("They agreed")).beside(doc[3:8]) is None


def test_only_lines_that_are_asked_about_are_read_once_with_the_line_before() -> None:
    doc = doc_of("A talk.\n\nThey will open an office.\nAnother day.")
    reader = Echo("office")
    marks = Marks(doc, reader)
    start = next(token.i for token in doc if token.text == "open")
    assert marks.beside(doc[start : start + 3]) == marks.beside(doc[start : start + 3]) is not None
    assert reader.asked == [("They will open an office.", "A talk.")]


def test_a_long_line_is_read_in_parts_to_its_end() -> None:
    doc = doc_of("The harbour was quiet that morning. " * (2 * LONGEST // 36) + "They will open an office.")
    reader = Echo("open an office")
    mark = Marks(doc, reader).beside(doc[len(doc) - 4 : len(doc) - 1])
    assert mark is not None and mark.what.text == "open an office"
    assert all(len(line) < len(doc.text) / 2 for line, _ in reader.asked)


def test_a_long_line_without_a_stop_is_read_to_its_end() -> None:
    doc = doc_of(
        "harbours and " * LONGEST + "ships. Kenya and Ghana agreed to open a shared office in Accra."
    )
    at = next(token.i for token in doc if token.text == "open")
    reader = Echo("open a shared office")
    assert Marks(doc, reader).beside(doc[at : at + 4]) is not None
    assert all(len(line) <= LONGEST for line, _ in reader.asked)
    assert Marks(doc, shipped()).beside(doc[at : at + 4]) is not None
