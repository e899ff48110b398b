"""Bodies found by pattern, and what the release calls them for short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from communique.extractors.actors.acronyms import defined_acronyms, short_forms
from communique.extractors.actors.bodies import find_bodies
from communique.extractors.actors.names import slug
from communique.extractors.actors.offices import find_offices
from communique.extractors.actors.recognised import BODY_LABELS, apart, recognised
from communique.extractors.actors.states import state_of
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon

ORGANIZATION, PLACE = re.compile("Oo*"), re.compile("[SsdeXx]+")
STATE = re.compile(r"Ss{0,6}|de{0,2}")
OWNER = re.compile(r"(Ss{0,6}|Oo{0,6})'$")
BESIDE = re.compile(r"(?:,|\(|it?)(Ss{0,6})(?!')|_?(Ss{0,6})(?=[_.,;)]|$)")
STATE_BEHIND = re.compile(r"(?<=[wv])Ss{0,6}$")
PORTFOLIO = frozenset("wva,-")  # letters of words that a portfolio may be made of
LONGEST_NAME = 8  # words of a law's name behind that of a body
LINKS = frozenset(("in", "of", "and", "for", "the", "&"))
EDGES = "'tfria,-"  # letters of connecting words, which no core begins or ends with


@dataclass(slots=True)
class Body:
    """A body's name at one place; `core` is the name without the words for the state."""

    span: Span
    name: str
    core: str
    country: str | None


def read_bodies(doc: Doc, shape: str, own: Iterable[str] = ()) -> dict[Span, Actor]:
    """The bodies of a text; a name with and without its state is one body where only one state is meant."""
    states = {state_of(doc[m.start() : m.end()].text) for m in re.finditer("Ss*", shape)} | set(own)
    groups: dict[str, list[Body]] = defaultdict(list)
    for span in _bodies(doc, shape):
        body = _body(doc, shape, span.start, span.end, states)
        groups[body.core].append(body)
    return {body.span: actor for group in groups.values() for body, actor in _identified(group)}


def _bodies(doc: Doc, shape: str) -> list[Span]:
    """Those that the model recognises and no lexicon holds, and those that a noun makes one elsewhere."""
    known = [doc[match.start() : match.end()] for match in ORGANIZATION.finditer(shape)]
    outlined = (_trimmed(span, shape) for span in recognised(doc, BODY_LABELS))
    marked = _not_held([span for span in outlined if not _is_common(span, shape)], shape)
    named = apart((span for span in marked if not _is_thing(span)), known)
    ruled = [doc[start:end] for start, end in find_bodies(doc, shape)]
    longest = filter_spans([*ruled, *named])  # the longest first
    return [_without_state(span, shape) for span in longest]


def _without_state(span: Span, shape: str) -> Span:
    """Without the state that stands behind a portfolio as its place: "Ministry of Justice | Chile"."""
    state = STATE_BEHIND.search(shape, span.start, span.end) if "f" in shape[span.start : span.end] else None
    return span.doc[span.start : state.start()] if state else span


def _trimmed(span: Span, shape: str) -> Span:
    """Without the words that no name ends with, and without what follows a bracket that stays open."""
    text = [token.text for token in span]
    end = text.index("(") if "(" in text and ")" not in text else len(span)
    while end > 1 and shape[span.start + end - 1] in EDGES:
        end -= 1
    return span[:end]


def _not_held(spans: list[Span], shape: str) -> list[Span]:
    """Those that are no part of a portfolio: "Minister of Culture, *Trade and Energy*"."""
    may_be = [set(shape[span.start : span.end]) <= PORTFOLIO for span in spans]
    if not any(may_be):  # offices are looked for where they can matter
        return spans
    held = {at for office in find_offices(shape) for at in range(office.head_end, office.end)}
    pairs = zip(spans, may_be, strict=True)
    return [span for span, part in pairs if not (part and held.issuperset(range(span.start, span.end)))]


def _is_common(span: Span, shape: str) -> bool:
    """Whether it is a common noun or a place: the "Department", "Participants"."""
    place = PLACE.fullmatch(shape, span.start, span.end) is not None
    return place or (len(span) == 1 and (shape[span.start] in "Bb" or span[0].tag_ == "NNS"))


