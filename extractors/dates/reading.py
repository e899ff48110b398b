"""Resolves the mentions of one release in text order, each seen from the release and from those before it."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from spacy.tokens import Doc

from communique.corpus.dateline import find_dateline, head_of
from communique.corpus.days import Order
from communique.corpus.publishers import order_of_states
from communique.extractors.annotations import Timex
from communique.extractors.dates.explicit import figures_order
from communique.extractors.dates.grammar import Mention
from communique.extractors.dates.relative import Relative
from communique.extractors.dates.said import Day, Interval, InYear, Numbered, Reference, Said, Unanchored
from communique.extractors.dates.words import countries, country_pattern, words
from communique.models.lexicons import per_lexicons

LATER = dt.timedelta(days=8)
HEAD = 400  # characters in which a dateline is looked for where the publication day is unknown
BRACKET = re.compile(r"\s?\((?:\w+,? )?")
NUMBER = re.compile(r"\s?\((\d{1,2})(?:st|nd|rd|th)?\)")
AROUND = 160  # characters on either side in which the sentence's own words are looked for
SENTENCE_END = re.compile(r"[.!?;:]\s+(?=[A-Z“\"])|\n\s*\n|\n(?=[-*•])")


def read(doc: Doc, text: str, mentions: list[Mention]) -> list[tuple[Mention, Timex]]:
    """Each mention with its value, of what is known of the release in `doc._`."""
    ref, read = reference(doc, mentions), []
    end = 0
    for mention, following in pairwise((*mentions, None)):
        assert mention is not None
        if "\n" in text[end : mention.start]:
            ref.story = None
        end = mention.end
        if isinstance(mention.said, Unanchored):
            read.append((mention, Timex(mention.said.timex_type, mention.said.period)))
            continue
        ref.leaning = leaning(text, mention)
        told = _in_brackets(text, mention, following)
        found = (resolve(told, ref) if told else None) or resolve(mention.said, ref)
        ref.last = found or ref.last
        if found and found.anchor != "published" and found.granularity in ("day", "month"):
            ref.story = found
        read.append((mention, timex(mention.said, found)))
    return read


def _in_brackets(text: str, mention: Mention, following: Mention | None) -> Said | None:
    """The day told in brackets behind "today" or "yesterday", be it by its number alone: it decides."""
    if not isinstance(mention.said, Relative) or mention.said.unit != "day":
        return None
    if number := NUMBER.match(text, mention.end):
        return Numbered(mention.said, int(number[1]))
    if following is None or not isinstance(following.said, Day | InYear):
        return None
    return following.said if BRACKET.fullmatch(text, mention.end, following.start) else None


def reference(doc: Doc, mentions: list[Mention]) -> Reference:
    """The publication day, else the first full day at the head of the text; and the publisher's habits."""
    country = _country(doc)
    order = order_of_states({*doc._.speaks_for, *([country] if country else ())})
    day = _day(doc, order)
    ref = Reference(day, order=_agreed(order, _shown_order(mentions)), fiscal=countries().get(country or ""))
    if ref.day is None:
        days = (resolve(m.said, ref) for m in mentions if m.start < HEAD and isinstance(m.said, Day))
        dateline = next((d for d in days if d), None)
        ref.day, ref.anchor = (dateline.start if dateline else None), "context"
    return ref


def _day(doc: Doc, order: Order | None) -> dt.date | None:
    """The day from which the release is told: of its dateline, where it came out a few days later."""
    published: dt.date | None = doc._.published
    told = find_dateline(head_of(doc.text), order).published if published else None
    return told if told and published and dt.timedelta(0) < published - told < LATER else published


def _agreed(habit: Order | None, shown: Order | None) -> Order | None:
    """The order of the publisher's figures, or of those that show one; none where the two differ."""
    return habit or shown if habit is None or shown in (None, habit) else None


def _shown_order(mentions: list[Mention]) -> Order | None:
    """The order that the text's own days in figures show, where they agree."""
    orders = {figures_order(m.said.text) for m in mentions if isinstance(m.said, Day)} - {None}
    return orders.pop() if len(orders) == 1 else None


def _country(doc: Doc) -> str | None:
    """The country for which the publisher speaks, where the lexicon knows its habits."""
    if len(doc._.speaks_for) == 1 and doc._.speaks_for[0] in countries():
        return str(doc._.speaks_for[0])
    found = country_pattern().search(doc._.publisher or "")
    return found.lastgroup if found else None


def resolve(said: Said, ref: Reference) -> Interval | None:
    """The days meant; None also for days that no calendar has (31 June, the year 12000)."""
    try:
        return said.resolve(ref)
    except (ValueError, OverflowError):
        return None


def timex(said: Said, found: Interval | None) -> Timex:
    if found is None:
        return Timex("DATE", said.written)
    return Timex("DATE", found.value, found.start, found.end, found.granularity, found.anchor)


@per_lexicons
def _signs() -> tuple[re.Pattern[str], ...]:
    """What makes a date lie back, or ahead, just before it; and ahead, anywhere in its sentence."""
    signs = {key: "|".join(value) for key, value in words("leaning").items()}
    sources = (
        rf"\b(?:{signs['past']})\s(?:the )?$",
        rf"\b(?:{signs['future_before']})\s(?:the )?$",
        rf"\b(?:{signs['future']})\b",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


def leaning(text: str, mention: Mention) -> int:
    """Whether the sentence around looks back (-1), ahead (1; 2 by two signs) or gives no sign (0)."""
    past, future_before, future = _signs()
    left = SENTENCE_END.split(text[max(0, mention.start - AROUND) : mention.start])[-1]
    if past.search(left):
        return -1
    right = SENTENCE_END.split(text[mention.end : mention.end + AROUND], maxsplit=1)[0]
    return bool(future_before.search(left)) + bool(future.search(left) or future.search(right))
