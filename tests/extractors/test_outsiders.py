"""Third parties, who are not the state whose adjective they bear; near misses beside each."""

from __future__ import annotations

import pytest
from spacy.language import Language

MET = "Norway and Ghana met. "


def parties(nlp: Language, text: str) -> list[tuple[str, ...]]:
    doc = nlp(MET + text)
    return [span._.commitment.parties for span in doc.spans["commitments"]]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Norwegian universities agreed to fund a new ferry.", []),
        ("Norwegian officials agreed to fund a new ferry.", [("NOR",)]),
        ("A farmers’ union pledged to fund a new ferry.", []),
        ("The European Union pledged to fund a new ferry.", [("EU",)]),
        ("Some residents vowed to fund a new ferry.", []),
        ("The Norwegian shipowner Fjordline pledged to fund a new ferry.", [("Fjordline",)]),
        ("The Norway Institute agreed to fund a new ferry.", [("Norway Institute",)]),
        ("The Government of Norway agreed to fund a new ferry.", [("NOR",)]),
    ],
)
def test_third_party_binds_itself_or_nobody(nlp: Language, text: str, bound: list[tuple[str, ...]]) -> None:
    assert parties(nlp, text) == bound


def test_what_is_opened_is_no_third_party(nlp: Language) -> None:
    (bound,) = parties(nlp, "A university will be opened in Accra.")
    assert bound and {*bound} <= {"NOR", "GHA"}
