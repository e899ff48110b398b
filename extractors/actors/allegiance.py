"""Whom persons serve where no word beside their names tells: sentence, title and publisher as evidence."""

from __future__ import annotations

import re
from collections import defaultdict

from communique.extractors.actors.names import fold
from communique.extractors.actors.offices import find_offices
from communique.extractors.actors.persons import Mention, Person
from communique.extractors.actors.service import HEADS, LEADING, Reading, served_by
from communique.models.lexicons import load_lexicon, per_lexicons

REPRESENTED = {"represented", "representing", "represents", "delegation", "counterpart", "counterparts"}
Held = set[tuple[frozenset[str], str]]
LED = {"led", "headed", "heads", "leads", "represented", "represents", "representing"}
GOVERNMENT = {"minister", "secretary", "president", "chancellor", "advisor", "adviser"}
OFTEN = 3  # mentions that make a state a party where no title tells
BESIDE = 3  # tokens between a party and the word that it is represented
MOST_MENTIONS = 20  # read of one person
WINDOW = 400  # tokens of a sentence read before a name: long enough for a list of a delegation
REACH = 25  # tokens from a name to the verb that says what its bearer led


def complete(
    reading: Reading, persons: list[Person], title: Reading, named: list[Person], own: str | None
) -> None:
    """Fill in `served` of the persons that have none, the strongest evidence first.

    `title` and `named` are the title of the release and its persons, `own` the publisher's state.
    """
    for person in persons:
        person.served = person.served or _from_sentence(reading, person) or _from_title(person, named)
        person.served = person.served or _from_administration(reading, person)
        person.served = person.served or _from_office(person)
    held: Held = set()
    for person in persons:
        _hold(held, person)
    if own:
        _from_publisher(persons, own, held)
    _from_offices(persons, [title, reading], held)
    _from_parties(persons, _parties(reading, title, own), held)


def _hold(held: Held, person: Person) -> None:
    """Note an office that only one can hold: not a bare "Secretary", nor a director's."""
    key = office_key(person.role or "")
    if person.served and (person.role in HEADS or (len(key) > 1 and key & GOVERNMENT)):
        held.add((key, person.served))


def office_key(role: str) -> frozenset[str]:
    """What tells one office from another: "Foreign Affairs Minister" equals "Minister of Foreign Affairs"."""
    return frozenset(fold(role).split()) - {"of", "for", "the", "and"}


def _parties(reading: Reading, title: Reading, own: str | None) -> list[str]:
    """The states of the title and the publisher's; where these are not two, the most named in the text."""
    parties = list(dict.fromkeys([*title.states(), *([own] if own else [])]))
    often = [code for code, count in reading.states().items() if code not in parties and count >= OFTEN]
    return parties if len(parties) > 1 else (parties + often)[:2]


def _open(persons: list[Person]) -> list[Person]:
    """The persons with an office of whom nothing is known yet, in text order."""
    unknown = [p for p in persons if p.served is None and p.role]
    return sorted(unknown, key=_first_mention)


def _first_mention(person: Person) -> int:
    return min(mention.start for mention in person.mentions)


def _from_sentence(reading: Reading, person: Person) -> str | None:
    """The party that its sentence says a person represents: "Canada was represented by ..."."""
    found = (_represented(reading, m) or _leads(reading, m) for m in person.mentions[:MOST_MENTIONS])
    return next((code for code in found if code), None)


def _represented(reading: Reading, mention: Mention) -> str | None:
    window = max(0, mention.start - WINDOW)
    start = max(window, 1 + max(reading.shape.rfind(end, window, mention.start) for end in "._"))
    words = reading.doc[start : mention.start]
    named = [token.i for token in words if token.lower_ in REPRESENTED]
    if not named:
        return None
    parties = list(LEADING.finditer(reading.shape, start, mention.start))
    before = [party for party in parties if named[-1] - BESIDE <= party.end() <= named[-1]]
    after = [party for party in parties if party.start() > named[0]]
    party = before[-1] if before else after[0] if after else None
    return reading.served(*party.span()) if party else None


def _leads(reading: Reading, mention: Mention) -> str | None:
    for token in reading.doc[mention.end : mention.end + REACH]:
        if reading.shape[token.i] in "._":
            return None
        if token.lower_ in LED:
            party = LEADING.match(
                reading.shape, token.i + (2 if reading.shape[token.i + 1 : token.i + 2] == "t" else 1)
            )
            return reading.served(*party.span()) if party else None
    return None


def _from_administration(reading: Reading, person: Person) -> str | None:
    """The state whose government bears the name: "the Harlan Administration"."""
    surnames = {m.words[-1] for m in person.mentions if m.words}
    named = (
        body.country
        for body in reading.bodies.values()
        if "Administration" in (body.name or "") and surnames & set(re.split("[ -]", fold(body.name or "")))
    )
    return next((country for country in named if country), None)


def _from_office(person: Person) -> str | None:
    """The state that the public record has a head of state or government of this name lead."""
    if not any((person.role or "").startswith(office) for office in load_lexicon("leaders")["offices"]):
        return None
    known = leaders()
    names = (" ".join(m.words[at:]) for m in person.mentions for at in range(len(m.words)))
    return next((known[name] for name in names if name in known), None)


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


def _from_publisher(persons: list[Person], own: str, held: Held) -> None:
    """The publisher's own people need no state in its releases: those whose office its state has.

    Of several that hold one office only the first named is its own.
    """
    for person in _open(persons):
        office = office_key(person.role or "")
        if not _foreign(person, own) and (office, own) not in held:
            person.served = own
            _hold(held, person)


def _foreign(person: Person, code: str) -> bool:
    """Whether the state has no such office."""
    foreign = load_lexicon("offices")["not_of"].get(code, ())
    return (person.role or "").startswith(tuple(foreign))


def _from_offices(persons: list[Person], readings: list[Reading], held: Held) -> None:
    """An office named with its state but no holder: "the Prime Minister of Thailand" in the title."""
    offices: dict[frozenset[str], set[str]] = {}
    for reading in readings:
        for office in find_offices(reading.shape):
            key = office_key(reading.text(office.head, office.head_end))
            code = served_by(reading, office, office.end)
            if code and (key, code) not in held:
                offices.setdefault(key, set()).add(code)
    for person in _open(persons):
        key = office_key(person.role or "")
        if len(codes := offices.get(key, set())) == 1:
            person.served = next(iter(codes))
            _hold(held, person)


def _from_parties(persons: list[Person], parties: list[str], held: Held) -> None:
    """The one party of the release that has the office and whose office is not held by another.

    As many leaders as parties are left are taken in the order in which the title names these.
    """
    leaders = [person for person in _open(persons) if person.role in HEADS]
    left = [code for code in parties if not any((office_key(head), code) in held for head in HEADS)]
    for person in _open(persons):
        office = office_key(person.role or "")
        possible = [code for code in parties if not _foreign(person, code) and (office, code) not in held]
        at = leaders.index(person) if person in leaders else len(parties)
        if len(possible) > 1 and len(leaders) == len(left) and at < len(left) and left[at] in possible:
            possible = [left[at]]
        if len(possible) == 1:
            person.served = possible[0]
            _hold(held, person)
