"""Sentences of the register with their trees, composed from fragments annotated by hand (register.yaml).

The treebanks have few sentences in which two named governments agree to three things; these are built so
that their trees are right by construction: who is the subject, what hangs on "agreed to".
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from communique.models.training.pieces import Piece, coordinate, join, parse, to_sentence, word
from communique.models.training.sentence import Sentence

FRAGMENTS = Path(__file__).parent / "register.yaml"
LONGEST = 70  # words of a sentence


class Composer:
    """Random sentences; one seed gives one sequence."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._data: dict[str, Any] = yaml.safe_load(FRAGMENTS.read_text(encoding="utf-8"))

    def sentences(self, count: int) -> Iterator[Sentence]:
        for number in range(count):
            piece = self._sentence()
            while len(piece.words) > LONGEST:
                piece = self._sentence()
            yield to_sentence(piece, f"register-{number}", "par" if self._maybe(0.5) else "")

    def _pick(self, fragments: Sequence[str]) -> Piece:
        return parse(self._random.choice(fragments), self)  # type: ignore[arg-type]  # asks for slots only

    def __getitem__(self, slot: str) -> str:
        return str(self._random.choice(self._data[slot]))

    def _maybe(self, chance: float) -> bool:
        return self._random.random() < chance

    def _subject(self) -> Piece:
        if self._maybe(0.3):
            return self._pick(self._data["groups"])
        return coordinate(
            [self._pick(self._data["actors"]) for _ in range(self._random.choice((1, 2, 2, 2, 3)))]
        )

    def _object(self, relative: float = 0.0) -> Piece:
        """What is acted upon; `relative` is the chance of a relative clause behind it."""
        if self._maybe(relative):
            return join(0, (self._object(), ""), (self._relative(), "acl:relcl"))
        if self._maybe(0.6):
            return self._pick(self._data["objects"])
        matter = self._pick(self._data["matters"])
        preposition = word(self._random.choice(("on", "in")), "IN")
        topics = join(1, (preposition, "case"), (self._topics(), ""))
        examples = [(self._examples(), "nmod")] if self._maybe(0.25) else []
        return join(0, (matter, ""), (topics, "nmod"), *examples)

    def _topics(self) -> Piece:
        count = self._random.choice((1, 2, 3, 4, 5, 6))
        return coordinate([parse(topic, {}) for topic in self._random.sample(self._data["topics"], count)])

    def _examples(self) -> Piece:
        """ ", including A, B, and C" """
        comma, including = word(",", ","), word("including", "VBG.ADP")
        return join(2, (comma, "punct"), (including, "case"), (self._topics(), ""))

    def _tail(self) -> list[tuple[Piece, str]]:
        if self._maybe(0.6):
            return []
        relation = self._random.choice(list(self._data["tails"]))
        tail = [(self._pick(self._data["tails"][relation]), relation)]
        return tail if self._maybe(0.7) else [(self._purpose(), "advcl")]

    def _purpose(self) -> Piece:
        """ "to A, B, and C": the conjuncts belong to the purpose, not to what it serves."""
        return self._series((word("to", "TO"), "mark"))

    def _relative(self) -> Piece:
        """ "that will A, B, and C" """
        return self._series((word("that", "WDT.PRON"), "nsubj"), (word("will", "MD"), "aux"))

    def _series(self, *before: tuple[Piece, str]) -> Piece:
        """One to four plain actions that share what stands before the first."""
        actions = [
            self._data["actions"][i][0] for i in self._random.sample(range(len(self._data["actions"])), 4)
        ]
        first, *rest = actions[: self._random.choice((1, 1, 2, 3, 4))]
        more = [join(0, (word(verb, "VB"), ""), (self._object(), "obj")) for verb in rest]
        return coordinate(
            [join(len(before), *before, (word(first, "VB"), ""), (self._object(), "obj")), *more]
        )

    def _action(self, form: int, tag: str, *before: tuple[Piece, str]) -> Piece:
        """An infinitive (form 0) or gerund (1) with its object; sometimes two verbs share the object."""
        verb = word(self._random.choice(self._data["actions"])[form], tag)
        if self._maybe(0.15):
            verb = coordinate([verb, word(self._random.choice(self._data["actions"])[form], tag)])
        return join(len(before), *before, (verb, ""), (self._object(0.1), "obj"), *self._tail())

    def _actions(self, form: int, tag: str, *before: tuple[Piece, str]) -> Piece:
        """One to four actions; what stands before the first ("to") is repeated before the others or not."""
        again = before if self._maybe(0.4) else ()
        more = [self._action(form, tag, *again) for _ in range(self._random.choice((0, 0, 1, 1, 2, 3)))]
        return coordinate([self._action(form, tag, *before), *more])

    def _infinitive(self) -> Piece:
        return self._actions(0, "VB", (word("to", "TO"), "mark"))

    def _gerund(self) -> Piece:
        return self._actions(1, "VBG", (word("to", "IN.SCONJ"), "mark"))

    def _future(self) -> Piece:
        return self._actions(0, "VB", (word("will", "MD"), "aux"))

    def _to_noun(self, relation: str) -> tuple[Piece, str]:
        return join(1, (word("to", "IN"), "case"), (self._object(), "")), relation

    def _complement(self, gerund: str, infinitive: str, noun: str) -> tuple[Piece, str]:
        """ "to" with a gerund, an infinitive or a noun, and its relation."""
        kind = self._random.randrange(3)
        if kind == 0:
            return self._gerund(), gerund
        return (self._infinitive(), infinitive) if kind == 1 else self._to_noun(noun)

    def _predicate(self) -> tuple[Piece, str]:
        """A finite predicate without its subject, and the relation of that."""
        choice = self._random.choice(
            (
                self._agree,
                self._commit,
                self._be_committed,
                self._reaffirm,
                self._will,
                self._that,
                self._report,
            )
        )
        return choice()

    def _agree(self) -> tuple[Piece, str]:
        form, tag = self._random.choice(
            [
                ("agreed", "VBD"),
                ("agree", "VBP"),
                ("pledged", "VBD"),
                ("intend", "VBP"),
                ("resolved", "VBD"),
                ("decided", "VBD"),
                ("plan", "VBP"),
            ]
        )
        also = [(word("also", "RB"), "advmod")] if self._maybe(0.2) else []
        return join(len(also), *also, (word(form, tag), ""), (self._infinitive(), "xcomp")), "nsubj"

    def _commit(self) -> tuple[Piece, str]:
        verb = self._random.choice(
            (word("committed", "VBD"), word("commit", "VBP"), word("recommitted", "VBD"))
        )
        return join(0, (verb, ""), self._complement("advcl", "xcomp", "obl")), "nsubj"

    def _be_committed(self) -> tuple[Piece, str]:
        participle = join(0, (word("committed", "VBN"), ""), self._complement("advcl", "xcomp", "obl"))
        if self._maybe(0.5):
            return join(1, (word("are", "VBP"), "aux:pass"), (participle, "")), "nsubj:pass"
        return join(0, (word("remain", "VBP"), ""), (participle, "xcomp")), "nsubj"

    def _reaffirm(self) -> tuple[Piece, str]:
        verb = self._random.choice(("reaffirmed", "reiterated", "underscored", "renewed", "expressed"))
        noun = self._random.choice(("commitment", "determination", "resolve", "intention"))
        phrase = join(
            1,
            (word("their", "PRP$"), "nmod:poss"),
            (word(noun, "NN"), ""),
            self._complement("acl", "acl", "nmod"),
        )
        return join(0, (word(verb, "VBD"), ""), (phrase, "obj")), "nsubj"

    def _will(self) -> tuple[Piece, str]:
        return self._future(), "nsubj"

    def _report(self) -> tuple[Piece, str]:
        verb = word(self._random.choice(self._data["reports"]), "VBD")
        return join(0, (verb, ""), (self._object(), "obj")), "nsubj"

    def _that(self) -> tuple[Piece, str]:
        verb = self._random.choice(("agreed", "announced", "confirmed", "decided"))
        clause = join(2, (word("that", "IN.SCONJ"), "mark"), (self._subject(), "nsubj"), (self._future(), ""))
        return join(0, (word(verb, "VBD"), ""), (clause, "ccomp")), "nsubj"

    def _sentence(self) -> Piece:
        if self._maybe(0.1):  # an item of a list
            return self._actions(0, "VB")
        predicate, relation = self._predicate()
        if self._maybe(0.25):
            second = self._predicate()[0]
            predicate = coordinate([predicate, second])
        opening = self._opening()
        more = [(self._second_clause(), "conj")] if self._maybe(0.15) else []
        parts = [*opening, (self._subject(), relation), (predicate, ""), *more, (word(".", "."), "punct")]
        return join(len(opening) + 1, *parts)

    def _second_clause(self) -> Piece:
        """ ", and" and a clause with a subject of its own; the comma is often left out."""
        comma = [(word(",", ","), "punct")] if self._maybe(0.5) else []
        predicate, relation = self._predicate()
        conjunction = (word("and", "CC"), "cc")
        return join(len(comma) + 2, *comma, conjunction, (self._subject(), relation), (predicate, ""))

    def _opening(self) -> list[tuple[Piece, str]]:
        if self._maybe(0.7):
            return []
        if self._maybe(0.3):
            return [(join(0, (self._action(1, "VBG"), ""), (word(",", ","), "punct")), "advcl")]
        relation = self._random.choice(list(self._data["openings"]))
        phrase = self._pick(self._data["openings"][relation])
        return [(join(0, (phrase, ""), (word(",", ","), "punct")), relation)]
