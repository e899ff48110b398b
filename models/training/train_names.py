"""A larger recogniser of names, which teaches the shipped one.

    python -m communique.models.training.train_names GOLD OWN UPSTREAM START OUT

The encoder of `train_reader` with heads for persons and bodies, dialogues and offices, on all releases in
GOLD (the annotated sets) and OWN (those annotated for this project). Its pieces are in lower case, so how a
word is written is added to what each piece means. START is a checkpoint of `train_reader`; OUT receives the
weights. Needs torch and transformers.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn

from communique.models.reader import tail
from communique.models.training.name_examples import LAYERS, name_examples
from communique.models.training.reader_examples import Example
from communique.models.training.teacher import shape_of
from communique.models.training.train_reader import Encoded, Tagger, encode, load_tokenizer, train

EPOCHS = 4
SHAPES = 7  # that `shape_of` tells apart
WORD = re.compile(r"\w+|[^\w\s]")


class NameTagger(Tagger):
    """A tagger that sees how words are written: the kind of a piece is its segment and twice its shape."""

    def __init__(self, upstream: Path) -> None:
        super().__init__(upstream, LAYERS)
        self.shape = nn.Embedding(SHAPES, self.encoder.config.hidden_size)
        nn.init.normal_(self.shape.weight, std=0.02)

    def logits(self, ids: Tensor, mask: Tensor, types: Tensor) -> dict[str, Tensor]:
        """Batch by pieces by classes, for each layer."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.shape(types // 2)
        found = self.encoder(inputs_embeds=words, attention_mask=mask, token_type_ids=types % 2)
        hidden = self.dropout(found.last_hidden_state)
        return {name: head(hidden) for name, head in self.heads.items()}


def encode_names(tokenizer: Tokenizer, example: Example) -> Encoded:
    """Pieces, their kinds, and their class by layer."""
    ids, segments, classes = encode(tokenizer, example, LAYERS)
    before = tail(example.before) or "."
    shapes = list(shapes_of(tokenizer.encode(before, example.line), (before, example.line)))
    return ids, [one + 2 * shape for one, shape in zip(segments, shapes, strict=True)], classes


def shapes_of(encoded: Encoding, texts: tuple[str, str]) -> Iterator[int]:
    """How the word is written that each piece is part of; 0 for marks of the encoder."""
    words = [[(m.start(), m.end(), shape_of(m.group())) for m in WORD.finditer(text)] for text in texts]
    for (start, end), sequence in zip(encoded.offsets, encoded.sequence_ids, strict=True):
        around = words[sequence] if sequence is not None else ()
        yield next((shape for first, last, shape in around if first < end and start < last), 0)


def main(gold: Path, own: Path, upstream: Path, start: Path, out: Path) -> None:
    random.seed(1)
    torch.manual_seed(1)
    tokenizer = load_tokenizer(upstream)
    data = [encode_names(tokenizer, example) for example in name_examples(gold, own)]
    model = NameTagger(upstream)
    weights = torch.load(start, weights_only=True)
    model.load_state_dict({k: v for k, v in weights.items() if k.startswith("encoder.")}, strict=False)
    train(model, data, [], EPOCHS, out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
