"""One file to read: where it lies, what tables say of it, and its bytes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from communique.corpus import metadata as meta
from communique.corpus.metadata import Metadata
from communique.corpus.normalise import sha256

MAX_BYTES = 10_000_000


class Unreadable(Exception):
    """A source gives no bytes or no text; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: `path` is where it lies, `source` its name relative to `root`.

    `given` is what metadata tables say of it. `apart` names the releases in it (`source`, or `file#id` of a
    row) whose address is that of another source, so that their place tells them apart. A source on its way
    to another machine has its bytes with it (`carried`), or why there are none.
    """

    source: str
    root: Path
    path: Path
    given: Metadata = meta.NOTHING
    max_bytes: int = MAX_BYTES
    apart: frozenset[str] = frozenset()
    data: bytes | None = None
    refused: str | None = None

    @property
    def suffix(self) -> str:
        """The suffix that decides how it is read, in lower case."""
        return PurePosixPath(self.source).suffix.lower()

    @property
    def metadata_sha256(self) -> str:
        """Fingerprint of what metadata tables say of this file."""
        return self.given.fingerprint()

    def load(self) -> bytes:
        """The bytes of the file. Raises Unreadable with the reason."""
        if self.refused is not None:
            raise Unreadable(self.refused)
        return load(self.path, self.root, self.max_bytes) if self.data is None else self.data

    def carried(self) -> Source:
        """The same with its bytes, to be read where its file is not."""
        try:
            return replace(self, data=self.load())
        except Unreadable as error:
            return replace(self, refused=str(error))

    def bare(self) -> Source:
        """The same without them."""
        return replace(self, data=None, refused=None)

    def sha256(self) -> str | None:
        """Hash of the bytes, None where they cannot be read (`read` then tells why)."""
        try:
            return sha256(self.load())
        except Unreadable:
            return None


def load(path: Path, root: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file below `root`. Raises Unreadable with the reason.

    Opening neither follows a link that was put there meanwhile nor waits for a pipe.
    """
    try:
        if not path.resolve(strict=True).is_relative_to(root):
            raise Unreadable("leads out of the source folder")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Unreadable("not a regular file")
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise Unreadable("no such file (it may have been removed meanwhile)") from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        raise Unreadable(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > max_bytes:
        raise Unreadable(f"larger than the limit of {max_bytes / 1e6:g} MB")
    return data
