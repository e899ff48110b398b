"""Persons: names beside an office or a courtesy title, and the same names elsewhere in the release."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.tokens import Doc, Span

from communique.corpus.cities import is_city
from communique.extractors.actors.names import fold
from communique.extractors.actors.offices import (
    AFTER_OFFICE,
    ALONE,
    APPOSITION,
    BEFORE_NAME,
    COURTESY,
    JOINED,
    LINE,
    OTHERS_TITLE,
    OWN_RANK,
    TELLS,
    Office,
    find_names,
    find_offices,
    join_offices,
    past_acronym,
)
from communique.extractors.actors.recognised import apart
from communique.extractors.actors.service import Reading, served_by, spoken_office, state_behind
from communique.models.lexicons import load_lexicon

NO_PERSON = re.compile("Ss*|Xx*|Oo*")
CLAUSE = 9  # tokens between a name and the office that its clause tells


@dataclass(slots=True)
class Mention:
    """A person's name at one place: tokens, office, whom the text there says the person serves."""

    start: int
    end: int
    words: tuple[str, ...]
    role: str | None = None
    served: str | None = None
    titled: bool = False
    office: Office | None = None


@dataclass(slots=True)
class Person:
    """One person of the release, with the mentions of the name, the fullest first."""

    mentions: list[Mention] = field(default_factory=list)
    served: str | None = None

    @property
    def role(self) -> str | None:
        """The office as its fullest wording has it."""
        return max((m.role for m in self.mentions if m.role), key=len, default=None)


def find_persons(reading: Reading) -> list[Person]:
    """The persons of a release, each with all mentions of the name, offices and whom they serve."""
    return _resolve(_mentions(reading))


def _mentions(reading: Reading) -> list[Mention]:
    """Every name that can be a person's; `titled` where an office, a title or the model says that it is."""
    doc, shape = reading.doc, reading.shape
    people = [span for span in reading.people if not _is_place(shape, span)]
    others = apart((doc[start:end] for start, end in find_names(shape)), people)
    names = [Mention(span.start, span.end, _words(doc, span.start, span.end)) for span in (*people, *others)]
    names.sort(key=lambda mention: mention.start)
    by_start, by_end = {m.start: m for m in names}, {m.end: m for m in names}
    for office in join_offices(shape, find_offices(shape)):
        _give_office(reading, office, by_start, by_end)
    _share_brackets(shape, [m for m in names if m.titled])
    called = {m.words for m in names if COURTESY.search(shape, max(0, m.start - 2), m.start)}
    starts = {span.start for span in people}
    for mention in names:
        known = mention.words[-1:] in called
        mention.titled |= mention.start in starts or _is_person(shape, mention, known)
        if mention.titled and mention.role is None and mention.served is None:
            mention.served = state_behind(reading, mention.end)
    return names


def _is_place(shape: str, span: Span) -> bool:
    """Whether a name of the model's is that of a place or a body; a city's is a person's behind a title."""
    known = NO_PERSON.fullmatch(shape, span.start, span.end) is not None
    return known or (is_city(span.text) and not BEFORE_NAME.search(shape, max(0, span.start - 4), span.start))


def _is_person(shape: str, mention: Mention, known: bool) -> bool:
    """Whether a courtesy title says so, or where the name is `known`, that it does not stand like a place.

    The model knows names, and a courtesy title before the last word elsewhere: "Jordan Field ... Ms. Field".
    """
    start = mention.start
    if BEFORE_NAME.search(shape, max(0, start - 4), start):
        return True
    return known and len(mention.words) > 1 and shape[start - 1 : start] not in set("itfr-")


