"""The `dialogue_id`: a pure function of the name and the shipped lexicons.

States become their ISO code in sorted order, in front; ordinals, years and stopwords go; "2+2" stands
before the other words wherever it was written. A name of what states hold between themselves that does not
name them ("the Action Plan") takes its owners for them. So the id is the same in every release, on every
machine, without any memory of earlier runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from communique.extractors.actors.serving import state_codes
from communique.extractors.actors.states import demonyms, state_names
from communique.extractors.dialogues.lexicon import fold, heads, known_names, mapping, organizations, words
from communique.models.lexicons import per_lexicons

_LONGEST_HEAD = 5  # words
_SPLIT = re.compile(r"\d\+\d|[^\W_]+")
_BRACKET = re.compile(r"\(([^()]*)\)")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_POSSESSIVE = re.compile(r"'s\b|'(?=\s|$)")
_PLURAL = re.compile(r"(?<=[a-hj-rtv-z])s$")  # "leaders'" and "leader" meet, "Vilnius" stays


def dialogue_id(name: str, owners: Sequence[str] = ()) -> str:
    """The id of the dialogue, instrument or initiative called `name`; empty only where it has no word.

    `owners` are the ISO codes of the states whose it is by its sentence or its release.
    """
    plain = _plain(name)
    known = _known_ids().get(_bag(plain)) or _known_ids().get(_bag(list(dropwhile(_dropped, plain))))
    if known is not None:
        return known
    codes, rest = _states(plain)
    rest = _in_order(_telling(rest))
    if _is_owned(codes, rest, owners):
        codes = [*codes, *owners]
    states, others = set(codes) & state_codes(), set(codes) - state_codes()  # a grouping stands behind states
    parts = [*(code.lower() for found in (states, others) for code in sorted(found)), *rest]
    slug = "-".join(parts)
    return slug or "-".join(plain)


def _in_order(rest: list[str]) -> list[str]:
    """The telling words in one order: the format "2+2" and "mou" in front, the topics of a 2+2 sorted.

    A meeting of foreign and defense ministers is a 2+2 though it is not called so, and so is a high-level
    dialogue on economic security: both are held under either name.
    """
    told = set(rest)
    topics = {"foreign" if word == "diplomatic" else word for word in told - words("format_words")}
    formats = [word for word in rest if "+" in word]
    if topics == {"foreign", "defense"} or formats == ["2+2"] and not topics:
        return ["2+2", "foreign", "defense"]
    if topics == {"economic", "security"} and (formats or {"high", "level"} <= told):
        return ["2+2", "economic", "security"]
    if tuple(rest[:2]) == ("action", "plan"):
        rest = [*rest[2:], *rest[:2]]  # "the Action Plan of the Accord" is the Accord's Action Plan
    first = [word for word in rest if "+" in word or word == "mou"]
    return [*first, *(word for word in rest if word not in first)]


def _is_owned(codes: list[str], rest: list[str], owners: Sequence[str]) -> bool:
    """Whether a name is that of what its owners hold between themselves, and leaves them out.

    One state in the name may be the matter ("North Korean Human Rights Dialogue"); an owner in it tells
    whose it is, and so does a grouping ("NATO Defence Ministers' Meeting").
    """
    if len(owners) < 2 or len(set(codes)) > 1 or set(codes) & set(owners):
        return False
    phrase = f"-{'-'.join(rest)}-"
    if phrase.strip("-") in words("shared_alone"):
        return True
    shared = any(f"-{head}-" in phrase for head in words("shared_heads"))
    return shared and not set(rest) & (words("not_shared") | _groupings())


def names_grouping(name: str) -> bool:
    """Whether a grouping in the name tells whose it is: "NATO Defence Ministers' Meeting"."""
    return not _groupings().isdisjoint(_states(_plain(name))[1])


@per_lexicons
def _groupings() -> frozenset[str]:
    return frozenset(word for word in organizations() if " " not in word)


def states_in(name: str) -> tuple[str, ...]:
    """ISO 3166-1 alpha-3 codes of the states that `name` names by noun, acronym or adjective, sorted."""
    return tuple(sorted(set(_states(_plain(name))[0])))


def is_state(name: str) -> bool:
    """Whether `name` is nothing but states ("Canada", "U.S.-Korea", "the Republic of Korea")."""
    codes, rest = _states(_plain(name))
    return bool(codes) and all(word in words("stopwords") for word in rest)


def is_bare(name: str) -> bool:
    """Whether `name` is a kind of plan alone ("Action Plan"), which what it implements tells."""
    codes, rest = _states(_plain(name))
    return not codes and "-".join(_telling(rest)) in words("bare_plans")


def is_status(name: str) -> bool:
    """Whether `name` is what two states are to each other ("Comprehensive Strategic Partnership")."""
    return "-".join(_telling(_states(_plain(name))[1])) in words("statuses")


def is_kind(name: str) -> bool:
    """Whether `name` tells nothing but a kind of document and states: there are many "Chile-Peru MoUs"."""
    return "-".join(_telling(_states(_plain(name))[1])) in words("kinds_alone")


def is_generic(identity: str) -> bool:
    """Whether an id is made of heads alone ("ministerial-conference"): any release may mean another by it."""
    parts = tuple(identity.split("-"))
    reached = {0}
    for start in range(len(parts)):
        if start in reached:
            ends = range(start + 1, min(start + _LONGEST_HEAD, len(parts)) + 1)
            reached.update(end for end in ends if parts[start:end] in _heads_in_ids())
    return len(parts) in reached


@per_lexicons
def _heads_in_ids() -> frozenset[tuple[str, ...]]:
    """The words that a head leaves in an id, and those that tell no more of it."""
    told = (_telling([_singular(word) for word in _plain(" ".join(head))]) for head in heads())
    return frozenset(tuple(parts) for parts in told if parts) | {(word,) for word in words("bare_words")}


@per_lexicons
def _known_ids() -> dict[tuple[str, ...], str]:
    return {_bag(_plain(form)): known.id for form, known in known_names()}


def _bag(plain: list[str]) -> tuple[str, ...]:
    """The words of a name in one order: "the Americas Summit" is the Summit of the Americas."""
    return tuple(sorted(_singular(word) for word in plain if word not in words("stopwords")))


def _plain(name: str) -> list[str]:
    """The folded words of a name; a bracketed acronym goes, a bracketed format ("2+2") stays."""
    text = _BRACKET.sub(_bracketed, fold(name))
    text = _POSSESSIVE.sub("", text)
    plain = " ".join(_SPLIT.findall(text))
    return _phrases().sub(_shortened, plain).split()


def _shortened(match: re.Match[str]) -> str:
    return mapping("abbreviations")[match[0]]


def _bracketed(match: re.Match[str]) -> str:
    return f" {match[1]} " if "+" in match[1] or " " in match[1].strip() else " "


def _telling(plain: list[str]) -> list[str]:
    """The words that tell one name from another; the number of a resolution or a vision is its name."""
    told, numbered = [], False
    for word in plain:
        numbered = word in words("numbered") or (numbered and (word.isdigit() or word in words("stopwords")))
        if not _dropped(word) or (numbered and word.isdigit()):
            told.append(word)
    return told


def _dropped(word: str) -> bool:
    if word.isdigit():
        return word not in words("kept_numbers")
    return word in words("ordinals") or word in words("stopwords") or _ORDINAL.fullmatch(word) is not None


def _states(plain: list[str]) -> tuple[list[str], list[str]]:
    """Codes of the states in a list of words, longest names first, and the other words (in the singular)."""
    codes: list[str] = []
    rest: list[str] = []
    table, longest = _state_table()
    at = 0
    while at < len(plain):
        for size in range(min(longest, len(plain) - at), 0, -1):
            code = table.get(" ".join(plain[at : at + size]))
            if code is not None:
                codes.append(code)
                at += size
                break
        else:
            rest.append(_singular(plain[at]))
            at += 1
    return codes, rest


def _singular(word: str) -> str:
    return _PLURAL.sub("", word).removesuffix("ie") + "y" * word.endswith("ies") if len(word) > 3 else word


@per_lexicons
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(mapping('abbreviations'))})\b")


@per_lexicons
def _state_table() -> tuple[dict[str, str], int]:
    """Folded name, short form or adjective -> ISO code, and the number of words of the longest."""
    forms = [*demonyms().items(), *state_names().items()]
    table = {_key(form): code for form, code in forms}
    table.pop("", None)
    return table, max(len(key.split()) for key in table)


def _key(form: str) -> str:
    plain = _SPLIT.findall(_POSSESSIVE.sub("", fold(form)))
    return " ".join(plain[1:] if plain[:1] == ["the"] else plain)


def core_words(name: str) -> frozenset[str]:
    """The words that tell one dialogue from another, states as codes; a shorter form has a part of them."""
    codes, rest = _states(_plain(name))
    return frozenset([*codes, *_telling(rest)])
