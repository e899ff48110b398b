"""Which offices a state or a body has by its form of government."""

from __future__ import annotations

import re

from communique.extractors.actors.names import fold
from communique.extractors.actors.serving import state_codes
from communique.models.lexicons import load_lexicon, per_lexicons


def has_office(code: str, role: str) -> bool:
    """Whether there can be such an office there: no King of Italy, no Prime Minister of the World Bank."""
    title, space, rest = role.partition(" ")
    said = spoken(load_lexicon("offices")["in_short"].get(title, title) + space + rest)
    if code not in state_codes():
        return _opening(said, tuple(load_lexicon("offices")["of_states_alone"])) is None
    only, missing = _tables()
    office = _opening(said, tuple(only))
    if office is not None and code not in only[office]:
        return False
    return not any(code in missing[lacked] for lacked in missing if _opening(said, (lacked,)))


def spoken(role: str) -> str:
    """An office for comparison: folded, with spaces for hyphens."""
    return fold(role).replace("-", " ")


@per_lexicons
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """By office, the states that alone have it, and those that have it not."""
    offices = load_lexicon("offices")
    only, missing = (
        {spoken(office): frozenset(codes) for office, codes in offices[key].items()}
        for key in ("held_in", "missing_in")
    )
    return only, missing


def _opening(said: str, offices: tuple[str, ...]) -> str | None:
    """The first of the offices that a role opens with; "President" is no "President of the Senate"."""
    return next((office for office in offices if _opens(said, spoken(office))), None)


def _opens(said: str, office: str) -> bool:
    single = office in {"president", "chancellor"}
    behind = r"(?: of the republic\b.*)?" if single else r"(?:\b.*)?"
    return re.fullmatch(re.escape(office) + behind, said) is not None
