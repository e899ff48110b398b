"""Whose undertaking it is that another tells; near misses beside each."""

from __future__ import annotations

import pytest
from spacy.language import Language

MET = "Norway and Ghana met. "
FERRY = "fund a new ferry"
UNRULED = pytest.mark.xfail(strict=True, reason="a rule for it acted in no release")


@pytest.mark.parametrize(
    ("text", "parties", "act"),
    [
        (f"Norway thanked Ghana for agreeing to {FERRY}.", ("GHA",), "agree"),
        pytest.param(
            f"Norway criticised Ghana for deciding to {FERRY}.",
            ("GHA",),
            "agree",
            marks=pytest.mark.xfail(strict=True, reason="the reader does not mark it"),
        ),
        (f"Norway conveyed its gratitude to Ghana for agreeing to {FERRY}.", ("GHA",), "agree"),
        (f"Norway thanked Ghana for its pledge to {FERRY}.", ("GHA",), "commit"),
        (f"Norway reaffirmed its pledge to {FERRY}.", ("NOR",), "reaffirm"),
        (f"Norway convinced Ghana to commit to {FERRY}.", ("GHA",), "commit"),
        (f"Norway assured Ghana that it will {FERRY}.", ("NOR",), "commit"),
        (f"Norway received an assurance from Ghana that it will {FERRY}.", ("GHA",), "commit"),
        (f"Norway gave Ghana the assurance that it will {FERRY}.", ("NOR",), "commit"),
        (f"Norway announced that it will {FERRY}.", ("NOR",), "intend"),
        (f"Norway announced that Ghana will {FERRY}.", ("GHA",), "intend"),
    ],
)
def test_who_is_spoken_of_is_bound(nlp: Language, text: str, parties: tuple[str, ...], act: str) -> None:
    doc = nlp(MET + text)
    [span] = doc.spans["commitments"]
    assert (span.text, span._.commitment.parties, span._.commitment.act) == (FERRY, parties, act)


def test_a_promise_not_to_act_is_one(nlp: Language) -> None:
    doc = nlp(MET + "Norway can promise Ghana that Norway will not impose tariffs on salmon.")
    assert [span._.commitment.negated for span in doc.spans["commitments"]] == [True]


@pytest.mark.parametrize(
    "text",
    [
        f"Norway urged Ghana to agree to {FERRY}.",
        pytest.param(f"Norway sought an assurance from Ghana that it will {FERRY}.", marks=UNRULED),
        pytest.param(f"Ghana gave no assurance that it will {FERRY}.", marks=UNRULED),
        f"Norway did not thank Ghana for agreeing to {FERRY}.",
    ],
)
def test_what_is_only_asked_for_is_nobodys(nlp: Language, text: str) -> None:
    doc = nlp(MET + text)
    assert list(doc.spans["commitments"]) == []
