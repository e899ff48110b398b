"""Which event would keep an undertaking, from its words: `held` for "hold the next session of the Talks"."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any, TypeVar

from communique.models.lexicons import load_lexicon, per_lexicons

REACH = 12  # words before a name in which its verb may stand
NEAR = 3  # words before a noun in which what it is under may stand: "in early preparation for"
FAR = 60  # words before a name that are read, for each preposition among them leads further back
OWN = 4  # words of a name's own before it: "the next annual ministerial"

_Value = TypeVar("_Value")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|,(?=\s)")
_MEET = {"meet", "meeting", "meets"}
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_POSSESSED = re.compile(r"['’]")


def wanted(before: str, trigger: str, kind: str, *, done: bool, behind: str = "") -> str | None:
    """The event that does what is undertaken with a name of this kind; None where no event would.

    `before` and `behind` are the words of the undertaking around the name, `trigger` its predicate, which
    tells what was done where it is `done` already ("launched the Dialogue").
    """
    if _POSSESSED.match(behind):
        return None  # "keep up the Summit's agenda"
    words = _words(before)
    event = _told_behind(words, behind) or _reached(words[-FAR:], kind, done)
    if event is None and done and _is_object(words):
        event = next((e for word in reversed(_words(trigger)) if (e := _event(word, kind))), None)
    if event == "held" and kind == "initiative" and _staged().isdisjoint(words):
        return None  # who takes part in a programme does not hold it
    return event if event is None or kind in _kinds(event) else None


def is_kept_by(want: str, event: str) -> bool:
    """Whether an event of this sort does what is wanted: a dialogue that was held has been launched."""
    return event in _lexicon()["kept_by"][want]


def is_next_meeting(what: str) -> bool:
    """Whether a meeting is undertaken that is not named: "hold the second session", "meet in this format"."""
    held = any(_verbs(False).get(word) == "held" or word in _MEET for word in _words(what)[:REACH])
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


def _told_behind(words: list[str], behind: str) -> str | None:
    """What the words behind a name tell: "(bring) the Treaty into force", "the Talks would take place".

    A clause tells only when it is ("once the Treaty is in force"), and so does what is "to take place",
    unless the name opens the undertaking.
    """
    found = _behind().match(behind)
    if found is None or not _lexicon_set("conditions").isdisjoint(words[-REACH:]):
        return None
    if _later().search(found[0]) and not _is_own(words):
        return None
    return str(_lexicon()["behind"][" ".join(found[1].split())])


def _reached(words: list[str], kind: str, done: bool) -> str | None:
    """What the nearest telling word before the name tells, where nothing stands between that cuts it off."""
    for at in range(len(words) - 1, max(len(words) - 1 - REACH, -1), -1):
        word = words[at]
        if word in _verbs(done):
            return None if _is_aside(words[:at], word) else _verbs(done)[word]
        if word in _links() and "," not in words[at:]:
            return _through(words[:at], word, words[at + 1 :], kind, done)
        if word in _links() or word in _lexicon_set("walls"):
            return None
    return None


def _is_aside(before: list[str], verb: str) -> bool:
    """Whether a verb only tells when, or to what use: "when we sign the Treaty", "for use in signing"."""
    if verb.endswith("ing"):
        return bool(before) and before[-1] in _lexicon_set("under")
    clause = list(takewhile(lambda word: word not in _lexicon_set("breaks"), reversed(before[-NEAR - 1 :])))
    return not _lexicon_set("conditions").isdisjoint(clause)


def _through(words: list[str], link: str, behind: list[str], kind: str, done: bool) -> str | None:
    """What is told through a preposition: "the signing *of* the Treaty", "meet *at* the Forum".

    Behind "to" stands a verb that tells nothing, unless an article does ("work to support the Forum").
    """
    if link == "to" and behind and behind[0] not in _lexicon_set("articles"):
        return None
    for at in range(len(words) - 1, max(len(words) - 1 - REACH, -1), -1):
        if (join := _joins().get(words[at])) and link in join["with"]:
            return str(join["event"])
        if words[at] in _lexicon_set("walls"):
            break
    if words[-2:-1] in (["in"], ["at"]):  # "the signing in Lima of the Treaty"
        words = words[:-2]
    while words and (words[-1] in _lexicon_set("adverbs") or words[-1].endswith("ly")):
        words = words[:-1]
    return _named_by(words, link, kind, done) if words else None


def _named_by(words: list[str], link: str, kind: str, done: bool) -> str | None:
    """What the noun at the end of `words` tells of the name that follows it with a preposition."""
    noun, before = _singular(words[-1]), words[:-1]
    if noun in _lexicon_set("sessions"):
        told = _is_own(before) or _reached(before, "dialogue", done) == "held"
        return "held" if told and link == "of" else None
    near = before[-NEAR - 1 :]
    if not _lexicon_set("under").isdisjoint(near[-NEAR:]) and _joins().keys().isdisjoint(near):
        return None
    started = {_verbs(done).get(word) or _noun(word, kind) for word in before[-NEAR:]}
    if noun in _lexicon_set("talks_of" if link == "of" else "talks_on") and link in _lexicon_set("links"):
        return "launched" if "launched" in started else str(_lexicon()["talks"][kind])
    if noun in _lexicon_set("discussed") and "signed" in started:
        return str(_lexicon()["talks"][kind])
    return _noun(words[-1], kind) if link in {"of", "for"} else None


def _is_own(words: list[str]) -> bool:
    """Whether the words that open an undertaking are the name's own: "the next annual"."""
    opens = not words or words[0] in _lexicon_set("articles") or words[0] in _lexicon_set("again")
    return opens and len(words) <= OWN and _links().union(_lexicon_set("walls")).isdisjoint(words)


