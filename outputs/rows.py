"""From a processed release to table rows: pure functions of the `Doc`, the `Release` and the stated time."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Doc, Span

from communique.corpus.release import Release
from communique.extractors.actors.canonical import name_of
from communique.extractors.annotations import (
    ACTORS,
    COMMITMENTS,
    DATES,
    DIALOGUES,
    EVENTS,
    Actor,
    Commitment,
    Event,
)
from communique.extractors.scope import Scope, Scopes

# Columns that are an attribute of the Release as it stands.
COPIED = (
    *("release_id", "source", "file_name", "url", "title", "publisher", "language", "place", "published"),
    *("published_from", "text", "source_sha256", "text_sha256", "text_key"),
)
# Columns that commitment_parties takes from the commitment.
SHARED = ("commitment_id", "release_id", "act", "what", "agreed_on", "due_start", "due_end")

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def release_rows(release: Release, doc: Doc, *, extracted_at: dt.datetime, pipeline_version: str) -> Rows:
    """The rows of one release for every table of extraction, by table name.

    A `doc` without annotations (a release that is not English) gives its row in `releases` alone.
    """
    names, scopes = _actor_names(doc), Scopes(doc)
    commitments = list(_commitments(release, doc, scopes))
    scope = scopes.of_release() if release.in_english else None
    return {
        "releases": [_release(release, len(doc), scope, extracted_at, pipeline_version)],
        "actors": list(_mentions(release.release_id, doc, ACTORS)),
        "dates": list(_mentions(release.release_id, doc, DATES)),
        "dialogues": list(_mentions(release.release_id, doc, DIALOGUES)),
        "commitments": commitments,
        "events": list(_events(release.release_id, doc)),
        "commitment_parties": [row for c in commitments for row in _parties(c, names, release.published)],
    }


def stable_id(*parts: object) -> str:
    """Sixteen hex digits from `parts`, the same on every run and machine."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def _release(
    release: Release, tokens: int, scope: Scope | None, extracted_at: dt.datetime, pipeline_version: str
) -> Row:
    return {
        **{name: getattr(release, name) for name in COPIED},
        "n_tokens": tokens,
        "extracted_at": extracted_at,
        "first_seen": extracted_at,  # the store knows better where it has the release already
        "scope": scope,
        "pipeline_version": pipeline_version,
    }


def _mentions(release_id: str, doc: Doc, table: str) -> Iterator[Row]:
    """Rows of one mention table; a mention found twice gives one row."""
    seen: set[str] = set()
    for span in doc.spans.get(table, ()):
        values = _VALUES[table](span)
        mention_id = stable_id(release_id, table, span.start_char, span.end_char, *values.values())
        if mention_id not in seen:
            seen.add(mention_id)
            offsets = {"start_char": span.start_char, "end_char": span.end_char, "text": span.text}
            yield {"release_id": release_id, "mention_id": mention_id, **offsets, **values}


def _actor(span: Span) -> Row:
    actor = span._.actor
    return {
        "kind": actor.kind,
        "actor_id": actor.actor_id,
        "name": actor.name,
        "role": actor.role,
        "country": actor.country,
        "members": list(actor.members),
    }


def _date(span: Span) -> Row:
    timex = span._.timex
    return {
        "timex_type": timex.timex_type,
        "value": timex.value,
        "date_start": timex.start,
        "date_end": timex.end,
        "granularity": timex.granularity,
        "anchor": timex.anchor,
    }


def _dialogue(span: Span) -> Row:
    dialogue = span._.dialogue
    return {
        "dialogue_id": dialogue.dialogue_id,
        "name": dialogue.name,
        "kind": dialogue.kind,
        "parties": list(dialogue.parties),
    }


_VALUES = {ACTORS: _actor, DATES: _date, DIALOGUES: _dialogue}


def _commitments(release: Release, doc: Doc, scopes: Scopes) -> Iterator[Row]:
    """Rows of `commitments`; of two with the same act and the same `what` the first stands."""
    seen: set[str] = set()
    for span in doc.spans.get(COMMITMENTS, ()):
        row = _commitment(release, (span.start_char, span.end_char), span._.commitment)
        row["scope"] = scopes.of(span._.commitment)
        if row["commitment_id"] not in seen:
            seen.add(row["commitment_id"])
            yield row


def _commitment(release: Release, what: tuple[int, int], value: Commitment) -> Row:
    return {
        "release_id": release.release_id,
        "commitment_id": stable_id(release.release_id, value.act, *what),
        "act": value.act,
        "negated": value.negated,
        "status": value.status,
        **_quoted(release.text, "trigger", value.trigger),
        **_quoted(release.text, "what", what),
        **_quoted(release.text, "sentence", value.sentence),
        "parties": list(value.parties),
        "parties_text": value.parties_text,
        "speaker": value.speaker,
        "agreed_on": value.agreed_on,
        "agreed_on_from": value.agreed_on_from,
        "due_text": value.due_text,
        "due_start": value.due_start,
        "due_end": value.due_end,
        "recurrence": value.recurrence,
        "dialogues": list(value.dialogues),
        "counterparts": list(value.counterparts),
        "confidence": value.confidence,
        "rule": value.rule,
    }


def _events(release_id: str, doc: Doc) -> Iterator[Row]:
    """Rows of `events`, in text order."""
    for span in doc.spans.get(EVENTS, ()):
        event: Event = span._.event
        dated = [day.isoformat() if day else None for day in (event.start, event.end)]
        yield {
            "release_id": release_id,
            "event_id": stable_id(release_id, event.event, event.dialogue_id, *dated),
            "start_char": span.start_char,
            "end_char": span.end_char,
            "text": span.text,
            "dialogue_id": event.dialogue_id,
            "name": event.name,
            "kind": event.kind,
            "event": event.event,
            "date_start": event.start,
            "date_end": event.end,
            "ordinal": event.ordinal,
            "place": event.place,
        }


def _quoted(text: str, name: str, offsets: tuple[int, int]) -> Row:
    start, end = offsets
    return {name: text[start:end], f"{name}_start_char": start, f"{name}_end_char": end}


def _parties(commitment: Row, names: dict[str, str], published: dt.date | None) -> Iterator[Row]:
    """A row for each party; one may be bound but not named (`we`, a person who speaks for it)."""
    for actor_id in dict.fromkeys(commitment["parties"]):
        yield {
            **{name: commitment[name] for name in SHARED},
            "actor_id": actor_id,
            "actor_name": names.get(actor_id) or name_of(actor_id),
            "published": published,
        }


def _actor_names(doc: Doc) -> dict[str, str]:
    """The canonical name of each actor_id that the release mentions."""
    actors: Iterable[Actor] = (span._.actor for span in doc.spans.get(ACTORS, ()))
    return {actor.actor_id: actor.name for actor in reversed(list(actors)) if actor.actor_id and actor.name}
