"""For whom an actor binds, and what can be a side: shared by all that resolves groups and parties."""

from __future__ import annotations

from collections.abc import Iterable

from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon, per_lexicons


@per_lexicons
def words(key: str) -> frozenset[str]:
    """A word list of `protagonists.yaml`."""
    return frozenset(load_lexicon("protagonists")[key])


@per_lexicons
def organs() -> dict[str, str]:
    """Organs and the organisation that their holders of office bind."""
    return dict(load_lexicon("protagonists")["organs"])


@per_lexicons
def members_of(code: str) -> frozenset[str]:
    """All who ever belonged to a grouping; none where it is not in `members.yaml`."""
    return frozenset(load_lexicon("members")["groupings"].get(code, {}).get("members", ()))


@per_lexicons
def state_codes() -> frozenset[str]:
    """Every code that a state's name stands for."""
    from communique.extractors.actors.states import state_names

    return frozenset(state_names().values())


def can_be_side(code: str) -> bool:
    """Whether an id can be a side: a state, a grouping, an organ; not a committee of the publisher's."""
    return code in state_codes() or bool(members_of(code)) or code in organs()


def party_id(actor: Actor) -> tuple[str, ...]:
    """For whom an actor binds: a person and a body for whom they serve, a group for its members."""
    if actor.kind == "group":
        return actor.members
    if actor.kind == "person":
        return (organs().get(actor.country, actor.country),) if actor.country else ()
    served = actor.country or actor.actor_id or actor.name
    return (served,) if served else ()


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """Without repetition, in order."""
    return tuple(dict.fromkeys(ids))
