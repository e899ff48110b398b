"""Turns outcomes, in whatever order they come, into changes of the store that do not depend on the order."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path

from communique import corpus
from communique.outputs.state import Key, SourceState
from communique.outputs.store import ArrowTables, Changes, Store, without
from communique.pipelines.plan import Plan, key_of
from communique.pipelines.summary import RunSummary, some_of
from communique.pipelines.worker import Failure, Outcome, same_id

log = logging.getLogger(__name__)


class Ledger:
    """Collects the outcomes of one run and commits them to its store.

    A release_id belongs to one source. Where two claim it, the one that has it in the tables keeps it, else
    the one whose name sorts first has it. The other gets an id of its own where it was of their address, and
    fails where it was not. A source that no longer claims it, or is gone, gives way within its folder; to
    another folder only where the file was moved there as it is.
    """

    def __init__(self, store: Store, plan: Plan, summary: RunSummary, *, prune: bool) -> None:
        self.store, self.plan, self.summary, self.prune = store, plan, summary, prune
        self._failed_before = set(store.failures)
        self._failed: set[Key] = set()
        self._taken: set[Key] = set()
        self._unsettled = set(plan.todo)
        self._claims: dict[Key, Outcome] = {}  # what came so far
        self._held: list[Outcome] = []  # wait for the sources that have their releases
        self._states = dict(store.sources)
        self._owners = {id_: key for key, state in store.sources.items() for id_ in state.release_ids}
        self._had = dict(self._owners)
        self._rows: dict[str, str] = {}  # source (`file#id`) of the releases won in this run
        self._known: dict[str, bool] = {}  # and whether they were in the tables before it
        self._apart: dict[Key, dict[str, str]] = {}  # the id that a release (`file#id`) could not have
        self._added: dict[Key, ArrowTables] = {}
        self._changed: dict[Key, SourceState | None] = {}
        self._removed: set[str] = set()

    @property
    def pending(self) -> int:
        """Sources taken since the last commit."""
        return len(self._added)

    def take(self, outcome: Outcome) -> None:
        """Enter what a source gave, once the sources that have its releases are heard."""
        key = key_of(outcome.source)
        self._unsettled.discard(key)
        self._claims[key] = replace(outcome, tables={})
        waiting, self._held = [*self._held, outcome], []
        for one in waiting:
            if any(self._owners.get(id_) in self._unsettled for id_ in one.releases):
                self._held.append(one)
            else:
                self._enter(one)

    def _enter(self, outcome: Outcome) -> None:
        key = key_of(outcome.source)
        self._taken.add(key)
        for warning in outcome.warnings:
            log.warning(warning)
        for failure in outcome.failures:
            self.fail(key[0], failure)
        won = {
            id_: row for id_, row in outcome.releases.items() if self._claim(id_, key, row, outcome.sha256)
        }
        lost = outcome.releases.keys() - won.keys()
        open_ = {outcome.releases[id_] for id_ in lost} | {failure.source for failure in outcome.failures}
        kept = tuple(self._kept(key, won, open_))
        for release_id in won:
            self._owners[release_id] = key
            self._known.setdefault(release_id, release_id in self.store.index.entries)
        self._rows |= won
        self._added[key] = without(outcome.tables, lost)
        self._set(
            SourceState(
                root=key[0],
                source=key[1],
                sha256=outcome.sha256,
                metadata_sha256=outcome.source.metadata_sha256,
                pipeline_version=self.summary.pipeline_version,
                complete=not (outcome.failures or lost),
                release_ids=(*won, *kept),
            )
        )

    def parted(self) -> list[corpus.Source]:
        """Sources to read again, with ids of their own for releases whose address another source has.

        Each is told of once all are heard, so that it does not depend on the order which one has the address.
        """
        again, self._apart = self._apart, {}
        sharing: dict[str, list[str]] = defaultdict(list)
        for key, rows in sorted(again.items()):
            source = self.plan.todo[key]
            self.plan.todo[key] = replace(source, apart=source.apart | rows.keys())
            for row, release_id in rows.items():
                sharing[_name(self._owners[release_id], key)].append(row)
        for other, names in sharing.items():
            log.warning("%s: the address of %s, too; each is a release of its own", other, some_of(names))
        return [self.plan.todo[key] for key in sorted(again)]

    def fail(self, root: str, failure: Failure) -> None:
        """Record a failure, keeping when it was first seen."""
        key = (root, failure.source)
        now = self.summary.started_at
        before = self.store.failures.get(key)
        first = before["first_seen"] if before else now
        self._failed.add(key)
        self.store.failures[key] = {
            "source": failure.source,
            "stage": failure.stage,
            "reason": failure.reason,
            "source_sha256": failure.source_sha256,
            "first_seen": first,
            "last_seen": max(first, now),  # the clock may have been set back
            "root": root,
        }

    def commit(self) -> None:
        """Make what was taken visible."""
        self._commit(last=False)

    def close(self) -> bool:
        """The last commit of the run, with its row: what is gone leaves the failures, or all with prune.

        Always False: there is no more to do.
        """
        for (root, _), error in self.plan.refused.items():
            self.fail(root, Failure(error.source, "read", error.reason, error.source_sha256))
        for key in [key for key in self.store.failures if self._resolved(key)]:
            del self.store.failures[key]
        if self.prune:
            self._prune()
        self.summary.new = sum(not known for known in self._known.values())
        self.summary.changed = sum(self._known.values())
        names = self._names(self._failed)
        self.summary.failures = {names[key]: self.store.failures[key]["reason"] for key in sorted(names)}
        self.summary.new_failures = {names[key] for key in self._failed - self._failed_before}
        self._commit(last=True)
        return False

    def _commit(self, *, last: bool) -> None:
        added = [tables for tables in self._added.values() if tables]
        before = dict(self.summary.rows), dict(self.summary.lacking)
        for name in self.summary.rows:
            self.summary.rows[name] += sum(tables[name].num_rows for tables in added)
        for column in self.summary.lacking:
            self.summary.lacking[column] += sum(tables["releases"][column].null_count for tables in added)
        if last:
            self.summary.finish()
        row = self.summary.row() if last else None
        try:
            self.store.commit(Changes(added, self._removed, self._changed), row)
        except BaseException:
            self.summary.rows, self.summary.lacking = before  # the commit may be tried again
            raise
        self._added, self._removed, self._changed = {}, set(), {}

    def _claim(self, release_id: str, key: Key, row: str, sha256: str | None) -> bool:
        """Whether the source may have the release_id; what follows for the other that claims it."""
        owner = self._owners.get(release_id)
        if owner is None or owner == key:
            return True
        if not self._gives_way(owner, key, release_id, sha256):
            if self._had.get(release_id) == owner or min(owner, key, key=_rank) == owner:
                self._part(key, row, release_id, owner)
                return False
            self._part(owner, self._rows[release_id], release_id, key)
        self._take_from(owner, release_id)
        return True

    def _part(self, key: Key, row: str, id_: str, owner: Key) -> None:
        """A release may not have this id: it gets that of its place, or fails where it is that already."""
        if id_ == corpus.release_id(row, label=Path(key[0]).name):
            self.fail(key[0], Failure(row, "read", same_id(_name(owner, key)), self._claims[key].sha256))
        else:
            self._apart.setdefault(key, {})[row] = id_

    def _gives_way(self, owner: Key, key: Key, release_id: str, sha256: str | None) -> bool:
        """Whether the source that has a release no longer claims it."""
        came = self._claims.get(owner)
        if came is not None:
            return owner[0] == key[0] and not came.failures and release_id not in came.releases
        state = self._states[owner]
        gone = not state.path.exists() and _holds_anything(owner[0])  # else it may be unmounted
        return gone and (owner[0] == key[0] or state.sha256 == sha256)

    def _take_from(self, owner: Key, release_id: str) -> None:
        """Take a release from a source, which a later run then looks at again."""
        self._added[owner] = without(self._added.get(owner, {}), {release_id})
        state = self._states[owner]
        left = tuple(id_ for id_ in state.release_ids if id_ != release_id)
        self._set(replace(state, complete=False, release_ids=left))

    def _kept(self, key: Key, won: dict[str, str], open_: Set[str]) -> Iterator[str]:
        """Earlier releases of the source that stay; those that have a new id, or are pruned, are removed.

        `open_` names those that gave no rows this time but are there.
        """
        for release_id in self._states[key].release_ids if key in self._states else ():
            if release_id in won or self._owners.get(release_id) != key:
                continue
            row = self.store.index.entries[release_id].source
            vanished = self.prune and key[1] not in open_ and row not in open_
            if row in won.values() or vanished:
                self._remove(release_id)
            else:
                yield release_id

    def _resolved(self, failure: Key) -> bool:
        """Whether an earlier failure is over: its source was looked at and did not fail again, or is gone."""
        root, source = failure
        files = (source[:at] for at, sign in enumerate(source + "#") if sign == "#")
        looked_at = root in self.plan.roots or any((root, file) in self._taken for file in files)
        return looked_at and failure not in self._failed

    @staticmethod
    def _names(keys: Set[Key]) -> dict[Key, str]:
        """What people call the sources: with their folder where two have one name."""
        times = Counter(source for _, source in keys)
        return {key: key[1] if times[key[1]] == 1 else f"{key[0]}/{key[1]}" for key in keys}

    def _prune(self) -> None:
        """Remove the releases of sources that are no longer there."""
        for key in [key for key in self._states if self.plan.gone(key)]:
            for release_id in self._states.pop(key).release_ids:
                self._remove(release_id)
            self._changed[key] = None

    def _remove(self, release_id: str) -> None:
        self._removed.add(release_id)
        del self._owners[release_id]
        self.summary.removed += 1

    def _set(self, state: SourceState) -> None:
        self._states[state.key] = self._changed[state.key] = state


def _holds_anything(folder: str) -> bool:
    try:
        return any(Path(folder).iterdir())
    except OSError:
        return False


def _rank(key: Key) -> tuple[str, str]:
    return key[1], key[0]


def _name(other: Key, key: Key) -> str:
    """How a failure of `key` names the other source."""
    return other[1] if other[0] == key[0] else f"{other[0]}/{other[1]}"
