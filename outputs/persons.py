"""One row for one person over all releases, derived from the mentions of persons when it is read.

An `actor_id` is a function of its release: "biden" here, "joseph-r-biden-jr" there. Names are joined where
surname, office and state agree, never where they do not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.models.lexicons import load_lexicon, per_lexicons

Row = dict[str, Any]
FAR = 3 * 366  # days from what is known of a person at which a surname alone may still be that person's

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(slots=True)
class Person:
    """A person as far as joined: words of the names, what they are called, when they were told of."""

    words: set[tuple[str, ...]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    actor_ids: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    days: set[dt.date] = field(default_factory=set)
    country: str | None = None

    def take(self, other: Person) -> None:
        """Makes all that is known of `other` known of this one."""
        self.words |= other.words
        self.names |= other.names
        self.actor_ids |= other.actor_ids
        self.offices |= other.offices
        self.days |= other.days
        self.country = self.country or other.country

    @property
    def fullest(self) -> str:
        """The longest name, the first of equals."""
        return min(self.names, key=lambda name: (-len(name.split()), -len(name), name))

    @property
    def order(self) -> tuple[str, str, list[str]]:
        return self.fullest, self.country or "", sorted(self.actor_ids)


Index = dict[tuple[str | None, str], dict[int, Person]]  # by state and word, each person once


def persons(actors: Iterable[Row], releases: Iterable[Row]) -> list[Row]:
    """The rows of `persons` from mentions of persons and the days of releases, by person_id."""
    published = {row["release_id"]: row["published"] for row in releases}
    full, short = _by_name(_units(actors, published))
    joined = _variants(full)
    index: Index = defaultdict(dict)
    for person in joined:
        _enter(person, index)
    alone: dict[tuple[tuple[str, ...], str | None], Person] = {}
    for unit in sorted(short, key=lambda unit: unit.order):
        if (owner := _owner(unit, index)) is not None:
            owner.take(unit)
            _enter(owner, index)
        else:
            alone.setdefault((min(unit.words), unit.country), Person()).take(unit)
    return list(_rows([*joined, *alone.values()]))


def _units(actors: Iterable[Row], published: Mapping[str, dt.date | None]) -> list[Person]:
    """The persons of each release."""
    units: dict[tuple[str, str, str | None], Person] = defaultdict(Person)
    for row in actors:
        if row["kind"] != "person" or not row["actor_id"] or not (words := _words(row["name"] or "")):
            continue
        unit = units[row["release_id"], row["actor_id"], row["country"]]
        unit.words.add(words)
        unit.names.add(row["name"])
        unit.actor_ids.add(row["actor_id"])
        unit.country = row["country"]
        if row["role"]:
            unit.offices.add(row["role"])
        if (day := published.get(row["release_id"])) is not None:
            unit.days.add(day)
    return list(units.values())


def _by_name(units: list[Person]) -> tuple[list[Person], list[Person]]:
    """Persons with a first name, one for each name and state; and surnames alone, as their release has them.

    A name without a state is that of the one state which others of the name have.
    """
    named: dict[tuple[str, ...], dict[str | None, Person]] = defaultdict(lambda: defaultdict(Person))
    short = []
    for unit in units:
        words = max(unit.words, key=lambda words: (len(words), words))
        if len(words) > 1:
            named[words][unit.country].take(unit)
        else:
            short.append(unit)
    for states in named.values():
        known = [state for state in states if state is not None]
        if len(known) == 1 and None in states:
            states[known[0]].take(states.pop(None))
    return [person for states in named.values() for person in states.values()], short


def _variants(full: list[Person]) -> list[Person]:
    """Persons with one surname, state and office whose first names are forms of one another, as one."""
    groups: dict[tuple[str, str], list[Person]] = defaultdict(list)
    alone = []
    for person in sorted(full, key=lambda person: person.order):
        if person.country is None:
            alone.append(person)
        else:
            groups[min(person.words)[-1], person.country].append(person)
    return [*alone, *(person for group in groups.values() for person in _joined(group))]


def _joined(group: list[Person]) -> list[Person]:
    kept: list[Person] = []
    for person in group:
        fitting = [other for other in kept if _one_name(person, other) and _one_office(person, other)]
        if len(fitting) == 1:
            fitting[0].take(person)
        else:
            kept.append(person)
    return kept


def _one_name(a: Person, b: Person) -> bool:
    """Whether all first names are forms of one, and no two initials differ: "Joe", "Joseph R."."""
    return all(_forms_of_one(one, other) for one in a.words for other in b.words)


def _forms_of_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    firsts = one[0], other[0]
    initials = min(map(len, firsts)) == 1 and firsts[0][0] == firsts[1][0]
    if not (firsts[0] == firsts[1] or initials or _nicknames(firsts[0]) & _nicknames(firsts[1])):
        return False
    middles = [{word[0] for word in words[1:-1]} for words in (one, other)]
    return middles[0] <= middles[1] or middles[1] <= middles[0]


def _enter(person: Person, index: Index) -> None:
    """Has a person found by state and first or last word of each name."""
    for words in person.words:
        for word in (words[0], words[-1]):
            index[person.country, word][id(person)] = person


def _owner(unit: Person, index: Index) -> Person | None:
    """The one person whose surname it is, of the same state and office, and nearest in time."""
    if unit.country is None:
        return None
    named = index.get((unit.country, min(unit.words)[0]), {})
    fitting = [person for person in named.values() if _one_office(unit, person)]
    near = [person for person in fitting if _apart(unit, person) <= FAR]
    return near[0] if len(near) == 1 else None


def _apart(unit: Person, person: Person) -> int:
    """Days between them; none where a day is not known."""
    if not unit.days or not person.days:
        return 0
    return max(0, (min(unit.days) - max(person.days)).days, (min(person.days) - max(unit.days)).days)


def _one_office(a: Person, b: Person) -> bool:
    """Whether an office of one is an office of the other, in fewer words or more: "Secretary (of State)"."""
    pairs = [(one, other) for one in map(_office, a.offices) for other in map(_office, b.offices)]
    ranks = frozenset(load_lexicon("first_names")["ranks"])
    return any(
        (one <= other or other <= one) and one & ranks == other & ranks
        for one, other in pairs
        if one and other
    )


@per_lexicons
def _office(text: str) -> frozenset[str]:
    """The words that tell what office it is."""
    lexicon = load_lexicon("first_names")
    return frozenset(word for word in _folded(text) if word not in lexicon["offices"])


@per_lexicons
def _nicknames(name: str) -> frozenset[str]:
    return frozenset((name, *load_lexicon("first_names")["short"].get(name, ())))


@per_lexicons
def _words(name: str) -> tuple[str, ...]:
    """The words of a name but for what stands behind a surname: "Joseph R. Biden, Jr."."""
    suffixes = load_lexicon("first_names")["suffixes"]
    return tuple(word for word in _folded(name) if word not in suffixes)


def _folded(text: str) -> list[str]:
    from communique.extractors.actors.names import fold  # with it comes spaCy

    return _WORD.findall(fold(text))


def _rows(people: list[Person]) -> Iterator[Row]:
    """Their rows; of several with one name, each id but that of the best known gets its state or a number."""
    rows: dict[str, Row] = {}
    for person in sorted(people, key=lambda person: (-len(person.days), person.order)):
        slug = "-".join(_words(person.fullest))
        ids = [slug, *([f"{slug}-{person.country.lower()}"] if person.country else [])]
        numbered = (f"{ids[-1]}-{number}" for number in range(2, len(people) + 3))
        person_id = next(name for name in (*ids, *numbered) if name not in rows)
        rows[person_id] = {
            "person_id": person_id,
            "name": person.fullest,
            "aliases": sorted(person.names - {person.fullest}),
            "actor_ids": sorted(person.actor_ids),
            "offices": sorted(person.offices),
            "country": person.country,
            "first_published": min(person.days, default=None),
            "last_published": max(person.days, default=None),
        }
    return iter([rows[name] for name in sorted(rows)])
