"""What a state or an organisation is called where a text only binds it."""

from __future__ import annotations

from communique.extractors.actors.states import state_name
from communique.models.lexicons import load_lexicon, per_lexicons


def name_of(actor_id: str) -> str:
    """The short name of a state or an organisation; any other actor_id is its own."""
    return _names().get(actor_id, actor_id)


@per_lexicons
def _names() -> dict[str, str]:
    bodies = load_lexicon("organizations")["organizations"]
    return {
        **{code: state_name(code) for code in load_lexicon("states")["states"]},
        **{code: body["name"] for code, body in bodies.items()},
    }
