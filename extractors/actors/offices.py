"""Offices and names of persons, as regular expressions over the letters of `shapes`.

Every repetition is bounded, so that no line of capitals costs more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.extractors.actors.bodies import RUN

KNOWN = r"(?:Ss{0,6}|de{0,2}|Oo{0,12}|Xx{0,4})"
WORD = r"[wvqQPRGKBb]"
HEAD = rf"(?:(?:[wvqQ]{{1,4}},){{0,4}}[wvqQ]{{1,3}},?at?(?=[wv]))?(?:{WORD}-?){{0,9}}(?:[PQ](?:-?G)?|KR)"
LEAD = rf"(?:(?:{KNOWN}(?:\(O\))?-?){{1,2}}'?)?"
ITEM = rf"t?(?:(?:{WORD}|c|{KNOWN})-?){{1,8}}(?:'(?:{WORD}-?){{1,4}})?"
NOT_OFFICE = rf"(?!t?{LEAD}(?:{WORD}-?){{0,6}}(?:[PQ]|KR))"
OWN_ACRONYM = r"(?:\(z?[AN]z?\))?"
"""The office's own abbreviation: "Senior Minister of State (SMS) for Law"."""
NOT_BODY = r"(?!t?B(?!-?[NAcwvqQPRGKBbSdOfr]))"
"""No further item is a body by its noun alone: "Prime Minister of Fiji, and | the Government and people"."""
AND_ITEM = rf"(?:,?a{NOT_OFFICE}{NOT_BODY}|{OWN_ACRONYM}[fri]){ITEM}"
SERIES = rf"(?:{AND_ITEM}|,(?={ITEM}(?:,{ITEM}){{0,3}},?a{NOT_OFFICE}{ITEM}){NOT_OFFICE}{ITEM}){{0,5}}"
BRACKETS = r"(?:\((?![PQ]\))[wvcNqQPBbafrt,]{1,12}\))?"
OFFICE = re.compile(
    rf"(?P<lead>{LEAD})(?P<head>{HEAD}|l)(?P<of>(?:(?:{OWN_ACRONYM}(?:-?i-?i)?i?[fri]{ITEM}|[wv]{{1,4}}(?:a[wv]{{1,4}})?){SERIES}J?)?{BRACKETS})"
)
"""An office: whose (`lead`), its title (`head`), its portfolio or place (`of`)."""

LINK = rf"(?:,?a{NOT_OFFICE}{NOT_BODY}|i?[fri])t?|'|-"
OPEN_END = re.compile(
    rf"(?>(?:(?:i?[fri])t?|-)?{RUN}I?(?:(?:{LINK}){RUN}I?){{0,4}}{BRACKETS})(?=[,.;:()_Hh]|$)"
)
"""More of a complement, in any capitalised words, where punctuation, a line end or a title closes it."""

