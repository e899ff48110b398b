"""Groups: "the two ministers", "both sides", "our countries", "we", "they", and whom they stand for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Span, Token

from communique.extractors.actors.protagonists import protagonists
from communique.extractors.actors.referents import Referents, listed
from communique.extractors.actors.speech import Quotations
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon, per_lexicons

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer"}
ALONE = {"both", "two", "three", "four", "all"}  # numbers that stand for the parties without a noun
PLURAL = {"NNS", "NNPS"}
DETERMINERS = {"the", "our", "these"}
BACK = 80  # tokens back in which the antecedent of "they" stands
MODIFIERS = 6


def mark_groups(doc: Doc, actors: list[Span]) -> list[Span]:
    """The group mentions of `doc` in text order, with the `actors` that they stand for as `members`.

    No mention overlaps one of `actors`. Those that stand for nobody named ("they" of companies) are left out.
    """
    reader = _Reader(doc, actors)
    return [span for at in _places(doc) if (span := reader.read(doc[at])) is not None]


def _places(doc: Doc) -> list[int]:
    """Tokens that may head a group mention: cues, and what stands behind a number."""
    strings, lower = doc.vocab.strings, doc.to_array("LOWER")
    cues, numbers = (np.array([strings[w] for w in words], dtype="uint64") for words in (_cues(), _numbers()))
    found = np.isin(lower, cues)
    found[1:] |= np.isin(lower[:-1], numbers)
    places: list[int] = np.flatnonzero(found).tolist()
    return places


class _Reader:
    """Reads one release from its beginning; each group found may be the antecedent of a later one."""

    def __init__(self, doc: Doc, actors: list[Span]) -> None:
        self.doc, self.cast = doc, protagonists(doc, actors)
        self.referents = Referents(doc, actors, self.cast)
        self.quotations = Quotations(doc, actors)

    def read(self, token: Token) -> Span | None:
        """The group mention that `token` heads, marked, or None."""
        lower = token.lower_
        known = token.i in self.referents.mentions or token.text == "US"
        if known or (lower not in _cues() and not _abbreviated(token)):
            return None
        if lower in listed("first_person"):
            return self._mark(token.i, token.i + 1, self._first_person(token))
        if lower in listed("third_person"):
            return self._mark(token.i, token.i + 1, self._third_person(token))
        if lower in ALONE and token.dep_ in SUBJECTS:
            return self._mark(token.i, token.i + 1, self._sides(token.i, _number(token)))
        return self._noun(token) if lower not in ALONE else None

    def _mark(self, start: int, end: int, members: tuple[str, ...]) -> Span | None:
        """A mention of those whom it stands for; none where it stands for others than actors."""
        if not members:
            return None
        span = self.doc[start:end]
        span._.actor = Actor("group", None, members=members)
        self.referents.add(span)
        return span

    def _first_person(self, token: Token) -> tuple[str, ...]:
        """Inside a quotation the state of the speaker; outside those whose release it is.

        "Our countries" are all sides, whoever says it.
        """
        quotation, sides = self.quotations.at(token.i), self.cast.sides_at(token.i)
        if token.head.lower_ in listed("states") and token.dep_ == "nmod:poss" and len(sides) > 1:
            return sides
        if quotation is None:
            return self.cast.speakers
        speaker = quotation.speaker
        ids = self.referents.of_phrase(speaker.root) if speaker is not None else self.cast.own
        return self._joined_before(token, quotation.start, ids) or ids

    def _joined_before(self, token: Token, start: int, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The speaker with others, where a subject before names them together ("Canada and Chile ... we")."""
        for subject in self._subjects_before(token):
            named = self.referents.of_list(subject) if subject.i > start else ()
            if len(named) > 1 and {*ids} <= {*named}:
                return named
        return ()

    def _third_person(self, token: Token) -> tuple[str, ...]:
        """The nearest plural subject before; those who met where "they" does what only speakers do."""
        if token.dep_ == "nmod:poss" and (own := self._subject_of_clause(token)):
            return own
        for subject in self._subjects_before(token):
            ids = self.referents.of_list(subject)
            if len(ids) > 1 or self._stands_for_one(subject):
                return ids
            if subject.tag_ in PLURAL and token.head.lower_ not in listed("speaking"):
                return ids
        speaks = token.head is token or token.head.lower_ in listed("speaking")
        return self.cast.sides_at(token.i) if speaks else ()

    def _stands_for_one(self, subject: Token) -> bool:
        """A group with one member: "G7 leaders"; unlike a single person or state, it may be "they"."""
        span = self.referents.mentions.get(subject.i)
        return span is not None and span._.actor.kind == "group" and bool(span._.actor.members)

    def _subject_of_clause(self, token: Token) -> tuple[str, ...]:
        """ "their commitment": the subject of the same clause, where it stands for parties."""
        governor = token.head
        for _ in range(MODIFIERS):
            subject = next((child for child in governor.children if child.dep_ in SUBJECTS), None)
            if subject is not None and subject.i < token.i:
                ids = self.referents.of_list(subject)
                return ids if len(ids) > 1 or subject.tag_ in PLURAL or self._stands_for_one(subject) else ()
            if governor.head is governor:
                break
            governor = governor.head
        return ()

    def _subjects_before(self, token: Token) -> Iterator[Token]:
        """Subjects in the paragraph before `token`, the nearest first."""
        for at in range(token.i - 1, max(token.i - BACK, -1), -1):
            before = self.doc[at]
            if before.is_space and "\n" in before.text and token.i - at > 3 and at < token.sent.start - 1:
                return
            if before.dep_ in SUBJECTS:
                yield before

    def _noun(self, head: Token) -> Span | None:
        """A noun for the parties, with its determiner and number; None where it stands for others."""
        start = _opening(head)
        before = {token.lower_ for token in self.doc[start : head.i]}
        grouping = next((t for t in self.doc[start : head.i] if t.i in self.referents.mentions), None)
        if grouping is not None or (head.lower_ in _single() and not before & listed("each")):
            return None
        named = self._named_after(head)
        if named is not None:
            stated = start < head.i or head.text[0].isupper() or len(named) > 1
            return self._mark(start, head.i + 1, named) if stated else None
        asked = next((number for word, number in _numbers().items() if word in before), None)
        if not _refers(head, before, asked):
            return None
        members = self.cast.speakers if "our" in before and asked is None else self._sides(head.i, asked)
        return self._mark(start, head.i + 1, members)

    def _named_after(self, head: Token) -> tuple[str, ...] | None:
        """The parties that "of", "from" or "between" names behind the head; () for other complements."""
        for child in head.children:
            cases = {c.lower_ for c in child.children if c.dep_ == "case"}
            if child.i > head.i and child.dep_ == "nmod" and cases:
                return self.referents.of_list(child) if cases <= listed("belonging") else ()
        return None

    def _sides(self, at: int, asked: int | None) -> tuple[str, ...]:
        """The sides there; with those most named beside them where more are asked for."""
        sides = self.cast.sides_at(at)
        if asked is None or len(sides) == asked:
            return sides
        more = (*sides, *self.cast.others)
        return more[:asked] if len(sides) < asked <= len(more) else ()


