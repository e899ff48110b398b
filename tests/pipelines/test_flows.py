"""The flow on a real temporary server: states, artifact, parameters."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pandas as pd
import pytest
from feed_server import give, in_turn, site
from prefect_server import Server
from small_releases import text_of

if TYPE_CHECKING:
    from prefect.client.schemas import State

    from communique.pipelines.summary import RunSummary


@pytest.fixture
def on_server(server: Server) -> Iterator[None]:
    """Flows of this process run on the server of these tests."""
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    from communique.pipelines import flows  # noqa: F401  sets telemetry off before Prefect is imported

    with temporary_settings({PREFECT_API_URL: server.url, PREFECT_HOME: server.home}):
        yield
    assert server.faults() == []


@pytest.fixture
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts are asked without a wait between."""
    from communique.pipelines.fetch_client import Client

    monkeypatch.setitem(Client.__init__.__kwdefaults__, "delay", 0)


def test_the_flow_completes_with_an_artifact_and_fails_for_new_failures_only(
    on_server: None, releases: Callable[[int], Path], tmp_path: Path
) -> None:
    from prefect.client.orchestration import get_client

    from communique.pipelines.flows import ARTIFACT, extract_releases

    folder, out = releases(3), str(tmp_path / "out")
    state = extract_releases([str(folder)], out, return_state=True)
    assert state.is_completed()
    with get_client(sync_client=True) as client:
        artifact = client.request("GET", "/artifacts/{key}/latest", path_params={"key": ARTIFACT}).json()
    assert {"what": "releases_new", "value": "3"} in json.loads(artifact["data"])

    (folder / "empty.txt").write_bytes(b"")
    states = [extract_releases([str(folder)], out, return_state=True) for _ in range(2)]
    assert states[0].is_failed()
    assert "empty.txt" in str(states[0].message)
    assert states[1].is_completed()


