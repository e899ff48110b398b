"""The recogniser of names that ships, taught by a larger one.

    python -m communique.models.training.teach_names DATA CORPUS GOLD OWN UPSTREAM NAMES PIPELINE

NAMES are the weights of `train_names`. It marks whole releases of the White House below CORPUS and of other
publishers in DATA/lines.jsonl, but for those annotated in GOLD and, by title, in OWN; lines of which it is
unsure are left out. A
network of the form and with the weights of the one that reads sentences learns these marks and those of the
releases annotated in GOLD and OWN. The folder PIPELINE gets it in the place of its recogniser.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import spacy
import torch
from spacy.language import Language
from spacy.pipeline import EntityRecognizer, Tok2Vec
from spacy.training import Example as Pair
from spacy.util import filter_spans
from thinc.api import Adam, Model, use_ops
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

# The first registers what the pipeline names.
from communique.models import embed  # noqa: F401
from communique.models.reader import marks_in, tail
from communique.models.training.name_examples import LAYERS, name_examples
from communique.models.training.reader_examples import Example
from communique.models.training.releases import MEASURING, held_out, read_lines, releases
from communique.models.training.teach import annotated
from communique.models.training.train_names import NameTagger, encode_names
from communique.models.training.train_reader import load_tokenizer

WHITE_HOUSE_WORDS, MINISTRY_WORDS, SEED = 260_000, 150_000, 11  # the second for each publisher
SURE = 0.8  # of every name in a line that is learned
ROUNDS = 3  # an annotated line counts as so many
STEPS, WARM_UP, RATE, DROPOUT, WORDS = 1_500, 100, 0.0012, 0.25, 900  # the last of a batch
LABELS = LAYERS["name"]


def silver_lines(data: Path, corpus: Path, gold: Path, own: Path) -> Iterator[Example]:
    """Lines of releases of each publisher, in order within a release, without the annotated ones."""
    shuffled = random.Random(SEED).sample
    titles = annotated(gold)[0] | annotated(own.parent)[0]
    excluded = held_out(gold, (*MEASURING, "train", "blind"))
    files = list(releases(corpus, excluded))
    yield from _some((list(read_lines(path)) for path in shuffled(files, len(files))), WHITE_HOUSE_WORDS)
    rows = [json.loads(row) for row in (data / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    for file in sorted({row["file"] for row in rows}):
        texts = [r["lines"] for r in rows if r["file"] == file and r["title"].strip().lower() not in titles]
        yield from _some(shuffled(texts, len(texts)), MINISTRY_WORDS)


def _some(texts: Iterable[list[str]], most: int) -> Iterator[Example]:
    """The lines of texts up to so many words."""
    words = 0
    for lines in texts:
        before = ""
        for line in filter(str.strip, lines if words < most else ()):
            words += len(line.split())
            yield Example(line, before, 0, {})
            before = line


@torch.no_grad()
def marked(teacher: NameTagger, tokenizer: Tokenizer, line: Example) -> Example | None:
    """The line with the names that the teacher marks; None where it is unsure of one."""
    ids, kinds, classes = encode_names(tokenizer, line)
    inside = [at for at, value in enumerate(classes["name"]) if value >= 0]
    offsets = tokenizer.encode(tail(line.before) or ".", line.line).offsets
    found = teacher.logits(*(torch.tensor([row]) for row in (ids, [1] * len(ids), kinds)))["name"][0]
    chances = found.softmax(-1)[inside].numpy()
    marks = list(marks_in("name", LABELS, chances, [offsets[at] for at in inside]))
    if not inside or any(mark.score < SURE for mark in marks):
        return None
    return Example(line.line, line.before, line.half, {"name": [(m.start, m.end, m.label) for m in marks]})


def named(nlp: Language, line: Example) -> Pair:
    """A line as it is learned, with its names as entities."""
    doc = nlp.make_doc(line.line)
    spans = (
        doc.char_span(*mark[:2], label=mark[2], alignment_mode="contract") for mark in line.marks["name"]
    )
    learned = doc.copy()
    learned.set_ents(filter_spans([span for span in spans if span is not None]))
    return Pair(doc, learned)


def student(nlp: Language, lines: list[Pair]) -> EntityRecognizer:
    """A recogniser over vectors of words of its own, which begin as those that the parser listens to."""
    words: dict[str, Any] = nlp.config.interpolate()["components"]["tok2vec"]["model"]
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": True,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": words,
    }  # fmt: skip
    place = nlp.pipe_names[nlp.pipe_names.index("ner") + 1]
    vectors = cast(Tok2Vec, nlp.get_pipe("tok2vec")).model
    nlp.remove_pipe("ner")
    ner = cast(EntityRecognizer, nlp.add_pipe("ner", config={"model": model}, before=place))
    for label in LABELS:
        ner.add_label(label)
    ner.initialize(lambda: lines[:200], nlp=nlp)
    _copy(vectors, ner.model.get_ref("tok2vec"))
    return ner


def _copy(source: Model[Any, Any], target: Model[Any, Any]) -> None:
    """The weights of a network into one that holds it, layer by layer."""
    layers = iter([layer for layer in target.walk() if layer.param_names])
    for layer in (layer for layer in source.walk() if layer.param_names):
        shapes = {name: layer.get_param(name).shape for name in layer.param_names}
        twin = next(t for t in layers if {n: t.get_param(n).shape for n in t.param_names} == shapes)
        for name in layer.param_names:
            twin.set_param(name, layer.get_param(name).copy())


def learn(ner: EntityRecognizer, lines: list[Pair]) -> None:
    """STEPS batches, then the mean of the weights on the way."""
    optimizer = Adam(
        learn_rate=RATE, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True,
    )  # fmt: skip
    left: list[Pair] = []
    for step in range(STEPS):
        batch: list[Pair] = []
        while sum(len(pair.x) for pair in batch) < WORDS:
            left = left or random.sample(lines, len(lines))
            batch.append(left.pop())
        optimizer.learn_rate = RATE * min(1, step / WARM_UP) * (1 - step / STEPS)
        ner.update(batch, sgd=optimizer, drop=DROPOUT)
    for layer in ner.model.walk():
        for name in layer.param_names:
            if (layer.id, name) in optimizer.averages:
                layer.set_param(name, optimizer.averages[layer.id, name])


def main(
    data: Path, corpus: Path, gold: Path, own: Path, upstream: Path, names: Path, pipeline: Path
) -> None:
    random.seed(SEED)
    tokenizer, teacher = load_tokenizer(upstream), NameTagger(upstream)
    teacher.load_state_dict(torch.load(names, weights_only=True))
    teacher.eval()
    silver = filter(
        None, (marked(teacher, tokenizer, line) for line in silver_lines(data, corpus, gold, own))
    )
    with use_ops("numpy", use_blis=False), threadpool_limits(1):
        nlp = spacy.load(pipeline)
        lines = [named(nlp, line) for line in [*silver, *list(name_examples(gold, own)) * ROUNDS]]
        learn(student(nlp, lines), lines)
        nlp.to_disk(pipeline)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
