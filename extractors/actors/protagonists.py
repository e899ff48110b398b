"""Whose release it is: the states and organisations that speak or meet in it.

A release names its parties where it opens: in a self-description ("We, the Leaders of ..."), in its
title, in the sentence that says who met. The first of these that names two or more decides; a release
with one party is the word of that party alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon

OPENING = 400  # tokens in which a release says whose it is
LEAD_SENTENCES = 4
LONGEST_NAME = 7  # words
_WORD = re.compile(r"[^\s,;:()“”\"/–—]+")
_CACHE = "communique.protagonists"


@dataclass(frozen=True, slots=True)
class Protagonists:
    """`sides`: actor_ids of those who speak or meet, in text order; `own`: of those who publish."""

    sides: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    joint: bool = False

    @property
    def speakers(self) -> tuple[str, ...]:
        """For whom "we" speaks outside quotations: all sides of a joint release, else its publisher."""
        return self.sides if self.joint or not self.own else self.own


@cache
def words(key: str) -> frozenset[str]:
    """A word list of `protagonists.yaml`."""
    return frozenset(load_lexicon("protagonists")[key])


def party_id(actor: Actor) -> tuple[str, ...]:
    """For whom an actor binds: a person and a body for whom they serve, a group for its members."""
    if actor.kind == "group":
        return actor.members
    if actor.kind == "person":
        return (organs().get(actor.country, actor.country),) if actor.country else ()
    served = actor.country or actor.actor_id or actor.name
    return (served,) if served else ()


@cache
def organs() -> dict[str, str]:
    """Organs and the organisation that their holders of office bind."""
    return dict(load_lexicon("protagonists")["organs"])


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """Without repetition, in order."""
    return tuple(dict.fromkeys(ids))


def protagonists(doc: Doc, actors: list[Span]) -> Protagonists:
    """The protagonists of the release, read once per Doc."""
    if _CACHE not in doc.user_data:
        doc.user_data[_CACHE] = _read(doc, sorted(actors))
    found: Protagonists = doc.user_data[_CACHE]
    return found


def _read(doc: Doc, actors: list[Span]) -> Protagonists:
    own = tuple(doc._.speaks_for)
    opening = [span for span in actors if span.start < OPENING]
    people = {span[-1].lower_: span._.actor for span in actors if span._.actor.kind == "person"}
    title = doc._.title or ""
    said, headed, led = _self_described(doc, opening), _titled(title, people), _opened(doc, opening)
    shared = bool(words("shared") & _lower_words(title)) or not title
    sides = next((ids for ids in (said, headed) if len(ids) > 1), ()) or said
    if not sides and shared:
        sides = unique((*own, *headed)) if headed else led
        sides = sides if len(sides) > 1 else unique((*sides, *led, *_often_named(actors, sides)[:1]))
    sides = _settled(sides or headed or own or led[:1], actors)
    joint = bool(said) or (shared and len(sides) > 1) or not own
    return Protagonists(sides, own, joint)


def _settled(sides: tuple[str, ...], actors: list[Span]) -> tuple[str, ...]:
    """No organ beside its organisation, no grouping beside its members.

    A grouping of few becomes its members where the release names each of them.
    """
    named = {span._.actor.actor_id for span in actors}
    for code in sides:
        members = _members(code)
        spelled_out = code in words("spelled_out") and members <= named
        if spelled_out and members >= {*sides} - {code}:
            return unique([side for side in sides if side != code] + sorted(members))
        if len(members & {*sides}) > 1:
            sides = tuple(side for side in sides if side != code)
    return tuple(side for side in sides if organs().get(side) not in sides)


@cache
def _members(code: str) -> frozenset[str]:
    """All who ever belonged to a grouping; none where it is not in `members.yaml`."""
    return frozenset(load_lexicon("members")["groupings"].get(code, {}).get("members", ()))


def _lower_words(text: str) -> set[str]:
    return {word.lower().removesuffix("’s").removesuffix("'s") for word in _WORD.findall(text)}


def _often_named(actors: list[Span], but: tuple[str, ...]) -> list[str]:
    """States other than `but` named twice or more, themselves or by who serves them, the most frequent first."""
    counts = Counter(
        code for span in actors if span._.actor.kind != "group" for code in party_id(span._.actor)
    )
    return [code for code, count in counts.most_common() if code in _state_codes() - {*but} and count > 1]


@cache
def _state_codes() -> frozenset[str]:
    from communique.extractors.actors.states import state_names

    return frozenset(state_names().values())


# Self-description


def _self_described(doc: Doc, opening: list[Span]) -> tuple[str, ...]:
    """Those named between "we" or "the leaders of" and their verb, in the first sentences."""
    for sentence in _first_sentences(doc):
        for token in sentence:
            bounds = _description(token)
            if bounds:
                ids = _ids_within(opening, *bounds)
                if ids:
                    return ids
    return ()


def _description(token: Token) -> tuple[int, int] | None:
    """Token bounds of a self-description that `token` ends or opens, else None."""
    doc = token.doc
    if token.lower_ != "we":
        return None
    following = doc[token.i + 1 : token.i + 3].text.lower()
    if following[:1] in {",", "–", "—", "-", "("} or following.split()[-1] in words("representing"):
        return token.i, _verb_of(token)
    start = token.sent.start
    return (start, token.i) if doc[start].lower_ == "as" and token.i - start > 4 else None


def _verb_of(subject: Token) -> int:
    """Where the clause of a subject says what it does; the end of the sentence where the parse does not tell."""
    if subject.dep_.startswith("nsubj") and subject.head.i > subject.i + 2:
        return subject.head.i
    return subject.sent.end


def _first_sentences(doc: Doc) -> Iterator[Span]:
    """The first sentences that have a verb: headings and bylines do not count."""
    count = 0
    for sentence in doc.sents:
        if sentence.start >= OPENING or count >= LEAD_SENTENCES:
            return
        if any(token.pos_ == "VERB" for token in sentence):
            count += 1
            yield sentence


def _ids_within(actors: list[Span], start: int, end: int) -> tuple[str, ...]:
    inside = [span for span in actors if start <= span.start and span.end <= end and not _elsewhere(span)]
    return unique(code for span in inside for code in party_id(span._.actor))


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


# Title


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Names as titles write them, capitals included: form -> (kind, actor_id or state served)."""
    from communique.extractors.actors.gazetteer import known_names

    forms = {form: (str(entry.kind), entry.country or entry.code) for form, entry in known_names().items()}
    return {form.upper(): value for form, value in forms.items() if len(form) > 3} | forms


