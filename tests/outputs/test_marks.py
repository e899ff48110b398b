"""Marked text: inert, complete, and marked where the offsets say."""

import html
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from communique.outputs.report.marks import Mark, marked

TEXTS = st.text(alphabet=st.sampled_from("ab <>&\"'é\n=/"), max_size=60)
MARKS = st.lists(
    st.builds(Mark, st.integers(0, 70), st.integers(0, 70), st.sampled_from(["actor", "date"])), max_size=6
)


def visible(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def test_marks_name_their_class_and_tip() -> None:
    page = marked("Canada agreed.", [Mark(0, 6, "actor", "CAN")])
    assert page == '<p><mark class="actor" title="CAN">Canada</mark> agreed.</p>'


def test_overlapping_marks_are_cut_not_nested() -> None:
    page = marked("hold talks in 2025", [Mark(0, 18, "commitment", anchor="t-1"), Mark(14, 18, "date")])
    assert page.count("<mark") == page.count("</mark>") == 2
    assert '<mark class="commitment date" title="">2025</mark>' in page
    assert page.count('id="t-1"') == 1


def test_text_and_tips_are_escaped() -> None:
    page = marked('<script>alert("x")</script>', [Mark(0, 8, "actor", '"><img src=x onerror=y>')])
    assert "<script" not in page and "<img" not in page


def test_a_long_line_of_many_marks_ends_soon() -> None:
    began = time.monotonic()
    marked("word " * 100_000, [Mark(at * 50, at * 50 + 20, "actor") for at in range(10_000)])
    assert time.monotonic() - began < 3


@given(TEXTS, MARKS)
def test_every_visible_character_stays(text: str, marks: list[Mark]) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    assert visible(marked(text, marks)) == "\n".join(lines)
