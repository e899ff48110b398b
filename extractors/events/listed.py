"""Names in a list, whose event another part of the text tells: the name before, or the sentence above."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from communique.extractors.events.lexicon import noun, verb
from communique.extractors.events.reading import Reading
from communique.extractors.events.tense import is_future, is_negated

BETWEEN = {"PUNCT", "DET", "CCONJ", "NUM", "SPACE", "X"}
BEFORE = BETWEEN | {"ADJ", "ADV", "SYM"}  # between the start of an item and its name
FINITE = {"VBD", "VBZ", "VBP", "MD"}
ABOVE = 20  # sentences without a verb, the items before


def follows(name: Span, before: Span) -> bool:
    """Whether nothing but a comma, an "and" or the mark of an item parts a name from the one before."""
    between = name.doc[before.end : name.start]
    return bool(between) and before.sent == name.sent and all(token.pos_ in BETWEEN for token in between)


def signed_above(name: Span) -> Reading | None:
    """What an item without a verb has from the sentence above its list: "They signed two texts: ..."."""
    if any(token.pos_ not in BEFORE for token in name.doc[name.sent.start : name.start]):
        return None
    for sentence in _above(name.sent):
        trigger = next((token for token in sentence if _signs(token)), None)
        if trigger is not None:
            return None if is_negated(trigger) else _told_above(trigger)
        if not _announces(sentence):
            return None
    return None


def _told_above(trigger: Token) -> Reading:
    future = is_future(trigger)
    return Reading("scheduled" if future else "signed", trigger, not future)


def _above(item: Span) -> Iterator[Span]:
    """The sentences before an item that have a verb, the nearest first."""
    if _finite(item):
        return
    sentence = item
    for _ in range(ABOVE):
        if sentence.start == 0:
            return
        sentence = item.doc[sentence.start - 1].sent
        if _finite(sentence):
            yield sentence


def _announces(sentence: Span) -> bool:
    """ "The agreements were:", which tells nothing but that a list follows."""
    words = [token for token in sentence if not token.is_space]
    return bool(words) and words[-1].text == ":"


def _finite(sentence: Span) -> bool:
    """Whether a sentence has a verb outside the clauses that only describe a thing."""
    return any(
        token.tag_ in FINITE and not {t.dep_ for t in (token, *token.ancestors)} & {"acl", "acl:relcl"}
        for token in sentence
    )


def _signs(token: Token) -> bool:
    lemma = token.lemma_.lower()
    told = verb(lemma)
    return noun(lemma) == "signed" or (told is not None and told[0] == "signed")
