"""Scheduled runs on a real Prefect server: deployment, schedule, artifact, failures, a server that goes."""

from __future__ import annotations

import http.server
import json
import os
import signal
import subprocess
import sysconfig
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from feed_server import Site, site
from prefect_server import COMMUNIQUE, Server, end, own_tracebacks, wait_for
from small_releases import text_of, write_releases
from typer.testing import CliRunner

from communique.outputs.verify import verify

ROOT = Path(__file__).parents[2]

# Stops midway until a line comes in.
WAITING_RUN = """
import sys
from pathlib import Path
import typer
from communique.pipelines import extract as module
from communique.pipelines.console import reported
from communique.pipelines.runs import Options, as_flow
def wait(done, total):
    if done == 4:
        print("midway", flush=True)
        sys.stdin.readline()
def run(folder: Path, out: Path):
    module.JOB_SIZE, module.COMMIT_SOURCES, module.COMMIT_SHARE = 2, (2, 2, 2), 1.0
    with reported():
        as_flow([folder], out, None, Options(), wait)
if __name__ == "__main__":
    typer.run(run)
"""


@pytest.fixture(scope="module")
def told() -> Iterator[tuple[str, list[Any]]]:
    """A webhook: its address, and what it was told."""
    received: list[Any] = []

    class Webhook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Webhook) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/", received
        listening.shutdown()


@pytest.mark.parametrize(
    ("title", "frame", "ours"),
    [
        ("12:00:01.000 | ERROR | prefect.concurrency - no lease", "{site}/httpx/_client.py", False),
        ("12:00:01.000 | ERROR | prefect.concurrency - no lease", "{stdlib}/threading.py", False),
        ("12:00:01.000 | ERROR | prefect.concurrency - no lease", "<frozen runpy>", False),
        ("12:00:01.000 | ERROR | prefect.concurrency - no lease", "{root}/pipelines/flows.py", True),
        ("12:00:01.000 | ERROR | prefect.concurrency - no lease", "{site}/communique/outputs/rows.py", True),
        ("12:00:01.000 | ERROR | prefect.concurrency - no lease", "<string>", True),
        ("12:00:01.000 | ERROR | Flow run 'a' - Encountered exception during execution: E()", "", True),
        ("╭───── Traceback (most recent call last) ─────╮", "", True),
    ],
)
def test_tracebacks_of_our_own_are_told_from_those_of_prefect(title: str, frame: str, ours: bool) -> None:
    places = {name: sysconfig.get_path(path) for name, path in (("site", "purelib"), ("stdlib", "stdlib"))}
    frames = [f"{places['site']}/prefect/utilities.py", *filter(None, [frame.format(**places, root=ROOT)])]
    lines = [f'  File "{path}", line 7, in run\n    run()' for path in frames]
    told = "\n".join([title, "Traceback (most recent call last):", *lines, "httpx.ReadTimeout", ""])
    log = f"12:00:00.000 | INFO | prefect - begun\n{told}12:00:02 9 sources to extract\n"
    assert [record in log for record in own_tracebacks(log)] == [True] * ours
    assert own_tracebacks(log.replace("Traceback", "Trace")) == []


def new_releases(server: Server, run_id: str) -> str:
    """What the artifact of a run says."""
    found = server.post("/artifacts/filter", artifacts={"flow_run_id": {"any_": [run_id]}}).json()
    table = next(json.loads(artifact["data"]) for artifact in found if artifact["key"] == "communique-run")
    return next(row["value"] for row in table if row["what"] == "releases_new")


@dataclass(frozen=True)
class Served:
    """A flow that is served for a folder and a feed, every minute."""

    folder: Path
    out: Path
    web: Site
    deployment: Any
    process: subprocess.Popen[str]


