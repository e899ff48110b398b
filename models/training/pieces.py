"""Pieces of dependency trees that are joined to sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.models.training.sentence import Sentence

UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "MD": "AUX", "JJ": "ADJ", "DT": "DET",
    "PRP": "PRON", "PRP$": "PRON", "TO": "PART", "POS": "PART", "CC": "CCONJ", "CD": "NUM", "RB": "ADV",
    "IN": "ADP",
}  # fmt: skip
GLUED_LEFT = frozenset({",", ".", ")", "-", "’s", ";"})
GLUED_RIGHT = frozenset({"(", "-"})


@dataclass(frozen=True, slots=True)
class Word:
    form: str
    tag: str
    relation: str
    head: int  # position in its piece


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one root; the root's own relation and head are set when the piece is joined to another."""

    words: tuple[Word, ...]
    root: int


def word(form: str, tag: str) -> Piece:
    return Piece((Word(form, tag, "", 0),), 0)


def parse(fragment: str, names: Mapping[str, str]) -> Piece:
    """A piece from its notation; `names` fills the slots."""
    words = [item.rsplit("/", 3) for item in fragment.format_map(names).split()]
    root = next(i for i, parts in enumerate(words) if parts[3] == "0")
    return Piece(tuple(Word(form, tag, rel, int(head) - 1) for form, tag, rel, head in words), root)


def join(head: int, *parts: tuple[Piece, str]) -> Piece:
    """The pieces in a row; the roots of all but number `head` hang on its root with the relations given."""
    starts = [sum(len(piece.words) for piece, _ in parts[:i]) for i in range(len(parts))]
    root = starts[head] + parts[head][0].root
    words = []
    for i, (piece, relation) in enumerate(parts):
        for position, one in enumerate(piece.words):
            hangs = position == piece.root and i != head
            words.append(
                Word(
                    one.form,
                    one.tag,
                    relation if hangs else one.relation,
                    root if hangs else one.head + starts[i],
                )
            )
    return Piece(tuple(words), root)


def coordinate(pieces: Sequence[Piece]) -> Piece:
    """Every conjunct hangs on the first, commas and "and" on the next conjunct."""
    parts: list[tuple[Piece, str]] = [(pieces[0], "")]
    for number, piece in enumerate(pieces[1:], 1):
        last = number == len(pieces) - 1
        before = [(word(",", ","), "punct")] if len(pieces) > 2 else []
        before += [(word("and", "CC"), "cc")] if last else []
        parts.append((join(len(before), *before, (piece, "")), "conj"))
    return join(0, *parts)


def to_sentence(piece: Piece, name: str, starts: str) -> Sentence:
    """The piece as a treebank sentence, its first letter a capital; lemmas are left empty."""
    sentence = Sentence(id=name, starts=starts)
    forms = [one.form for one in piece.words]
    forms[0] = forms[0][0].upper() + forms[0][1:]
    for i, one in enumerate(piece.words):
        tag, _, upos = one.tag.partition(".") if len(one.tag) > 1 else (one.tag, "", "")
        relation = "ROOT" if i == piece.root else one.relation
        sentence.words.append(forms[i])
        sentence.xpos.append(tag)
        sentence.upos.append(upos or _upos(tag, relation))
        sentence.heads.append(i if i == piece.root else one.head)
        sentence.deps.append(relation)
        sentence.lemmas.append("")
        following = forms[i + 1] if i + 1 < len(forms) else "."
        sentence.spaces.append(following not in GLUED_LEFT and forms[i] not in GLUED_RIGHT)
    return sentence


def _upos(tag: str, relation: str) -> str:
    if relation in ("aux", "aux:pass", "cop"):
        return "AUX"
    return UPOS.get(tag) or ("VERB" if tag.startswith("VB") else "PUNCT")
