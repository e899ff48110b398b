"""Names in a list, whose event another part of the text tells: the name before, or the sentence above."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from communique.extractors.events.lexicon import noun, verb, words
from communique.extractors.events.reading import Reading, is_passive, judged, told_by, told_by_joined
from communique.extractors.events.tense import is_future, is_negated

BETWEEN = {"PUNCT", "DET", "CCONJ", "NUM", "SPACE", "X"}
BEFORE = BETWEEN | {"ADJ", "ADV", "SYM"}  # between the start of an item and its name
FINITE = {"VBD", "VBZ", "VBP", "MD"}
ANNEX = 3_000  # tokens between what is said of an annex and its last line
ABOVE = 20  # sentences without a verb, the items before


def follows(name: Span, before: Span) -> bool:
    """Whether nothing but a comma, an "and", "as well as" or the mark of an item parts two names."""
    between = name.doc[before.end : name.start]
    joined = (token.pos_ in BETWEEN or token.lower_ in {"as", "well"} for token in between)
    return bool(between) and before.sent == name.sent and all(joined)


def told_of_it(name: Span, kind: str) -> Iterator[Reading]:
    """What the next sentence tells of the subject of this one: "It was signed on 3 May"."""
    sentence, doc = name.sent, name.doc
    if sentence.end >= len(doc) or not (name.root.dep_.startswith("nsubj") and name.root.head.dep_ == "ROOT"):
        return
    following = doc[sentence.end].sent
    pronoun = next((token for token in following if token.dep_.startswith("nsubj")), None)
    if pronoun is None or pronoun.lower_ != "it" or pronoun.head.dep_ != "ROOT":
        return
    predicate = pronoun.head
    event = told_by(predicate, "obj" if is_passive(predicate) else "subj")
    told = [(event, predicate)] if event is not None else []
    for event, trigger in (*told, *told_by_joined(predicate)):
        if (reading := judged(name, kind, event, trigger)) is not None:
            yield reading


def signed_above(name: Span) -> Reading | None:
    """What an item without a verb has from the sentence above its list: "They signed two texts: ..."."""
    if any(token.pos_ not in BEFORE for token in name.doc[name.sent.start : name.start]):
        return None
    for sentence in _above(name.sent):
        trigger = next((token for token in sentence if _signs(token)), None)
        if trigger is not None:
            return None if is_negated(trigger) else _told_above(trigger)
        if not _announces(sentence):
            return _signed_in_annex(name)
    return None


def _signed_in_annex(name: Span) -> Reading | None:
    """A line that is a name, where the text before has several things signed: "Two Memoranda were signed"."""
    if name.sent.start != name.start or not _is_line(name):
        return None
    several = words("plural")
    for token in name.doc[max(0, name.start - ANNEX) : name.start]:
        if token.lower_ in several and (trigger := _signer(token)) is not None:
            return None if is_negated(trigger) else _told_above(trigger)
    return None


def _is_line(name: Span) -> bool:
    """Whether a name begins a line of its own, whose sentence has no verb."""
    at_start = name.start == 0 or "\n" in name.doc[name.start - 1].text
    return at_start and not _finite(name.sent)


def _signer(noun: Token) -> Token | None:
    """The verb or noun by which several things are signed."""
    above = noun.head
    return above if noun.dep_ in {"obj", "nsubj:pass", "nmod"} and _signs(above) else None


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
    last = next((token for token in reversed(sentence) if not token.is_space), None)
    return last is not None and last.text == ":"


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
