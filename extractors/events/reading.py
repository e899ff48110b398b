"""What governs a name: the verb or noun that tells what happened, or is to happen, to what it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from communique.extractors.annotations import EventKind
from communique.extractors.events.details import ordinal_of
from communique.extractors.events.lexicon import by_object, can, noun, phrases, verb, words
from communique.extractors.events.settings import setting_of
from communique.extractors.events.tense import (
    is_condition,
    is_earlier,
    is_future,
    is_negated,
    is_next,
    is_own,
    is_recent,
    is_unreal,
)

CLIMB = 6
JOINED = {"conj", "appos", "flat", "compound", "nmod:desc"}
THROUGH = JOINED | {"nmod", "nmod:poss", "obl", "dep"}
FREE = {"PUNCT", "SPACE", "ADV", "DET", "CCONJ", "AUX", "PART"}  # between a name and its participle
NEAR = 6  # tokens
PARTED = 10  # tokens between a noun and the name, a day or place among them
PARTING = {"NUM", "PROPN", "PUNCT"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One event as its sentence tells it: the word that tells it, whether this release's meeting did it."""

    event: EventKind
    trigger: Token
    own: bool


def readings_of(name: Span, kind: str) -> list[Reading]:
    """What the sentence of `name` tells: the clause behind it, the words above; none for a mere mention."""
    found: dict[EventKind, Reading] = {}
    joined = (iter([one]) for one in _joined(name))
    for told in (_behind(name), _governing(name), _before(name), _around(name), _parted(name), *joined):
        reading = next((r for event, trigger in told if (r := judged(name, kind, event, trigger))), None)
        if reading is not None:
            found.setdefault(reading.event, reading)
    meets = kind == "dialogue" or (kind == "initiative" and ordinal_of(name) is not None)
    if not found and meets and (trigger := setting_of(name)) is not None:
        return [_as_setting(name, trigger)]
    if not found and is_next(name):
        return [Reading("scheduled", name.root, False)]
    if not found and kind == "dialogue" and is_recent(name):
        return [Reading("held", name.root, False)]
    return list(found.values())


def judged(name: Span, kind: str, event: EventKind, trigger: Token) -> Reading | None:
    if kind == "dialogue" and trigger.lemma_.lower() in words("sitting"):
        if event == "signed" and name[-1].lower_ in words("rounds"):
            return None
        event = "held"  # "concluded the Dialogue"
    if not tells_of(event, kind, trigger) or is_negated(trigger) or is_unreal(trigger):
        return None
    if trigger.pos_ == "VERB" and is_condition(trigger):
        return None
    if is_future(trigger) or is_next(name):
        return Reading("scheduled", trigger, False)
    beside = _is_margin(trigger) and _on(trigger)  # those who meet there meet at the same time
    return Reading(event, trigger, (beside or is_own(trigger)) and not is_earlier(trigger, name))


def _as_setting(name: Span, trigger: Token) -> Reading:
    """Where something was or will be said, a meeting was or will be held."""
    acts = trigger.pos_ == "VERB"  # what is told by a noun is recalled: "the decision at the Forum"
    if (acts and is_future(trigger)) or is_next(name):
        return Reading("scheduled", trigger, False)
    own = acts and is_own(trigger) and not is_earlier(trigger, name) and not is_recent(name)
    return Reading("held", trigger, own)


def tells_of(event: EventKind, kind: str, trigger: Token) -> bool:
    """Whether it can happen to such a name, told by this word.

    Of initiatives, exercises are staged and frameworks signed; to be held or renewed is no event of others.
    """
    only = {"held": "staged", "signed": "signing"}.get(event) if kind == "initiative" else None
    return can(event, kind) and (only is None or trigger.lemma_.lower() in words(only))


def _around(name: Span) -> Iterator[tuple[EventKind, Token]]:
    """A clause that is not right behind the name: "the Treaty the two signed"."""
    for child in name.root.children:
        if child.dep_ in {"acl", "acl:relcl"} and child.i >= name.end:
            others = (c for c in child.children if c.dep_ == "nsubj" and c.lower_ not in {"which", "that"})
            told = told_by(child, "obj" if is_passive(child) or any(others) else "subj")
            if told is not None:
                yield told, child
    for child in name.root.head.children if name.root.dep_.startswith("nsubj") else ():
        if child.tag_ == "VBN" and child.dep_ in {"advcl", "acl"} and child.i < name.start:
            told = told_by(child, "obj")
            if told is not None:
                yield told, child


