"""Runs of capitalised words with what may stand between them.

"the Memorandum of Understanding on Science and Technology" is one run of four units linked by `of`, `on`
and `and`. A name is a stretch of units; where it starts and ends, `names` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.extractors.dialogues.lexicon import fold

_BEFORE = "of on for to against concerning regarding toward towards under as in at from with between among"
LINKS = (*_BEFORE.split(), "and", "the", "an?")
_JOINERS = "|".join([*LINKS, "&", "de", "del", "la"])
_UPPER = "A-ZÀ-ÖØ-Þ"
# U.S., U.S.-Mexico, U.S-Japan-ROK: letters with full stops, and what hyphens add to them.
_DOTTED = r"(?:[A-Z]\.)+[A-Z]?(?:-(?:(?:[A-Z]\.)+|[\w'+]+))*"
# High-Level, Leaders', R&D, Indo-U.S., Horizon, COP28, Non-NATO
_WORD = rf"(?:(?:St|ST)\. )?[{_UPPER}][\w+]*(?:[-'/&](?:(?:[A-Z]\.)+[A-Z]?|[\w+]+))*(?:(?<=s)'(?!,))?"
# 2+2, 18th, 10-Point, 2030, 2024-25; a plain number is no part of a name
_YEAR = r"(?:19|20)\d\d(?:-\d\d(?:\d\d)?)?\b(?![,.]\d)"
_TRACK = r"[12]\.5(?= Track)|(?<=Track )[12]\.5"
_NUMBER = rf"\d\d?\+\d\d?|\d{{1,2}}(?:st|nd|rd|th)(?:[- ]Century)?\b|\d{{1,2}}-[Pp]oint\b|{_YEAR}|{_TRACK}"
_ARTICLE = r"Article \d{1,3}\b"
_ACRONYM = r"[a-z][A-Z]{2,}\w*"
_BRACKET = r"\((?:[A-Z0-9][\w+&-]{1,14})\)"
_ITEM = rf"(?:{_DOTTED}|{_ARTICLE}|{_WORD}|{_NUMBER}|{_ACRONYM}|{_BRACKET})"
_LINK = rf"(?: ?,)? (?:(?:{_JOINERS}) ){{0,3}}| ?- ?| ?/ ?"
RUN = re.compile(rf"(?:(?<![\w.-])(?<!\w')|(?<=\bthe)){_ITEM}(?:(?:{_LINK}){_ITEM})*")
_LED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?)(?: [a-z-]{1,20}| [A-Z]?[a-z]+(?:st|nd|rd|th)| \d+(?:st|nd|rd|th))? ?$"
)
_PART = re.compile(rf"(?P<link>{_LINK})?(?P<item>{_ITEM})")


@dataclass(frozen=True, slots=True)
class Unit:
    """A capitalised word, number or bracketed acronym; offsets are characters of the text.

    `link` is what stands between it and the unit before: "" (a space), "of the", ", and", "-"; `led` is
    whether an article stands before it, one lower-case word or an ordinal in between at most.
    """

    start: int
    end: int
    text: str
    fold: str
    link: str
    led: bool = False

    @property
    def bracketed(self) -> bool:
        return self.text.startswith("(")


def runs(text: str) -> Iterator[re.Match[str]]:
    """Runs of `text`, whose typography has been made plain."""
    return RUN.finditer(text)


def units(run: re.Match[str]) -> list[Unit]:
    """The units of a run, in order."""
    out: list[Unit] = []
    for part in _PART.finditer(run.string, run.start(), run.end()):
        item = part["item"]
        link = " ".join((part["link"] or "").split())
        start = part.start("item")
        led = _LED.search(run.string, max(0, start - 30), start) is not None
        out.append(Unit(start, part.end("item"), item, fold(item), link, led))
    return out


def stretch(units: Sequence[Unit], at: int) -> Sequence[Unit]:
    """The unit at `at` and those that follow it with nothing in between."""
    end = at + 1
    while end < len(units) and units[end].link == "":
        end += 1
    return units[at:end]


def text_of(units: Sequence[Unit]) -> str:
    """The words of `units` without what links them."""
    return " ".join(unit.text for unit in units)
