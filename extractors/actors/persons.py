"""Persons: names beside an office or a courtesy title, and the same names elsewhere in the release."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from communique.extractors.actors.names import fold, slug
from communique.extractors.actors.offices import (
    AFTER_OFFICE,
    APPOSITION,
    BEFORE_NAME,
    Office,
    find_names,
    find_offices,
    join_offices,
)
from communique.extractors.actors.service import country_of, spoken_office
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon


@dataclass(slots=True)
class Mention:
    """A person's name at one place: tokens, office, whom the text there says the person serves."""

    start: int
    end: int
    words: tuple[str, ...]
    role: str | None = None
    country: str | None = None
    titled: bool = False


@dataclass(slots=True)
class Person:
    """One person of the release, with the mentions of the name."""

    mentions: list[Mention] = field(default_factory=list)


def find_persons(doc: Doc, shape: str) -> dict[Span, Actor]:
    """The mentions of persons with their offices; whom they serve stands where the release tells it."""
    mentions = _mentions(doc, shape)
    actors: dict[Span, Actor] = {}
    for person in _resolve(mentions):
        actor = _actor(doc, person)
        actors |= {doc[m.start : m.end]: actor for m in person.mentions}
    return actors


def _mentions(doc: Doc, shape: str) -> list[Mention]:
    """Every name that can be a person's; `titled` where an office, a title or the model says that it is."""
    suffixes = set(load_lexicon("offices")["suffixes"])
    names = [Mention(start, end, _words(doc, start, end, suffixes)) for start, end in find_names(shape)]
    by_start, by_end = {m.start: m for m in names}, {m.end: m for m in names}
    for office in join_offices(shape, list(find_offices(shape))):
        _give_office(doc, shape, office, by_start, by_end)
    persons = {token.i for ent in doc.ents if ent.label_ in {"PER", "PERSON"} for token in ent}
    for mention in names:
        if BEFORE_NAME.search(shape, max(0, mention.start - 4), mention.start):
            mention.titled = True
        elif len(mention.words) > 1 and all(i in persons for i in range(mention.start, mention.end)):
            mention.titled = True
    return names


def _words(doc: Doc, start: int, end: int, suffixes: set[str]) -> tuple[str, ...]:
    return tuple(fold(t.text).strip(".") for t in doc[start:end] if t.text not in suffixes and t.text not in ",-’'")


def _give_office(
    doc: Doc, shape: str, office: Office, by_start: dict[int, Mention], by_end: dict[int, Mention]
) -> None:
    """Attach an office to the name before it, if it stands in apposition, or to the name after it."""
    apposed = APPOSITION.search(shape, max(0, office.start - 5), office.start)
    before = by_end.get(apposed.start()) if apposed else None
    after = AFTER_OFFICE.match(shape, office.end)
    name = by_start.get(after.end()) if after else None
    if before and before.role is None and (len(before.words) > 1 or before.titled):
        if not (name and after and not after["comma"]):
            name = before
    if name is None or name.role is not None:
        return
    if after and after["comma"] and name is not before and len(name.words) < 2 and not after["title"]:
        return
    name.titled = True
    name.role = spoken_office(doc, shape, office)
    name.country = country_of(doc, shape, office, name.end)


def _resolve(mentions: list[Mention]) -> list[Person]:
    """Mentions of one name as one person; a shorter name means the person whose name holds it."""
    titled = [m for m in mentions if m.titled]
    persons: dict[tuple[str, ...], Person] = {}
    holders: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for mention in sorted(titled, key=_fullest_first):
        key = _holder(mention.words, holders)
        if key not in persons:
            persons[key] = Person()
            for word in key:
                holders[word].append(key)
        persons[key].mentions.append(mention)
    for mention in mentions:
        if not mention.titled and (key := _holder(mention.words, holders)) in persons:
            persons[key].mentions.append(mention)
    return list(persons.values())


def _fullest_first(mention: Mention) -> tuple[int, int]:
    return -len(mention.words), mention.start


def _holder(words: tuple[str, ...], holders: dict[str, list[tuple[str, ...]]]) -> tuple[str, ...]:
    """The name known so far that holds all of `words`, by preference as its last; `words` where none does."""
    known = [key for key in holders.get(words[-1], ()) if set(words) <= set(key)] if words else []
    ending = [key for key in known if key[-1] == words[-1]]
    return (ending or known or [words])[0]


def _actor(doc: Doc, person: Person) -> Actor:
    fullest = min(person.mentions, key=_fullest_first)
    name = doc[fullest.start : fullest.end].text
    roles = [m.role for m in sorted(person.mentions, key=_fullest_first) if m.role]
    countries = [m.country for m in person.mentions if m.country]
    country = max(countries, key=countries.count) if countries else None
    return Actor("person", slug(name), " ".join(name.split()), role=_best(roles), country=country)


def _best(roles: list[str]) -> str | None:
    return max(roles, key=len) if roles else None
