"""History: undertakings from before this release's event, which it only recalls.

Each rule is a function of the document, the candidate and its reading, true where the candidate belongs to
an earlier event; `recalled` gives the name of the first that is. Such rows have the status "background".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from spacy.tokens import Doc, Token

from communique.extractors.annotations import DATES, Timex
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import RELATIVE, chain, joined_by
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.predicates import Reading
from communique.extractors.commitments.when_spans import forms, is_apart, spans_between

OPENERS = RELATIVE | {"where", "when"}
FINITE = {"VBD", "VBP", "VBZ", "MD"}
# Days by which an act lies before its release and is history.
RECENT = dt.timedelta(days=10)
ISO_DAY = re.compile(r"(?:.*/)?(\d{4}(?:-\d{2}){0,2})")


def recalled(doc: Doc, found: Candidate, reading: Reading) -> str | None:
    """The name of the rule by which the candidate is history, or None."""
    return next((rule.__name__.lstrip("_") for rule in RULES if rule(doc, found, reading)), None)


def earlier_day(doc: Doc, found: Candidate) -> str | None:
    """The day, month or year told for an undertaking of the past, as an ISO date; None where none is."""
    timexes = _dates_of(doc, found)
    days = (ISO_DAY.fullmatch(timex.value or "") for timex in timexes if timex.timex_type == "DATE")
    return next((match.group(1) for match in days if match is not None), None)


def _past_word(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "previously announced", "last month agreed"; not "earlier today"."""
    if reading.complement.frame == "aux" or any(_is_current(doc, timex) for timex in _dates_of(doc, found)):
        return False
    past, inside = lexicon().words["past"], range(found.what.start, found.what.end)
    return any(
        (child.lower_ in past and child.i not in inside) or _in_date_after(child, past)
        for child in reading.predicate.children
    )


def _in_date_after(noun: Token, words: frozenset[str]) -> bool:
    """ "last month" """
    dated = any(span.start <= noun.i < span.end for span in noun.doc.spans.get(DATES, ()))
    return dated and noun.i > 0 and noun.doc[noun.i - 1].lower_ in words


def _is_current(doc: Doc, timex: Timex) -> bool:
    """Whether it is the day of the release, or some days with that one among them."""
    if doc._.published is None or timex.start is None or timex.end is None:
        return False
    return timex.end - timex.start <= RECENT and bool(timex.start <= doc._.published <= timex.end)


def _pluperfect(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "had agreed to"."""
    return any(c.lower_ == "had" and c.dep_ == "aux" for c in reading.predicate.lefts)


def _told_in_relative(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "the summit, where they resolved to"."""
    verb = reading.predicate
    if verb.tag_ != "VBD":
        return False
    *_, first = chain(verb, "conj")
    relative = first.dep_ == "acl:relcl" and any(c.lower_ in OPENERS for c in first.lefts)
    return relative and not _of_this_meeting(first.head)


def _of_this_meeting(noun: Token) -> bool:
    """ "met in Hanoi, where they agreed": the clause around the noun tells of the event itself."""
    governor = next((token for token in noun.ancestors if token.tag_.startswith("VB")), noun)
    return governor.tag_ == "VBD" and governor.lemma_ in lexicon().words["schedule"]


def _dated_before(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "In April they announced", "launched a fund in 2019": a day that lies well before the release."""
    published = doc._.published
    if published is None or reading.act == "intend" or reading.predicate.tag_ not in {"VBD", "VBN"}:
        return False
    return any(_lies_before(timex, published) for timex in _dates_of(doc, found))


def _at_earlier_meeting(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "At the summit on 3 May they reaffirmed", where that day lies well before the release."""
    published = doc._.published
    spans = spans_between(doc, DATES, found.sentence.start, found.trigger.start)
    return published is not None and any(
        span._.timex is not None and _lies_before(span._.timex, published) and _dates_meeting(span.root)
        for span in spans
    )


def _dates_meeting(date: Token) -> bool:
    """Whether a date belongs to "at the summit", "during the talks"."""
    noun = next((token for token in date.ancestors if token.pos_ in {"NOUN", "PROPN"}), date)
    return bool(joined_by(noun, "case") & {"at", "during"}) and noun.lower_ in forms("meetings")


def _reminded_of(doc: Doc, found: Candidate, reading: Reading) -> bool:
    """ "recalled their commitment of 2019 to", "recalled that they agreed to"."""
    recalling, first = lexicon().words["recalling"], found.trigger.start
    for token in reversed(doc[found.sentence.start : first + 1]):
        if token.lemma_.lower() in recalling:
            return True
        if token.tag_ in FINITE and token.i < first:
            return False
    return False


def _dates_of(doc: Doc, found: Candidate) -> list[Timex]:
    """The dates that the parse hangs on the predicate or, outside of the undertaking, on its modifiers."""
    predicate, what = found.predicate, range(found.what.start, found.what.end)
    near = (predicate, *(child for child in predicate.children if not is_apart(child)))
    spans = spans_between(doc, DATES, found.sentence.start, found.sentence.end)
    told = (s for s in spans if s.root.head == predicate or (s.start not in what and s.root.head in near))
    return [span._.timex for span in told if span._.timex is not None]


def _lies_before(timex: Timex, published: dt.date) -> bool:
    return timex.timex_type == "DATE" and timex.end is not None and published - timex.end > RECENT


RULES: tuple[Callable[[Doc, Candidate, Reading], bool], ...] = (
    _reminded_of,
    _past_word,
    _pluperfect,
    _told_in_relative,
    _dated_before,
    _at_earlier_meeting,
)