@per_lexicons
def _cues() -> frozenset[str]:
    """Every word that may head a group mention, in lower case."""
    return listed("first_person") | listed("third_person") | listed("heads") | _single() | ALONE


def _single() -> frozenset[str]:
    """Heads in the singular."""
    return listed("one") | listed("one_of_two")


def _opening(head: Token) -> int:
    """The first token of the phrase that `head` closes: its modifiers that change nothing, its determiner."""
    doc, at, determiners = head.doc, head.i, DETERMINERS | listed("each")
    while at > 0 and head.i - at < MODIFIERS and doc[at - 1].lower_ in listed("modifiers") | determiners:
        at -= 1
        if doc[at].lower_ in determiners:
            break
    while doc[at].lower_ == "of":
        at += 1
    return at


def _refers(head: Token, before: set[str], asked: int | None) -> bool:
    """Whether a noun with these words before it means the parties of the release."""
    if head.lower_ in _single():
        return head.dep_ != "compound" and (asked is not None or head.lower_ in listed("one"))
    if asked is not None or "our" in before:
        return True
    if before & DETERMINERS or {"all", "both"} & before:
        return head.lower_ in listed("definite")
    return not before and head.dep_ in SUBJECTS and head.text[0].isupper() and head.lower_ in listed("bare")


def _numbers() -> dict[str, int]:
    numbers: dict[str, int] = load_lexicon("groups")["numbers"]
    return numbers


def _number(token: Token) -> int | None:
    return _numbers().get(token.lower_)


def _abbreviated(token: Token) -> bool:
    """Initials in the plural after a number: "the three NSAs"."""
    text = token.text
    short = len(text) > 2 and text[-1] == "s" and text[:-1].isupper()
    return short and token.i > 0 and token.doc[token.i - 1].lower_ in _numbers()
