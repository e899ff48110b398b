"""Long releases are read piece by piece."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors import pipeline
from communique.extractors.pipeline import annotate, cuts

LINE = "Chile and Peru agreed to open a new bridge in May 2031.\n"


def test_pieces_give_what_the_whole_gives(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = nlp(_doc(nlp, LINE * 20))
    monkeypatch.setattr(pipeline, "PIECE", 50)
    pieced = annotate(nlp, _doc(nlp, LINE * 20))
    assert pieced.text == whole.text and pieced._.title == "Joint Statement"
    for key in ("commitments", "actors", "dates"):
        assert _places(pieced, key) == _places(whole, key) != []
    assert [(t.head.i, t.dep_, t.tag_, t.lemma_) for t in pieced] == [
        (t.head.i, t.dep_, t.tag_, t.lemma_) for t in whole
    ]


@pytest.mark.parametrize("text", [LINE * 9, "word " * 40, "\n" * 30, "a\n" + "b " * 30])
def test_cuts_cover_the_document_in_order_at_line_ends(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "PIECE", 16)
    doc = spacy.blank("en")(text)
    bounds = list(cuts(doc))
    assert [start for start, _ in bounds] == [0, *(end for _, end in bounds[:-1])]
    assert bounds[-1][1] == len(doc) and all(0 < end - start <= 16 for start, end in bounds)
    assert all("\n" in doc[end - 1].text or end - start == 16 for start, end in bounds[:-1])


def _doc(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.title = "Joint Statement"
    return doc


def _places(doc: Doc, key: str) -> list[tuple[int, int]]:
    return [(span.start_char, span.end_char) for span in doc.spans[key]]