PART = r"(?:p-?){0,3}[NAI](?:'?-[NApz]){0,3}"
NAME = re.compile(
    rf"(?<![NAp-])(?:(?<=H)c(?=[NIp]))?{PART}(?:(?:p-?)?{PART}){{0,6}}(?:v|(?<=[IN])Ss{{0,3}})?(?:,?J)?(?!-)"
)
TITLE = r"(?:(?:h\.?){0,3}[HRG]['.]?h?(?:t(?=(?:h\.?){0,3}H))?){0,5}"
OTHERS_TITLE = re.compile(r"(?<=[fri])(?:[wvqQ]-?){0,4}[PQ]$")
"""A title that ends a complement without "the" is its bearer's own: "Advisor to President ..."."""
AFTER_OFFICE = re.compile(rf"t?{TITLE}")
OWN_RANK = re.compile(r"(?<=[^PQRG-])[RG]{1,3}$")
"""Ranks that end a complement before a name are its bearer's: "Chief of Staff | Major General ..."."""
ACRONYM = re.compile(r"\([ANOSP][os]{0,6}\)")
"""An office's own abbreviation or that of its body behind it: "Prime Minister (PM) ..."."""
BEFORE_NAME = re.compile(r"[HRG]\.?$")
COURTESY = re.compile(r"H\.?$")
JOINED = re.compile(rf"(?:ft?Ss{{0,6}})?(?:\([^()_.;]{{1,12}}\))?(?:,?a|,)t?{TITLE}")
LINE = re.compile(r"(?:^|_)t?$")
"""Before an office that a line begins with."""
ALONE = re.compile(r"u{0,3}(?:_|$)")
"""Behind a name that a line ends with."""
PLACE_BEFORE = re.compile(r"(?:Xx{0,3}|[cAN])$")
TELLS = re.compile(
    r",? ?(?:(?:who )?(?:is|was|becomes|became|(?:is to|will) be|has been)(?: appointed| now)?(?: as)?|as)"
    r"(?: (?:the|an?|[A-Z]\w*[’']s))?(?: new| next| first)? ?"
)
"""Between a name and an office that is told of its bearer: "Ana Lima, who was the first | Ambassador"."""
AFTER_NAME = re.compile(r"[NAIJu],t?$")
APPOSITION = re.compile(r"(?:,?[Au]{1,3})?,_{0,2}t?$|u{0,3}[(_]$|u{1,3}$")


@dataclass(slots=True)
class Office:
    """Token offsets of an office: with what stands before its title, its title, its complement.

    `open_end` is its end where punctuation closes it, which lets in words that could be a name.
    """

    start: int
    head: int
    head_end: int
    end: int
    open_end: int


def find_offices(shape: str) -> Iterator[Office]:
    """The offices in text order; a title before a common noun only modifies that ("the Chief Guest")."""
    for match in OFFICE.finditer(shape):
        head_end = match.end("head")
        if shape[head_end - 1] == "Q" and shape[head_end : head_end + 1] == "c":
            continue
        if shape[match.start() - 1 : match.start()] + shape[match.end() : match.end() + 1] == "()":
            continue  # "Prime Minister (PM)"
        longer = OPEN_END.match(shape, match.end())
        open_end = longer.end() if longer else match.end()
        yield Office(match.start(), match.start("head"), match.end("head"), match.end(), open_end)


def join_offices(shape: str, offices: Iterable[Office]) -> list[Office]:
    """Offices held by one person as one: "Minister for Law and Second Minister for Home Affairs"."""
    joined: list[Office] = []
    for office in offices:
        before = joined[-1] if joined else None
        if before and office.start == office.head and _continues(shape, before, office):
            before.end, before.open_end = office.end, office.open_end
        else:
            joined.append(office)
    return joined


def _continues(shape: str, office: Office, following: Office) -> bool:
    """Whether two offices have one holder: not "the Vice President and President ...".

    Nor where the first stands after its holder's name and the second before another's.
    """
    apart = shape[past_acronym(shape, office.end) : following.start]
    if (
        "," in apart
        and AFTER_NAME.search(shape, max(0, office.start - 3), office.start)
        and _names(shape, following.end)
    ):
        return False
    definite = office.head_end == office.end and shape[office.start - 1 : office.start] == "t"
    return not definite and apart in {"a", ",a", ",", "/"}


def _names(shape: str, at: int) -> bool:
    """Whether a name starts at `at`, behind courtesy titles."""
    match = AFTER_OFFICE.match(shape, at)
    return match is not None and shape[match.end() : match.end() + 1] in set("NAI")


def past_acronym(shape: str, at: int) -> int:
    """Where an abbreviation in brackets ends that stands at `at`; `at` where none does."""
    match = ACRONYM.match(shape, at)
    return match.end() if match else at


def find_names(shape: str) -> list[tuple[int, int]]:
    """Token offsets of runs of words that can be a person's name, in text order."""
    return [match.span() for match in NAME.finditer(shape) if "N" in match.group()]
