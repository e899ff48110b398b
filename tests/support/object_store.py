"""An S3 server on loopback, as moto gives it, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow.fs as fs

# The buckets of a moto server live as long as it does.
SERVE = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of its endpoint, for the block."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([sys.executable, "-c", SERVE], text=True, **pipes)  # type: ignore[call-overload]
    try:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.kill()
        server.wait()


def client(endpoint: str) -> fs.S3FileSystem:
    """A client that may make buckets."""
    scheme, _, place = endpoint.partition("://")
    return fs.S3FileSystem(
        endpoint_override=place, scheme=scheme, region="us-east-1", allow_bucket_creation=True
    )
