"""Whom persons serve where the release or the public record says it outright."""

from __future__ import annotations

import re
from collections import defaultdict

from communique.extractors.actors.names import fold
from communique.extractors.actors.persons import Mention, Person
from communique.extractors.actors.service import LEADING, Reading
from communique.extractors.actors.serving import words
from communique.models.lexicons import load_lexicon, per_lexicons

MOST_MENTIONS = 20  # read of one person
REACH = 25  # tokens from a name to the verb that says what its bearer led


def outright(reading: Reading, person: Person, named: list[Person]) -> str | None:
    """Whom a person serves by an office with its state, the public record, the title, or what is led.

    `named` are the persons of the title.
    """
    in_office = person.served if " of " in (person.role or "") else None
    return (
        in_office
        or _from_record(person)
        or person.served
        or _from_title(person, named)
        or _from_administration(reading, person)
        or next(filter(None, (_leads(reading, m) for m in person.mentions[:MOST_MENTIONS])), None)
    )


def is_head(person: Person) -> bool:
    """Whether the office is that of a head of state or government."""
    return (person.role or "").startswith(tuple(load_lexicon("leaders")["offices"]))


def _from_record(person: Person) -> str | None:
    """The state that the public record has a head of state or government of this name lead."""
    return on_record(person) if is_head(person) else None


def on_record(person: Person) -> str | None:
    """The state that somebody of this name leads or led by the public record, whatever the office here."""
    names = (" ".join(m.words[at:]) for m in person.mentions for at in range(len(m.words)))
    return next((leaders()[name] for name in names if name in leaders()), None)


@per_lexicons
def leaders() -> dict[str, str]:
    """The state of each leader by folded surname; names that two states' leaders bore are left out."""
    named: dict[str, set[str]] = defaultdict(set)
    for code, surnames in load_lexicon("leaders")["leaders"].items():
        for surname in surnames:
            named[" ".join(fold(word) for word in surname.split())].add(code)
    return {name: codes.pop() for name, codes in named.items() if len(codes) == 1}


def _from_title(person: Person, named: list[Person]) -> str | None:
    """What the title of the release says of a person of the same name."""
    known = {m.words[-1]: p.served for p in named for m in p.mentions if p.served}
    return next((known[word] for m in person.mentions for word in m.words if word in known), None)


def _from_administration(reading: Reading, person: Person) -> str | None:
    """The state whose government bears the name: "the Harlan Administration"."""
    surnames = {m.words[-1] for m in person.mentions if m.words}
    named = (
        body.country
        for body in reading.bodies.values()
        if "Administration" in (body.name or "") and surnames & set(re.split("[ -]", fold(body.name or "")))
    )
    return next((country for country in named if country), None)


def _leads(reading: Reading, mention: Mention) -> str | None:
    """The party that its sentence says a person led: "Ana Lima led the Chilean delegation"."""
    led = words("leading") | words("speaking_for")
    for token in reading.doc[mention.end : mention.end + REACH]:
        if reading.shape[token.i] in "._":
            return None
        if token.lower_ in led:
            at = token.i + 1 + (reading.shape[token.i + 1 : token.i + 2] == "t")
            party = LEADING.match(reading.shape, at)
            return reading.served(*party.span()) if party else None
    return None
