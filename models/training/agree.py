"""Silver trees: `python -m communique.models.training.agree DATA CORPUS GOLD OTHER PIPELINE`.

Sentences of releases whose tags and trees two pipelines, trained apart, give alike are added to those of
DATA/train.spacy in DATA/agreed.spacy: what both say is mostly right (Sagae and Tsujii 2007).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from communique.models.loader import load_base
from communique.models.training.releases import sample_lines

LINES, SEED, LENGTHS = 14_000, 11, range(60, 601)
SHORTEST, LONGEST = 8, 60  # words of a sentence


def agreed(first: Language, second: Language, lines: Iterable[str]) -> Iterator[Doc]:
    """A document for each sentence that both pipelines read alike, with tags and tree."""
    lines = list(lines)
    for one, other in zip(first.pipe(lines), second.pipe(lines), strict=True):
        starts = {(sentence.start, sentence.end) for sentence in other.sents}
        for sentence in one.sents:
            same = (sentence.start, sentence.end) in starts and SHORTEST <= len(sentence) <= LONGEST
            if same and _facts(sentence) == _facts(other[sentence.start : sentence.end]):
                yield _alone(sentence)


def _facts(sentence: Span) -> list[tuple[str, str, str, int, str]]:
    """Tags, head and relation of each word; where punctuation hangs does not matter."""
    return [
        (t.text, t.tag_, t.pos_, -1 if t.is_punct else t.head.i, "" if t.is_punct else t.dep_)
        for t in sentence
    ]


def _alone(sentence: Span) -> Doc:
    """The sentence as a document, its names unknown."""
    words = list(sentence)
    return Doc(
        sentence.doc.vocab, words=[t.text for t in words], spaces=[bool(t.whitespace_) for t in words],
        tags=[t.tag_ for t in words], pos=[t.pos_ for t in words], deps=[t.dep_ for t in words],
        heads=[t.head.i - sentence.start for t in words],
        sent_starts=[t.i == sentence.start for t in words],
    )  # fmt: skip


def main(data: Path, corpus: Path, gold: Path, other: str, pipeline: str) -> None:
    first, second = load_base(pipeline), load_base(other)
    train = DocBin().from_disk(data / "train.spacy")
    for doc in agreed(first, second, sample_lines(corpus, gold, LENGTHS, LINES, SEED)):
        train.add(doc)
    train.to_disk(data / "agreed.spacy")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], sys.argv[5])
