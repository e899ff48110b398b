"""What became of what was undertaken: on rows of a few words, and on the sample releases."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from communique.outputs import Tables, open_tables
from communique.outputs.following import last_due, status
from communique.outputs.followups import Row, followups
from communique.outputs.keeping import day_of
from communique.pipelines.extract import extract

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
DAY = dt.date(2031, 5, 2)
RELEASES = [{"release_id": name, "published": DAY, "source": name} for name in ("r1", "r2")]


def undertaken(before: str = "hold the ", **changes: Any) -> Row:
    """A commitment of the release "r1" about the Lake Dialogue, agreed on the second of May 2031."""
    what = f"{before}Lake Dialogue"
    return {
        **{
            "commitment_id": "c1",
            "release_id": "r1",
            "act": "agree",
            "negated": False,
            "trigger": "agreed to",
            "parties": ["CHL", "PER"],
        },
        **{"what": what, "what_start_char": 100, "what_end_char": 100 + len(what)},
        **{"sentence_start_char": 80, "sentence_end_char": 200},
        **{"agreed_on": "2031-05-02", "due_start": None, "due_end": None, "recurrence": None, **changes},
    }


def mention(at: int = 109, kind: str = "dialogue") -> Row:
    return {
        **{"release_id": "r1", "start_char": at, "end_char": at + 13},
        **{"dialogue_id": "lake-dialogue", "kind": kind},
    }


def event(day: str, kind: str = "held", name: str = "e1", **changes: Any) -> Row:
    date = dt.date.fromisoformat(day)
    return {
        **{"event_id": name, "release_id": "r2", "dialogue_id": "lake-dialogue", "event": kind},
        **{"start_char": 110, "end_char": 130, "date_start": date, "date_end": date, "ordinal": None},
        **changes,
    }


def kept(commitment: Row, *events: Row, mentions: tuple[Row, ...] = ()) -> list[str | None]:
    """The event_id of each follow-up."""
    return [row["event_id"] for row in found(commitment, *events, mentions=mentions)]


def found(commitment: Row, *events: Row, mentions: tuple[Row, ...] = ()) -> list[Row]:
    return followups([commitment], mentions or [mention()], events, RELEASES)


def test_a_later_meeting_keeps_it() -> None:
    assert kept(undertaken(), event("2031-09-01", name="e2"), event("2031-08-01")) == ["e1"]


@pytest.mark.parametrize(
    "other",
    [
        event("2031-05-02"),  # the meeting at which it was agreed
        event("2031-04-01"),
        event("2031-08-01", "scheduled"),
        event("2031-08-01", dialogue_id="river-dialogue"),
        event("2031-08-01", date_start=None, date_end=None),
    ],
)
def test_what_does_not_keep_it(other: Row) -> None:
    assert kept(undertaken(), other) == [None]


def test_a_number_tells_which_meeting() -> None:
    third = undertaken("hold the 3rd ")
    mentions = (mention(113),)
    events = event("2031-08-01", ordinal=2), event("2032-08-01", name="e2", ordinal=3)
    assert kept(third, *events, mentions=mentions) == ["e2"]


def test_a_meeting_before_its_days_is_another() -> None:
    due = undertaken(due_start=dt.date(2032, 1, 1), due_end=dt.date(2032, 12, 31))
    assert kept(due, event("2031-08-01")) == [None]
    assert kept(due, event("2031-08-01"), event("2032-03-01", name="e2")) == ["e2"]


def test_a_meeting_long_after_its_days_is_another() -> None:
    due = undertaken(due_start=dt.date(2032, 1, 1), due_end=dt.date(2032, 3, 31))
    assert kept(due, event("2032-06-30")) == ["e1"]  # three months late
    assert kept(due, event("2032-07-01")) == [None]


def test_a_meeting_told_of_soon_after_one_was_due_was_that_one() -> None:
    undated = event("2031-05-02", date_start=None, date_end=None)
    due = undertaken(due_start=dt.date(2031, 4, 1), due_end=dt.date(2031, 4, 30), agreed_on="2031-01")
    assert kept(due, undated) == ["e1"]
    assert kept(due | {"due_end": dt.date(2031, 1, 31)}, undated) == [None]


def told_later(kind: str, *events: Row) -> list[str | None]:
    """The event that keeps "sign the Lake Dialogue", where a release of 2032 tells one without a day."""
    later = {"release_id": "r3", "published": dt.date(2032, 1, 5), "source": "r3"}
    undated = event("2031-05-02", kind, "e3", release_id="r3", date_start=None, date_end=None)
    mentions = [mention(kind="instrument")]
    rows = followups([undertaken("sign the ")], mentions, [undated, *events], [*RELEASES, later])
    return [row["event_id"] for row in rows]


def test_what_happens_once_keeps_it_where_a_later_release_tells_it_without_a_day() -> None:
    assert told_later("signed") == ["e3"]
    assert told_later("scheduled") == [None]
    assert told_later("signed", event("2031-12-01", "signed")) == ["e1"]  # a day tells more
    assert told_later("signed", event("2030-12-01", "signed")) == [None]  # it may be that one


def test_without_a_day_the_next_of_a_series_is_held_within_a_year_and_a_half() -> None:
    assert kept(undertaken(), event("2032-11-30")) == ["e1"]
    assert kept(undertaken(), event("2032-12-01")) == [None]
    every_second_year = undertaken(recurrence="P2Y")
    assert kept(every_second_year, event("2033-11-30")) == ["e1"]
    assert kept(every_second_year, event("2033-12-01")) == [None]


def test_the_meeting_of_this_year_is_no_later_one() -> None:
    this_year = undertaken("host this year’s ")
    assert kept(this_year, event("2031-10-01"), mentions=(mention(117),)) == ["e1"]
    assert kept(this_year, event("2032-10-01"), mentions=(mention(117),)) == [None]


def test_a_release_keeps_nothing_by_what_it_tells_of_its_own_plans() -> None:
    launch = undertaken("launch the ")
    plan = event("2031-05-02", "launched", release_id="r1")
    assert kept(launch, plan, mentions=(mention(111),)) == [None]
    assert kept(launch, plan | {"start_char": 900, "end_char": 920}, mentions=(mention(111),)) == [None]
    assert kept(launch, plan | {"release_id": "r2"}, mentions=(mention(111),)) == ["e1"]


def test_a_joint_statement_keeps_nothing_by_the_other_sides_text_of_it() -> None:
    launch, told = undertaken("launch the "), event("2031-05-02", "launched")
    twin = launch | {"commitment_id": "c2", "release_id": "r2"}
    first, *_ = followups([launch, twin], [mention(111)], [told], RELEASES)
    assert first["event_id"] is None
    first, *_ = followups([launch, twin | {"what": "buy boats"}], [mention(111)], [told], RELEASES)
    assert first["event_id"] == "e1"


def test_what_is_enacted_is_done_when_it_is_told() -> None:
    enacted = undertaken("the ", act="enact", trigger="signed")
    signed = event("2031-05-02", "signed", release_id="r1")
    (row,) = found(enacted, signed, mentions=(mention(104, "instrument"),))
    assert (row["event_id"], row["done"]) == ("e1", True)
    (row,) = found(enacted, signed | {"release_id": "r2"}, mentions=(mention(104, "instrument"),))
    assert (row["event_id"], row["done"]) == ("e1", False)


def test_what_is_done_tells_what_was_wanted_and_needs_no_day() -> None:
    enacted = undertaken("the ", act="enact", trigger="unwrapped")
    shown = event("2031-05-02", "launched", release_id="r1", date_start=None, date_end=None)
    (row,) = found(enacted, shown, mentions=(mention(104),))
    assert (row["wanted"], row["done"]) == ("launched", True)
    (row,) = found(enacted, shown | {"start_char": 201, "end_char": 220}, mentions=(mention(104),))
    assert (row["wanted"], row["done"]) == (None, False)


@pytest.mark.parametrize("kind", ["held", "scheduled"])  # where it was unwrapped, and when it will be
def test_neither_a_place_nor_a_plan_is_what_was_done(kind: str) -> None:
    enacted = undertaken("a shell at the ", act="enact", trigger="unwrapped")
    assert kept(enacted, event("2031-05-02", kind, release_id="r1"), mentions=(mention(115),)) == [None]


def test_one_verb_has_a_list_of_names() -> None:
    what = "sign the Lake Pact, the Sand Pact and the Fern Pact, and to praise the Moss Pact"
    commitment = undertaken() | {"what": what, "what_end_char": 100 + len(what)}
    places = [what.index(name) for name in ("Lake", "Sand", "Fern", "Moss")]
    pacts = tuple(
        mention(100 + at, "instrument") | {"dialogue_id": name, "end_char": 109 + at}
        for name, at in zip("abcd", places, strict=True)
    )
    rows = found(commitment, mentions=pacts)
    assert [row["wanted"] for row in rows] == ["signed", "signed", "signed", None]


def test_signing_on_the_day_keeps_the_promise_to_sign() -> None:
    commitment = undertaken("sign the ")
    assert kept(commitment, event("2031-05-02", "signed"), mentions=(mention(kind="instrument"),)) == ["e1"]
    assert kept(commitment, event("2031-05-02", "held"), mentions=(mention(kind="instrument"),)) == [None]


def test_an_undertaking_that_no_event_keeps_has_a_row() -> None:
    commitment = undertaken("review progress under the ")
    assert kept(commitment, event("2031-08-01"), mentions=(mention(126),)) == [None]


def test_what_is_not_to_be_held_is_kept_by_no_meeting() -> None:
    assert kept(undertaken(negated=True), event("2031-08-01")) == [None]


def test_the_next_session_is_that_of_the_dialogue_just_held() -> None:
    commitment = undertaken() | {"what": "hold the next session", "what_end_char": 121}
    held = event("2031-05-02", name="e0", release_id="r1")
    assert kept(commitment, held, event("2032-05-02"), mentions=(mention(10),)) == ["e1"]
    other = commitment | {"what": "hold the next session on boats"}
    assert kept(other, held, event("2032-05-02"), mentions=(mention(10),)) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2031-05-02", DAY, DAY), ("2031-02", dt.date(2031, 2, 1), dt.date(2031, 2, 28))]
    + [
        ("2031", dt.date(2031, 1, 1), dt.date(2031, 12, 31)),
        ("2031-12", dt.date(2031, 12, 1), dt.date(2031, 12, 31)),
        ("9999", dt.date(9999, 1, 1), dt.date.max),
    ],
)
def test_days_of_an_undertaking(text: str, first: dt.date, last: dt.date) -> None:
    assert day_of(text, None) == (first, last)


def test_the_order_of_rows_does_not_matter() -> None:
    commitments = [undertaken(commitment_id=f"c{n}") for n in range(5)]
    events = [event("2031-08-01", name=f"e{n}") for n in range(5)]
    want = followups(commitments, [mention()], events, RELEASES)
    for seed in range(5):
        mixed = random.Random(seed)
        mixed.shuffle(commitments)
        mixed.shuffle(events)
        assert followups(commitments, [mention()], events, RELEASES) == want


# The sample releases: in July 2024 Canada and Korea agreed to hold a 2+2, in November they held it.


def follow(tables: Tables, beginning: str, **asked: Any) -> dict[str, Any]:
    """The one follow-up whose undertaking begins so."""
    found = tables.followups(**asked)
    rows = found[found["what"].str.startswith(beginning)].to_dict("records")
    assert len(rows) == 1
    return {str(name): value for name, value in rows[0].items()}


def test_the_meeting_agreed_in_july_is_kept_in_november(tables: Tables) -> None:
    row = follow(tables, "hold the Canada-Korea Foreign and Defence (2+2)", parties=["KOR"])
    assert (row["status"], row["event_start"]) == ("kept", pd.Timestamp("2024-11-01"))
    assert "agreed to hold" in row["sentence"]
    assert "held their first" in row["event_text"]


def test_before_november_no_release_told_of_it(tables: Tables) -> None:
    row = follow(tables, "hold the Canada-Korea Foreign and Defence (2+2)", as_of="2024-10")
    assert row["status"] == "undated"


def test_the_next_one_is_open_until_2026_is_over(tables: Tables) -> None:
    for what in ("hold the second session", "come together in this 2+2 format"):
        row = follow(tables, what)
        assert (row["status"], row["dialogue_id"]) == ("open", "can-kor-2+2-foreign-defense")
        assert follow(tables, what, as_of="2027")["status"] == "overdue"


@pytest.mark.parametrize(
    ("due", "wanted", "expected"),
    [
        ("2025-12-31", "held", "overdue"),
        ("2025-12-31", None, "unclear"),  # its day has passed, and no event would tell
        (None, None, "unclear"),
        (None, "held", "undated"),
        ("2027-12-31", None, "open"),
    ],
)
def test_what_no_event_would_tell_is_unclear_once_it_is_not_ahead(
    due: str | None, wanted: str | None, expected: str
) -> None:
    row = {"event_end": pd.NaT, "due_end": pd.Timestamp(due) if due else pd.NaT, "wanted": wanted}
    row |= {"recurrence": None, "agreed_on": "2024-07-18", "published": None, "event_published": pd.NaT}
    assert status(row, dt.date(2026, 6, 30)) == expected


def test_what_is_unclear_is_left_out_unless_asked_for(tables: Tables) -> None:
    assert set(tables.followups(statuses=["unclear"])["status"]) == {"unclear"}
    assert set(tables.followups()["status"]) == {"kept", "open", "overdue", "undated"}


def test_what_nobody_tells_of_is_overdue(tables: Tables) -> None:
    found = tables.followups(parties=["CAN"], statuses=["overdue"])
    assert found["dialogue_id"].tolist() == ["can-kor-2+2-economic-security"]


def test_one_dialogue_one_row(tables: Tables) -> None:
    found = tables.dialogues(between=["KOR", "CAN"]).set_index("dialogue_id")
    row = found.loc["can-kor-2+2-foreign-defense"]
    assert (row["releases"], row["kind"], row["parties"]) == (2, "dialogue", ["CAN", "KOR"])
    days = [str(row[name].date()) for name in ("first_seen", "last_seen", "last_held", "next_due")]
    assert days == ["2024-07-18", "2024-11-01", "2024-11-01", "2026-12-31"]
    assert found.loc["can-kor-csp-action-plan", "releases"] == 2
    assert "jpn-kor-usa-trilateral-indo-pacific-dialogue" not in found.index


def test_sql_has_both_quotes(tables: Tables) -> None:
    found = tables.sql(
        "select sentence, event_text from followups where status = 'kept' and list_contains(parties, 'KOR')"
    )
    assert len(found) and found.notna().all(axis=None)


def test_a_status_that_does_not_exist_is_an_error(tables: Tables) -> None:
    with pytest.raises(ValueError, match="overdue"):
        tables.followups(statuses=["late"])


def test_what_a_reviewer_rejected_is_followed_no_further(tables_copy: Path) -> None:
    before = open_tables(tables_copy)
    found = before.followups()
    chosen = found[found["what"].str.startswith(("hold the second session", "come together"))]
    (tables_copy / "reviews.csv").write_text(
        "commitment_id,verdict\n" + "".join(f"{id_},rejected\n" for id_ in chosen["commitment_id"])
    )
    after = open_tables(tables_copy)
    assert set(after.followups()["commitment_id"]) == set(found["commitment_id"]) - {*chosen["commitment_id"]}
    asked = "can-kor-2+2-foreign-defense"
    due = [tables.dialogues().set_index("dialogue_id").loc[asked, "next_due"] for tables in (before, after)]
    assert due[0] == pd.Timestamp("2026-12-31") and pd.isna(due[1])


def test_what_has_no_day_is_kept_since_it_was_told() -> None:
    row = {"event_end": pd.NaT, "due_end": pd.NaT, "wanted": "signed", "recurrence": None}
    row |= {"agreed_on": "2024-07-18", "published": None, "event_published": pd.Timestamp("2024-07-20")}
    assert status(row, dt.date(2024, 7, 20)) == "kept"
    assert status(row, dt.date(2024, 7, 19)) == "undated"


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("P2Y", "2026-12-31"),
        ("P3M", "2024-10-31"),
        ("P301Y", "2325-12-31"),
        ("P9999Y", None),
        ("P1D", None),
    ],
)
def test_when_what_recurs_is_due_first(period: str | None, last: str | None) -> None:
    row = {"due_end": pd.NaT, "recurrence": period, "agreed_on": "2024-07-18", "published": None}
    found = last_due(row)
    assert (found and str(found.date())) == last


def test_a_status_is_asked_as_of_any_day(tables: Tables) -> None:
    assert set(tables.followups(as_of="2325")["status"]) <= {"kept", "overdue", "undated"}
    assert len(tables.dialogues(as_of="2325"))


def test_parties_are_named_as_people_write_them(tables: Tables) -> None:
    assert tables.followups(parties="south korea").equals(tables.followups(parties=["KOR"]))
    assert tables.dialogues(between="Japan").equals(tables.dialogues(between=["JPN"]))
    with pytest.raises(ValueError, match="Canada"):
        tables.followups(parties="Canda")


def test_several_parties_are_all_bound_unless_any_is_asked_for(tables: Tables) -> None:
    both = tables.followups(parties=["CAN", "JPN"])
    assert both.empty and len(tables.followups(parties=["CAN", "JPN"], any_party=True))
    named = tables.followups(dialogue="2+2 foreign")
    assert set(named["dialogue_id"]) == {"can-kor-2+2-foreign-defense"}
    assert tables.followups(dialogue="can-kor-2+2-foreign-defense").equals(named)


def test_the_order_of_runs_does_not_matter(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "metadata.csv").write_text((SAMPLES / "metadata.csv").read_text())
    for name in ("canada-korea-ministers-2024.txt", "korea-canada-seoul-2024.txt"):
        (folder / name).write_text((SAMPLES / name).read_text())
        extract([folder], tmp_path / "two runs")
    extract([folder], tmp_path / "one run")
    two, one = (open_tables(tmp_path / name).derived("followups") for name in ("two runs", "one run"))
    assert two["event_id"].notna().any()
    pd.testing.assert_frame_equal(two, one)