def test_feeds_are_fetched_first_and_one_that_is_lost_fails_the_run_after_the_rest(
    on_server: None, no_delay: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.pipelines import feed_task
    from communique.pipelines.flows import extract_releases

    at_once = feed_task.fetch_feeds.with_options(retry_delay_seconds=0)
    monkeypatch.setattr(feed_task, "fetch_feeds", at_once)
    folder, out = tmp_path / "releases", str(tmp_path / "tables")
    folder.mkdir()

    def run(*paths: str) -> State[RunSummary]:
        feeds = [web.address + path for path in paths]
        return extract_releases([str(folder)], out, feeds=feeds, allow_private=True, return_state=True)

    with site() as web:
        web.feed("/feed", "/1")
        web.page("/1", text_of(1))
        web.feed("/other", "/9")
        del web.answers["/9"]
        (folder / "empty.txt").write_bytes(b"")
        lost = run("/gone", "/feed", "/other")
        assert lost.is_failed()
        new = f"{web.address}/9, empty.txt"
        assert lost.message == f"not fetched: {web.address}/gone: status 404; new failures: {new}"
        assert (web.asked["/gone"], web.asked["/other"], web.asked["/feed"], web.asked["/9"]) == (3, 1, 1, 1)
        assert len(pd.read_parquet(f"{out}/releases")) == 1
        assert run("/feed").is_completed()
        pages = [f"/{number}" for number in range(20, 32)]
        web.feed("/feed", "/1", *pages)
        for page in pages:
            del web.answers[page]
        missing = [run("/feed") for _ in range(2)]
        named = ", ".join(web.address + page for page in pages[:10])
        assert missing[0].message == f"new failures: {named} and 2 more"
        assert missing[1].is_completed()
        assert web.asked["/1"] == 1
        (folder / "metadata.csv").write_text("file_name,title\n")
        assert "has no columns" in str(run("/feed").message)


def test_a_feed_needs_a_folder_of_this_machine() -> None:
    from communique.pipelines.feed_task import FeedFaults, faults_of_feeds

    with pytest.raises(ValueError, match="the first source is s3://bucket"):
        faults_of_feeds(["https://mfa.example/news.rss"], "s3://bucket", allow_private=False)
    assert faults_of_feeds([], "s3://bucket", allow_private=False) == FeedFaults()


def test_a_feed_that_is_read_at_a_later_try_is_not_told(tmp_path: Path, no_delay: None) -> None:
    from communique.pipelines.feed_task import Feeds, fetch_feeds

    with site() as web:
        web.feed("/feed", "/1")
        feed, page = web.answers["/feed"], web.address + "/1"
        del web.answers["/1"]
        web.answers["/feed"] = in_turn(give("", status=404), feed)
        feeds = Feeds([web.address + "/feed"])
        states = [fetch_feeds.fn(feeds, str(tmp_path), True) for _ in range(2)]
    assert [state.is_completed() for state in states] == [False, True]
    assert (feeds.left, feeds.new_failures) == ([], [page])


def test_a_page_that_failed_is_not_asked_for_again_by_a_feed_that_comes_later(
    tmp_path: Path, no_delay: None
) -> None:
    from communique.pipelines.feed_task import Feeds, fetch_feeds

    with site() as web:
        web.feed("/feed", "/1")
        web.feed("/late", "/1", "/2")
        web.answers["/1"] = give("", status=410)
        web.answers["/late"] = in_turn(give("", status=404), web.answers["/late"])
        feeds = Feeds([web.address + path for path in ("/feed", "/late")])
        states = [fetch_feeds.fn(feeds, str(tmp_path), True) for _ in range(2)]
        assert [state.is_completed() for state in states] == [False, True]
        assert (web.asked["/1"], web.asked["/2"]) == (1, 1)


def test_a_run_within_a_running_loop_is_a_run(
    on_server: None, releases: Callable[[int], Path], tmp_path: Path
) -> None:
    from communique.pipelines.extract import extract
    from communique.pipelines.flows import extract_releases

    folder = str(releases(1))

    async def runs() -> tuple[RunSummary, State[RunSummary]]:
        plain = extract([folder], tmp_path / "plain")
        return plain, extract_releases([folder], str(tmp_path / "flow"), return_state=True)

    plain, state = asyncio.run(runs())
    assert plain.new == 1 and state.is_completed()


def test_a_folder_in_use_is_tried_again_and_one_that_is_none_is_not(tmp_path: Path) -> None:
    from communique.outputs.lock import exclusive
    from communique.pipelines.feed_task import Feeds, fetch_feeds

    feeds = Feeds(["https://mfa.example/news.rss"])
    with exclusive(tmp_path):
        in_use = fetch_feeds.fn(feeds, str(tmp_path), False)
    assert in_use.is_failed() and "another run" in str(in_use.message)
    (tmp_path / "file").write_text("")
    none = fetch_feeds.fn(feeds, str(tmp_path / "file"), False)
    assert none.is_completed() and "File exists" in none.data


def test_what_stops_a_run_is_its_message_and_no_traceback(
    on_server: None, releases: Callable[[int], Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from communique.outputs.store import StoreError
    from communique.pipelines.flows import extract_releases

    out = tmp_path / "out"
    out.mkdir()
    (out / "releases.parquet").write_bytes(b"x")
    state = extract_releases([str(releases(1))], str(out), return_state=True)
    assert state.is_failed()
    assert "was not written by communique" in str(state.message)
    assert isinstance(state.result(raise_on_failure=False), StoreError)
    assert not any(record.exc_info for record in caplog.records)


def test_parameters_are_validated(on_server: None) -> None:
    from communique.pipelines.flows import extract_releases

    state = extract_releases(["."], workers=0, return_state=True)
    assert state.is_failed()
    assert "workers" in str(state.message)


def test_a_notification_is_awaited_where_its_block_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.blocks.abstract import NotificationBlock
    from prefect.client.schemas import FlowRun
    from prefect.states import Failed

    from communique.pipelines import flows

    told: list[str] = []

    class Later(NotificationBlock):
        async def notify(self, body: str, subject: str | None = None) -> None:
            told.append(body)

    class AtOnce(NotificationBlock):
        def notify(self, body: str, subject: str | None = None) -> None:  # type: ignore[override]
            told.append(body)

    blocks = {"later": Later(), "at-once": AtOnce()}

    async def load(name: str) -> NotificationBlock:
        return blocks[name]

    monkeypatch.setattr(flows.Block, "aload", load)
    for name in blocks:
        run = FlowRun(flow_id=uuid4(), name="a run", parameters={"notify": name})
        asyncio.run(flows.tell(flows.extract_releases, run, Failed(message=name)))
    assert told == ["later", "at-once"]


def test_telemetry_is_off() -> None:
    from communique.pipelines import flows  # noqa: F401

    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "1"
