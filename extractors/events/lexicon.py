"""The words of `events.yaml` as typed values."""

from __future__ import annotations

from typing import cast

from communique.extractors.annotations import EventKind
from communique.models.lexicons import load_lexicon, per_lexicons


@per_lexicons
def words(key: str) -> frozenset[str]:
    """A word list of `events.yaml`."""
    return frozenset(load_lexicon("events")[key])


@per_lexicons
def verbs() -> dict[str, tuple[EventKind, frozenset[str]]]:
    """What a verb tells by its lemma, and the places of the name beside it."""
    entries = load_lexicon("events")["verbs"]
    return {lemma: (cast(EventKind, e["event"]), frozenset(e["as"])) for lemma, e in entries.items()}


def verb(lemma: str) -> tuple[EventKind, frozenset[str]] | None:
    """What a verb tells; a lemma with an "e" too many ("co-chaire") is that without it."""
    return verbs().get(lemma) or verbs().get(lemma.removesuffix("e"))


def phrases(lemma: str) -> frozenset[str]:
    """The objects with which alone a verb tells anything: "take" place, "take" effect."""
    return frozenset(load_lexicon("events")["phrases"].get(lemma, ()))


def by_object(word: str) -> EventKind:
    """What such an object tells: "force" that it came into force."""
    return cast(EventKind, load_lexicon("events")["told_by_object"][word])


def noun(lemma: str) -> EventKind | None:
    """What a noun tells: "signing"."""
    return cast(EventKind | None, load_lexicon("events")["nouns"].get(lemma))


def can(event: str, kind: str) -> bool:
    """Whether an event of this sort happens to a dialogue, instrument or initiative."""
    return kind in load_lexicon("events")["kinds"].get(event, ())
