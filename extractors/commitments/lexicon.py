"""The lexicons of this component as typed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from communique.extractors.annotations import Act
from communique.models.lexicons import load_lexicon, per_lexicons, shipped

# Files of word lists alone.
WORDS = (
    "predicates_subjects",
    "predicates_actions",
    "exclusions",
    "counterparts",
    "negation",
    "credit",
    "outsiders",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One governing predicate; see the head of `predicates.yaml` for the fields."""

    lemma: str
    act: Act
    frames: tuple[str, ...]
    objects: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()

    def takes(self, lemma: str) -> bool:
        """Whether a complement headed by `lemma` may hold the undertaking."""
        return lemma not in self.barred and (not self.objects or lemma in self.objects)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists of the component."""

    verbs: dict[str, Entry]
    adjectives: dict[str, Entry]
    nouns: dict[str, Entry]
    modals: dict[str, Act]
    hosts: dict[str, str]
    words: dict[str, frozenset[str]] = field(default_factory=dict)


def _entries(section: dict[str, dict[str, Any]]) -> dict[str, Entry]:
    return {lemma: _entry(lemma, fields) for lemma, fields in section.items()}


def _entry(lemma: str, fields: dict[str, Any]) -> Entry:
    return Entry(
        lemma,
        cast(Act, fields["act"]),
        tuple(fields["frames"]),
        frozenset(fields.get("objects", ())),
        frozenset(fields.get("not", ())),
    )


@per_lexicons
def lexicon() -> Lexicon:
    """The lexicon of the component, read once."""
    predicates = load_lexicon("predicates")
    words = dict(predicates["words"])
    for name in WORDS:
        words |= load_lexicon(name)
    return Lexicon(
        _entries(predicates["verbs"]),
        _entries(predicates["adjectives"]),
        _entries(predicates["nouns"]),
        predicates["modals"],
        predicates["hosts"],
        {name: frozenset(values) for name, values in words.items()},
    )


@per_lexicons
def forms(key: str) -> frozenset[str]:
    """A list of the words around dates, of `when.yaml`."""
    return frozenset(load_lexicon("when")[key])


@per_lexicons
def own_predicates() -> frozenset[str]:
    """The lemmas of predicates that a user's lexicons add."""
    used, known = load_lexicon("predicates"), shipped("predicates")
    parts = ("verbs", "adjectives", "nouns")
    return frozenset(lemma for part in parts for lemma in used[part].keys() - known[part].keys())
