"""Highlighted text: inert, complete, and highlighted where the offsets say."""

import html
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from communique.outputs.report.highlights import Highlight, highlighted

TEXTS = st.text(alphabet=st.sampled_from("ab <>&\"'é\n=/"), max_size=60)
HIGHLIGHTS = st.lists(
    st.builds(Highlight, st.integers(0, 70), st.integers(0, 70), st.sampled_from(["actor", "date"])),
    max_size=6,
)


def visible(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def test_highlights_name_their_class_and_tip() -> None:
    page = highlighted("Canada agreed.", [Highlight(0, 6, "actor", "CAN")])
    assert page == '<p><mark class="actor" title="CAN">Canada</mark> agreed.</p>'


def test_overlapping_highlights_are_cut_not_nested() -> None:
    page = highlighted(
        "hold talks in 2025", [Highlight(0, 18, "commitment", anchor="t-1"), Highlight(14, 18, "date")]
    )
    assert page.count("<mark") == page.count("</mark>") == 2
    assert '<mark class="commitment date" title="">2025</mark>' in page
    assert page.count('id="t-1"') == 1


def test_text_and_tips_are_escaped() -> None:
    page = highlighted('<script>alert("x")</script>', [Highlight(0, 8, "actor", '"><img src=x onerror=y>')])
    assert "<script" not in page and "<img" not in page


def test_a_long_line_of_many_highlights_ends_soon() -> None:
    began = time.process_time()
    highlighted("word " * 100_000, [Highlight(at * 50, at * 50 + 20, "actor") for at in range(10_000)])
    assert time.process_time() - began < 3


@given(TEXTS, HIGHLIGHTS)
def test_every_visible_character_stays(text: str, highlights: list[Highlight]) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    assert visible(highlighted(text, highlights)) == "\n".join(lines)
