"""Short sentences that the reader learns beside annotated lines."""

from __future__ import annotations

from communique.models.training.reader_examples import Example
from communique.models.training.short import short_sentences

LINE = "Kenya will open a weather office in Accra and is committed to fair trade."
MARKS = {
    "what": [(11, 41, "intend"), (62, 72, "commit")],
    "trigger": [(6, 10, "trigger"), (46, 61, "trigger")],
}
ACTION = "open a weather office in Accra"
FOUND = list(short_sentences([Example(LINE, "", 0, MARKS)], 300))


def whats(example: Example) -> list[str]:
    return [example.line[start:end] for start, end, _ in example.marks["what"]]


def test_the_lines_of_the_test_are_as_marked() -> None:
    assert [LINE[start:end] for start, end, _ in MARKS["what"]] == [ACTION, "fair trade"]


def test_only_what_follows_as_a_bare_verb_is_an_action() -> None:
    assert any(ACTION in example.line for example in FOUND)
    assert not any("fair trade" in example.line for example in FOUND)


def test_marks_fit_the_sentence_once_its_markup_is_gone() -> None:
    assert not any(set("[]<>{}|") & set(example.line + example.before) for example in FOUND)
    assert ACTION in {what for example in FOUND for what in whats(example)}
    assert f"not {ACTION}" in {what for example in FOUND for what in whats(example)}


def test_what_is_refused_or_asked_is_not_undertaken() -> None:
    refused = [example for example in FOUND if "has not agreed to" in example.line or "?" in example.line]
    assert refused and all(example.empty and not example.marks["trigger"] for example in refused)


def test_what_neither_does_is_undertaken_by_both() -> None:
    neither = [example for example in FOUND if example.line.startswith("Neither country")]
    assert neither and all(whats(example) == [ACTION] for example in neither)
