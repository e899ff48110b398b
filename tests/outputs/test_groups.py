"""What a grouping undertook counts for its members of that day."""

import datetime as dt

import pandas as pd
import pytest

from communique.models.lexicons import load_lexicon
from communique.outputs.groups import members_on, with_groups


def bound(*actors: str, published: str | None = "2023-05-20") -> pd.DataFrame:
    """Rows of `commitment_parties` for one commitment."""
    rows = [
        {"commitment_id": "c1", "actor_id": a, "actor_name": a, "published": pd.Timestamp(published)}
        for a in actors
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("day", "member"),
    [(dt.date(2019, 1, 1), True), (dt.date(2021, 1, 1), False), (dt.date(1960, 1, 1), False)],
)
def test_membership_counts_on_the_day(day: dt.date, member: bool) -> None:
    assert ("GBR" in members_on("EU", day)) is member


@pytest.mark.parametrize(("day", "member"), [(dt.date(2015, 10, 31), False), (dt.date(2015, 11, 1), True)])
def test_a_month_alone_counts_from_its_first_day(day: dt.date, member: bool) -> None:
    assert ("KAZ" in members_on("C5+1", day)) is member


def test_the_members_of_every_grouping_are_read() -> None:
    for group in load_lexicon("members")["groupings"]:
        members_on(group, dt.date(2024, 1, 1))


def test_a_member_is_bound_through_its_grouping() -> None:
    rows = with_groups(bound("G7"))
    assert rows.loc[rows["actor_id"] == "CAN", "via"].tolist() == ["G7"]


def test_a_party_named_by_itself_is_not_counted_twice() -> None:
    rows = with_groups(bound("CAN", "G7"))
    assert rows.loc[rows["actor_id"] == "CAN", "via"].isna().tolist() == [True]


def test_a_state_has_no_members() -> None:
    assert with_groups(bound("CAN"))["actor_id"].tolist() == ["CAN"]


def test_an_undated_row_is_not_expanded() -> None:
    assert with_groups(bound("G7", published=None))["actor_id"].tolist() == ["G7"]
