"""What a run has to do: sources whose bytes, metadata or extraction changed, and those never seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from communique.corpus import ReadError, Source, discover
from communique.outputs.state import Key, SourceState


@dataclass(slots=True)
class Plan:
    """Sources to extract, keys of those to skip, and what could not be looked at, by root and name.

    `roots` are the folders given as a whole: what is not found there is known to be gone. `unread` counts
    the files in them of kinds that are not read, by suffix; `unmet` names the rows of metadata tables that
    met no file in them, `unknown` their columns that are not understood.
    """

    todo: dict[Key, Source] = field(default_factory=dict)
    unchanged: set[Key] = field(default_factory=set)
    refused: dict[Key, ReadError] = field(default_factory=dict)
    roots: set[str] = field(default_factory=set)
    unread: Counter[str] = field(default_factory=Counter)
    unmet: dict[Path, set[str]] = field(default_factory=dict)
    unknown: dict[Path, tuple[str, ...]] = field(default_factory=dict)

    def empty(self) -> list[str]:
        """The folders in which nothing was found: emptied, or not mounted."""
        found = {root for keys in (self.todo, self.unchanged, self.refused) for root, _ in keys}
        return sorted(self.roots - found)

    def gone(self, key: Key) -> bool:
        """Whether a source known from earlier is no longer in a folder that this run could look through."""
        root, source = key
        if root not in self.roots or key in self.todo or key in self.unchanged or key in self.refused:
            return False
        return not any((root, str(folder)) in self.refused for folder in PurePosixPath(source).parents)


def make_plan(
    sources: Iterable[str | Path],
    metadata: str | Path | None,
    states: dict[Key, SourceState],
    pipeline_version: str,
    out: Path | None = None,
) -> Plan:
    """Look through the sources but not in `out`; only those with a state are opened, to compare their hash.

    Raises ValueError where the metadata table cannot be read.
    """
    plan = Plan()
    for given in map(Path, sources):
        root = str((given if given.is_dir() else given.parent).resolve())
        if given.is_dir():
            plan.roots.add(root)
        looked = discover(
            [given], metadata, skip=out, unread=plan.unread, unmet=plan.unmet, unknown=plan.unknown
        )
        for found in looked:
            if isinstance(found, ReadError):
                plan.refused[root, found.source] = found
            else:
                _sort(plan, found, states, pipeline_version)
    if not plan.roots:  # files named one by one are never all that a table tells of
        plan.unmet.clear()
    return plan


def key_of(source: Source) -> Key:
    """What identifies a source in the store."""
    return str(source.root), source.source


def _sort(plan: Plan, source: Source, states: dict[Key, SourceState], pipeline_version: str) -> None:
    state = states.get(key_of(source))
    if state is not None and _same(source, state, pipeline_version):
        plan.unchanged.add(state.key)
    else:
        plan.todo[key_of(source)] = source


def _same(source: Source, state: SourceState, pipeline_version: str) -> bool:
    return (
        state.complete
        and state.pipeline_version == pipeline_version
        and state.metadata_sha256 == source.metadata_sha256
        and state.sha256 == source.sha256()
    )
