"""States and bodies named in a release, of which a person may serve one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from communique.extractors.actors.service import LEADING, Reading
from communique.models.lexicons import load_lexicon


@dataclass(frozen=True, slots=True)
class Naming:
    """Tokens `start` to `end`, which name a state, by noun or adjective, or a body, and whom they mean.

    `kind` is "state", "body" for one of a state or of the lexicons, else "firm", "organ" or "named".
    """

    start: int
    end: int
    kind: str
    code: str


def namings(reading: Reading) -> Iterator[Naming]:
    """Those named in a text, in text order."""
    for match in LEADING.finditer(reading.shape):
        if code := reading.served(*match.span()):
            kind = "body" if reading.shape[match.start()] == "O" else "state"
            yield Naming(*match.span(), kind, code)
        elif (body := reading.others.get(match.start())) and body.actor_id:
            yield Naming(*match.span(), _kind(reading.doc[match.start() : match.end()]), body.actor_id)


def _kind(body: Span) -> str:
    """What its noun makes a body that no lexicon holds: no state's own, mostly a state's, or neither."""
    nouns = load_lexicon("organizations")["bodies"]
    said = {token.text for token in body}
    if not said.isdisjoint(nouns["private"]):
        return "firm"
    return "organ" if not said.isdisjoint((*nouns["any"], *nouns["after_only"])) else "named"