def _joined(name: Span) -> Iterator[tuple[EventKind, Token]]:
    """What the verbs tell that share their subject: "was signed in May and *entered* into force in June"."""
    if name.root.dep_.startswith("nsubj"):
        yield from told_by_joined(name.root.head)


def told_by_joined(predicate: Token) -> Iterator[tuple[EventKind, Token]]:
    """What the verbs that follow one tell of its subject."""
    for joined in predicate.children:
        own = any(child.dep_.startswith("nsubj") for child in joined.children)
        if joined.dep_ == "conj" and joined.pos_ == "VERB" and not own:
            told = told_by(joined, "obj" if is_passive(joined) else "subj")
            if told is not None:
                yield told, joined


def _parted(name: Span) -> Iterator[tuple[EventKind, Token]]:
    """The noun that a day or place parts from the name: "the signing on 3 May of the Treaty"."""
    before = list(name.doc[max(name.start - PARTED, name.sent.start) : name.start])
    while before and before[-1].pos_ in {"DET", "ADJ"}:
        before.pop()
    if not before or before.pop().lower_ != "of":
        return
    while before and (
        before[-1].pos_ in PARTING or before[-1].lower_ in {"on", "in", "today", "into", "force"}
    ):
        before.pop()
    if before and (telling := noun(before[-1].lemma_.lower())) is not None:
        yield telling, before[-1]


def _before(name: Span) -> Iterator[tuple[EventKind, Token]]:
    """ "the newly established Dialogue"."""
    token = name.doc[name.start - 1] if name.start else name.root
    if token.tag_ == "VBN" and name.root in (token.head, *token.head.ancestors):
        told = told_by(token, "obj")
        if told is not None:
            yield told, token


def _behind(name: Span) -> Iterator[tuple[EventKind, Token]]:
    """What a participle or clause right behind the name tells: "the Memorandum signed in March 2006"."""
    bracketed = False
    for token in name.doc[name.end : min(name.end + NEAR, name.sent.end)]:
        bracketed = (bracketed or token.text == "(") and token.text != ")"
        if bracketed or token.pos_ in FREE or token.lower_ in {"which", "that", "both", "each"}:
            continue
        told = told_by(token, "obj" if is_passive(token) else "subj")
        if told is not None and token.tag_ in {"VBN", "VBD", "VB"} and not _is_of_another(token, name):
            yield told, token
        return


def _is_of_another(verb: Token, name: Span) -> bool:
    """Whether the subject is a thing in whose clause the name stands: "the text drafted at it was signed"."""
    subjects = {child for child in verb.children if child.dep_.startswith("nsubj")}
    above = [name.root, *name.root.ancestors]
    if any(token.lower_ in {"which", "that"} for token in name.doc[name.end : verb.i]):
        return False
    at = next((at for at, token in enumerate(above) if token in subjects), 0)
    return any(token.dep_ in {"acl", "acl:relcl"} for token in above[:at])


def is_passive(verb: Token) -> bool:
    """A participle of its own or with "was"; a past form that the parse takes for one has an object."""
    if any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.children):
        return True
    if verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children):
        return True
    apart = verb.i > 0 and verb.nbor(-1).text == ","  # "the Forum, launched in 2029, is"
    acting = {"obj"} if apart else {"obj", "nsubj"}
    return verb.tag_ in {"VBN", "VBD"} and not any(child.dep_ in acting for child in verb.children)


def _governing(name: Span) -> Iterator[tuple[EventKind, Token]]:
    """What the words above the name tell, the nearest first."""
    token = beside = name.root
    for _ in range(CLIMB):
        head = token.head
        if (
            head == token
            or head.sent != name.sent
            or (token.dep_ == "compound" and _is_other_thing(head, name))
        ):
            return
        if head.i in range(name.start, name.end):
            token = beside = head
        elif head.pos_ in {"VERB", "AUX"} or head.tag_.startswith("VB"):
            told = told_by(head, *_places(beside, head)) or _agreed_on(beside, head)
            if told is not None:
                yield told, head
            else:
                yield from _let(beside, head)
            return
        elif (
            telling := _told_by_noun(head) or _raised_to(beside, head)
        ) is not None and head.i < name.start + NEAR:
            yield telling, head
            return
        elif _is_margin(head) and head.i < name.start:
            yield "held", head
            return
        elif token.dep_ not in THROUGH or not (token.dep_ in JOINED or _passes(head) or _is_listed(token)):
            return
        else:
            beside = token if token.dep_ == "appos" and not _is_bracketed(name) else head
            token = head