def _event(word: str, kind: str) -> str | None:
    return _verbs(True).get(word) or _noun(word, kind)


def _noun(word: str, kind: str) -> str | None:
    event: str | None = _lexicon()["nouns"].get(_singular(word))
    return event


def _is_object(words: list[str]) -> bool:
    """Whether a name is what was done: no verb opens the undertaking, and nothing parts the name from it."""
    opens = bool(words) and words[0] in _verbs(True)
    return not opens and _links().union(_lexicon_set("walls")).isdisjoint(words)


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
def _later() -> re.Pattern[str]:
    """What makes the words behind a name tell only when it is: "the Talks *to* be held in May"."""
    return re.compile(rf"\b(?:{'|'.join(_lexicon()['planned'])})\b")


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


def _verbs(past: bool) -> dict[str, str]:
    """Forms of the verbs; those of the past tell what was done, never what is to be."""
    return _all_forms() if past else _present_forms()


@per_lexicons
def _present_forms() -> dict[str, str]:
    return _present(_lexicon()["verbs"])


@per_lexicons
def _all_forms() -> dict[str, str]:
    return _inflected(_lexicon()["verbs"])


@per_lexicons
def _joins() -> dict[str, dict[str, Any]]:
    return _inflected(_lexicon()["joins"])


@per_lexicons
def _links() -> frozenset[str]:
    """The prepositions through which a word may reach the name."""
    return _lexicon_set("links").union(*(join["with"] for join in _joins().values()))


@per_lexicons
def _staged() -> frozenset[str]:
    return frozenset(_present(dict.fromkeys(_lexicon()["staged"], True)))


def _inflected(lemmas: dict[str, _Value]) -> dict[str, _Value]:
    """The values by every form of their lemma."""
    past = {form: lemmas[lemma] for form, lemma in _lexicon()["past"].items() if lemma in lemmas}
    regular = {f"{lemma.removesuffix('e')}ed": value for lemma, value in lemmas.items()}
    return _present(lemmas) | regular | past


def _present(lemmas: dict[str, _Value]) -> dict[str, _Value]:
    """The values by the forms of their lemma that are no past."""
    table = {form: lemmas[lemma] for form, lemma in _lexicon()["forms"].items() if lemma in lemmas}
    for lemma, value in lemmas.items():
        table |= dict.fromkeys((lemma, f"{lemma}s", f"{lemma.removesuffix('e')}ing"), value)
    return table


@per_lexicons
def _lexicon_set(name: str) -> frozenset[str]:
    """The list `name` of `undertakings.yaml`."""
    return frozenset(str(word) for word in _lexicon()[name])


def _lexicon() -> Any:
    return load_lexicon("undertakings")
