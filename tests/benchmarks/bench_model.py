"""Speed beside a plain small CNN and a blank pipeline: `python tests/benchmarks/bench_model.py FOLDER`.

FOLDER holds releases as plain text (*.txt). Tokens per CPU second of one process on one thread, the best of
five passes over the same texts, each pipeline in batches of its own size. The plain CNN (width 96, depth 4;
tagger, morphologizer, trainable lemmatizer, parser, NER on one encoder) is trained for some steps on the
shipped pipeline's own output, so that its parser makes sensible moves.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402
from spacy.training import Example  # noqa: E402
from spacy.util import minibatch  # noqa: E402

from communique.models.loader import load_base  # noqa: E402

PASSES = 5
COMPONENTS = ("tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner")
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
ENCODER = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1,
        "maxout_pieces": 3,
    },
}  # fmt: skip


def plain_cnn(docs: Sequence[Doc]) -> Language:
    """The plain small CNN, trained for one pass over the documents."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": ENCODER})
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"model": {"tok2vec": LISTENER}})
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    optimizer = nlp.initialize(lambda: examples)
    for batch in minibatch(examples, 16):
        nlp.update(batch, sgd=optimizer)
    return nlp


def tokens_per_second(nlp: Language, texts: Sequence[str]) -> float:
    started = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return tokens / (time.process_time() - started)


def main(folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    lines = [line for text in texts for line in text.splitlines()]
    shipped = load_base()
    rivals = {
        "shipped": shipped,
        "plain CNN": plain_cnn(list(shipped.pipe(lines[:300]))),
        "blank": spacy.blank("en"),
    }
    speeds = dict.fromkeys(rivals, 0.0)
    for _ in range(PASSES):  # in turns, since the machine is not always as fast
        for name, nlp in rivals.items():
            speeds[name] = max(speeds[name], tokens_per_second(nlp, texts))
    for name, speed in speeds.items():
        print(f"{name:10} {speed:9,.0f} tokens/CPU s {speed / speeds['plain CNN']:6.2f} of the plain CNN")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
