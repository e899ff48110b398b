"""The days of an event: those of its clause, else of the release's own meeting or signing."""

from __future__ import annotations

import datetime as dt

from spacy.tokens import Doc, Span, Token

from communique.extractors.annotations import DATES, DIALOGUES, Timex
from communique.extractors.commitments.clauses import spans_between
from communique.extractors.commitments.when_agreed import LONGEST, Occasion
from communique.extractors.events.details import Days
from communique.extractors.events.lexicon import words
from communique.extractors.events.reading import Reading
from communique.extractors.events.tense import is_purpose

UNDATED: Days = (None, None)
REACH = 8  # tokens between a name and the day behind it, those in brackets not counted
FAR = 80  # tokens in all
LONG = 200  # tokens beside words in which the days of a long sentence are read
OLDEST = 100  # years
MONTH = 27  # days from the first to the last of a month


def date_of(doc: Doc, name: Span, reading: Reading | None) -> Span | None:
    """The calendar expression that dates the event: governed by its word, or right beside the name."""
    inside = days_beside(name)
    dates = [s for s in inside if _is_beside(doc, name, s)]
    if reading is not None:
        trigger = reading.trigger
        if trigger.sent != name.sent:  # that of the sentence above a list
            inside = days_beside(doc[trigger.i : trigger.i + 1])
            dates += [s for s in inside if len(inside) == 1 and s.start > trigger.i]
        near = [s for s in inside if _governs(trigger, s) and not _belongs_elsewhere(s, name, trigger)]
        dates += sorted(near, key=lambda s: abs(s.start - trigger.i))
        dates = dates or [s for s in inside if trigger.i < s.start and _dates_meeting(doc, name, s)]
        dates = dates or (_only_recent(doc, inside) if reading.own else [])
    first = next(iter(dates), None)
    return next((s for s in dates[1:] if _is_within(s._.timex, dates[0]._.timex)), first)


def days_beside(words: Span) -> list[Span]:
    """The days in the sentence of some words, of a long one those near them."""
    sentence = words.sent
    start, end = max(sentence.start, words.start - LONG), min(sentence.end, words.end + LONG)
    return days_between(words.doc, start, end)


def days_between(doc: Doc, start: int, end: int) -> list[Span]:
    """The calendar expressions between two tokens that denote days, with a first and a last."""
    spans = spans_between(doc, DATES, start, end)
    return [span for span in spans if _is_days(span._.timex)]


def _only_recent(doc: Doc, inside: list[Span]) -> list[Span]:
    """The one day of a sentence in which a release of the days after tells its news."""
    published = doc._.published
    if published is None or len(inside) != 1:
        return []
    start, end = inside[0]._.timex.start, inside[0]._.timex.end
    return inside if published - LONGEST <= start and end <= published else []


def _dates_meeting(doc: Doc, name: Span, date: Span) -> bool:
    """Whether a date is that of the meeting that did it: "adopted at the Conference held in March 2006"."""
    meetings = spans_between(doc, DIALOGUES, name.sent.start, date.start)
    meeting = max(meetings, key=lambda m: m.end, default=name)
    before = [t for t in doc[max(meeting.start - 3, 0) : meeting.start] if t.pos_ == "ADP"]
    at = bool(before) and before[-1].lower_ in words("meeting_at")
    return at and (_is_beside(doc, meeting, date) or doc[meeting.end] in date.root.ancestors)


def _is_within(inner: Timex, outer: Timex) -> bool:
    """Whether one tells the day of a month or year: "the 2029 Forum held on 3 and 4 May"."""
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None:
        return False
    wide = (outer.end - outer.start).days >= MONTH
    return wide and inner != outer and outer.start <= inner.start and inner.end <= outer.end


def _governs(trigger: Token, date: Span) -> bool:
    """Whether a date stands under the word that tells the event, or under the verb above a noun that does."""
    above = _verb_above(date.root)
    if above == trigger or trigger in date.root.ancestors:
        return True
    if is_purpose(trigger) and above == trigger.head:  # "visited Lima on 3 and 4 May to attend"
        return True
    if trigger.pos_ != "NOUN" or above is None or above != _verb_above(trigger):
        return False
    return date.start > trigger.i or above.lemma_.lower() in words("same_time")


def _is_days(timex: Timex) -> bool:
    return timex.timex_type == "DATE" and timex.start is not None and timex.end is not None


def _is_beside(doc: Doc, name: Span, date: Span) -> bool:
    """ "the October 2021 Statement", "the Summit in Jakarta in September 2023", "the Summit on April 11"."""
    if date.end == name.start or (
        date.end < name.start and date.end + 1 == name.start and doc[date.end].is_punct
    ):
        return True
    if date.end < name.start and doc[date.end].tag_ == "POS":  # "today's inaugural Dialogue"
        return all(t.pos_ in {"ADJ", "NUM", "NOUN"} for t in doc[date.end + 1 : name.start])
    if not name.end <= date.start <= name.end + FAR:
        return False
    between = _open(doc[name.end : date.start])
    if len(between) > REACH:
        return False
    if between and between[0].lemma_.lower() in words("meetings"):
        del between[0]
    return all(t.pos_ in {"ADP", "PROPN", "PUNCT", "DET"} and t.text not in {".", ";"} for t in between)


def _open(tokens: Span) -> list[Token]:
    """The tokens that stand in no brackets: what they hold parts no day from its name."""
    kept, depth = [], 0
    for token in tokens:
        depth = max(depth + (token.text == "(") - (token.text == ")"), 0)
        if depth == 0 and token.text != ")":
            kept.append(token)
    return kept if depth == 0 else list(tokens)


def _verb_above(token: Token) -> Token | None:
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return None


def _belongs_elsewhere(date: Span, name: Span, trigger: Token) -> bool:
    """Whether a clause of its own stands between the date and the word that tells the event."""
    for above in date.root.ancestors:
        if above == trigger or above == name.root:
            return False
        if above.dep_ in {"acl", "acl:relcl", "advcl"}:
            return True
    return False


def own_days(doc: Doc, occasions: list[Occasion]) -> Days:
    """The days of the release's own meeting or signing, else of its publication."""
    if occasions:
        day = dt.date.fromisoformat(occasions[0].day)
        date = next((s for s in doc.spans.get(DATES, ()) if s.start == occasions[0].at), None)
        if date is not None and date._.timex.end == day:
            return date._.timex.start, day
        return day, day
    return doc._.published, doc._.published


def year_of(name: Span) -> Days | None:
    """The year after which what was signed is called: "the 2015 Memorandum of Understanding"."""
    word = name[0].text
    published: dt.date | None = name.doc._.published
    if not (
        len(word) == 4 and word.isdecimal() and word > "0000" and name.root.lemma_.lower() in words("dated")
    ):
        return None
    if published is not None and not published.year - OLDEST < int(word) <= published.year:
        return None
    return dt.date(int(word), 1, 1), dt.date(int(word), 12, 31)
