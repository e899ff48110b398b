"""Offices and names of persons, as regular expressions over the letters of `shapes`.

Every repetition is bounded, so that no line of capitals costs more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.extractors.actors.bodies import RUN

KNOWN = r"(?:Ss{0,6}|de{0,2}|Oo{0,12}|Xx{0,4})"
WORD = r"[wqQPBb]"
HEAD = rf"(?:[wq]{{1,3}}a)?(?:{WORD}-?){{0,6}}?(?:[PQ](?:-?[PQ]){{0,3}})(?!-?[PQ])"
LEAD = rf"(?:(?:{KNOWN}-?){{1,2}}'?)?"
ITEM = rf"t?(?:(?:{WORD}|{KNOWN})-?){{1,8}}(?:'(?:{WORD}-?){{1,4}})?"
NOT_OFFICE = rf"(?!t?{LEAD}(?:{WORD}-?){{0,6}}?[PQ](?![wqQPBb-]))"
SERIES = rf"(?:(?:,?a{NOT_OFFICE}|[fri]){ITEM}|,(?={ITEM}(?:,{ITEM}){{0,3}},?a{NOT_OFFICE}{ITEM}){NOT_OFFICE}{ITEM}){{0,5}}"
BRACKETS = r"(?:\([wNqQPBbafrt,]{1,12}\))?"
OFFICE = re.compile(rf"(?P<lead>{LEAD})(?P<head>{HEAD}|l)(?P<of>(?:i?[fri]{ITEM}{SERIES})?{BRACKETS})")
"""An office: whose (`lead`), its title (`head`), its portfolio or place (`of`)."""

OPEN_OF = re.compile(rf"i?[fri]t?{RUN}(?:(?:,?a{NOT_OFFICE}|[fri])t?{RUN}|'{RUN}){{0,4}}{BRACKETS}")
"""The complement of an office that a comma, a bracket or a line end closes: any capitalised words."""

PART = r"(?:p-?){0,3}[NAI](?:'?-[NApz]){0,3}"
NAME = re.compile(rf"(?<![NAp-]){PART}(?:(?:p-?)?{PART}){{0,6}}(?:[wPQ](?=[,.;:()'_za]|$))?(?:,?J)?")
TITLE = r"(?:h{0,3}H){0,4}"
AFTER_OFFICE = re.compile(rf"(?P<comma>,?)t?(?P<title>{TITLE})")
BEFORE_NAME = re.compile(rf"(?:h{{0,3}}H)$")
APPOSITION = re.compile(r"A{0,3},t?$|\($|_$")


@dataclass(slots=True)
class Office:
    """Token offsets of an office, with those of what stands before its title and of its complement."""

    start: int
    head: int
    head_end: int
    end: int


def find_offices(shape: str) -> Iterator[Office]:
    """The offices in text order, each as long as its own words carry it."""
    for match in OFFICE.finditer(shape):
        end = match.end()
        if not match["of"] and (longer := OPEN_OF.match(shape, end)) and _closed(shape, longer.end()):
            end = longer.end()
        yield Office(match.start(), match.start("head"), match.end("head"), end)


def _closed(shape: str, at: int) -> bool:
    return at >= len(shape) or shape[at] in ",.;:()_"


def join_offices(shape: str, offices: list[Office]) -> list[Office]:
    """Offices held by one person as one: "Minister for Law and Second Minister for Home Affairs"."""
    joined: list[Office] = []
    for office in offices:
        before = joined[-1] if joined else None
        if before and office.start == office.head and shape[before.end : office.start] in {"a", ",a", ","}:
            before.end = office.end
        else:
            joined.append(office)
    return joined


def find_names(shape: str) -> list[tuple[int, int]]:
    """Token offsets of runs of words that can be a person's name, in text order."""
    return [match.span() for match in NAME.finditer(shape) if "N" in match.group()]
