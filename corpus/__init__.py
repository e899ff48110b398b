"""From bytes to a `Release`: readers, metadata, dateline.

for source in discover(["releases/"], metadata=None):  # Source | ReadError, lazy and sorted
    source.source, source.sha256(), source.metadata_sha256  # enough to skip what is unchanged
    for item in read(source):  # Release | ReadError
        ...
"""

from communique.corpus.discover import discover
from communique.corpus.kinds import SUFFIXES
from communique.corpus.read import read, release_id
from communique.corpus.release import ReadError, Release
from communique.corpus.source import MAX_BYTES, Source

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "ReadError",
    "Release",
    "Source",
    "discover",
    "read",
    "release_id",
]
