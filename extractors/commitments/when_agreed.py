"""The day of an undertaking: its own, that of the meeting or signing reported, or of the release's issue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from spacy.tokens import Doc, Span, Token

from communique.extractors.annotations import DATES, AgreedOnFrom, Timex
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import (
    SUBJECTS,
    chain,
    is_apart,
    is_verb,
    joined_by,
    spans_between,
)
from communique.extractors.commitments.history import earlier_day
from communique.extractors.commitments.lexicon import forms
from communique.models.lexicons import load_lexicon

OPENING = 450  # tokens in which a release says when its parties met
SENTENCES = 5  # sentences with a verb that count as its opening
CLOSING = 120  # tokens at the end in which a line may say when it was issued
LONGEST = dt.timedelta(days=10)  # a meeting
CLIMB = 5
BESIDE = {"ADV", "AUX", "PUNCT"}  # what may stand between a day and the verb that it dates
DURING = {"during", "at"}
ASIDE = {"advcl", "acl:relcl"}  # "as he said last night", "the plan that they announced yesterday"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which the parties met, signed or issued the release, told at token `at` with these `names`."""

    at: int
    day: str
    kind: AgreedOnFrom
    names: frozenset[str] = frozenset()


def agreed_on(
    doc: Doc, candidate: Candidate, occasions: list[Occasion]
) -> tuple[str | None, AgreedOnFrom | None]:
    """The day of one undertaking as an ISO date, and what tells it; (None, None) where nothing does.

    What the release only recalls has the day that its clause tells, else none.
    """
    if candidate.status == "background":
        day = earlier_day(doc, candidate)
        return day, "statement" if day is not None else None
    occasion = _own(doc, candidate) or _nearest(occasions, candidate.predicate)
    if occasion is not None:
        return occasion.day, occasion.kind
    if doc._.published is not None:
        return doc._.published.isoformat(), "published"
    return None, None


def _own(doc: Doc, candidate: Candidate) -> Occasion | None:
    """The day that its sentence tells: "signed on 3 May", "at the meeting held on 9 March they agreed"."""
    done = candidate.act in {"enact", "agree"}
    for span in spans_between(doc, DATES, candidate.sentence.start, candidate.sentence.end):
        if candidate.what.start <= span.start < candidate.what.end or not _recent(span):
            continue
        if done and (span.root.head == candidate.predicate or _stands_before(span, candidate.predicate)):
            return Occasion(span.start, _last_day(span._.timex), "statement")
        if span.start < candidate.trigger.start and _kind(span) == "meeting":
            return Occasion(span.start, _last_day(span._.timex), "meeting")
    return None


def _stands_before(day: Span, predicate: Token) -> bool:
    """ "Chile and Peru on Monday agreed", "the ministers today, 3 May, signed": it seems to be theirs."""
    *_, named = chain(day.root.head, "conj")
    if named.dep_ not in SUBJECTS or named.head != predicate or day.end > predicate.i:
        return False
    before, after = day.doc[named.i : day.start], day.doc[day.end : predicate.i]
    return not any(map(is_verb, before)) and all(token.pos_ in BESIDE for token in after)


def _nearest(occasions: list[Occasion], predicate: Token) -> Occasion | None:
    """Of several meetings the one whose names the paragraph repeats most, of equals the last told before."""
    if len({occasion.day for occasion in occasions}) < 2:
        return occasions[0] if occasions else None
    told = [occasion for occasion in occasions if occasion.at < predicate.i] or occasions[:1]
    named = _names(predicate.doc, _line_start(predicate), predicate.i)
    return max(reversed(told), key=lambda occasion: len(occasion.names & named))


def _line_start(token: Token) -> int:
    at = token.i
    while at > 0 and token.i - at < OPENING and "\n" not in token.doc[at - 1].text:
        at -= 1
    return at


def _names(doc: Doc, start: int, end: int) -> frozenset[str]:
    return frozenset(token.lower_ for token in doc[start:end] if token.text[:1].isupper())


