"""Whom persons serve where no word beside their names tells: sentence, title and publisher as evidence."""

from __future__ import annotations

from communique.extractors.actors.names import fold
from communique.extractors.actors.offices import find_offices
from communique.extractors.actors.persons import Mention, Person
from communique.extractors.actors.service import HEADS, LEADING, Reading, served_by
from communique.models.lexicons import load_lexicon

REPRESENTED = ("represent", "delegation")
LED = {"led", "headed", "heads", "leads", "represented", "represents", "representing"}
REACH = 25  # tokens from a name to the verb that says what its bearer led


def complete(reading: Reading, persons: list[Person], title: Reading, named: list[Person], own: str | None) -> None:
    """Fill in `served` of the persons that have none, the strongest evidence first.

    `title` and `named` are the title of the release and its persons, `own` the publisher's state.
    """
    for person in persons:
        person.served = person.served or _from_sentence(reading, person) or _from_title(person, named)
    if own:
        _from_publisher(persons, own)
    _from_offices(persons, [title, reading])
    _from_states(persons, title)
    if own:
        _from_other_side(persons, title, own)


def _open(persons: list[Person]) -> list[Person]:
    """The persons with an office of whom nothing is known yet, in text order."""
    unknown = [p for p in persons if p.served is None and p.role]
    return sorted(unknown, key=_first_mention)


def _first_mention(person: Person) -> int:
    return min(mention.start for mention in person.mentions)


def _from_sentence(reading: Reading, person: Person) -> str | None:
    """The party that its sentence says a person represents: "Canada was represented by ..."."""
    found = (_represented(reading, m) or _leads(reading, m) for m in person.mentions)
    return next((code for code in found if code), None)


def _represented(reading: Reading, mention: Mention) -> str | None:
    start = 1 + max(reading.shape.rfind(end, 0, mention.start) for end in "._")
    words = reading.doc[start : mention.start]
    if not any(token.lower_.startswith(REPRESENTED) for token in words):
        return None
    party = LEADING.search(reading.shape, start, mention.start)
    return reading.served(*party.span()) if party else None


def _leads(reading: Reading, mention: Mention) -> str | None:
    for token in reading.doc[mention.end : mention.end + REACH]:
        if reading.shape[token.i] in "._":
            return None
        if token.lower_ in LED:
            party = LEADING.match(reading.shape, token.i + (2 if reading.shape[token.i + 1 : token.i + 2] == "t" else 1))
            return reading.served(*party.span()) if party else None
    return None


def _from_title(person: Person, named: list[Person]) -> str | None:
    """What the title of the release says of a person of the same name."""
    known = {m.words[-1]: p.served for p in named for m in p.mentions if p.served}
    return next((known[word] for m in person.mentions for word in m.words if word in known), None)


def _from_publisher(persons: list[Person], own: str) -> None:
    """The publisher's own people need no state in its releases: those whose office its state has.

    Of several heads of one title only the first named is its own.
    """
    heads = {p.role for p in persons if p.served == own}
    for person in _open(persons):
        if not _foreign(person, own) and not (person.role in HEADS and person.role in heads):
            person.served = own
            heads.add(person.role)


def _foreign(person: Person, code: str) -> bool:
    """Whether the state has no such office."""
    foreign = load_lexicon("offices")["not_of"].get(code, ())
    return (person.role or "").startswith(tuple(foreign))


def _from_offices(persons: list[Person], readings: list[Reading]) -> None:
    """An office named with its state but no holder: "the Prime Minister of Thailand" in the title."""
    held = {(person.role, person.served) for person in persons}
    offices: dict[str, set[str]] = {}
    for reading in readings:
        for office in find_offices(reading.shape):
            title = reading.text(office.head, office.head_end)
            code = served_by(reading, office, office.end)
            if code and (title, code) not in held:
                offices.setdefault(title, set()).add(code)
    for person in _open(persons):
        codes = offices.get(person.role or "", set())
        if len(codes) == 1:
            person.served = next(iter(codes))


def _from_states(persons: list[Person], title: Reading) -> None:
    """The states of the title that no head of state or government serves yet, where they can serve but one.

    As many leaders as states are taken in the order of the title.
    """
    taken = {p.served for p in persons if p.role in HEADS}
    states = [code for code in title.states() if code not in taken]
    leaders = [person for person in _open(persons) if person.role in HEADS]
    for at, person in enumerate(leaders):
        possible = [code for code in states if not _foreign(person, code)]
        if len(possible) == 1 and len(leaders) <= len(states):
            person.served = possible[0]
        elif len(leaders) == len(states) and states[at] in possible:
            person.served = states[at]


def _from_other_side(persons: list[Person], title: Reading, own: str) -> None:
    """In a release of two states, the publisher's own and another, who is not the one's is the other's."""
    others = [code for code in title.states() if code != own]
    for person in _open(persons) if len(others) == 1 else ():
        if _foreign(person, own):
            person.served = others[0]
