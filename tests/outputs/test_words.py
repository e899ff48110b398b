"""Words that a text mentions, in any form or to the letter; names that people type."""

from __future__ import annotations

import pandas as pd
import pytest

from communique.outputs.actor_names import UnknownActorError, actor_of, forms_of, known_actor
from communique.outputs.words import mentions


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("semiconductors", "a new semiconductor plant", True),
        ("semiconductor", "Semiconductors, and more", True),
        ("semiconductor", "conductors", False),
        ("supply chains", "the chain that supplies them", True),
        ('"supply chains"', "the chain that supplies them", False),
        ('"supply chains"', "resilient supply\nchains", True),
        ("stop", "the fighting stopped", True),
        ("stop", "a stopgap", False),
        ("train", "they are training officers", True),
        ("country", "both countries' ministers", True),
        ("AI", "the AI's limits", True),
        ("AI", "to aid", False),
        ("2+2", "in the 2+2 format", True),
        ("(talks)", "no talk of it", True),
    ],
)
def test_words_are_found_in_their_forms(asked: str, text: str, found: bool) -> None:
    assert mentions(pd.Series([text, None]), asked).tolist() == [found, False]


@pytest.mark.parametrize("asked", ["", '""', "…"])
def test_no_word_is_wrong_usage(asked: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        mentions(pd.Series(["text"]), asked)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Canada", "CAN"),
        ("canadian", "CAN"),
        ("south korea", "KOR"),
        ("the Republic of Korea", "KOR"),
        ("eu", "EU"),
        ("The U.S.", "USA"),
        ("Cote d'Ivoire", "CIV"),
        ("Türkiye", "TUR"),
        ("ukr", "UKR"),
        ("Ruritanian Rail", "RURITANIAN-RAIL"),
    ],
)
def test_names_as_people_write_them(name: str, actor: str) -> None:
    others = forms_of([("RURITANIAN-RAIL", "Ruritanian Rail"), ("BORURIA", "Canada")])
    assert actor_of(name, others) == actor
    assert known_actor(name) == (None if actor == "RURITANIAN-RAIL" else actor)


@pytest.mark.parametrize(
    ("name", "near"), [("Germny", r"Germany \(DEU\)\?"), ("south koera", "KOR"), ("Qqqqq", "'Qqqqq'$")]
)
def test_a_name_that_nobody_has_suggests_near_ones(name: str, near: str) -> None:
    with pytest.raises(UnknownActorError, match=near):
        actor_of(name, {})


def test_a_code_is_no_near_name() -> None:
    with pytest.raises(UnknownActorError) as told:
        actor_of("Canda", {})
    assert "Canada (CAN)" in str(told.value) and "(AND)" not in str(told.value)
