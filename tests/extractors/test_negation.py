"""Who undertakes not to act, and who undertakes nothing; near misses beside each."""

from __future__ import annotations

import pytest
from spacy.language import Language

MET = "Norway and Ghana met in Accra. "


def rows(nlp: Language, text: str) -> list[tuple[str, str, bool]]:
    """Trigger, action and whether it is denied, of every undertaking."""
    doc = nlp(text)
    found = [(span._.commitment, span.text) for span in doc.spans["commitments"]]
    return [(text[slice(*row.trigger)], what, row.negated) for row, what in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Neither side will build new missiles.", [("will", "build new missiles", True)]),
        ("Either side will build new missiles.", [("will", "build new missiles", False)]),
        (
            "Neither Norway nor Ghana will impose tariffs on salmon.",
            [("will", "impose tariffs on salmon", True)],
        ),
        ("No Party shall impose tariffs on salmon.", [("shall", "impose tariffs on salmon", True)]),
        (
            "None of the two states will impose tariffs on salmon.",
            [("will", "impose tariffs on salmon", True)],
        ),
        (
            "Norway will no longer provide loans to whalers.",
            [("will", "no longer provide loans to whalers", True)],
        ),
        (
            "Norway will provide loans to whalers no later than May.",
            [("will", "provide loans to whalers no later than May", False)],
        ),
        (
            "Norway will in no case impose tariffs on salmon.",
            [("will", "in no case impose tariffs on salmon", True)],
        ),
        pytest.param(
            "Norway will not only build a pier but also dredge the bay.",
            [("will", "not only build a pier", False), ("will", "dredge the bay", False)],
            marks=pytest.mark.xfail(strict=True, reason="the decision takes it for nothing"),
        ),
        ("Ghana won’t impose tariffs on salmon.", [("won’t", "impose tariffs on salmon", True)]),
        (
            "Norway pledges never to impose tariffs on salmon, nor will Ghana impose tariffs on salmon.",
            [
                ("pledges", "never to impose tariffs on salmon", True),
                ("will", "impose tariffs on salmon", True),
            ],
        ),
        (
            "Norway and Ghana agreed that neither would impose tariffs on salmon.",
            [("agreed", "neither would impose tariffs on salmon", True)],
        ),
        (
            "Norway agreed to stop imposing tariffs on salmon.",
            [("agreed to", "stop imposing tariffs on salmon", False)],
        ),
        ("Norway will provide no loans to whalers.", [("will", "provide no loans to whalers", False)]),
    ],
)
def test_what_is_not_to_be_done(nlp: Language, text: str, found: list[tuple[str, str, bool]]) -> None:
    assert rows(nlp, MET + text) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Norway has not agreed to lend a ferry.", 0),
        ("Norway has now agreed to lend a ferry.", 1),
        ("The two sides failed to agree to lend a ferry.", 0),
        ("The two sides hurried to sign the ferry treaty.", 1),
        ("Ghana declined to sign the ferry treaty.", 0),
        ("Neither side agreed to lend a ferry.", 0),
        ("Norway gave no pledge to lend a ferry.", 0),
        pytest.param(
            "Norway not only agreed to lend a ferry.",
            1,
            marks=pytest.mark.xfail(strict=True, reason="the reader does not mark it"),
        ),
        ("The ministers did not announce that Norway will fund a new ferry.", 0),
        ("The ministers announced that Norway will fund a new ferry.", 1),
    ],
)
def test_what_nobody_undertook(nlp: Language, text: str, count: int) -> None:
    assert len(rows(nlp, MET + text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Norway could agree to lend a ferry.", 0),
        ("Norway would have agreed to lend a ferry.", 0),
        ("Norway almost agreed to lend a ferry.", 0),
        ("Almost at once, Norway agreed to lend a ferry.", 1),
        ("The ministers announced that Norway would fund a new ferry.", 1),
        ("Norway will have lent a ferry by May.", 0),
        ("Norway will lend a ferry by May.", 1),
        pytest.param(
            "Norway will be remembered for its ferries.",
            0,
            marks=pytest.mark.xfail(strict=True, reason="a rule for it acted in no release"),
        ),
        ("The ferries will be repaired by Norway.", 1),
    ],
)
def test_what_did_not_come_about_or_is_only_foretold(nlp: Language, text: str, count: int) -> None:
    assert len(rows(nlp, MET + text)) == count
