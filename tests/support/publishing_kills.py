"""Publications that are killed: `python tests/support/publishing_kills.py 200` kills one at random so often.

They take turns with two sets of tables, on a real S3 server on loopback. After each kill a reader must find
one of the two, whole, and so must one who had begun before; after each completed one, the set published.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from object_store import client, s3_server
from small_releases import write_releases

from communique.outputs import Tables, open_tables
from communique.outputs.published import publish
from communique.pipelines.extract import extract

ADDRESS = "s3://bucket/tables"
# Waits for a line, so that a kill hits the publication and not the imports.
PUBLISH = """
import sys
from pathlib import Path
from communique.outputs.published import publish
print("ready", flush=True)
sys.stdin.readline()
publish(Path(sys.argv[1]), sys.argv[2])
"""


def releases_in(tables: Tables) -> int:
    """How many there are, once all tables of them agree."""
    frames = [tables.frame(name) for name in ("releases", "commitments", "commitment_parties")]
    ids = set(frames[0]["release_id"])
    assert len(ids) == len(frames[0])
    assert all(set(frame["release_id"]) <= ids for frame in frames)
    return len(ids)


def kill_one(folder: Path, wait: float) -> bool:
    """Kill a publication after so many seconds; whether it was still at it."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    run = subprocess.Popen([sys.executable, "-c", PUBLISH, str(folder), ADDRESS], text=True, **pipes)  # type: ignore[call-overload]
    assert run.stdout.readline() == "ready\n"
    run.stdin.write("\n")
    run.stdin.flush()
    time.sleep(wait)
    running = run.poll() is None
    run.send_signal(signal.SIGKILL)
    run.wait()
    return running


def main(kills: int) -> None:
    """Kill that many publications."""
    chance = random.Random(15)
    with tempfile.TemporaryDirectory() as home, s3_server() as endpoint:
        os.environ |= {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        client(endpoint).create_dir("bucket")
        sets = {}
        for count in (2, 5):
            folder = Path(home) / f"tables-{count}"
            extract([write_releases(Path(home) / f"releases-{count}", count)], folder)
            sets[count] = folder
        publish(sets[2], ADDRESS)
        began = time.monotonic()
        publish(sets[5], ADDRESS)
        longest = time.monotonic() - began
        hits, shown = 0, 5
        while hits < kills:
            wanted = 7 - shown
            begun = open_tables(ADDRESS)
            hits += kill_one(sets[wanted], chance.uniform(0, longest * 1.5))
            assert releases_in(begun) == shown
            shown = releases_in(open_tables(ADDRESS))
            assert shown in sets
            if chance.random() < 0.3:
                publish(sets[wanted], ADDRESS)
                shown = releases_in(open_tables(ADDRESS))
                assert shown == wanted
            if hits % 20 == 0:
                print(f"{hits} kills: readers saw whole tables", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
