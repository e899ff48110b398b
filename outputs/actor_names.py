"""Who is meant by a name that a person types: "Canada", "south korea" or "EU" to its actor_id."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from communique.models.lexicons import load_lexicon, per_lexicons
from communique.outputs.asking import WrongUsageError

CODE = re.compile(r"[A-Z][A-Z0-9]+")
NEAR = 0.75  # of difflib
MOST_NEAR = 3

Form = tuple[str, str]  # an actor_id and the name that it is found by


class UnknownActorError(WrongUsageError):
    """Nobody has the name; the message has near ones."""


def is_lexicon_id(text: str) -> bool:
    """Whether the lexicons have `text` as an actor_id; to look up a name takes seconds to load spaCy."""
    return any(text in load_lexicon(name)[name] for name in ("states", "organizations"))


def known_actor(text: str) -> str | None:
    """The actor_id that the lexicons have for an id or a name, in any case; None where they have none."""
    found = _known().get(_folded(text))
    return found and found[0]


def actor_of(text: str, others: Mapping[str, Form]) -> str:
    """The actor_id that `text` is or names, in any case, without its article or its accents.

    `others` are names beside those of the lexicons, as `forms_of` makes them. Raises UnknownActorError.
    """
    forms = {**others, **_known()}
    key = _folded(text)
    if key in forms:
        return forms[key][0]
    near: dict[str, str] = {}
    for form in difflib.get_close_matches(key, forms, n=20, cutoff=NEAR):
        actor, name = forms[form]
        if name != actor or is_code(text):  # a code is near by chance to what is a name
            near.setdefault(actor, name)
    some = [f"{name} ({actor})" for actor, name in near.items()][:MOST_NEAR]
    raise UnknownActorError(f"nobody is named {text!r}" + (f": {' or '.join(some)}?" if some else ""))


def forms_of(named: Iterable[tuple[str, str]]) -> dict[str, Form]:
    """Actor_ids and names, of which the first counts where two actors share one, to look up names in."""
    forms: dict[str, Form] = {}
    for actor, name in named:
        forms.setdefault(_folded(name), (actor, name))
    return forms


def is_code(text: str) -> bool:
    """Whether `text` is written as the actor_id of a state or an organisation."""
    return CODE.fullmatch(text) is not None


@per_lexicons
def _known() -> dict[str, Form]:
    return forms_of(_lexicons())


def _lexicons() -> Iterator[tuple[str, str]]:
    from communique.extractors.actors.states import demonyms, state_names

    bodies = load_lexicon("organizations")["organizations"]
    for code in (*load_lexicon("states")["states"], *bodies):
        yield code, code
    for form, code in (*state_names().items(), *demonyms().items()):
        yield code, form
    for code, body in bodies.items():
        for form in (body["name"], *body.get("also", [])):
            yield code, form


def _folded(name: str) -> str:
    """Letters and digits in small letters: "The U.S.", "us" and "US" are one."""
    from communique.extractors.actors.names import fold  # with it comes spaCy

    return "".join(character for character in fold(name).removeprefix("the ") if character.isalnum())
