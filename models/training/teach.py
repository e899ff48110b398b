"""Silver trees: `python -m communique.models.training.teach DATA CORPUS GOLD PIPELINE UPSTREAM TEACHER`.

Lines of White House releases below CORPUS and of other publishers in DATA/lines.jsonl, cut into words and
sentences by PIPELINE and read by the teacher, are added to those of DATA/train.spacy in DATA/taught.spacy.
Releases of the annotated sets in GOLD are left out, and lines that are annotated paragraphs; other lines of
the releases that these were drawn from are not.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc, DocBin, Span
from tokenizers import Tokenizer
from torch import Tensor

from communique.models.loader import load_base
from communique.models.training.releases import MEASURING, cleaned, sample_lines
from communique.models.training.teacher import Labels, Teacher, encode, load_tokenizer, padded
from communique.models.training.trees import best_heads

LENGTHS, SEED = range(60, 701), 5
WHITE_HOUSE_LINES, MINISTRY_WORDS = 11_000, 110_000  # the second for each publisher
LONGEST, SHORTEST = 90, 8  # words of a sentence, of a line
UNSURE = -0.35  # mean log probability of a head below which the line is left out


def lines_of(corpus: Path, table: Path, gold: Path) -> Iterator[str]:
    """Lines of the White House, then of the publishers in the table, without what is annotated in `gold`."""
    titles, paragraphs = annotated(gold)
    sets = (*MEASURING, "train")
    for line in sample_lines(corpus, gold, LENGTHS, WHITE_HOUSE_LINES, SEED, sets):
        if line not in paragraphs:
            yield line
    yield from (line for line in _ministry_lines(table, titles) if line not in paragraphs)


def _ministry_lines(table: Path, titles: set[str]) -> Iterator[str]:
    """Lines of each publisher up to MINISTRY_WORDS, but of no release with one of the titles."""
    found: dict[str, set[str]] = {}
    for row in map(json.loads, table.read_text(encoding="utf-8").splitlines()):
        if row["title"].strip().lower() not in titles:
            found.setdefault(row["file"], set()).update(cleaned(row["lines"]))
    for lines in map(sorted, found.values()):
        random.Random(SEED).shuffle(lines)
        words = 0
        for line in lines:
            if len(line) in LENGTHS and words <= MINISTRY_WORDS:
                words += len(line.split())
                yield line


def annotated(gold: Path) -> tuple[set[str], set[str]]:
    """The titles of annotated releases, in lower case, and the annotated paragraphs."""
    titles, paragraphs = set(), set()
    for file in gold.glob("*/metadata.csv"):
        with file.open(encoding="utf-8", newline="") as rows:
            titles |= {(row.get("title") or "").strip().lower() for row in csv.DictReader(rows)}
    for file in gold.glob("paragraphs/*.jsonl"):
        texts = [json.loads(row)["text"] for row in file.read_text(encoding="utf-8").splitlines()]
        paragraphs |= {*texts, *cleaned(texts)}
    return titles, paragraphs


def taught(teacher: Teacher, tokenizer: Tokenizer, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Each line with the teacher's tags and trees; lines that it is unsure of are left out."""
    for doc in docs:
        spans = list(doc.sents)
        if len(doc) >= SHORTEST and max(map(len, spans)) <= LONGEST:
            read = read_spans(teacher, tokenizer, spans)
            if min(one.sure for one in read) >= UNSURE:
                yield _line(doc, read)


@dataclass(frozen=True, slots=True)
class Read:
    """What the teacher says of a sentence: heads count from 0, a root is its own; a mean log probability."""

    heads: list[int]
    deps: list[str]
    tags: list[str]
    pos: list[str]
    sure: float


@torch.no_grad()
def read_spans(teacher: Teacher, tokenizer: Tokenizer, spans: Sequence[Span]) -> list[Read]:
    encoded = [encode(tokenizer, [token.text for token in span]) for span in spans]
    words = teacher.words(encoded)
    chances = teacher.arc_scores(words, [len(one.first) for one in encoded]).log_softmax(-1)
    trees = [best_heads(chances[n, : len(s) + 1, : len(s) + 1].double().numpy()) for n, s in enumerate(spans)]
    heads = padded([[0, *map(int, tree[1:])] for tree in trees])
    relations = teacher.relation_scores(words, heads).argmax(-1).tolist()
    tags, pos = (head(words).argmax(-1).tolist() for head in (teacher.tags, teacher.pos))
    return [
        _read(teacher.labels, span, tree, relations[n], tags[n], pos[n], chances[n])
        for n, (span, tree) in enumerate(zip(spans, trees, strict=True))
    ]


def _read(
    labels: Labels,
    span: Span,
    tree: NDArray[np.int64],
    relations: list[int],
    tags: list[int],
    pos: list[int],
    chances: Tensor,
) -> Read:
    places = range(1, len(span) + 1)
    heads = [int(tree[n]) - 1 if tree[n] > 0 else n - 1 for n in places]
    deps = ["ROOT" if tree[n] == 0 else labels.deps[relations[n]] for n in places]
    spaces = [token.is_space for token in span]
    return Read(
        heads, deps,
        ["_SP" if space else labels.tags[tags[n]] for n, space in zip(places, spaces, strict=True)],
        ["SPACE" if space else labels.pos[pos[n]] for n, space in zip(places, spaces, strict=True)],
        float(torch.stack([chances[n, int(tree[n])] for n in places]).mean()),
    )  # fmt: skip


def _line(doc: Doc, read: list[Read]) -> Doc:
    """The words of the line with what was read of its sentences, its names unknown."""
    starts = [span.start for span in doc.sents]
    return Doc(
        doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc],
        tags=[tag for one in read for tag in one.tags], pos=[pos for one in read for pos in one.pos],
        heads=[head + start for one, start in zip(read, starts, strict=True) for head in one.heads],
        deps=[dep for one in read for dep in one.deps],
        sent_starts=[token.i in starts for token in doc],
    )  # fmt: skip


def main(data: Path, corpus: Path, gold: Path, pipeline: Path, upstream: Path, weights: Path) -> None:
    saved = torch.load(weights, weights_only=False)
    teacher = Teacher(upstream, saved["labels"])
    teacher.load_state_dict(saved["weights"])
    teacher.eval()
    lines = lines_of(corpus, data / "lines.jsonl", gold)
    train = DocBin().from_disk(data / "train.spacy")
    for doc in taught(teacher, load_tokenizer(upstream), load_base(str(pipeline)).pipe(lines)):
        train.add(doc)
    train.to_disk(data / "taught.spacy")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
