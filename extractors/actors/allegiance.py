"""Whom persons serve, chosen: the states and bodies that the release offers, by what speaks for each.

What speaks for them are the readings of `evidence`. A conditional logistic model over these, the kind of
office and the place in the release gives each its probability; the first option is that nothing tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.extractors.actors.evidence import Evidence
from communique.extractors.actors.persons import Person
from communique.extractors.actors.service import Reading
from communique.models.choice import likeliest
from communique.models.weights import load_weights

MOST = 3  # mentions above count as one


@dataclass(frozen=True, slots=True)
class Offer:
    """A person, whom the person may serve, None where nothing tells, what each is like, and the occasion."""

    person: Person
    codes: list[str | None]
    traits: list[list[str]]
    occasion: list[str]


def complete(
    reading: Reading, persons: list[Person], title: Reading, named: list[Person], own: tuple[str, ...]
) -> None:
    """Set whom each person serves; `served` holds what the words beside the names tell.

    `title` and `named` are the title of the release and its persons, `own` whom the publisher speaks for.
    """
    fitted = _fitted()
    for offer in offers(reading, persons, title, named, own):
        taken, _ = likeliest(offer.traits, offer.occasion, fitted["weights"], fitted["margin"])
        offer.person.served = offer.codes[taken]


@cache
def _fitted() -> dict[str, Any]:
    """The weight of each feature by name, and by how much one must be likelier than that nothing tells."""
    return load_weights("persons")


def offers(
    reading: Reading, persons: list[Person], title: Reading, named: list[Person], own: tuple[str, ...]
) -> list[Offer]:
    """The choice for each person of whom nothing is said outright; sets whom the others serve."""
    evidence = Evidence(reading, persons, title, named, own)
    return [_offer(evidence, person) for person in evidence.persons if person.served is None]


def _offer(evidence: Evidence, person: Person) -> Offer:
    found = evidence.of(person)
    codes = sorted(code for code in found if evidence.is_possible(code, person))
    traits = [[*sorted(found[code]), *_traits(evidence, person, code)] for code in codes]
    occasion = [f"head={evidence.head(person)}", f"place={evidence.place(person)}"]
    occasion += [f"honoured={evidence.is_honoured(person)}"]
    return Offer(person, [None, *codes], [["none"], *traits], occasion)


def _traits(evidence: Evidence, person: Person, code: str) -> Iterator[str]:
    """What an option is like beside the readings that give it, by names."""
    yield f"named={min(evidence.named[code], MOST)}"
    if evidence.is_held(code, person):
        yield "held"
