"""When an undertaking is due, and how often: the calendar expressions that belong to what is undertaken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from communique.extractors.annotations import DATES, DIALOGUES
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import joined_by, spans_between
from communique.extractors.commitments.lexicon import forms
from communique.extractors.dates.windows import due_window

Due = tuple[str | None, dt.date | None, dt.date | None]
NEAR = 2  # steps up the parse from a date outside the undertaking to its governing predicate
NOUNS = {"NOUN", "PROPN"}
OWNERS = {"DET", "PART", "ADJ", "PRON"}  # before a date that is part of a name: "the 2021", "Chile's 2024"
REST = 3  # tokens of a name behind the noun that the parse takes for its head


def due_dates(doc: Doc, candidate: Candidate, agreed: str | None) -> Due:
    """Text, first and last day of the term; (None, None, None) where none is stated or it is over by then."""
    today = doc._.published or (dt.date.fromisoformat(agreed) if agreed and len(agreed) == 10 else None)
    for span in _terms(doc, candidate, today):
        start, end = due_window(span)
        if (start or end) and not _over(end, today):
            return span.text, start, end
    return None, None, None


def recurrence_of(doc: Doc, candidate: Candidate) -> str | None:
    """The ISO 8601 period of the first recurring date that belongs to the undertaking, or None.

    "for 30 days every six months" is an amount.
    """
    dates = _belonging(doc, candidate)
    lengths = {span.end for span in dates if span._.timex.timex_type == "DURATION"}
    sets = (s for s in dates if s._.timex.timex_type == "SET" and s.start not in lengths and _recurs(s))
    return next((str(span._.timex.value) for span in sets if span._.timex.value), None)


def _recurs(span: Span) -> bool:
    """Whether what is periodic is an event: "an annual forum", not "annual funding"."""
    if span.root.dep_ not in {"amod", "compound"} or span.root.head.i < span.end:
        return True
    return any(token.lower_ in forms("recurring") for token in span.doc[span.end : span.root.head.i + REST])


def _over(end: dt.date | None, today: dt.date | None) -> bool:
    """Over on the day of the release: neither a past date nor "today" is a term."""
    return today is not None and end is not None and end <= today


def _terms(doc: Doc, candidate: Candidate, today: dt.date | None) -> Iterator[Span]:
    """The dates that may be the term, in text order."""
    first = min(candidate.sentence.start, candidate.what.start)
    names = spans_between(doc, DIALOGUES, first, max(candidate.sentence.end, candidate.what.end))
    for span in _belonging(doc, candidate):
        if span._.timex.timex_type == "SET" or _looks_back(span, today):
            continue
        if _hosted(span, candidate) or not (_modifies(span) or _named(span, names)):
            yield span


def _belonging(doc: Doc, candidate: Candidate) -> list[Span]:
    """Dates inside the undertaking, then those beside it that modify its governing predicate."""
    what, sentence = candidate.what, candidate.sentence
    inside = spans_between(doc, DATES, what.start, what.end)
    beside = (
        date for date in spans_between(doc, DATES, sentence.start, sentence.end) if date.end <= what.start
    )
    return inside + [date for date in beside if _between(date, candidate) or _governed(date, candidate)]


def _between(date: Span, candidate: Candidate) -> bool:
    """Whether a date stands between trigger and undertaking: "will, by 2030, reduce"."""
    start, end = candidate.trigger.end, candidate.what.start
    if not start <= date.start or date.end > end:
        return False
    rest = (*date.doc[start : date.start], *date.doc[date.end : end])
    return not any(token.pos_ in NOUNS or token.pos_ == "VERB" for token in rest)


def _governed(date: Span, candidate: Candidate) -> bool:
    """Whether a date before the trigger hangs on the predicate ("Later this year, we will ...").

    One before the first of coordinated predicates hangs on all of them, one on a noun on its relative clause.
    """
    if date.end > candidate.trigger.start:
        return False
    token, predicate = date.root, candidate.predicate
    governors = {predicate, candidate.what.root}
    if predicate.dep_ == "acl:relcl" or (predicate.dep_ == "conj" and date.end <= predicate.head.i):
        governors.add(predicate.head)
    for _ in range(NEAR):
        if token.head is token:
            return False
        token = token.head
        if token in governors:
            return True
        if "as" in joined_by(token, "mark", "case"):
            return False  # "As directed in May 2023, we ..."
        if token.pos_ in NOUNS and not token.dep_.startswith("obl"):
            return False
    return False


def _looks_back(span: Span, today: dt.date | None) -> bool:
    """ "earlier this year", or what was done in it: "the centre opened this year"."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    if span[0].lower_ in forms("back") or before in {"earlier", "since"}:
        return True
    start = span._.timex.start
    if before == "(" and today is not None and start is not None and start <= today:
        return True  # "the Action Decade (2018-2028)"
    verb = next((token for token in span.root.ancestors if token.pos_ == "VERB"), None)
    done = verb is not None and verb.tag_ in {"VBN", "VBD"} and not _auxiliary(verb)
    return done and today is not None and start is not None and start <= today


def _auxiliary(verb: Token) -> bool:
    return any(child.dep_.startswith("aux") for child in verb.children)


def _modifies(span: Span) -> bool:
    """Whether a date names a thing behind it: "2020 levels", "the 2021 Summit"."""
    head, doc = span.root.head, span.doc
    if head.i >= span.end and head.pos_ in NOUNS:
        return not any(token.text == "," for token in doc[span.end : head.i])
    followed = span.end < len(doc) and doc[span.end].pos_ in NOUNS
    if followed and span.start > 1 and doc[span.start - 1].pos_ == "CCONJ":
        return doc[span.start - 2].pos_ in NOUNS  # "the roadmap and 2030 target"
    return followed and span.start > 0 and doc[span.start - 1].pos_ in OWNERS


def _hosted(span: Span, candidate: Candidate) -> bool:
    """ "host the 2026 Forum": the year in the name of what is held is when it is held."""
    what = candidate.what
    opening = {token.lower_ for token in what[:2]}
    return span.start - what.start < 4 and bool(opening & forms("hosting"))


def _named(span: Span, names: list[Span]) -> bool:
    return any(name.start <= span.start and span.end <= name.end for name in names)
