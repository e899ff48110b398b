"""Names in a list, whose event another part of the text tells: the name before, or the sentence above."""

from __future__ import annotations

from spacy.tokens import Span, Token

from communique.extractors.events.lexicon import noun, verb
from communique.extractors.events.reading import Reading
from communique.extractors.events.tense import is_future, is_negated

BETWEEN = {"PUNCT", "DET", "CCONJ", "NUM", "SPACE", "X"}
BEFORE = BETWEEN | {"ADJ", "ADV", "SYM"}  # between the start of an item and its name
FINITE = {"VBD", "VBZ", "VBP", "MD"}
ABOVE = 8  # sentences without a verb, the items before


def follows(name: Span, before: Span) -> bool:
    """Whether nothing but a comma, an "and" or the mark of an item parts a name from the one before."""
    between = name.doc[before.end : name.start]
    return bool(between) and before.sent == name.sent and all(token.pos_ in BETWEEN for token in between)


def signed_above(name: Span) -> Reading | None:
    """What an item without a verb has from the sentence above its list: "They signed two texts: ..."."""
    sentence = name.sent
    if any(token.pos_ not in BEFORE for token in name.doc[sentence.start : name.start]):
        return None
    for _ in range(ABOVE):
        if _finite(sentence):
            break
        if sentence.start == 0:
            return None
        sentence = name.doc[sentence.start - 1].sent
    if sentence == name.sent:
        return None
    trigger = next((token for token in sentence if _signs(token)), None)
    if trigger is None or is_future(trigger) or is_negated(trigger):
        return None
    return Reading("signed", trigger, True)


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
