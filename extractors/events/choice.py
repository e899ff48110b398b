"""Whether and when something happened to a dialogue, chosen: the days that a release offers, or none.

What speaks for an event are the tellings that the rules read and the words beside each mention; what speaks
for its days is where they stand. A conditional logistic model over these gives each offer its probability.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Any

from spacy.tokens import Doc, Span, Token

from communique.extractors.annotations import DIALOGUES, Dialogue, Event, EventKind
from communique.extractors.events.details import Days, event_of
from communique.extractors.events.lexicon import can
from communique.extractors.events.signs import beside, day_traits, days_around
from communique.extractors.events.told import Told
from communique.extractors.events.when import UNDATED
from communique.models.choice import logits, several, shares
from communique.models.weights import load_weights

MENTIONS = 3  # whose words are signs of an event that no rule reads
OPENING = 80  # tokens


@dataclass(slots=True)
class Offer:
    """Days of an event, None where it is none: what they are like, by names, and the words that tell them."""

    days: Days | None
    traits: set[str]
    told: Told | None = None
    words: tuple[Span, ...] = ()


@dataclass(slots=True)
class Claim:
    """What may have happened to a dialogue: the offered days, none first, and the signs of it."""

    dialogue: Dialogue
    event: EventKind
    name: Span
    offers: dict[Days | None, Offer] = field(default_factory=lambda: {None: Offer(None, {"none"})})
    signs: set[str] = field(default_factory=set)

    def add(self, days: Days, *traits: str, told: Told | None = None, words: tuple[Span, ...] = ()) -> None:
        """Offers days, or adds to what they are like."""
        offer = self.offers.setdefault(days, Offer(days, set()))
        offer.traits.update(traits)
        offer.told, offer.words = offer.told or told, offer.words or words

    def shares(self, weights: dict[str, float]) -> list[float]:
        """The probability of each offer among them."""
        traits = [sorted(offer.traits) for offer in self.offers.values()]
        return shares(logits(traits, sorted(self.signs), weights))


@dataclass(frozen=True, slots=True)
class Likely:
    """An offer that is likely enough, and how likely."""

    claim: Claim
    offer: Offer
    share: float


def claims(
    doc: Doc, told: list[Told], ruled: list[Told], own: Days, weighed: Iterable[EventKind]
) -> list[Claim]:
    """Every claim of a release: `ruled` are those of the tellings that the rules keep, `own` its own days.

    Those `weighed` are claimed of each dialogue to which they can happen, told or not.
    """
    mentions: dict[str, list[Span]] = defaultdict(list)
    for name in doc.spans.get(DIALOGUES, ()):
        mentions[name._.dialogue.dialogue_id].append(name)
    tellings: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        tellings[one.event.dialogue_id].append(one)
    kept = {_key(one.event) for one in ruled}
    found = []
    for identity, names in mentions.items():
        kind, events = names[0]._.dialogue.kind, {one.event.event for one in tellings[identity]}
        for event in dict.fromkeys([*weighed, *sorted(events)]):
            if event in events or can(event, kind):
                found.append(_claim(names, event, tellings[identity], kept, own))
    return found


def chosen(found: list[Claim]) -> list[tuple[Span, Event]]:
    """The events that are likely enough, in text order; no two with the same evidence."""
    fitted, out = _fitted(), dict[tuple[int, int], tuple[Span, Event]]()
    likely: dict[str, list[Likely]] = defaultdict(list)
    for claim in found:
        likely[claim.dialogue.dialogue_id] += _likely(claim, fitted["weights"], fitted["threshold"])
    for one in chain.from_iterable(likely.values()):
        if any(_excludes(other, one) for other in likely[one.claim.dialogue.dialogue_id]):
            continue
        free = (words for words in _evidence(one.claim, one.offer) if _bounds(words) not in out)
        if (evidence := next(free, None)) is not None:
            out[_bounds(evidence)] = evidence, _event(one.claim, one.offer)
    return [out[bounds] for bounds in sorted(out)]


def _likely(claim: Claim, weights: dict[str, float], threshold: float) -> list[Likely]:
    """The likeliest days of an event and other days that the rules keep, as far as they are likely enough."""
    offers, shares = list(claim.offers.values()), claim.shares(weights)
    ruled = ["rules" in offer.traits for offer in offers]
    found = [Likely(claim, offers[at], shares[at]) for at in several(shares, ruled, threshold)]
    return _once(found)


def _once(found: list[Likely]) -> list[Likely]:
    """Of days that agree, and of none, those alone that tell the most: they are of one event."""
    kept: list[Likely] = []
    for one in sorted(found, key=_length):
        if not any(one.offer.days == UNDATED or _meet(one.offer.days, other.offer.days) for other in kept):
            kept.append(one)
    return kept


def _length(one: Likely) -> dt.timedelta:
    start, end = one.offer.days or UNDATED
    return dt.timedelta.max if start is None or end is None else end - start


def _excludes(one: Likely, other: Likely) -> bool:
    """Whether one is likelier than another that it rules out.

    What is to come on some days has not happened on them; nor has what has no day, as far as one can tell.
    """
    to_come, other_to_come = one.claim.event == "scheduled", other.claim.event == "scheduled"
    if to_come == other_to_come or one.share <= other.share:
        return False
    return _meet(one.offer.days, other.offer.days) or (to_come and other.offer.days == UNDATED)


def _meet(days: Days | None, others: Days | None) -> bool:
    """Whether two offers have a day in common, or neither has one."""
    (start, end), (first, last) = days or UNDATED, others or UNDATED
    if start is None or end is None or first is None or last is None:
        return days == others
    return start <= last and first <= end


@cache
def _fitted() -> dict[str, Any]:
    """The weight of each feature by name, and the least probability of an event."""
    return load_weights("events")


def _key(event: Event) -> tuple[object, ...]:
    return event.dialogue_id, event.event, event.start, event.end


def _claim(
    names: list[Span], event: EventKind, tellings: list[Told], kept: set[tuple[object, ...]], own: Days
) -> Claim:
    """What the tellings and the dates around the mentions offer for one event of a dialogue."""
    claim = Claim(names[0]._.dialogue, event, names[0])
    mine = [one for one in tellings if one.event.event == event]
    for one in tellings:
        days = one.event.start, one.event.end
        if one.event.event == event:
            ruled = "rules" if _key(one.event) in kept else "told"
            claim.add(days, ruled, "dated" if one.dated else "undated telling", told=one)
        elif days != UNDATED:
            claim.add(days, f"told as {one.event.event}", told=one)
    claim.add(UNDATED, "undated")
    if own != UNDATED:
        claim.add(own, "own")
    near = [one.name for one in mine] or names[:MENTIONS]
    for name in near:
        for date, where in days_around(name):
            days = date._.timex.start, date._.timex.end
            claim.add(days, *where, words=(name, date))
    for offer in claim.offers.values():
        if offer.days is not None:
            offer.traits.update(day_traits(offer.days, names[0].doc._.published))
    claim.signs.update(_signs(claim, names, mine, {one.event.event for one in tellings}))
    claim.signs.update(f"{event}/{sign}" for name in near for sign in beside(name))
    return claim


def _signs(claim: Claim, names: list[Span], mine: list[Told], events: set[EventKind]) -> Iterator[str]:
    """What speaks for or against an event whatever its days, by names."""
    event = claim.event
    yield f"event={event}"
    yield f"kind={claim.dialogue.kind}/{event}"
    yield f"head={names[0].root.lemma_.lower()}"
    yield f"{event}/{'told' if mine else 'not told'}"
    yield f"{event}/mentions={min(len(names), MENTIONS + 1)}"
    yield from (f"{event}/also {other}" for other in events - {event})
    if any(name.start < OPENING for name in names):
        yield f"{event}/opening"
    for reading in (one.reading for one in mine):
        if reading is None:
            yield f"{event}/by date"
        else:
            yield f"{event}/by={reading.trigger.lemma_.lower()}"
            yield f"{event}/tag={reading.trigger.tag_}"
            yield f"{event}/own={reading.own}"


def _event(claim: Claim, offer: Offer) -> Event:
    """The event of an offer."""
    start, end = offer.days or UNDATED
    if offer.told is not None:
        return replace(offer.told.event, event=claim.event, start=start, end=end)
    name = offer.words[0] if offer.words else claim.name
    return event_of(name, claim.event, (start, end), name.root)


def _evidence(claim: Claim, offer: Offer) -> Iterator[Span]:
    """Words that tell the event of an offer, the best first: others may be told by the same ones."""
    if offer.told is not None:
        name, reading = offer.told.name, offer.told.reading
        yield offer.told.evidence
        yield _around(name, [reading.trigger] if reading is not None else [])
    else:
        name, *dates = offer.words or (claim.name,)
        yield _around(name, [token for date in dates for token in date])
    sentence = name.sent
    yield from (sentence, name, name.doc[name.start : sentence.end], name.doc[sentence.start : name.end])


def _around(name: Span, tokens: Iterable[Token]) -> Span:
    """The words from the first to the last of a name and others."""
    places = [token.i for token in (*name, *tokens)]
    return name.doc[min(places) : max(places) + 1]


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