@pytest.fixture(scope="module")
def served(
    server: Server, told: tuple[str, list[Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from communique.pipelines.serve import deployment_name

    home = tmp_path_factory.mktemp("served")
    folder, out = write_releases(home / "releases", 2), home / "tables"
    (pages := home / "pages").mkdir()
    with temporary_settings({PREFECT_API_URL: server.url}):
        words = {"subject": "{{subject}}", "body": "{{body}}"}
        CustomWebhookNotificationBlock(name="analysts", url=told[0], json_data=words).save("analysts")
    with site() as web:
        web.feed("/feed", "/4")
        web.page("/4", text_of(4))
        clock = ["--cron", "* * * * *", "--timezone", "America/Toronto"]
        feed = ["--feed", f"{web.address}/feed", "--allow-private"]
        options = ["--out", str(out), *clock, *feed, "--notify", "custom-webhook/analysts"]
        serving = server.start("-c", COMMUNIQUE, "serve", str(pages), str(folder), *options)
        try:
            deployment = wait_for(lambda: server.deployment(deployment_name(out)))
            yield Served(folder, out, web, deployment, serving)
        finally:
            end(serving)


def test_a_served_flow_has_its_schedule_and_runs_when_asked(server: Server, served: Served) -> None:
    schedule = served.deployment["schedules"][0]["schedule"]
    assert (schedule["cron"], schedule["timezone"]) == ("* * * * *", "America/Toronto")
    assert served.deployment["global_concurrency_limit"]["limit"] == 1
    assert served.deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    create = f"/deployments/{served.deployment['id']}/create_flow_run"
    assert server.post(create, parameters={"workers": 0}).status_code == 409

    first = server.ended(server.post(create, parameters={"workers": 2}).json()["id"])
    assert first["state_type"] == "COMPLETED", server.log()
    assert wait_for(lambda: len(pd.read_parquet(served.out / "releases"))) == 3

    # For the clock, which strikes under the next test.
    (served.folder / "late-7.txt").write_text(text_of(7))
    served.web.feed("/feed", "/4", "/8")
    served.web.page("/8", text_of(8))
    (served.folder / "empty.txt").write_bytes(b"")


def test_the_deployments_in_prefect_yaml_are_accepted_and_end_as_the_flow_does(
    server: Server, tmp_path: Path
) -> None:
    server.post("/work_pools/", name="releases", type="process").raise_for_status()
    done = server.start("-m", "prefect", "--no-prompt", "deploy", "--all", cwd=ROOT)
    assert done.wait(180) == 0, server.log()
    nightly = server.deployment("nightly")
    assert nightly["schedules"][0]["schedule"]["timezone"] == "America/Toronto"
    assert nightly["parameters"]["workers"] == 2
    assert nightly["parameter_openapi_schema"]["properties"]["workers"]["minimum"] == 1
    assert nightly["global_concurrency_limit"]["limit"] == 1

    folder = write_releases(tmp_path / "releases", 1)
    (folder / "empty.txt").write_bytes(b"")
    parameters = {"sources": [str(folder)], "out": str(tmp_path / "tables"), "workers": 1}
    create = f"/deployments/{nightly['id']}/create_flow_run"
    run = server.post(create, parameters=parameters).json()
    before = len(server.log())
    worker = server.start("-m", "prefect", "worker", "start", "--pool", "releases")
    try:
        ended = server.ended(run["id"])
    finally:
        end(worker, signal.SIGKILL)
    assert (ended["state_type"], ended["state"]["message"]) == ("FAILED", "new failures: empty.txt")
    assert own_tracebacks(server.log()[before:]) == []


def test_a_served_flow_runs_by_the_clock_and_takes_up_new_releases(
    server: Server, served: Served, told: tuple[str, list[Any]]
) -> None:
    late = wait_for(lambda: server.failed(served.deployment["id"]))
    assert late["auto_scheduled"]
    assert late["state"]["message"] == "new failures: empty.txt"
    assert new_releases(server, late["id"]) == "2"
    assert len(pd.read_parquet(served.out / "releases")) == 5
    assert wait_for(lambda: told[1])[0]["body"] == "new failures: empty.txt"
    assert served.web.asked["/4"] == served.web.asked["/8"] == 1
    assert own_tracebacks(server.log()) == []
    end(served.process)
    assert verify(served.out) == []


# Last here: it ends the server.
@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
def test_a_server_that_goes_midway_ends_the_run_with_a_message_and_whole_tables(
    how: signal.Signals, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = write_releases(tmp_path / "releases", 8), tmp_path / "tables"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    monkeypatch.setitem(server.environment, "PREFECT_API_REQUEST_TIMEOUT", "4")  # seconds: no long wait
    run = server.start("-c", WAITING_RUN, str(folder), str(out), **pipes)
    assert run.stdout is not None
    assert "midway\n" in iter(run.stdout.readline, "")
    os.killpg(server.process.pid, how)
    assert run.stdin is not None and run.stderr is not None
    errors = ""
    for told in ("answers no longer", "the Prefect server was lost"):  # within the batch, and at its end
        gone = time.monotonic()
        while told not in errors:
            line = run.stderr.readline()
            assert line, errors
            errors += line
        assert time.monotonic() - gone < 30
        run.stdin.write("\n")
        run.stdin.flush()
    assert run.wait(30) == 3  # though Prefect would try for minutes to send what it has to tell
    assert "Traceback" not in errors + run.stderr.read()
    os.killpg(server.process.pid, signal.SIGCONT)  # if it is frozen, for the next one
    assert verify(out) == []
    assert len(pd.read_parquet(out / "releases")) >= 2


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [("--cron", "often", "no cron schedule"), ("--timezone", "Mars/Base", "no IANA time zone")],
)
def test_a_schedule_that_is_none_is_refused(tmp_path: Path, option: str, value: str, message: str) -> None:
    from communique.pipelines.cli import app

    result = CliRunner().invoke(app, ["serve", str(tmp_path), option, value])
    assert result.exit_code == 2
    assert message in result.output


def test_a_feed_needs_a_folder_for_its_pages(tmp_path: Path) -> None:
    from communique.pipelines.cli import app

    (tmp_path / "a.txt").write_text(text_of(1))
    for source in (str(tmp_path / "a.txt"), "s3://bucket/releases"):
        result = CliRunner().invoke(app, ["serve", source, "--feed", "https://mfa.example/news.rss"])
        assert result.exit_code == 2
        assert "the first source is no folder" in " ".join(result.output.replace("│", "").split())


def test_serving_without_a_server_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from communique.pipelines.cli import app

    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        result = CliRunner().invoke(app, ["serve", str(tmp_path)])
    assert result.exit_code == 3
    assert "prefect server start" in result.output
