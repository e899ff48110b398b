"""An event of what has a name: the number of a meeting in its series, where and when it takes place."""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Span, Token

from communique.extractors.annotations import DATES, DIALOGUES, Dialogue, Event, EventKind
from communique.extractors.commitments.clauses import joined_by, spans_between
from communique.models.lexicons import load_lexicon

_NUMBER = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
BEFORE = 3  # tokens between an ordinal and the name
LONGEST = 20  # tokens of a date or a name

Days = tuple[dt.date | None, dt.date | None]


def event_of(name: Span, kind: EventKind, days: Days, trigger: Token) -> Event:
    """What happened to what `name` names, as `trigger` tells."""
    dialogue: Dialogue = name._.dialogue
    ordinal = ordinal_of(name) if dialogue.kind != "instrument" else None
    return Event(
        dialogue.dialogue_id,
        dialogue.name,
        dialogue.kind,
        kind,
        *days,
        ordinal=ordinal,
        place=place_of(name, trigger),
    )


def ordinal_of(name: Span) -> int | None:
    """3 for "the 3rd ...", "the third meeting of ..."; 1 for "the inaugural ..."."""
    heads = [name.root] + ([name.root.head] if name.root.dep_ in {"nmod", "compound"} else [])
    near = [*name, *name.doc[max(name.start - BEFORE, name.sent.start) : name.start]]
    near += [child for head in heads for child in head.children if child.dep_ in {"amod", "nummod", "advmod"}]
    return next((number for token in near if (number := number_of(token.lower_)) is not None), None)


def number_of(word: str) -> int | None:
    """3 for "3rd" and "third"; None for what is no ordinal."""
    found = _NUMBER.fullmatch(word)
    if found:
        return int(found[1])
    ordinals: dict[str, int] = load_lexicon("events")["ordinals"]
    return ordinals.get(word.removesuffix("-ever"))


def place_of(name: Span, trigger: Token) -> str | None:
    """Where it takes place, as written: "in Jakarta" behind the name or the word that tells the event."""
    for token in (name.root, trigger, name.root.head):
        for child in token.children:
            if child.dep_ in {"nmod", "obl"} and joined_by(child, "case") & {"in", "at"} and _is_place(child):
                return _plain(child)
    return None


def _is_place(token: Token) -> bool:
    return token.pos_ == "PROPN" and not _is_part(token, DATES) and not _is_part(token, DIALOGUES)


def _is_part(token: Token, key: str) -> bool:
    """Whether a word is of a date or of what is held: "March" in "March 2029", "Summit" in "Lima Summit"."""
    near = spans_between(token.doc, key, max(token.i - LONGEST, 0), token.i + LONGEST)
    return any(span.start <= token.i < span.end for span in near)


def _plain(head: Token) -> str:
    start, end = head.i, head.i + 1
    while start > 0 and _is_place(head.doc[start - 1]):
        start -= 1
    while end < len(head.doc) and _is_place(head.doc[end]):
        end += 1
    return head.doc[start:end].text
