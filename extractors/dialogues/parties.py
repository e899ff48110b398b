"""Whose dialogue it is: the states and groupings joined in its name, else those that its sentence names."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Doc, Span

from communique.extractors.actors.serving import state_codes
from communique.extractors.annotations import ACTORS
from communique.extractors.dialogues.identity import is_state, states_in
from communique.extractors.dialogues.lexicon import TYPOGRAPHY, fold
from communique.models.lexicons import load_lexicon, per_lexicons

_HYPHEN = re.compile(r" ?[-/] ?")
_BETWEEN = re.compile(r"\b(?:between|among)\b(.*)")
_RAISED = re.compile(
    r"(\S+-\S+) (?:relations|relationship|ties|cooperation) to (?:(?:that of )?an? |the )?(?:\w+ )?$"
)
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


def raised_parties(before: str) -> tuple[str, ...]:
    """Who is raised to a status by the words before it: "Chile-Peru relations to a ... Partnership"."""
    found = _RAISED.search(before.translate(TYPOGRAPHY))
    return named_parties(found[1]) if found is not None else ()


class Sentences:
    """The actors of a release by sentence; none where the release has no actors or no sentences."""

    def __init__(self, doc: Doc) -> None:
        known = ACTORS in doc.spans and doc.has_annotation("SENT_START")
        self._actors = sorted(doc.spans[ACTORS], key=_start) if known else []
        self._starts = [span.start for span in self._actors]
        self.sides = _states_of(doc, self._actors) if known and doc.has_annotation("DEP") else ()

    def parties(self, span: Span) -> tuple[str, ...]:
        """Actor ids that the sentence of `span` tells: the members of a group, else two states, just two."""
        actors = [actor._.actor for actor in self._beside(span)]
        members = {member for actor in actors if actor.kind == "group" for member in actor.members}
        states = {actor.actor_id for actor in actors if actor.kind == "state"}
        told = members if len(members) > 1 else states if len(states) == 2 else ()
        return () if self.is_of_others(span) else tuple(sorted(told))

    def is_of_others(self, span: Span) -> bool:
        """Whether a state that is no side of the release stands nearest before it: "Y's treaty with Z"."""
        before = [actor for actor in self._beside(span) if actor.end <= span.start]
        members = {member for actor in before for member in actor._.actor.members}
        nearest = before[-1]._.actor if before else None
        if nearest is None or nearest.kind != "state" or not members:
            return False
        return nearest.actor_id not in members

    def is_body(self, spans: list[Span]) -> bool:
        """Whether one of these mentions is that of an organisation: it acts, and nothing is held."""
        return any(
            actor._.actor.kind == "organization" and (actor.start, actor.end) == (span.start, span.end)
            for span in spans
            for actor in self._beside(span)
        )

    def _beside(self, span: Span) -> list[Span]:
        """The actors of the sentence of `span`, in text order."""
        if not self._actors:
            return []
        sentence = span.sent
        return self._actors[
            bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)
        ]


def _states_of(doc: Doc, actors: list[Span]) -> tuple[str, ...]:
    """The states whose release it is, where it is of two or three."""
    from communique.extractors.actors.protagonists import protagonists

    sides = protagonists(doc, actors).sides
    joint = len(sides) in {2, 3} and state_codes().issuperset(sides)
    return tuple(sorted(sides)) if joint else ()


def _start(span: Span) -> int:
    return span.start


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


@per_lexicons
def _organizations() -> dict[str, str]:
    table: dict[str, str] = {}
    for code, entry in load_lexicon("organizations")["organizations"].items():
        for form in (entry["name"], code, *entry.get("also", ())):
            table[fold(str(form))] = str(code)
    return table
