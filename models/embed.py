"""What the encoder sees of a word: its form, its Brown cluster, its case, and whether a treebank has it.

spaCy's `MultiHashEmbed` gives a word that no treebank has an arbitrary sum of rows. Here such a word (and
one that a treebank has only once) is "unknown" by its form, which is trained, and its cluster speaks for it:
words with the same neighbours in much English text share a cluster (Brown et al. 1992; Koo et al. 2008 use
them so for parsing). How often a word has a capital in such text tells names at the start of a sentence, in
headings and in careless writing. These tables are lookups of the vocabulary, saved with the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
from spacy.attrs import NORM, ORTH, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]
from spacy.ml.staticvectors import StaticVectors
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.layers.chain import forward as chained
from thinc.layers.chain import init
from thinc.types import Floats2d, Ints1d, Ints2d

# Tables of the vocabulary, by the hash of a form or norm: its cluster, its count in the treebanks, and how
# much more often it has a capital than not.
CLUSTERS, KNOWN, CASES = "lexeme_cluster", "known_norms", "lexeme_case"
UNKNOWN = 0  # in every column; such words are many, so the row is trained
COMMON = 1  # the case of a word that has a cluster and seldom a capital
FAMILY = 63  # the six lowest bits, in spaCy's encoding the branch nearest to the root

Features = Model[list[Doc], list[Ints2d]]
Backward = Callable[[Any], list[Doc]]


@registry.architectures("communique.WordClassEmbed.v1")  # type: ignore[untyped-decorator]
def make_word_class_embed(width: int, sizes: Sequence[Sequence[int]]) -> Model[list[Doc], list[Floats2d]]:
    """Word features and static vectors, mixed to `width`.

    `sizes` has [rows, columns] of each hash table: norm, prefix, suffix, shape, cluster, its family, case.
    """
    tables: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(columns, rows, column=i, seed=8 + i) for i, (rows, columns) in enumerate(sizes)
    ]
    total = sum(columns for _, columns in sizes) + width // 2
    layers: list[Model[Any, Any]] = [
        concatenate(
            chain(word_features(), list2ragged(), with_array(concatenate(*tables))),
            StaticVectors(width // 2),
        ),
        with_array(Maxout(nO=width, nI=total, nP=3, dropout=0.0, normalize=True)),
        ragged2list(),
    ]
    return Model("words", embed, init=init, layers=layers, dims={"nO": None})


def embed(
    model: Model[list[Doc], list[Floats2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Backward]:
    """A word is embedded once in a document, however often it stands there: two of three in a release."""
    if is_train:
        return chained(model, docs, is_train)
    distinct = [distinct_words(doc) for doc in docs]
    rows, _ = chained(model, [words for words, _ in distinct], is_train)
    return [found[places] for found, (_, places) in zip(rows, distinct, strict=True)], lambda _: []


def distinct_words(doc: Doc) -> tuple[Doc, Ints1d]:
    """A document of the words that differ in form or norm, and for each token which of them it is."""
    found, places = np.unique(doc.to_array([ORTH, NORM]), axis=0, return_inverse=True)
    words = Doc(doc.vocab, words=[doc.vocab.strings[form] for form in found[:, 0].tolist()])
    norms = cast(Ints2d, np.ascontiguousarray(found[:, 1:]))
    return words.from_array([NORM], norms), cast(Ints1d, places.ravel())


def word_features() -> Features:
    """One row of seven unsigned integers a token."""
    return Model("word_features", forward)


def forward(model: Features, docs: list[Doc], is_train: bool) -> tuple[list[Ints2d], Backward]:
    # Without the type they would be cut to 32 bits.
    return [model.ops.asarray2i(features(doc), dtype="uint64") for doc in docs], lambda _: []


def features(doc: Doc) -> Any:
    table = doc.to_array([ORTH, NORM, PREFIX, SUFFIX, SHAPE])
    clusters, known, cases = (_table(doc, name) for name in (CLUSTERS, KNOWN, CASES))
    found = np.empty((len(doc), 7), dtype="uint64")
    found[:, 1:4] = table[:, 2:]
    for row, (form, norm) in enumerate(table[:, :2].tolist()):
        cluster = dict.get(clusters, form) or dict.get(clusters, norm, UNKNOWN)
        found[row, 0] = norm if dict.__contains__(known, norm) else UNKNOWN
        found[row, 4] = cluster
        found[row, 6] = dict.get(cases, norm) or (COMMON if cluster else UNKNOWN)
    found[:, 5] = found[:, 4] & FAMILY
    return found


def _table(doc: Doc, name: str) -> Any:
    """A table of the vocabulary; ValueError where the pipeline came without it, say by `source=`."""
    if not doc.vocab.lookups.has_table(name):
        raise ValueError(f"The vocabulary has no table {name!r}, which the word features of this model need")
    return doc.vocab.lookups.get_table(name)
