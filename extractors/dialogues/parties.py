"""Whose dialogue it is: the states and groupings joined in its name, else those that its sentence names."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Span

from communique.extractors.annotations import ACTORS
from communique.extractors.dialogues.identity import is_state, states_in
from communique.extractors.dialogues.lexicon import TYPOGRAPHY, fold
from communique.models.lexicons import load_lexicon

_HYPHEN = re.compile(r" ?[-/] ?")
_BETWEEN = re.compile(r"\b(?:between|among)\b(.*)")
_LONGEST = 4  # words of a state or grouping next to a hyphen


def named_parties(name: str) -> tuple[str, ...]:
    """Actor ids of the parties joined in a name: "Canada-ROK ...", "... between X and Y"."""
    plain = name.translate(TYPOGRAPHY)
    pieces = _HYPHEN.split(plain)
    found: list[str] = []
    for left, right in zip(pieces, pieces[1:], strict=False):
        before, after = _last(left.split()), _first(right.split())
        if before is not None and after is not None:
            found += [before, after]
    between = _BETWEEN.search(plain)
    if between is not None and len(states := states_in(between[1])) > 1:
        found += states
    return tuple(sorted(set(found)))


def told_parties(span: Span) -> tuple[str, ...]:
    """Actor ids of the parties that a mention's sentence tells: members of a group, or just two states."""
    doc = span.doc
    if ACTORS not in doc.spans or not doc.has_annotation("SENT_START"):
        return ()
    sentence = span.sent
    inside = [a for a in _actors(doc) if sentence.start <= a.start and a.end <= sentence.end]
    members = {member for a in inside for member in a._.actor.members if a._.actor.kind == "group"}
    states = {a._.actor.actor_id for a in inside if a._.actor.kind == "state" and a._.actor.actor_id}
    told = members or (states if len(states) == 2 else set())
    return tuple(sorted(told))


def _actors(doc: Doc) -> list[Span]:
    return [span for span in doc.spans[ACTORS] if span._.actor is not None]


def _last(words: list[str]) -> str | None:
    sizes = range(min(_LONGEST, len(words)), 0, -1)
    return next((actor for n in sizes if (actor := _actor(" ".join(words[-n:]))) is not None), None)


def _first(words: list[str]) -> str | None:
    sizes = range(min(_LONGEST, len(words)), 0, -1)
    return next((actor for n in sizes if (actor := _actor(" ".join(words[:n]))) is not None), None)


def _actor(text: str) -> str | None:
    """The state or organisation that `text` is, as a whole."""
    organization = _organizations().get(fold(text))
    if organization is not None:
        return organization
    states = states_in(text)
    return states[0] if len(states) == 1 and is_state(text) else None


@cache
def _organizations() -> dict[str, str]:
    table: dict[str, str] = {}
    for code, entry in load_lexicon("organizations")["organizations"].items():
        for form in (entry["name"], code, *entry.get("also", ())):
            table[fold(str(form))] = str(code)
    return table