def _is_thing(span: Span) -> bool:
    """Whether it is the name of a law or of a thing, or goes on as that of a law."""
    nouns = load_lexicon("organizations")["bodies"]
    if not set(nouns["laws"]).isdisjoint([span[-1].text, *_going_on(span)]) or span.text in nouns["things"]:
        return True
    formats = load_lexicon("organizations")["formats"]
    return span.text in load_lexicon("organizations")["not_bodies"] or any(f in span.text for f in formats)


def _going_on(span: Span) -> list[str]:
    """The words behind, as far as they have capitals or link those that have."""
    behind = [token.text for token in span.doc[span.end : span.end + LONGEST_NAME]]
    return list(takewhile(lambda word: word[:1].isupper() or word in LINKS, behind))


def _body(doc: Doc, shape: str, start: int, end: int, states: set[str | None]) -> Body:
    span = doc[start:end]
    letters = shape[start:end]
    bodies = load_lexicon("organizations")["bodies"]
    private = any(token.text in bodies["private"] for token in span)
    kept = [i for i in range(len(span)) if private or letters[i] not in "Ssde"] or list(range(len(span)))
    while len(kept) > 1 and letters[kept[-1]] in EDGES:
        kept.pop()
    while len(kept) > 1 and letters[kept[0]] in EDGES:
        kept.pop(0)
    country = None if private else _country(doc, shape, start, end)
    if country not in states and any(word in span.text for word in load_lexicon("states")["peoples"]):
        country = None  # an "Indian Health Service" where no India is named
    core = slug(" ".join(span[i].text for i in kept))
    return Body(span, " ".join(span.text.split()), core, country)


def _country(doc: Doc, shape: str, start: int, end: int) -> str | None:
    """The state in the name, before it in the genitive, after it, or alone on the next line."""
    inside = STATE.search(shape, start, end)
    owner = OWNER.search(shape, max(0, start - 8), start)
    beside = BESIDE.match(shape, end)
    for match in (inside, owner, beside):
        group = (match.lastindex or 0) if match else 0
        if match and shape[match.start(group)] != "O":
            return state_of(" ".join(doc[match.start(group) : match.end(group)].text.split()))
    return None


def _identified(group: list[Body]) -> list[tuple[Body, Actor]]:
    countries = {body.country for body in group if body.country}
    only = next(iter(countries)) if len(countries) == 1 else None
    names: dict[str | None, str] = {}
    for body in group:
        body.country = body.country or only
        names[body.country] = max(names.get(body.country, ""), body.name, key=len)
    return [(body, _actor(body, names[body.country])) for body in group]


def _actor(body: Body, name: str) -> Actor:
    code = f"{body.core}-{body.country.lower()}" if body.country else body.core
    return Actor("organization", code, name, country=body.country)


def with_acronyms(doc: Doc, actors: Mapping[Span, Actor]) -> dict[Span, Actor]:
    """`actors` with the acronyms that the release gives to its organisations.

    An acronym that the release gives to something else is no organisation in it.
    """
    ends = {span.end: actors[span] for span in sorted(actors, key=len)}
    meant = {doc[d.acronym].text: ends.get(d.end) for d in defined_acronyms(doc)}
    listed = {span.text for span, actor in actors.items() if actor.actor_id != slug(span.text)}
    bodies = {end: actor for end, actor in ends.items() if actor.kind == "organization"}
    short: dict[str, Actor | None] = {doc[at].text: bodies[end] for end, at in short_forms(doc, bodies)}
    meant = {word: actor for word, actor in short.items() if word not in listed} | meant
    kept = {s: a for s, a in actors.items() if s.text not in meant or _agree(a, meant[s.text])}
    for token in doc if meant else ():
        actor = meant.get(token.text)
        if actor is not None and actor.kind == "organization":
            kept.setdefault(doc[token.i : token.i + 1], actor)
    return kept


def _agree(actor: Actor, other: Actor | None) -> bool:
    return actor.kind == "state" or (other is not None and other.actor_id == actor.actor_id)
