"""The component: what the sentence of every named dialogue or instrument tells of it, and what is so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from spacy.tokens import Doc, Span

from communique.extractors.annotations import (
    DATES,
    DIALOGUES,
    EVENTS,
    Dialogue,
    Event,
    EventKind,
    set_extensions,
)
from communique.extractors.commitments.when_agreed import LONGEST, occasions_of
from communique.extractors.events.choice import Claim, chosen, claims
from communique.extractors.events.details import Days, event_of
from communique.extractors.events.lexicon import words
from communique.extractors.events.listed import follows, signed_above, told_of_it
from communique.extractors.events.reading import Reading, readings_of, tells_of
from communique.extractors.events.told import Told
from communique.extractors.events.when import UNDATED, date_of, own_days, year_of
from communique.extractors.needs import require_parse, require_spans, spans_of
from communique.models.lexicons import SHIPPED, Lexicons

YEAR = dt.timedelta(days=366)


class EventExtractor:
    """Finds what happened to named dialogues and instruments: `doc.spans[key]`, each span with its `Event`.

    `read` maps "dates" and "dialogues" to the groups of `doc.spans` that hold them. Needs a parse with UD
    labels.
    """

    def __init__(
        self,
        name: str = "communique_events",
        *,
        key: str = EVENTS,
        read: Mapping[str, str] = MappingProxyType({}),
        lexicons: Lexicons = SHIPPED,
    ) -> None:
        set_extensions()
        self.name, self.key, self.lexicons = name, key, lexicons
        self.read = {DATES: DATES, DIALOGUES: DIALOGUES, **read}

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[tuple[Span, Event]]:
        """The events in text order; ValueError where the document lacks what the component reads."""
        require_parse(doc, self.name)
        require_spans(doc, self.name, self.read.values())
        with self.lexicons.used(), spans_of(doc, self.read):
            return chosen(claims_of(doc))

    def set_annotations(self, doc: Doc, found: list[tuple[Span, Event]]) -> None:
        """Writes each piece of evidence as a span with its `Event`."""
        for span, event in found:
            span._.event = event
        doc.spans[self.key] = [span for span, _ in found]


def claims_of(doc: Doc, weighed: Iterable[EventKind] = ()) -> list[Claim]:
    """What is told of the dialogues of a document, with the days that it offers.

    Those `weighed` are claimed of each dialogue, told or not.
    """
    own = own_days(doc, occasions_of(doc))
    told = [*_all_told(doc, own)]
    return claims(doc, told, _once(told), own, weighed)


def _all_told(doc: Doc, own: Days) -> Iterator[Told]:
    """What the text tells of every name: its own sentence, or that of the list in which it stands."""
    before: tuple[Span, list[Reading]] | None = None
    for name in doc.spans.get(DIALOGUES, ()):
        kind = name._.dialogue.kind
        readings = readings_of(name, kind)
        if not readings and before is not None and follows(name, before[0]):
            readings = [told for told in before[1] if tells_of(told.event, kind, told.trigger)]
        if not readings and kind == "instrument" and (above := signed_above(name)) is not None:
            readings = [above]
        before = name, readings
        yield from _told(doc, name, [*readings, *told_of_it(name, kind)], own)


def _told(doc: Doc, name: Span, readings: list[Reading], own: Days) -> Iterator[Told]:
    """What the sentence of a name tells of it, each with its evidence."""
    dialogue: Dialogue = name._.dialogue
    found: list[Reading | None] = [*readings]
    for reading in found or [None]:
        date = date_of(doc, name, reading)
        if date is not None and (reading is None or _is_past(doc, reading, date)):
            reading = _by_date(doc, name, dialogue, date)
        if reading is not None:
            yield _event(doc, name, reading, date, own)
        elif year_of(name) is not None:
            yield _event(doc, name, Reading("signed", name.root, False), None, own)


def _is_past(doc: Doc, reading: Reading, date: Span) -> bool:
    """A day long gone dates the name, not what is to be done with it: "implement the May 2021 Statement"."""
    published: dt.date | None = doc._.published
    return reading.event == "scheduled" and published is not None and date._.timex.end < published


def _event(doc: Doc, name: Span, reading: Reading, date: Span | None, own: Days) -> Told:
    days, published = _days(name, reading, date, own), doc._.published
    to_come = published is not None and days[0] is not None and days[0] > published + _lag(reading)
    to_come = to_come or (date is not None and _is_later(date, published))
    tokens = [*name, reading.trigger, *(date or ())]
    evidence = doc[min(t.i for t in tokens) : max(t.i for t in tokens) + 1]
    event = event_of(name, "scheduled" if to_come else reading.event, days, reading.trigger)
    if event.event == "launched" and event.ordinal is not None and event.ordinal > 1:
        event = replace(event, event="held")  # "inaugurated the fourth"
    return Told(evidence, event, date is not None, name, reading)


def _lag(reading: Reading) -> dt.timedelta:
    """A day may be told as past that has not begun where the release is dated."""
    return dt.timedelta(days=reading.trigger.tag_ == "VBD")


def _is_later(date: Span, published: dt.date | None) -> bool:
    """ "later this year" is yet to come, though the year has begun."""
    end: dt.date | None = date._.timex.end
    return date[0].lower_ == "later" and published is not None and end is not None and end >= published


def _by_date(doc: Doc, name: Span, dialogue: Dialogue, date: Span) -> Reading | None:
    """A name with its own day and no verb: "the Summit in Jakarta in September 2023"."""
    exercise = dialogue.kind == "initiative" and name[-1].lower_ in words("exercises")
    if dialogue.kind == "dialogue" or exercise:
        if date._.timex.end - date._.timex.start > YEAR:  # "head of the Task Force (2002-03)"
            return None
        return Reading("held", name.root, False)
    between = doc[name.end : date.start].text
    of = between in {"of", "dated"} or (
        between == "on" and name.root in date.root.ancestors and any(t.pos_ == "VERB" for t in name.sent)
    )
    if dialogue.kind == "instrument" and (date.end <= name.start or of):
        adopted = name[-1].lower_ in words("documents") or name.root.lower_ in words("documents")
        return Reading("adopted" if adopted else "signed", name.root, False)
    return None


def _days(name: Span, reading: Reading, date: Span | None, own: Days) -> Days:
    if date is not None:
        return date._.timex.start, date._.timex.end
    if reading.own:
        return own
    return (year_of(name) if reading.event == "signed" else None) or UNDATED


def _once(told: list[Told]) -> list[Told]:
    """Each event once, where it is told with most detail; no two of one dialogue with the same evidence."""
    kept: list[Told] = []
    for one in sorted(told, key=lambda one: (one.event.start is None, not one.dated)):
        if not any(_same(one, other) or _evidence(one) == _evidence(other) for other in kept):
            kept.append(one)
    return kept


def _evidence(one: Told) -> tuple[str, int, int]:
    return one.event.dialogue_id, one.evidence.start, one.evidence.end


def _same(told: Told, other: Told) -> bool:
    """Whether a second telling adds nothing: the same event on days that agree, on none, or on the release's.

    Only meetings happen again: a first signing leaves none for the day of the release.
    """
    a, b = told.event, other.event
    if (a.dialogue_id, a.event) != (b.dialogue_id, b.event):
        return False
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    if not told.dated and (a.event != "held" or abs(a.start - b.start) <= LONGEST):
        return True
    return a.start <= b.end and b.start <= a.end
