"""Word vectors: `python -m communique.models.training.vectors UD CORPUS GOLD OUT`.

Positive pointwise mutual information of words and their neighbours (two to the left, two to the right, each
position apart, which favours syntax over topic), reduced by a randomised singular value decomposition after
Halko et al. (2011); weights and context smoothing after Levy et al. (2015).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import spacy.vectors  # type: ignore[import-not-found]
from numpy.typing import NDArray
from spacy.language import Language

from communique.models.tokenizer import make_tokenizer
from communique.models.training.conllu import read_sentences
from communique.models.training.releases import held_out, read_lines, releases

WIDTH, ROWS, CONTEXTS, RAREST, SEED = 96, 12_000, 4_000, 4, 1
POSITIONS = (-2, -1, 1, 2)

Matrix = NDArray[np.float32]


def token_lines(nlp: Language, ud: Path, corpus: Path, gold: Path) -> Iterator[list[str]]:
    """Norms of each line of the releases that may be learnt from and of each training sentence."""
    for path in releases(corpus, held_out(gold)):
        for line in read_lines(path):
            yield [token.norm_ for token in nlp.make_doc(line) if not token.is_space]
    for treebank in sorted(ud.glob("*-train.conllu")):
        for sentence in read_sentences(treebank):
            yield [nlp.vocab[word].norm_ for word in sentence.words]


def encode(lines: list[list[str]]) -> tuple[list[str], NDArray[np.int64]]:
    """The kept words, most frequent first, and the text as their numbers; -1 for rare words and line ends."""
    counts = Counter(word for line in lines for word in line)
    words = [word for word, count in counts.most_common(ROWS) if count >= RAREST]
    number = {word: i for i, word in enumerate(words)}
    text = [number.get(word, -1) for line in lines for word in [*line, "\n", "\n"]]
    return words, np.array(text, dtype=np.int64)


def ppmi(text: NDArray[np.int64], rows: int) -> Matrix:
    """Positive mutual information, rows x (positions x CONTEXTS), with context counts raised to 0.75."""
    blocks = [_ppmi_at(text, rows, position) for position in POSITIONS]
    return np.concatenate(blocks, axis=1)


def _ppmi_at(text: NDArray[np.int64], rows: int, position: int) -> Matrix:
    pivot, context = (
        (text[:-position], text[position:]) if position > 0 else (text[-position:], text[:position])
    )
    known = (pivot >= 0) & (context >= 0) & (context < CONTEXTS)
    cells = pivot[known] * CONTEXTS + context[known]
    matrix: Matrix = np.bincount(cells, minlength=rows * CONTEXTS).astype(np.float32).reshape(rows, CONTEXTS)
    of_word = np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    of_context = np.maximum(matrix.sum(axis=0, keepdims=True), 1) ** 0.75
    np.log(np.maximum(matrix / of_word * (of_context.sum() / of_context), 1), out=matrix)
    return matrix


def reduce(matrix: Matrix) -> Matrix:
    """The leading left singular vectors (rows x WIDTH), weighted by the root of their values, unit length."""
    random = np.random.default_rng(SEED)
    sketch = matrix @ random.standard_normal((matrix.shape[1], WIDTH + 32), dtype=np.float32)
    for _ in range(3):
        basis = np.linalg.qr(sketch)[0]
        sketch = matrix @ (matrix.T @ basis)
    basis = np.linalg.qr(sketch)[0]
    left, values, _ = np.linalg.svd(basis.T @ matrix, full_matrices=False)
    table: Matrix = (basis @ left[:, :WIDTH]) * np.sqrt(values[:WIDTH])
    length = np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    return np.asarray(table / length, dtype=np.float32)


def write_vectors(words: list[str], table: Matrix, out: Path) -> None:
    """A blank pipeline with the table, keyed by norm, for `[initialize] vectors`."""
    nlp: Any = spacy.blank("en")
    keys = [nlp.vocab.strings.add(word) for word in words]
    nlp.vocab.vectors = spacy.vectors.Vectors(
        strings=nlp.vocab.strings, data=table, keys=keys, name="communique", attr="NORM"
    )
    nlp.to_disk(out)


def main(ud: Path, corpus: Path, gold: Path, out: Path) -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    words, text = encode(list(token_lines(nlp, ud, corpus, gold)))
    write_vectors(words, reduce(ppmi(text, len(words))), out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
