"""Which event would keep an undertaking, from its words: `held` for "hold the next session of the Talks"."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from communique.models.lexicons import load_lexicon, per_lexicons

REACH = 12  # words before a name in which its verb may stand

_Value = TypeVar("_Value")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LINKS = {"of", "for", "on", "to", "towards", "toward", "into"}  # between a noun and the name
_MEET = {"meet", "meeting", "meets"}
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")


def wanted(before: str, trigger: str, kind: str, *, done: bool, behind: str = "") -> str | None:
    """The event that does what is undertaken with a name of this kind; None where no event would.

    `before` and `behind` are the words of the undertaking around the name, `trigger` its predicate, which
    tells what was done where it is `done` already ("launched the Dialogue").
    """
    words = _words(before)
    event = _told_behind(behind) or _reached(words, kind)
    if event is None and done and not _first_verb(words):
        event = next((e for word in reversed(_words(trigger)) if (e := _event(word, kind))), None)
    return event if event is None or kind in _kinds(event) else None


def is_kept_by(want: str, event: str) -> bool:
    """Whether an event of this sort does what is wanted: a dialogue that was held has been launched."""
    return event in _lexicon()["kept_by"][want]


def is_next_meeting(what: str) -> bool:
    """Whether a meeting is undertaken that is not named: "hold the second session", "meet in this format"."""
    held = any(_verbs().get(word) == "held" or word in _MEET for word in _words(what)[:REACH])
    return held and _again().search(what) is not None


def ordinal(text: str) -> int | None:
    """3 for "the third session", "the 3rd Dialogue"; 1 for "the inaugural"."""
    ordinals: dict[str, int] = load_lexicon("events")["ordinals"]
    for word in _words(text):
        if found := _ORDINAL.fullmatch(word):
            return int(found[1])
        if word in ordinals:
            return ordinals[word]
    return None


def _told_behind(behind: str) -> str | None:
    """What the words behind a name tell: "(bring) the Treaty into force", "the Talks would take place"."""
    found = _behind().match(behind)
    return None if found is None else str(_lexicon()["behind"][" ".join(found[1].split())])


def _reached(words: list[str], kind: str) -> str | None:
    """What the nearest telling word before the name tells, where nothing stands between that cuts it off."""
    crossed: str | None = None
    links = 0
    for at in range(len(words) - 1, max(len(words) - 1 - REACH, -1), -1):
        word = words[at]
        if crossed is None and word in _verbs():
            return _verbs()[word]
        if crossed is not None and word in _joins() and crossed in _joins()[word]["with"]:
            return str(_joins()[word]["event"])
        if links > 1 and _is_talks(word) and not any(other in _verbs() for other in words[at:]):
            return None  # "work to build on the outcomes of the Summit"
        if crossed in _LINKS and (event := _noun(word, kind)):
            begun = any(_event(before, kind) == "launched" for before in words[max(at - 3, 0) : at])
            return None if begun and _is_talks(word) else event
        if word in _LINKS or crossed is None and any(word in join["with"] for join in _joins().values()):
            crossed = word
            links += word in _LINKS
        elif word in _lexicon()["walls"]:
            return None
    return None


def _event(word: str, kind: str) -> str | None:
    return _verbs().get(word) or _noun(word, kind)


def _noun(word: str, kind: str) -> str | None:
    event: str | None = _lexicon()["nouns"].get(_singular(word))
    if event == "talks":
        event = _lexicon()["talks"][kind]
    return event


def _is_talks(word: str) -> bool:
    """Whether it is only talked: "begin negotiations on the Treaty" signs none."""
    return bool(_lexicon()["nouns"].get(_singular(word)) == "talks")


def _first_verb(words: list[str]) -> bool:
    return bool(words) and words[0] in _verbs()


def _kinds(event: str) -> list[str]:
    kinds: list[str] = load_lexicon("events")["kinds"].get(event, [])
    return kinds


def _words(text: str) -> list[str]:
    text = text.lower()
    for phrase, verb in _lexicon()["phrases"].items():
        text = re.sub(rf"\b{phrase}\b", verb, text)
    return _WORD.findall(text)


def _singular(word: str) -> str:
    return word.removesuffix("s")


@per_lexicons
def _again() -> re.Pattern[str]:
    """ "this 2+2 format", "the next round of talks": in small letters, of no matter that would name it."""
    again, meetings = "|".join(_lexicon()["again"]), "|".join(_lexicon()["meetings"])
    return re.compile(
        rf"\b(?:{again}|\d+(?:st|nd|rd|th)) (?:[a-z\d+-]+ )?(?:{meetings})s?\b"
        r"(?! (?:on(?! (?:an? [\w-]+ basis|\d))|about|for|with|between"
        rf"|of (?!(?:the|these|such|{meetings})s?\b)))"
    )


@per_lexicons
def _behind() -> re.Pattern[str]:
    """A telling phrase at most two words behind a name."""
    phrases = "|".join(phrase.replace(" ", r"\s+") for phrase in _lexicon()["behind"])
    return re.compile(rf"(?:\s+(?!(?:{'|'.join(_lexicon()['walls'])})\b)[\w()-]+){{0,2}}?\s+({phrases})\b")


@per_lexicons
def _verbs() -> dict[str, str]:
    return _inflected(_lexicon()["verbs"])


@per_lexicons
def _joins() -> dict[str, dict[str, Any]]:
    return _inflected(_lexicon()["joins"])


def _inflected(lemmas: dict[str, _Value]) -> dict[str, _Value]:
    """The values by every form of their lemma."""
    table = {form: lemmas[lemma] for form, lemma in _lexicon()["forms"].items() if lemma in lemmas}
    for lemma, value in lemmas.items():
        stem = lemma.removesuffix("e")
        table |= dict.fromkeys((lemma, f"{lemma}s", f"{stem}ed", f"{stem}ing"), value)
    return table


def _lexicon() -> Any:
    return load_lexicon("undertakings")
