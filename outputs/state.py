"""What a version knows beside its rows: its sources, so that a run can skip what has not changed, and the
lexicons of a user's own that it was made with, so that who reads it has the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.fs as fs
import pyarrow.parquet as pq

from communique.models.lexicons import Lexicons, in_use, lay_over
from communique.outputs.schemas import SCHEMA_VERSION, STRINGS, VERSION_KEY
from communique.outputs.versions import sync

FOLDER = "_state"
FILE = "sources.parquet"
LEXICONS = "lexicons.yaml"
SCHEMA = pa.schema(
    [
        pa.field("root", pa.string(), False),
        pa.field("source", pa.string(), False),
        pa.field("sha256", pa.string()),
        pa.field("metadata_sha256", pa.string()),
        pa.field("pipeline_version", pa.string()),
        pa.field("complete", pa.bool_(), False),
        pa.field("release_ids", STRINGS, False),
    ],
    metadata={VERSION_KEY: SCHEMA_VERSION},
)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SourceState:
    """One file: where it lay, what it and its metadata held when last extracted, and the releases it gave.

    `complete` is false where the file or one of its releases failed; such a source is tried again.
    """

    root: str
    source: str
    sha256: str | None
    metadata_sha256: str | None
    pipeline_version: str | None
    complete: bool
    release_ids: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What identifies the file."""
        return self.root, self.source

    @property
    def path(self) -> Path:
        """Where it lay."""
        return Path(self.root) / self.source


def read_states(version: Path | None) -> dict[Key, SourceState]:
    """The states of a version by root and source; none before the first commit."""
    if version is None:
        return {}
    rows = pq.read_table(version / FOLDER / FILE, partitioning=None).to_pylist()
    states = (SourceState(**{**row, "release_ids": tuple(row["release_ids"])}) for row in rows)
    return {state.key: state for state in states}


def write_states(version: Path, states: dict[Key, SourceState]) -> None:
    """Write the states into a version that is being built."""
    (version / FOLDER).mkdir()
    ordered = [states[key] for key in sorted(states)]
    columns = {name: [getattr(state, name) for state in ordered] for name in SCHEMA.names}
    pq.write_table(pa.Table.from_pydict(columns, schema=SCHEMA), version / FOLDER / FILE, compression="zstd")
    sync(version / FOLDER / FILE)


def lexicons_of(version: Path | str, store: fs.FileSystem | None = None) -> Lexicons:
    """The lexicons that the last run was given; those in use where it was given none.

    Raises LexiconError, a ValueError, where they do not fit what ships with the program now.
    """
    store = store or fs.LocalFileSystem()
    path = f"{version}/{FOLDER}/{LEXICONS}"
    if store.get_file_info(path).type == fs.FileType.NotFound:
        return in_use()
    import yaml

    with store.open_input_stream(path) as file:
        return lay_over(yaml.safe_load(file.read()))


def write_lexicons(version: Path, lexicons: Lexicons) -> None:
    """Write a user's own words into a version that is being built, behind the states."""
    if lexicons.own:
        import yaml

        path = version / FOLDER / LEXICONS
        path.write_text(yaml.safe_dump(lexicons.own, allow_unicode=True), encoding="utf-8")
        sync(path)
