"""One row for one person over all releases: who is joined, and who is not."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from communique.outputs import Tables
from communique.outputs.persons import Row, persons


def told(*people: tuple[str, str | None, str | None], year: int = 2031) -> list[Row]:
    """Each person (name, office, state) in a release of its own."""
    return [
        {
            **{"release_id": f"{year}-{number}", "kind": "person", "name": name, "role": role},
            **{"country": country, "actor_id": name.lower().replace(".", "").replace(" ", "-")},
        }
        for number, (name, role, country) in enumerate(people)
    ]


def names(rows: list[Row]) -> list[tuple[str, ...]]:
    """The names of each person, the fullest first."""
    days = [
        {"release_id": row["release_id"], "published": dt.date(int(row["release_id"][:4]), 1, 1)}
        for row in rows
    ]
    return [(row["name"], *row["aliases"]) for row in persons(rows, days)]


def test_forms_of_a_name_with_one_office_and_state_are_one() -> None:
    rows = told(
        ("Joe Miller", "President", "KEN"),
        ("Joseph R. Miller Jr.", "President of Kenya", "KEN"),
        ("Miller", "President", "KEN"),
        ("Miller", "President", "KEN"),
    )
    assert names(rows) == [("Joseph R. Miller Jr.", "Joe Miller", "Miller")]


@pytest.mark.parametrize(
    "other",
    [
        ("Joe Miller", "President", "NOR"),
        ("Peter Miller", "President", "KEN"),
        ("Joseph Miller", "Vice President", "KEN"),
        ("Joseph Miller", "Ambassador", "KEN"),
        ("Miller", "Minister of Fish", "KEN"),
        ("Miller", "President", None),
    ],
)
def test_where_they_do_not_agree_they_are_two(other: tuple[str, str | None, str | None]) -> None:
    assert len(names(told(("Joe Miller", "President", "KEN"), other))) == 2


def test_initials_that_differ_are_two_persons() -> None:
    rows = told(("George H. W. Reed", "President", "KEN"), ("George T. Reed", "President", "KEN"))
    assert len(names(rows)) == 2


def test_a_surname_that_fits_two_is_neither() -> None:
    rows = told(
        ("Anna Reed", "Minister", "KEN"), ("Boris Reed", "Minister", "KEN"), ("Reed", "Minister", "KEN")
    )
    assert names(rows) == [("Anna Reed",), ("Boris Reed",), ("Reed",)]


def test_of_two_with_a_surname_it_is_the_one_of_its_time() -> None:
    rows = [
        *told(("Anna Reed", "President", "KEN"), year=1970),
        *told(("Boris Reed", "President", "KEN"), ("Reed", "President", "KEN"), year=2031),
    ]
    assert names(rows) == [("Anna Reed",), ("Boris Reed", "Reed")]


def test_a_surname_may_stand_first() -> None:
    assert names(told(("Cho Min-ju", "Foreign Minister", "KOR"), ("Cho", "Minister", "KOR"))) == [
        ("Cho Min-ju", "Cho")
    ]


def test_a_name_without_a_state_is_that_of_the_one_state_of_the_name() -> None:
    assert len(names(told(("Joe Miller", "President", "KEN"), ("Joe Miller", None, None)))) == 1
    both = ("Joe Miller", "President", "KEN"), ("Joe Miller", "President", "NOR")
    assert len(names(told(*both, ("Joe Miller", None, None)))) == 3


def test_the_order_of_rows_does_not_matter() -> None:
    rows = told(
        *(("Joe Miller", "President", "KEN"), ("Miller", "President", "KEN"), ("Joe Miller", None, None)),
        *(("Anna Reed", "Minister", "NOR"), ("Reed", "Minister", "NOR"), ("Joe Miller", "President", "NOR")),
    )
    want = persons(rows, [])
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert persons(rows, []) == want


def test_persons_of_the_samples(tables: Tables) -> None:
    found = tables.persons().set_index("person_id")
    assert found.loc["melanie-joly", "country"] == "CAN"
    assert found.loc["melanie-joly", "first_published"] < found.loc["melanie-joly", "last_published"]
    assert len(tables.sql("select * from persons where country = 'CAN'")) == (found["country"] == "CAN").sum()
