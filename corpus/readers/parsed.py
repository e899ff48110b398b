"""What a reader gives."""

from __future__ import annotations

from dataclasses import dataclass

from communique.corpus.metadata import NOTHING, Metadata


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with the file's own metadata; `row` is the id of a row, None where the file is one release.

    `hard_wrapped` says that lines may be broken within a paragraph; `warnings` tell what was left out.
    """

    text: str
    own: Metadata = NOTHING
    row: str | None = None
    hard_wrapped: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that gives no text, and why."""

    row: str
    reason: str