def _words(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    suffixes = load_lexicon("offices")["suffixes"]
    return tuple(
        fold(t.text).strip(".") for t in doc[start:end] if t.text not in suffixes and t.text not in ",-’'"
    )


def _give_office(
    reading: Reading, office: Office, by_start: dict[int, Mention], by_end: dict[int, Mention]
) -> None:
    """Attach an office to the name right after it, before it in apposition, or after it and a comma."""
    shape, weak = reading.shape, load_lexicon("offices")["weak_titles"]
    name = by_start.get(_after(shape, office.end))
    if inner := OTHERS_TITLE.search(shape, office.head_end, office.end):
        office = Office(inner.start(), inner.start(), inner.end(), inner.end(), inner.end())
    elif name and (ranks := OWN_RANK.search(shape, office.head_end, office.end)):
        office = replace(office, end=ranks.start())
    end = office.end
    if name is None:
        end = office.open_end
        name = _holder_before(reading, office, by_end)
        if name is None or name.role not in (None, *weak) or not (name.titled or len(name.words) > 1):
            name = _holder_behind(shape, office, by_start)
            if name is None:
                return
    if name.role is None or (name.role in weak and name.served is None):
        _hold(reading, replace(office, end=end), name)
        _hold_together(reading, office, name, by_start)


def _holder_before(reading: Reading, office: Office, by_end: dict[int, Mention]) -> Mention | None:
    """Whose name stands before: in apposition, or in a clause that tells the office of its bearer."""
    apposed = APPOSITION.search(reading.shape, max(0, office.start - 6), office.start)
    if apposed and apposed.start() in by_end:
        return by_end[apposed.start()]
    near = (by_end.get(at) for at in range(office.start - 1, max(0, office.start - CLAUSE), -1))
    name = next(filter(None, near), None)
    return name if name and TELLS.fullmatch(reading.text(name.end, office.start)) else None


def _holder_behind(shape: str, office: Office, by_start: dict[int, Mention]) -> Mention | None:
    """Whose name follows a comma, or stands alone on the line below an office that has one to itself."""
    if name := by_start.get(_after(shape, office.open_end)):
        return name
    end = past_acronym(shape, office.open_end)
    name = by_start.get(_after(shape, end + 1))
    if name is None or (len(name.words) == 1 and name.start == end + 1):
        return None
    if shape[end : end + 1] == ",":
        return name
    alone = LINE.search(shape, max(0, office.start - 2), office.start) and ALONE.match(shape, name.end)
    return name if alone and shape[end : end + 1] == "_" else None


def _hold(reading: Reading, office: Office, name: Mention) -> None:
    name.titled, name.office = True, office
    name.role = spoken_office(reading, office)
    name.served = served_by(reading, office, name.end)


def _hold_together(reading: Reading, office: Office, name: Mention, by_start: dict[int, Mention]) -> None:
    """A head in the plural has several holders: "Presidents Biden and Herzog"."""
    plural = reading.doc[office.head_end - 1].text in load_lexicon("offices")["plurals"]
    following: Mention | None = name
    while plural and following is not None:
        joined = JOINED.match(reading.shape, following.end)
        following = by_start.get(joined.end()) if joined else None
        if following is not None and following.role is None:
            _hold(reading, office, following)


def _share_brackets(shape: str, names: list[Mention]) -> None:
    """A state in brackets after the last of two or three joined names holds for all of them."""
    for name, following in reversed(list(pairwise(names))):
        between = shape[name.end : following.office.start] if following.office else ""
        if (
            name.served is None
            and between in {"a", ",a"}
            and shape[following.end : following.end + 2] == "(S"
        ):
            name.served = following.served


def _after(shape: str, at: int) -> int:
    """Where a name starts after an office that ends at `at`: behind "the" and courtesy titles."""
    match = AFTER_OFFICE.match(shape, past_acronym(shape, at))
    return match.end() if match else at


def _resolve(mentions: list[Mention]) -> list[Person]:
    """Mentions of one name as one person; a shorter name means the person whose name holds it."""
    titled = [m for m in mentions if m.titled]
    persons: dict[tuple[str, ...], Person] = {}
    holders: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for mention in sorted(titled, key=_fullest_first):
        key = _holder(mention.words, holders)
        if key not in persons:
            persons[key] = Person()
            for word in key:
                holders[word].append(key)
        persons[key].mentions.append(mention)
    for mention in mentions:
        if not mention.titled and (key := _holder(mention.words, holders)) in persons:
            persons[key].mentions.append(mention)
    for person in persons.values():
        codes = [m.served for m in person.mentions if m.served]
        person.served = max(codes, key=codes.count) if codes else None
    return list(persons.values())


def _fullest_first(mention: Mention) -> tuple[int, int]:
    return -len(mention.words), mention.start


def _holder(words: tuple[str, ...], holders: dict[str, list[tuple[str, ...]]]) -> tuple[str, ...]:
    """The name known so far that holds all of `words`, by preference as its last; `words` where none does.

    A first name in short ("Tony") means whose name begins with it in full.
    """
    known = [key for key in holders.get(words[-1], ()) if set(words) <= set(key)] if words else []
    if len(words) == 1 and not known:
        full = load_lexicon("first_names")["short"].get(words[0], ())
        known = [key for name in full for key in holders.get(name, ()) if key[0] == name]
    ending = [key for key in known if key[-1] == words[-1]]
    return (ending or known or [words])[0]
