"""Offices as written, and whom their holders serve as far as the words beside them tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from communique.extractors.actors.offices import PLACE_BEFORE, Office
from communique.extractors.actors.states import state_of
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon

SERVED = r"(?P<served>Ss{0,6}|Oo{0,12})"
OF_SERVED = re.compile(rf"ft?{SERVED}(?=[ria,.;:()_']|$)")
AT_BODY = re.compile(r"it?(?P<served>Oo{0,12})")
BESIDE_NAME = re.compile(rf"[Au]{{0,3}}(?:ft?|,t?|\(){SERVED}(?!')|[Au]{{0,3}}ft?(?P<owner>Ss{{0,6}})'")
OF_STATE_BEHIND = re.compile(r",t?(?P<state>Ss{0,6})(?=[;._)]|$)")
"""A state alone behind an office that ends there: "Prime Minister, Chile;"."""
MINISTRY = re.compile(r",t?Oo{0,12}(?:at?Oo{0,12})*")
OF_STATE = re.compile(r"u{0,3}ft?(?P<state>Ss{0,6})(?![-'sNIAcwvqQPBb])")
"""A state behind a name, which no longer name begins with: "Ana Lima of Jordan *Hospital*"."""
STATE = re.compile(r"Ss*|de*")
LEADING = re.compile(r"Ss{0,6}|de{0,2}|Oo{0,12}")
SENT_ABROAD = {"Ambassador", "Mission", "Chargé", "Consul", "Ambassador-at-Large"}
HEADS = {"President", "Prime Minister", "King", "Queen", "Chancellor", "Premier"}


@dataclass(slots=True)
class Reading:
    """A release while its persons are read: its letters, and by first token the bodies that can be served.

    `others` are those that no lexicon holds and that have no state: who stands beside one may serve it.
    `people` are the names of persons that the model recognises.
    """

    doc: Doc
    shape: str
    bodies: Mapping[int, Actor]
    others: Mapping[int, Actor]
    people: list[Span]

    def text(self, start: int, end: int) -> str:
        return " ".join(self.doc[start:end].text.split())

    def states(self) -> dict[str, int]:
        """How often each state is named, by noun, adjective or body, the most frequent first."""
        found = Counter(state_of(self.text(*match.span())) for match in STATE.finditer(self.shape))
        found.update(body.country for body in self.bodies.values() if body.country)
        return {code: count for code, count in found.most_common() if code}

    def served(self, start: int, end: int) -> str | None:
        """The state or organisation named by the tokens; a body of a state stands for the state."""
        if self.shape[start] != "O":
            return state_of(self.text(start, end))
        body = self.bodies.get(start)
        return (body.country or body.actor_id) if body else None


def spoken_office(reading: Reading, office: Office) -> str:
    """The office as written, without the state that it belongs to where it can do without.

    Envoys keep their state ("Ambassador of Mexico to Canada"), and so do heads of state and government
    whose office says nothing else ("President of the Republic of Botswana"). A body before the office
    stays where the office would be too little without it ("European Commission President").
    """
    shape, start, end = reading.shape, office.head, office.end
    abroad = not SENT_ABROAD.isdisjoint(token.text for token in reading.doc[office.start : office.end])
    lead = shape[office.start : office.head]
    if "'" not in lead and (
        abroad
        or ("O" in lead and "(" not in lead and shape[office.head_end : office.end][:1] in {"", "i", ","})
    ):
        start = office.start
    elif (
        office.start == office.head
        and reading.doc[office.head_end - 1].text in load_lexicon("offices")["local"]
    ):
        place = PLACE_BEFORE.search(shape, max(0, start - 4), start)
        start = place.start() if place else start
    tail = OF_SERVED.search(shape, office.head_end, office.end)
    if tail and shape[tail.start("served")] == "S" and tail.end() == end and not abroad:
        alone = tail.start() == office.head_end and reading.text(office.head, office.head_end) in HEADS
        end = end if alone else tail.start()
    ministry = MINISTRY.match(shape, office.end)
    if ministry and reading.doc[ministry.start() + 1].text in {"Ministry", "Department"}:
        end = ministry.end()
    words, last = reading.text(start, end), reading.doc[office.head_end - 1].text
    return words.replace(last, load_lexicon("offices")["plurals"].get(last, last))


def served_by(reading: Reading, office: Office, name_end: int) -> str | None:
    """The state or organisation that the words around an office and its holder's name tell, or None."""
    for pattern, start, end in (
        (LEADING, office.start, office.head),
        (OF_SERVED, office.head_end, office.end),
    ):
        if (match := pattern.search(reading.shape, start, end)) and (code := _code(reading, match)):
            return code
    body = AT_BODY.search(reading.shape, office.head_end, office.end)
    if body and (known := reading.bodies.get(body.start("served"))) and known.country:
        return known.country  # "Director at the Ministry of Trade of Chile"
    for pattern, at in ((BESIDE_NAME, name_end), (OF_STATE_BEHIND, office.end)):
        if beside := pattern.match(reading.shape, at):
            return _code(reading, beside)
    only: dict[str, str] = load_lexicon("offices")["only_of"]
    return only.get(reading.text(office.head, office.head_end))


def state_behind(reading: Reading, name_end: int) -> str | None:
    """The state that a name without an office stands with: "Ana Lima of Peru"."""
    match = OF_STATE.match(reading.shape, name_end)
    return reading.served(match.start("state"), match.end("state")) if match else None


def _code(reading: Reading, match: re.Match[str]) -> str | None:
    group = match.lastgroup or 0
    return reading.served(match.start(group), match.end(group))