def _titled(title: str, people: dict[str, Actor]) -> tuple[str, ...]:
    """Those named in the title before it turns to its subject; all where it turns to a meeting of theirs."""
    title_words = [word.strip("’'.") for word in _split(title)]
    topics = (at for at, word in enumerate(title_words) if at and word.lower() in words("topics"))
    topic = next(topics, len(title_words))
    found = list(_names(title_words, people))
    before = unique(code for at, code in found if at < topic)
    met = any(word.lower() in words("shared") for word in title_words[topic:])
    return unique(code for _, code in found) if len(before) < 2 and met else before


def _split(title: str) -> list[str]:
    """Words without possessives, compounds of names apart: "U.S.-Japan", "Biden’s"."""
    text = title.replace("\xa0", " ").replace("’s", " ").replace("'s", " ")
    return _WORD.findall(text.replace("-", " "))


def _names(title_words: list[str], people: dict[str, Actor]) -> Iterator[tuple[int, str]]:
    """Position and id of each state, organisation and person of the release in the words of a title."""
    known, at = _known(), 0
    while at < len(title_words):
        for size in range(min(LONGEST_NAME, len(title_words) - at), 0, -1):
            kind, code = known.get(" ".join(title_words[at : at + size]), ("", ""))
            if not kind and size == 1 and title_words[at].lower() in people:
                kind, code = "person", people[title_words[at].lower()].country or ""
            if kind:
                if code and kind != "place" and (kind != "demonym" or _represents(title_words[at + size :])):
                    yield at, _bound(code, title_words[max(at - 3, 0) : at + size + 1])
                at += size - 1
                break
        at += 1


def _bound(code: str, around: list[str]) -> str:
    """The organisation instead of its organ where the title names who holds office in it."""
    held = words("offices") & {word.lower() for word in around}
    return organs().get(code, code) if held else code


def _represents(following: list[str]) -> bool:
    """Whether an adjective of a state stands before somebody who speaks for it ("Iraqi Prime Minister")."""
    return bool(words("representing") & {word.lower() for word in following[:3]})
