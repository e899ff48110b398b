"""Whom a title names as those who speak or meet: "Joint Statement of Chile and Peru on Trade" -> CHL, PER."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice

from spacy.tokens import Span

from communique.extractors.actors.names import fold
from communique.extractors.actors.serving import organs, unique, words
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon, per_lexicons

LONGEST_NAME = 7  # words
LONGEST_TITLE = 120  # words
PAPER_WITHIN = 6  # words behind "joint" in which it is said of what
OFFICE_WITHIN = 4  # words before a surname in which its office stands
_WORD = re.compile(r"[^\s,;:()“”\"/–—]+")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in a title, at words `start` to `end` (exclusive)."""

    start: int
    end: int
    code: str


def named_in_title(title: str, people: dict[str, Actor]) -> tuple[str, ...]:
    """Those named before the title turns to its subject; all where it turns to a meeting of theirs.

    `people` are the persons of the release by lower-case surname; a person stands for the state served.
    """
    title_words = _split(title)
    topics = (at for at in range(1, len(title_words)) if _turns(title_words[at - 1], title_words[at]))
    topic = next(topics, len(title_words))
    found = list(_names(title_words, people))
    before = unique(name.code for name in found if name.start < topic)
    met = any(word.lower() in words("shared") for word in title_words[topic:])
    if len(before) < 2 and met:
        return unique(name.code for name in found)
    return before or _compound(found)


def all_in_title(title: str, people: dict[str, Actor]) -> tuple[str, ...]:
    """Everybody whom a title names, states by their adjectives too, whatever the title says of them."""
    title_words = _split(title)
    adjectives = ((_known().get(word, ("", "")), at) for at, word in enumerate(title_words))
    found = [(name.start, name.code) for name in _names(title_words, people)]
    found += [(at, code) for (kind, code), at in adjectives if kind == "demonym"]
    return unique(code for _, code in sorted(found) if code)


def is_shared(title: str) -> bool:
    """Whether a title tells of several: a joint statement, a meeting, a call."""
    return any(word.lower() in words("shared") for word in _split(title))


def is_joint(title: str) -> bool:
    """Whether several issue together what a title announces."""
    said = [word.lower() for word in _split(title)]
    return any(
        word == "joint" and not words("papers").isdisjoint(said[at + 1 : at + 1 + PAPER_WITHIN])
        for at, word in enumerate(said)
    )


def is_journey(title: str) -> bool:
    """Whether a title tells of a journey to places: "Visit to Peru and Chile"."""
    said = [word.lower() for word in _split(title)]
    return any(word in words("journeys") and "to" in said[at:] for at, word in enumerate(said))


def is_attendance(title: str, people: dict[str, Actor]) -> bool:
    """Whether a title tells that one is at a meeting of others: "Minister Rojas to attend the Forum"."""
    said = _split(title)
    at = next((at for at, word in enumerate(said) if word.lower() in words("attending")), None)
    return at is not None and len(named_in_title(" ".join(said[:at]), people)) < 2


def author_in_title(title: str, actors: list[Span]) -> Span | None:
    """The person whose statement or remarks a title announces: the first one named in it."""
    title_words = _split(title)
    if not title_words or title_words[0].lower() not in words("single"):
        return None
    people = {span[-1].text: span for span in reversed(actors) if span._.actor.kind == "person"}
    return next((people[word] for word in title_words if word in people), None)


def _split(title: str) -> list[str]:
    """Words without possessives, compounds of names and Markdown's escapes apart: "U.S.-Japan", "Biden’s"."""
    plain = title.replace("\xa0", " ").replace("\\_", " ").replace("\u2060", "")
    text = plain.replace("’s", " ").replace("'s", " ")
    return [word.strip("’'") for word in _WORD.findall(text.replace("-", " "))[:LONGEST_TITLE]]


def _compound(found: list[_Named]) -> tuple[str, ...]:
    """Names side by side, wherever they stand: "on the U.S.-EU Task Force"."""
    for first, second in zip(found, found[1:], strict=False):
        if first.end == second.start:
            return unique((first.code, second.code))
    return ()


def _names(title_words: list[str], people: dict[str, Actor]) -> Iterator[_Named]:
    """Each state, organisation and person of the release in the words of a title, the longest names first."""
    at = 0
    while at < len(title_words):
        size, code = _name_at(title_words, at, people)
        if code:
            yield _Named(at, at + size, _bound(code, title_words[max(at - 3, 0) : at + size + 1]))
        at += size


def _name_at(title_words: list[str], at: int, people: dict[str, Actor]) -> tuple[int, str]:
    """How many words a name takes at `at`, and its id; one word and "" where there is none."""
    for size in range(min(LONGEST_NAME, len(title_words) - at), 0, -1):
        kind, code = _known().get(" ".join(title_words[at : at + size]), ("", ""))
        if kind == "place" or (kind == "demonym" and not _represents(title_words[at + size :])):
            return size, ""
        if kind:
            return size, code
    person = people.get(title_words[at].lower())
    return 1, person.country or "" if person is not None else _led(title_words, at)


def _led(title_words: list[str], at: int) -> str:
    """The state of a leader of the public record, shortly behind the office: "Prime Minister John Key"."""
    from communique.extractors.actors.outright import leaders

    code = leaders().get(fold(title_words[at]), "")
    before = " ".join(title_words[max(at - OFFICE_WITHIN, 0) : at])
    return code if code and any(office in before for office in load_lexicon("leaders")["offices"]) else ""


@per_lexicons
def _known() -> dict[str, tuple[str, str]]:
    """Names as the words of titles are split, capitals included: form -> (kind, actor_id or state served)."""
    from communique.extractors.actors.gazetteer import known_names

    entries = ((" ".join(_split(form)), entry) for form, entry in known_names().items())
    forms = {form: (str(entry.kind), entry.country or entry.code) for form, entry in entries if form}
    return {form.upper(): value for form, value in forms.items() if len(form) > 3} | forms


def _bound(code: str, around: list[str]) -> str:
    """The organisation instead of its organ where the title names who holds office in it."""
    held = words("offices") & {word.lower() for word in around}
    return organs().get(code, code) if held else code


def _turns(before: str, word: str) -> bool:
    """Whether a title turns to its subject: "for Peace", but not "Minister for Trade", "Call on the King"."""
    before, word = before.lower(), word.lower()
    of_office = word == "for" and before in words("representing")
    return word in words("topics") and not of_office and (before, word) != ("call", "on")


def _represents(following: list[str]) -> bool:
    """Whether an adjective of a state stands before somebody who speaks for it ("Iraqi Prime Minister").

    Those of other states may stand between ("French, German, and Italian Counterparts").
    """
    behind = dropwhile(lambda word: word == "and" or word in _known(), following)
    return bool(words("representing") & {word.lower() for word in islice(behind, 3)})
