"""Offices as written, and whom their holders serve."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from communique.extractors.actors.offices import Office
from communique.extractors.actors.states import state_of

STATE_OF = re.compile(r"ft?(?:(?P<state>Ss{0,6})|(?P<body>Oo{0,12}))(?:\(Ss?\))?$")
OF_STATE = re.compile(r"(?:[fi]t?|,|\()(?P<state>Ss{0,6})(?!')|ft?(?P<genitive>Ss{0,6})'")
SENT_ABROAD = {"Ambassador", "Mission", "Chargé", "Consul", "Ambassador-at-Large"}
HEADS = {"President", "Prime Minister", "King", "Queen", "Chancellor", "Premier"}


def spoken_office(doc: Doc, shape: str, office: Office) -> str:
    """The office as written, without the state that it belongs to where it can do without.

    Envoys keep their state ("Ambassador of Mexico to Canada"), and so do heads of state and government
    whose office is nothing else ("President of the Republic of Botswana").
    """
    start, end = office.head, office.end
    words = {token.text for token in doc[office.start : office.end]}
    if "'" not in shape[office.start : office.head] and (SENT_ABROAD & words or "O" in shape[office.start : office.head]):
        start = office.start
    tail = STATE_OF.search(shape, office.head_end, office.end)
    if tail and tail["state"] and not SENT_ABROAD & words:
        whole = doc[office.head : office.head_end].text
        if whole not in HEADS or tail.start() != office.head_end:
            end = tail.start()
    return " ".join(doc[start:end].text.split())


def country_of(doc: Doc, shape: str, office: Office, name_end: int) -> str | None:
    """The state or organisation that the words around an office and its holder's name tell, or None."""
    for match in re.finditer(r"Ss{0,6}|de{0,2}", shape[office.start : office.head]):
        return state_of(doc[office.start + match.start() : office.start + match.end()].text)
    if tail := STATE_OF.search(shape, office.head_end, office.end):
        return _code(doc, tail, 0)
    if after := OF_STATE.match(shape, name_end):
        return _code(doc, after, 0)
    return None


def _code(doc: Doc, match: re.Match[str], offset: int) -> str | None:
    for group, (start, end) in ((g, match.span(g)) for g, v in match.groupdict().items() if v):
        if group != "body":
            return state_of(doc[start + offset : end + offset].text)
    return None
