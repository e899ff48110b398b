"""How sure it is that a candidate is an undertaking: a logistic model over the names of its features."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from communique.extractors.commitments.candidate import Candidate, Mark
from communique.extractors.commitments.clauses import chain
from communique.extractors.commitments.lexicon import lexicon, own_predicates
from communique.extractors.commitments.marks import READ, shared
from communique.extractors.commitments.predicates import Reading
from communique.extractors.commitments.signs import signs_against
from communique.extractors.commitments.subjects import actor_at, kind_of
from communique.models.weights import load_weights, probability

CONTENT = {"ADJ", "ADV", "NOUN", "PROPN", "VERB"}
LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # of how sure the reader is
SHARES = (0.3, 0.5, 0.7, 0.8, 0.9, 0.97)  # of what a mark and a candidate have in common
ALONE = "reader=alone"
QUOTES = {"“", "”", '"'}
CONDITIONS = {"if", "when", "once", "should"}


def confidence(doc: Doc, found: Candidate, reading: Reading | None) -> float:
    """The probability that an annotator would mark the candidate; `reading` is None for lines of lists."""
    return probability(features(doc, found, reading), weights())


def threshold() -> float:
    """The least confidence with which a candidate becomes a row."""
    return float(weights()["threshold"])


@cache
def weights() -> dict[str, Any]:
    """The fitted model: `bias`, `threshold` and the weight of each feature by name."""
    return load_weights("commitments")


def features(doc: Doc, found: Candidate, reading: Reading | None) -> list[str]:
    """The features of a candidate; `reading` is None for lines of lists and plans."""
    words = (f"word={word}" for word in _content(found))
    names = [f"act={found.act}", *_reader_features(found, reading), *words]
    if reading is None:
        return [*names, f"line={found.rule.rsplit(':')[-1]}"]
    signs = _signs(found, reading)
    return [*names, *_reading_features(doc, found, reading), *_word_features(doc, found, reading), *signs]


def _reader_features(found: Candidate, reading: Reading | None) -> Iterator[str]:
    """What the reader makes of it; nothing of predicates that a user added, which it never learned."""
    if reading is not None and reading.entry == READ:
        yield from _unread_features(found.mark)
    elif reading is None or reading.entry not in own_predicates():
        yield from _mark_features(found)


def _mark_features(found: Candidate) -> Iterator[str]:
    """What the reader marks there: how surely, with which act, whether both begin and end at one place."""
    mark, what = found.mark, found.what
    if mark is None:
        yield "reader=none"
        return
    share = shared(mark.what, what)
    yield from (f"reader&score>={level}" for level in LEVELS if mark.score * share >= level)
    yield from (f"reader&share>={level}" for level in SHARES if share >= level)
    yield f"reader&act={found.act}+{mark.act}"
    yield f"reader&edges={mark.what.start == what.start}+{mark.what.end == what.end}"


def _unread_features(mark: Mark | None) -> Iterator[str]:
    """How surely the reader marks what nothing else sees."""
    yield ALONE
    yield from (f"{ALONE}&score>={level}" for level in LEVELS if mark is not None and mark.score >= level)


def _content(found: Candidate) -> list[str]:
    """The lemmas of the words of an undertaking that mean something, each once."""
    return sorted({token.lemma_.lower() for token in found.what if token.pos_ in CONTENT})


def _signs(found: Candidate, reading: Reading) -> Iterator[str]:
    """What speaks against the candidate: each sign, alone and by its construction, and all together."""
    against = signs_against(found, reading)
    for name in against:
        yield f"against={name}"
        yield f"against={name}&frame={reading.complement.frame}"
    yield f"against={'+'.join(against) if len(against) > 1 else len(against)}"


def _word_features(doc: Doc, found: Candidate, reading: Reading) -> Iterator[str]:
    """The words that carry the candidate and their place in the parse."""
    yield f"verb={reading.complement.head.lemma_.lower()}"
    yield f"governor={reading.predicate.head.lemma_.lower()}&{reading.predicate.dep_}"
    if reading.subject is not None:
        yield f"subject={reading.subject.lemma_.lower()}"
        yield f"subject_actor={_actor_kind(reading.subject)}"
    yield f"before={doc[max(0, found.trigger.start - 1)].lower_}"
    if any(token.lower_ in CONDITIONS for token in found.sentence):
        yield "condition"


def _reading_features(doc: Doc, found: Candidate, reading: Reading) -> Iterator[str]:
    verb, frame = reading.predicate, reading.complement.frame
    kind = kind_of(reading.subject)
    group: str = "will" if frame == "aux" else "noun" if reading.nominal else reading.act
    if reading.host is not None:  # "reaffirmed that they will" is no plain "they will"
        host = lexicon().hosts.get(reading.host.lemma_.lower(), "other")
        yield f"host={host}"
        group = f"{host}+will" if frame == "aux" else group
    yield f"entry={reading.entry}"
    yield f"frame={frame}"
    yield f"{group}&subject={kind}"
    yield f"{group}&actor={_actor_kind(reading.subject)}"
    yield f"{group}&form={_form(verb)}"
    yield f"{group}&place={_place(verb)}"
    if reading.complement.head.lemma_.lower() in lexicon().words["effects"]:
        yield f"{group}&effect&subject={kind}"
    if reading.subject is not None and any(
        c.lower_ in {"this", "these", "such"} for c in reading.subject.lefts
    ):
        yield f"{group}&subject=this"
    if any(
        token.text in QUOTES
        for token in doc[max(found.sentence.start, found.what.start - 40) : found.what.start]
    ):
        yield "quoted"


def _actor_kind(token: Token | None) -> str | None:
    """The kind of actor that the token names or belongs to, None where it is none."""
    actor = actor_at(token) if token is not None else None
    return actor.kind if actor is not None else None


def _form(verb: Token) -> str:
    """Tense and voice as far as auxiliaries tell."""
    auxiliaries = {c.lemma_.lower() for c in verb.lefts if c.dep_ in {"aux", "aux:pass", "cop"}}
    perfect = "+have" if "have" in auxiliaries else "+be" if "be" in auxiliaries else ""
    return verb.tag_ + perfect


def _place(verb: Token) -> str:
    """Where the predicate hangs in its sentence, through coordination."""
    *_, first = chain(verb, "conj")
    return first.dep_