def occasions_of(doc: Doc) -> list[Occasion]:
    """The occasions that a release reports, of the kind that tells its day best, in text order."""
    found = list(_read(doc))
    best = min(map(_rank, found), default=0)
    return [occasion for occasion in found if _rank(occasion) == best]


def _rank(occasion: Occasion) -> int:
    """What tells the day best: a meeting, a signing, then a line of issue."""
    return ("meeting", "signature", "statement").index(occasion.kind)


def _read(doc: Doc) -> Iterator[Occasion]:
    """Every date of the opening and the closing lines that is the day of an occasion."""
    last, at = _end_of_opening(doc), 0
    for span, following in pairwise((*doc.spans.get(DATES, ()), None)):
        if span is None or not _recent(span) or _goes_on(span, following):
            continue
        kind = (_kind(span) if span.start < last else None) or _closing_kind(doc, span)
        if kind is not None:
            names = _names(doc, max(at, span.sent.start), span.start)
            yield Occasion(span.start, _last_day(span._.timex), kind, names)
            at = span.end


def _goes_on(span: Span, following: Span | None) -> bool:
    """Whether a second day follows ("31 October and 1 November"): the last one counts."""
    return following is not None and following.start - span.end < 2 and _recent(following)


def _end_of_opening(doc: Doc) -> int:
    count = 0
    for sentence in doc.sents:
        count += any(token.pos_ == "VERB" for token in sentence)
        if count > SENTENCES or sentence.start > OPENING:
            return sentence.start
    return len(doc)


def _recent(span: Span) -> bool:
    """A day, or a few, not after publication and not long before it.

    A site may tell the day before in its own time zone: "They met on 7 November", published on the 6th.
    """
    timex: Timex = span._.timex
    if timex.timex_type != "DATE" or timex.start is None or timex.end is None:
        return False
    if timex.end - timex.start > LONGEST:
        return False
    published: dt.date | None = span.doc._.published
    if published is None:
        return timex.granularity in {"day", "interval"}
    near = dt.timedelta(days=load_lexicon("when")["days_before_publication"])
    verb = next((token for token in span.root.ancestors if token.pos_ in {"VERB", "AUX"}), span.root)
    last = published + dt.timedelta(days=verb.tag_ == "VBD")
    return published - near <= timex.end <= last and timex.granularity != "week"


def _last_day(timex: Timex) -> str:
    return timex.end.isoformat() if timex.end is not None else ""


def _kind(span: Span) -> AgreedOnFrom | None:
    """What a date in the opening dates, by the word that governs it."""
    if is_apart(span.root):
        return None
    for token in islice(span.root.ancestors, CLIMB):
        if is_apart(token):
            return None
        if token.lower_ in forms("signing"):
            return "signature"
        if (
            token.lower_ in forms("meeting") | forms("meetings")
            or _to_meet(token)
            or _met_before(span, token)
        ):
            return "meeting"
        if token.pos_ in {"VERB", "AUX"}:
            stated = token.lower_ in forms("stating") and token.dep_ not in ASIDE
            return "statement" if stated else None
    return "statement" if not any(token.pos_ == "VERB" for token in span.sent) else None


def _to_meet(token: Token) -> bool:
    """ "was in Lima yesterday to meet": a clause of purpose tells the meeting."""
    return any(child.dep_ == "advcl" and child.lower_ in forms("meeting") for child in token.rights)


def _met_before(day: Span, verb: Token) -> bool:
    """ "to share data during their talks in Lima on 4 May": the day is that of the talks."""
    before = (child for child in verb.rights if child.i < day.start and child.lower_ in forms("meetings"))
    return any(joined_by(child, "case") & DURING for child in before)


def _closing_kind(doc: Doc, span: Span) -> AgreedOnFrom | None:
    """A line at the end of the release with its day and place."""
    if span.start < len(doc) - CLOSING:
        return None
    first = span.sent[0].lower_
    if first in forms("closing") and span.start - span.sent.start < 10:
        return "signature" if first == "signed" else "statement"
    return None
