"""The names among GUM's nested mentions of entities."""

from __future__ import annotations

import re

from communique.models.training.sentence import Sentence

NAME_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
TITLES = (
    " President Prime Vice Minister Secretary Secretary-General Chancellor Ambassador Senator "
    "Governor Mayor Judge Justice General Admiral Colonel Captain Director Commissioner Chairman "
    "Chair Speaker Representative King Queen Prince Princess Pope Bishop Archbishop Cardinal Sir "
    "Lord Lady Professor Doctor Father Sister Mother Madam Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr Prof. Sen. "
    "Rep. Gov. Gen. Rev. St. Emperor "
)
ENTITY = re.compile(r"\((\d+)-([a-z]+)[^()]*|(\d+)\)")


class Mentions:
    """Opening and closing brackets of `Entity=` in GUM's MISC column."""

    def __init__(self) -> None:
        self._open: dict[str, list[tuple[int, str]]] = {}
        self.closed: list[tuple[int, int, str]] = []

    def read(self, position: int, misc: str) -> None:
        entity = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for match in ENTITY.finditer(entity):
            if match[3]:
                self._close(match[3], position)
            else:
                self._open.setdefault(match[1], []).append((position, match[2]))
                if entity[match.end() : match.end() + 1] == ")":
                    self._close(match[1], position)

    def _close(self, mention: str, position: int) -> None:
        if self._open.get(mention):
            start, kind = self._open[mention].pop()
            self.closed.append((start, position + 1, kind))


def find_names(sentence: Sentence, mentions: Mentions) -> list[tuple[int, int, str]]:
    """Keep as names the outermost mentions of people, organisations and places that PROPN heads."""
    names: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(mentions.closed, key=_longest_first):
        name = _trim(sentence, start, end) if kind in NAME_LABELS else None
        if name and kind == "person":
            name = _untitled(sentence, *name)
        if name and all(end <= s or e <= start for s, e, _ in names):
            names.append((*name, NAME_LABELS[kind]))
    return sorted(names)


def _longest_first(mention: tuple[int, int, str]) -> tuple[int, int]:
    return mention[0] - mention[1], mention[0]


def _trim(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The name in a mention: from its first to its last proper noun around the head."""
    head = next(
        (i for i in range(start, end) if not start <= sentence.heads[i] < end or sentence.heads[i] == i),
        start,
    )
    if sentence.upos[head] != "PROPN":
        return None
    first = last = head
    while first > start and sentence.xpos[first - 1].startswith("NNP"):
        first -= 1
    while last + 1 < end and _continues_name(sentence, last + 1, end):
        last += 1
    while sentence.xpos[last][:3] != "NNP":
        last -= 1
    return first, last + 1


def _untitled(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """A person's name without titles before it; a title alone ("the President of ...") is no name."""
    while start < end and f" {sentence.words[start]} " in TITLES:
        start += 1
    return (start, end) if start < end and sentence.xpos[start].startswith("NNP") else None


def _continues_name(sentence: Sentence, i: int, end: int) -> bool:
    return sentence.xpos[i].startswith("NNP") or (
        sentence.words[i] in ("of", "and", "the", "for", "&", "-")
        and any(x.startswith("NNP") for x in sentence.xpos[i + 1 : min(end, i + 3)])
    )
