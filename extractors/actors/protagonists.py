"""Whose release it is: the states and organisations that speak or meet in it.

A release names its parties where it opens: in a self-description ("We, the Leaders of ..."), in its
title, in the sentence that says who met. The first of these that names two or more decides; a release
with one party is the word of that party alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span, Token

from communique.extractors.actors.coordination import names_beside
from communique.extractors.actors.meetings import Meeting, meetings
from communique.extractors.actors.serving import (
    can_be_side,
    members_of,
    organs,
    party_id,
    state_codes,
    unique,
    words,
)
from communique.extractors.actors.titles import (
    all_in_title,
    is_attendance,
    is_joint,
    is_journey,
    is_shared,
    named_in_title,
)
from communique.extractors.annotations import Actor

OPENING = 400  # tokens in which a release says whose it is
LEAD_SENTENCES = 4
HEAD, HEAD_LINES = 1000, 8  # characters and lines at the top in which a heading stands
SIGNATURE = 120  # characters of a line before the name of who signs
SIGNED = re.compile(
    r" ?for (?:and on behalf of )?(?:the )?(?:(?:government|ministry|department)\b.*\bof (?:the )?)?", re.I
)
# Kept beside the document, not in its `user_data`, which is written and copied with it.
_READ: WeakKeyDictionary[Doc, Protagonists] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Protagonists:
    """`sides`: actor_ids of those who speak or meet, in text order; `own`: of those who publish.

    `joint` where the sides speak together, `described` where they say so ("We, the Leaders of ...", "Joint
    Statement"); `others`: states beside them that take part, the most named first; `meetings` where there is
    more than one.
    """

    sides: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    joint: bool = False
    described: bool = False
    others: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    def met_at(self, at: int) -> tuple[str, ...]:
        """The sides of the meeting that token `at` tells of; none where there is one meeting."""
        before = bisect_right(self.meetings, at, key=lambda meeting: meeting.start)
        meeting = self.meetings[before - 1] if before else None
        return meeting.sides if meeting is not None and at < meeting.end else ()

    def sides_at(self, at: int) -> tuple[str, ...]:
        """The sides of the meeting that token `at` tells of, else of the release."""
        return self.met_at(at) or self.sides

    @property
    def speakers(self) -> tuple[str, ...]:
        """For whom "we" speaks outside quotations: all sides of a joint release, else its publisher."""
        return self.sides if self.joint or not self.own else self.own


def protagonists(doc: Doc, actors: list[Span]) -> Protagonists:
    """The protagonists of the release, read once per Doc."""
    if doc not in _READ:
        _READ[doc] = _read(doc, sorted(actors))
    return _READ[doc]


def _read(doc: Doc, actors: list[Span]) -> Protagonists:
    own = tuple(doc._.speaks_for)
    opening = [span for span in actors if span.start < OPENING]
    title = doc._.title or _heading(doc)
    said, led = _self_described(doc, opening), _opened(doc, opening)
    people = surnames(actors)
    headed = named_in_title(title, people)
    if len(headed) > 1 and {*own}.isdisjoint(headed) and is_journey(title):
        headed = ()  # "Visit to Peru and Chile": only one of them is met in each place
    shared = is_shared(title) or not title
    attends = bool(own) and is_attendance(title, people)
    if attends:  # one of many: the meeting is that of a grouping or of nobody who is named
        headed, shared = tuple(code for code in all_in_title(title, {}) if members_of(code))[:1], False
    others = _counterparts(doc, actors)
    issued = _issuing(doc, opening) if is_joint(title) else ()
    sides = next((ids for ids in (said, headed, _signed(doc, actors), issued) if len(ids) > 1), ()) or said
    if not sides and shared:
        sides = unique((*own, *headed)) if headed else led if len(led) > 1 else own
        sides = (
            sides if len(sides) > 1 else unique((*sides, *[code for code in others if code not in sides][:1]))
        )
    grouped = tuple(code for code in headed if members_of(code))
    sides = _settled(sides or grouped or own or headed or led[:1], own, actors)
    joint = bool(said) or not (attends or {*sides} <= {*own}) or not own
    described = bool(said) or is_joint(title)
    more = tuple(code for code in others if code not in sides)
    together = described or any(map(members_of, sides))  # at the table of a grouping nobody meets by twos
    acting = [span for span in actors if not _elsewhere(span)]
    several = () if together else meetings(doc, acting, own, titled=len(headed) > 1)
    return Protagonists(sides, own, joint, described, more, several)


def _heading(doc: Doc) -> str:
    """The first line that could be the title of a text without one: "Agreement between Chile and Peru"."""
    lines = (line.strip() for line in doc.text[:HEAD].splitlines()[:HEAD_LINES])
    heads = (line for line in lines if line[-1:].isalnum() and is_shared(line))
    return next((line for line in heads if len(named_in_title(line, {})) > 1), "")


def surnames(actors: list[Span]) -> dict[str, Actor]:
    """Persons by the last words of their names: "Biden, Jr." by both."""
    people = [span for span in actors if span._.actor.kind == "person"]
    return {token.lower_: span._.actor for span in people for token in span[-3:] if len(token) > 2}


def _settled(sides: tuple[str, ...], own: tuple[str, ...], actors: list[Span]) -> tuple[str, ...]:
    """No organ beside its organisation, no body beside states, no grouping beside its members.

    A grouping of few becomes its members where the release names each of them; the publisher alone goes up
    in its grouping.
    """
    named = {span._.actor.actor_id for span in actors}
    if own or any(side in state_codes() for side in sides):
        sides = unique(code for side in sides for code in ((side,) if can_be_side(side) else own))
    for code in sides:
        members, others = members_of(code), {*sides} - {code}
        if code in words("spelled_out") and members <= named and others <= members:
            return unique([side for side in sides if side != code] + sorted(members))
        if code == sides[0] and others <= members and 2 * len(others) > len(members):
            return (code,)  # "We, the G7 ministers of Canada, France ..."
        if len(members & others) > 1:
            sides = tuple(side for side in sides if side != code)
        elif others and others <= members & {*own}:
            return (code,)
    return tuple(side for side in sides if organs().get(side) not in sides)


def _counterparts(doc: Doc, actors: list[Span]) -> list[str]:
    """States that the opening names or a person there serves, the most frequent in the release first."""
    opening = [span for span in actors if span.start < OPENING]
    met = {code for sentence in _first_sentences(doc) for code in _ids_within(opening, *_bounds(sentence))}
    met |= {span._.actor.country for span in opening if span._.actor.kind == "person"}
    counts = Counter(
        code for span in actors if span._.actor.kind != "group" for code in party_id(span._.actor)
    )
    return [code for code, count in counts.most_common() if code in met & state_codes() and count > 1]


def _signed(doc: Doc, actors: list[Span]) -> tuple[str, ...]:
    """Those for whom a document is signed, in lines such as "For the Government of Peru"."""
    text = doc.text  # put together anew each time
    signing = (span for span in actors if _is_signature(text, span.start_char, span.end_char))
    return unique(code for span in signing for code in party_id(span._.actor))


def _is_signature(text: str, start: int, end: int) -> bool:
    line = text[max(0, start - SIGNATURE) : start].rpartition("\n")[2]
    return SIGNED.fullmatch(line) is not None and text[end : end + 1] in {"", "\n", ":"}


# Self-description


def _self_described(doc: Doc, opening: list[Span]) -> tuple[str, ...]:
    """Those named between "we" or "the leaders of" and their verb, in the first sentences."""
    for sentence in _first_sentences(doc):
        for token in sentence:
            bounds = _description(token)
            ids = _listed_within(doc, opening, *bounds) if bounds else ()
            if ids:
                return ids
    return ()


def _issuing(doc: Doc, opening: list[Span]) -> tuple[str, ...]:
    """Those named before the verb of the first sentence: "The Ministers of Chile, Peru and Japan condemn"."""
    first = next(_first_sentences(doc), doc[:0])
    return _listed_within(doc, opening, first.start, first.root.i) if first else ()


def _description(token: Token) -> tuple[int, int] | None:
    """Token bounds of a self-description that `token` ends or opens, else None."""
    doc = token.doc
    if token.lower_ != "we":
        return None
    following = doc[token.i + 1 : token.i + 3].text.lower()
    if following[:1] in {",", "–", "—", "-", "("} or {*following.split()[-1:]} & words("representing"):
        return token.i, _verb_of(token)
    start = token.sent.start
    return (start, token.i) if doc[start].lower_ == "as" and token.i - start > 4 else None


def _verb_of(subject: Token) -> int:
    """Where the clause of a subject says what it does; the end of the sentence where the parse has none."""
    if subject.dep_.startswith("nsubj") and subject.head.i > subject.i + 2:
        return subject.head.i
    return subject.sent.end


def _first_sentences(doc: Doc) -> Iterator[Span]:
    """The first sentences that have a verb: headings and bylines do not count."""
    count = 0
    for sentence in doc.sents:
        if sentence.start >= OPENING or count >= LEAD_SENTENCES:
            return
        if any(token.pos_ == "VERB" or token.dep_ == "nsubj" for token in sentence):
            count += 1
            yield sentence


def _listed_within(doc: Doc, actors: list[Span], start: int, end: int) -> tuple[str, ...]:
    """Those named between two tokens, with the rest of a list that goes on behind the last of them."""
    acting = _acting_within(actors, start, end)
    mentions = {i: span for span in actors for i in range(span.start, span.end)}
    after = names_beside(doc, mentions, acting[-1])[1] if acting else []
    return unique(code for span in (*acting, *after) for code in party_id(span._.actor))


def _ids_within(actors: list[Span], start: int, end: int) -> tuple[str, ...]:
    return unique(code for span in _acting_within(actors, start, end) for code in party_id(span._.actor))


def _acting_within(actors: list[Span], start: int, end: int) -> list[Span]:
    return [span for span in actors if start <= span.start and span.end <= end and not _elsewhere(span)]


def _elsewhere(span: Span) -> bool:
    """A place or a topic ("in Tokyo, Japan", "on Ukraine"), not somebody who acts."""
    head = span.root
    if head.dep_ in {"appos", "conj"}:
        head = head.head
    cases = {child.lower_ for child in head.children if child.dep_ == "case" and child.i < head.i}
    return bool(cases & words("elsewhere"))


# Opening


def _opened(doc: Doc, opening: list[Span]) -> tuple[str, ...]:
    """Those who act in the first sentence that says that two or more met, signed or announced."""
    serving = [span for span in opening if span._.actor.kind != "organization" or span._.actor.country]
    best: tuple[str, ...] = ()
    for sentence in _first_sentences(doc):
        if words("meeting") & {token.lower_ for token in sentence}:
            for some in (serving, opening):
                ids = _ids_within(some, *_bounds(sentence))
                if len(ids) > 1:
                    return ids
                best = best or ids
    return best


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
