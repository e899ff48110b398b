"""Names of Universal NER (IOB2) as spaCy documents."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

UNER_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC"}


def read_iob2(vocab: Vocab, path: Path) -> list[Doc]:
    """One document per sentence of an UNER file, with names alone."""
    docs = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        tags = ["-".join([row[2][:1], UNER_LABELS.get(row[2][2:], "")]).rstrip("-") or "O" for row in rows]
        if rows:
            docs.append(Doc(vocab, words=[row[1] for row in rows], ents=tags))
    return docs
