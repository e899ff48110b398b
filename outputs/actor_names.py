"""Who is meant by a name that a person types: "Canada", "south korea" or "EU" to its actor_id."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from communique.models.lexicons import load_lexicon, per_lexicons
from communique.outputs.asking import WrongUsageError

CODE = re.compile(r"[A-Z][A-Z0-9]+")
NEAR = 0.75  # of difflib
MOST_NEAR = 3


class UnknownActorError(WrongUsageError):
    """Nobody has the name; the message has near ones."""


def actor_of(text: str, named: Iterable[tuple[str, str]] = ()) -> str:
    """The actor_id that `text` is or names, in any case, without its article or its accents.

    `named` are actor_ids and names beside those of the lexicons. Raises UnknownActorError.
    """
    forms = {**_forms(named), **_known()}
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


def is_code(text: str) -> bool:
    """Whether `text` is written as the actor_id of a state or an organisation."""
    return CODE.fullmatch(text) is not None


@per_lexicons
def _known() -> dict[str, tuple[str, str]]:
    return _forms(_lexicons())


def _lexicons() -> Iterator[tuple[str, str]]:
    """Ids and names, of which the first counts where two actors share one."""
    from communique.extractors.actors.states import demonyms, state_names

    bodies = load_lexicon("organizations")["organizations"]
    for code in (*load_lexicon("states")["states"], *bodies):
        yield code, code
    for form, code in (*state_names().items(), *demonyms().items()):
        yield code, form
    for code, body in bodies.items():
        for form in (body["name"], *body.get("also", [])):
            yield code, form


def _forms(named: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    forms: dict[str, tuple[str, str]] = {}
    for actor, name in named:
        forms.setdefault(_folded(name), (actor, name))
    return forms


def _folded(name: str) -> str:
    """Letters and digits in small letters: "The U.S.", "us" and "US" are one."""
    plain = unicodedata.normalize("NFKD", name).casefold().removeprefix("the ")
    return "".join(character for character in plain if character.isalnum())
