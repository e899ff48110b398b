"""All mentions of one release, from the known names to the persons."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from spacy.tokens import Doc, Span

from communique.extractors.actors.allegiance import complete
from communique.extractors.actors.gazetteer import Entry, Gazetteer
from communique.extractors.actors.homes import owners_of
from communique.extractors.actors.homonyms import called_in, firm_behind, is_persons, part_before
from communique.extractors.actors.names import slug
from communique.extractors.actors.organizations import read_bodies, with_acronyms
from communique.extractors.actors.persons import Person, find_persons
from communique.extractors.actors.recognised import PERSON_LABELS, apart, outside, people
from communique.extractors.actors.service import Reading
from communique.extractors.actors.shapes import letters_of, mark, with_ranks
from communique.extractors.actors.states import in_context, state_name
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon

PORTFOLIO = re.compile("B[fr]")  # a known body that may go on: "Department of Justice" and "... and Police"
CAPITALS = set("NcPQwvqbBA")  # letters of `shapes` for words that a body's noun may modify
LONGER = {"w", "v", "N"}  # before a known body: "Homeland" Security Council
FIRMS = {"state": "N", "demonym": ""}  # letters of what may follow in a firm's name: "Peru Copper"
# Behind a firm's name, what goes on with it: "Lima *Banking Corporation*".
TRADE = re.compile(r"[wvb]?[Bb](?![fr])")
SHADOW = LONGER | {"q", "c"}  # before one that is a noun alone: "Shadow" Cabinet


def find_actors(doc: Doc, gazetteer: Gazetteer) -> list[Span]:
    """The mentions of states, organisations and persons, none inside another."""
    reading, actors = read_names(doc, gazetteer)
    title, _ = read_names(gazetteer.tokenizer(doc._.title or ""), gazetteer)
    persons = find_persons(reading)
    complete(reading, persons, title, find_persons(title), tuple(doc._.speaks_for))
    for person in persons:
        actor = _person(doc, person)
        actors |= {doc[m.start : m.end]: actor for m in person.mentions}
    for span, actor in actors.items():
        span._.actor = actor
    return widest(actors)


def read_names(doc: Doc, gazetteer: Gazetteer) -> tuple[Reading, dict[Span, Actor]]:
    """The letters of a text, and its states and organisations."""
    listed = gazetteer(doc)
    places = [span for span, entry in listed if entry.kind in ("state", "place")]
    plain = letters_of(doc)
    recognised = people(doc, plain)
    persons = outside(recognised, places)
    letters = mark(plain, ((span, "person") for span in persons))
    others = set(apart((span for span, _ in listed), persons))
    known = _in_release(doc, [(span, entry) for span, entry in listed if span in others], letters)
    ends = {span.end for span, entry in known if entry.kind == "organization"}
    outlines = ((span, entry.kind) for span, entry in known if not _may_go_on(span, letters, ends))
    without_people = mark(letters, ((span, "apart") for span in persons))
    found = read_bodies(doc, mark(without_people, outlines), doc._.speaks_for)
    actors = found | {s: _known_actor(e) for s, e in known if e.kind in {"state", "organization"}}
    actors = with_acronyms(doc, actors)
    named = [(span, actor) for span, actor in sorted(actors.items(), key=_length) if actor.kind != "state"]
    shape = mark(letters, ((span, entry.kind) for span, entry in known if entry.kind != "organization"))
    shape = mark(shape, ((span, "organization") for span, _ in named))
    bodies = {span.start: actor for span, actor in named}
    read = {a.actor_id for a in found.values() if a.country is None}
    unknown = {at: body for at, body in bodies.items() if body.actor_id in read}
    serving = {at: body for at, body in bodies.items() if at not in unknown}
    return Reading(doc, with_ranks(doc, shape), serving, unknown, recognised), actors


def _may_go_on(span: Span, letters: str, ends: set[int]) -> bool:
    """Whether a known body may be part of a longer name, unless a known body ends right before it."""
    start, last = span.start, letters[span.end - 1]
    more = (
        last in "Bb"
        and start not in ends
        and letters[start - 1 : start] in (LONGER if len(span) > 1 else SHADOW)
    )
    return bool(more and span.doc[start - 1].whitespace_) or bool(PORTFOLIO.match(letters, start))


def _known_actor(entry: Entry) -> Actor:
    if entry.kind == "state":
        return Actor("state", entry.code, state_name(entry.code))
    return Actor("organization", entry.code, entry.name, country=entry.country)


def _person(doc: Doc, person: Person) -> Actor:
    fullest = person.mentions[0]
    name = " ".join(doc[fullest.start : fullest.end].text.split())
    return Actor("person", slug(name), name, role=person.role, country=person.served)


def _in_release(doc: Doc, found: list[tuple[Span, Entry]], letters: str) -> list[tuple[Span, Entry]]:
    """The known names but for persons'; those that are no state in this release or here as other places."""
    strings = doc.vocab.strings
    words = {strings[int(orth)] for orth in np.unique(doc.to_array("ORTH"))}
    words |= {span.text for span, _ in found}
    in_full = {entry.code for _, entry in found if not entry.at_home}
    states = load_lexicon("states")
    features, own_names = set(states["features"]), states["own_names"]
    called, owners = called_in(doc, letters), owners_of(found)
    surnames = {ent[-1].text for ent in doc.ents if len(ent) > 1 and ent.label_ in PERSON_LABELS}
    states_at = {span.start: span.end for span, entry in found if entry.kind == "state"}
    kept = []
    for span, entry in found:
        after = doc[span.end].text if span.end < len(doc) else ""
        own = own_names.get(span.text)
        if own is not None and own["state"] in doc._.speaks_for and after not in own["unless"]:
            entry = Entry("state", own["state"], state_name(own["state"]))
        elif entry.kind == "state" and is_persons(span, letters, called):
            continue
        elif entry.kind in FIRMS and (behind := firm_behind(span, letters, FIRMS[entry.kind])):
            span = doc[span.start : span.end + behind]
            entry = Entry("organization", slug(span.text), span.text)
        elif entry.kind == "state":
            part = part_before(span)
            code = None if part or after in features else in_context(span.text, entry.code, words)
            span = doc[span.start - part : span.end]
            entry = Entry("state", code, entry.name) if code else Entry("place", "", entry.name)
        elif entry.kind == "organization" and entry.code == slug(entry.name):
            if span.text in surnames:
                continue  # "Luis Boeing spoke. Boeing left."
            span = doc[span.start : _end_of_firm(span, letters, states_at)]
            entry = Entry("organization", slug(span.text), span.text)
        elif entry.kind == "organization" and _is_modifier(span, entry, letters):
            continue
        elif entry.at_home and (owner := owners.get(span)):
            entry = Entry("organization", f"{slug(span.text)}-{owner.lower()}", span.text, owner)
        elif entry.at_home and entry.country not in doc._.speaks_for and entry.code not in in_full:
            entry = Entry("organization", slug(span.text), span.text)
        kept.append((span, entry))
    return kept


def _end_of_firm(span: Span, letters: str, states: Mapping[int, int]) -> int:
    """Where a firm's name ends that goes on with a state or a trade: "Boeing *Australia*"."""
    trade = TRADE.match(letters, span.end) if span[-1].whitespace_ else None
    return states.get(span.end) or (trade.end() if trade else span.end)


def _is_modifier(span: Span, entry: Entry, letters: str) -> bool:
    """Whether a body of any state by its noun alone stands before what it modifies: "Cabinet" Secretary."""
    alone = len(span) == 1 and not entry.country and letters[span.start] in "Bb"
    return alone and letters[span.end : span.end + 1] in CAPITALS and bool(span[-1].whitespace_)


def widest(actors: Mapping[Span, Actor]) -> list[Span]:
    """The spans without those inside or across a longer one, in text order."""
    taken: set[int] = set()
    kept = []
    for span in sorted(actors, key=_longest_first):
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            kept.append(span)
    return sorted(kept, key=_position)


def _length(mention: tuple[Span, Actor]) -> int:
    return len(mention[0])


def _longest_first(span: Span) -> tuple[int, int]:
    return span.start - span.end, span.start


def _position(span: Span) -> int:
    return span.start
