"""Training data as DocBin files: `python -m communique.models.training.prepare UD CORPUS GOLD OUT`."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from communique.models.tokenizer import make_tokenizer
from communique.models.training.conllu import read_sentences, to_docs
from communique.models.training.iob2 import read_iob2
from communique.models.training.names import mark_names
from communique.models.training.register import Composer
from communique.models.training.releases import sample_lines
from communique.models.training.sentence import Sentence

TREEBANKS = {"en_ewt": False, "en_gum": True}  # whether the treebank marks names
SILVER_LINES, COMPOSED, SEED, LENGTHS = 4_000, 6_000, 7, range(40, 401)


def curl_quotes(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Half of the sentences with typographic quotation marks and apostrophes, as releases have them."""
    random_state = random.Random(SEED)
    for sentence in sentences:
        if random_state.random() < 0.5:
            sentence.words = list(_curled(sentence.words))
        yield sentence


def _curled(words: list[str]) -> Iterator[str]:
    opening = True
    for word in words:
        if word == '"':
            yield "\u201c" if opening else "\u201d"
            opening = not opening
        else:
            yield word.replace("'", "\u2019")


def prepare(ud: Path, out: Path) -> None:
    """Write train.spacy, dev.spacy and one file per test set to `out`."""
    vocab = spacy.blank("en").vocab
    out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "dev", "test"):
        both = DocBin()
        for treebank, with_names in TREEBANKS.items():
            one = DocBin()
            sentences = read_sentences(ud / f"{treebank}-{split}.conllu")
            if split == "train":
                sentences = curl_quotes(sentences)
            for doc in to_docs(vocab, sentences, with_names=with_names):
                one.add(doc)
            both.merge(one)
            one.to_disk(out / f"{treebank}-{split}.spacy")
        both.to_disk(out / f"{split}.spacy")


def add_register(ud: Path, corpus: Path, gold: Path, out: Path) -> None:
    """Add to train.spacy lines of releases with silver names, composed sentences, and names of UNER.

    UNER has no training file here: its development set is used, whose trees only choose the best weights.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    train = DocBin().from_disk(out / "train.spacy")
    for doc in mark_names(nlp, sample_lines(corpus, gold, LENGTHS, SILVER_LINES, SEED)):
        train.add(doc)
    for doc in read_iob2(nlp.vocab, ud / "en_ewt-dev.iob2"):
        train.add(doc)
    for doc in to_docs(nlp.vocab, Composer(SEED).sentences(COMPOSED), with_names=False):
        train.add(doc)
    train.to_disk(out / "train.spacy")


def main(ud: Path, corpus: Path, gold: Path, out: Path) -> None:
    prepare(ud, out)
    add_register(ud, corpus, gold, out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
