"""What the components write on a `Doc`, and the extensions that carry it.

Spans go to `doc.spans[KEY]` under the keys below; each span has its value in the
extension of the same meaning (`span._.actor`, `span._.timex`, `span._.dialogue`,
`span._.commitment`). What is known of the release before extraction (title,
publisher, publication day, place) is read from `doc._`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

ACTORS = "actors"
DATES = "dates"
DIALOGUES = "dialogues"
COMMITMENTS = "commitments"
EVENTS = "events"

ActorKind = Literal["state", "organization", "person", "group"]
Act = Literal["enact", "agree", "commit", "reaffirm", "intend"]
Status = Literal["current", "background"]
DialogueKind = Literal["dialogue", "instrument", "initiative"]
EventKind = Literal["held", "launched", "signed", "adopted", "in_force", "ended", "scheduled"]
AgreedOnFrom = Literal["meeting", "signature", "statement", "published"]


@dataclass(frozen=True, slots=True)
class Actor:
    """One mention of an actor.

    `actor_id` is an ISO 3166-1 alpha-3 code, an acronym or a slug, and None for a group;
    `country` the actor_id of the state or organisation served; `members` the actor_ids that a
    group stands for at this point of the release.
    """

    kind: ActorKind
    actor_id: str | None
    name: str | None = None
    role: str | None = None
    country: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timex:
    """A calendar expression after TIMEX3: what was said (`value`) and the days it denotes.

    `start` and `end` are inclusive and None where open or unresolved.
    """

    timex_type: Literal["DATE", "DURATION", "SET"]
    value: str | None
    start: dt.date | None = None
    end: dt.date | None = None
    granularity: str | None = None
    anchor: Literal["explicit", "published", "context"] | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One mention of a named format, instrument or initiative."""

    dialogue_id: str
    name: str
    kind: DialogueKind
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, or is to happen, to a named dialogue or instrument; its span is the evidence.

    `start` and `end` are the days that date it, inclusive, None where nothing does.
    """

    dialogue_id: str
    name: str
    kind: DialogueKind
    event: EventKind
    start: dt.date | None = None
    end: dt.date | None = None
    ordinal: int | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One undertaking; its span is `what`. Offsets are characters of `doc.text`, end exclusive."""

    act: Act
    trigger: tuple[int, int]
    sentence: tuple[int, int]
    parties: tuple[str, ...] = ()
    parties_text: str | None = None
    speaker: str | None = None
    negated: bool = False
    status: Status = "current"
    agreed_on: str | None = None
    agreed_on_from: AgreedOnFrom | None = None
    due_text: str | None = None
    due_start: dt.date | None = None
    due_end: dt.date | None = None
    recurrence: str | None = None
    dialogues: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    confidence: float | None = None
    rule: str | None = None


#: What stands in `span._`, by name; documents in bytes name it.
VALUES: dict[str, type] = {kind.__name__: kind for kind in (Actor, Timex, Dialogue, Event, Commitment)}


def set_extensions() -> None:
    """Register the extensions; every component calls it in its constructor, so workers have them too."""
    for name in ("title", "publisher", "published", "place"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    if not Doc.has_extension("speaks_for"):  # actor_ids that the publisher speaks for
        Doc.set_extension("speaks_for", default=())
    for name in ("actor", "timex", "dialogue", "event", "commitment"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