def _told_by_noun(token: Token) -> EventKind | None:
    """What "signing" tells, and "signing ceremony"; a "press release" tells nothing."""
    before = [
        child.lower_ for child in token.children if child.dep_ in {"compound", "amod"} and child.i < token.i
    ]
    if token.lemma_.lower() in words("ceremonies"):
        return next((told for word in before if (told := noun(word)) is not None), None)
    return None if set(before) & words("press") else noun(token.lemma_.lower())


def _is_margin(token: Token) -> bool:
    """ "margins", "sidelines", and "side lines" in two words."""
    lemma = token.lemma_.lower()
    return lemma in words("margins") or (lemma == "line" and any(c.lower_ == "side" for c in token.children))


def _let(child: Token, verb: Token) -> Iterator[tuple[EventKind, Token]]:
    """ "will allow the Treaty to enter into force"."""
    if child.dep_ == "obj" and verb.lemma_.lower() in words("letting"):
        for done in verb.children:
            if done.dep_ == "xcomp" and (told := told_by(done, "subj")) is not None:
                yield told, done


def _raised_to(child: Token, noun: Token) -> EventKind | None:
    """ "the upgrade of ties to a Partnership"."""
    to = any(c.dep_ == "case" and c.lower_ == "to" for c in child.children)
    return "launched" if to and noun.lemma_.lower() in words("raising") else None


def _on(noun: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ in {"on", "at"} for child in noun.children)


def _agreed_on(child: Token, verb: Token) -> EventKind | None:
    """ "have agreed to a new Plan": what is agreed on is adopted; "the Plan" may be an old one."""
    if verb.lemma_.lower() not in words("agreeing") or verb.tag_ not in {"VBD", "VBN"} or child.dep_ != "obl":
        return None
    before = {c.lower_ for c in child.children}
    return "adopted" if before & {"to", "on", "upon"} and before & {"a", "an", "new", "this"} else None


def _is_bracketed(name: Span) -> bool:
    return name.start > 0 and name.doc[name.start - 1].text == "("


def _is_listed(token: Token) -> bool:
    """ "signed two documents, including the Treaty": what is told of all is told of each."""
    return any(child.dep_ == "case" and child.lower_ in words("listing") for child in token.children)


def _is_other_thing(head: Token, name: Span) -> bool:
    """Whether a name only tells one thing from another of its sort: "the COP29 Presidency"."""
    return head.i >= name.end and not _passes(head) and noun(head.lemma_.lower()) is None


def _passes(head: Token) -> bool:
    """Nouns of which the name is the matter: "the meeting of", "negotiations for", "entry into force of"."""
    return head.lemma_.lower() in words("meetings")


def told_by(token: Token, *places: str) -> EventKind | None:
    """What a verb tells of a noun that stands at one of `places` beside it."""
    lemma = token.lemma_.lower()
    objects = phrases(lemma)
    if (found := next((c.lower_ for c in token.children if c.lower_ in objects), None)) is not None:
        return by_object(found) if {"subj", "obj"} & set(places) else None
    told = verb(lemma)
    if told is None:
        there = lemma == "be" and any(child.lower_ == "there" for child in token.children)
        return "held" if there and "subj" in places else None
    if "subj" in places and any(c.dep_ == "obj" and _passes(c) for c in token.children):
        return "held"
    event, taken = told
    if (
        event in {"launched", "ended"}
        and "obj" not in places
        and any(c.dep_ == "obj" for c in token.children)
    ):
        taken -= {"subj"}  # "the Agreement opens new markets", "the Roadmap ends the dispute"
    return event if taken & set(places) else None


def _places(child: Token, verb: Token) -> tuple[str, ...]:
    """Where a noun stands beside a verb: "obj", "subj", or behind which preposition."""
    if child.dep_ in {"obj", "nsubj:pass", "conj"}:
        return ("obj",)
    if child.dep_ == "nsubj":
        return ("subj",)
    if child.dep_ == "appos" and not any(other.dep_ == "obj" for other in verb.children):
        return ("obj",)
    return tuple(c.lower_ for c in child.children if c.dep_ == "case")
