"""The reader: an encoder that marks in a line what looks like an undertaking, and the predicate before it.

It ships as an ONNX graph with eight-bit weights, its tokenizer, and `labels.json`, which gives the labels of
each layer of marks: acts for "what", one for "trigger". A line is read by itself, with the end of the line
before it as context, so that what is found in it depends on nothing else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "data" / "reader"
LONGEST = 256  # pieces of words read at once; the encoder was trained on no longer lines
LEAST = 0.2  # probability from which a piece belongs to a mark
CONTEXT = 80  # characters of the line before
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader marks: characters `start` to `end` of the line, and how sure it is (0 to 1)."""

    layer: str
    label: str
    start: int
    end: int
    score: float


class Reader:
    """An encoder with its tokenizer and labels, from a folder; FileNotFoundError where one is missing."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        # Else the import of onnxruntime tells its makers of this machine over the network, and leaves files.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        # Both are heavy; spaCy imports every component's module to look for factories.
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        # One thread: releases are read side by side, and sums have one order.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.layers: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a release is text
        self._tokenizer.enable_truncation(LONGEST, strategy="only_second")
        self._session = InferenceSession(
            (folder / "model.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def read(self, line: str, before: str = "") -> list[Mark]:
        """The marks of a line, by layer and in text order; `before` is the line before it."""
        encoded = self._tokenizer.encode(tail(before) or ".", line)
        pieces = [i for i, sequence in enumerate(encoded.sequence_ids) if sequence == 1]
        if not pieces:
            return []
        ids, types = (np.array(row, dtype=np.int64) for row in (encoded.ids, encoded.type_ids))
        found = self._session.run(None, {"ids": ids, "types": types})[0][pieces]
        all_offsets = encoded.offsets  # made anew each time that it is asked for
        offsets = [all_offsets[i] for i in pieces]
        marks: list[Mark] = []
        column = 0
        for layer, labels in self.layers.items():
            width = 1 + 2 * len(labels)
            marks += marks_in(layer, labels, found[:, column : column + width], offsets)
            column += width
        return marks


@cache
def shipped() -> Reader:
    """The reader that ships with the project, loaded once."""
    return Reader()


def tail(text: str) -> str:
    """The end of a text, whole words."""
    text = " ".join(text.split())
    return text if len(text) <= CONTEXT else text[-CONTEXT:].split(" ", 1)[-1]


def marks_in(layer: str, labels: list[str], found: Floats, offsets: list[tuple[int, int]]) -> Iterator[Mark]:
    """The marks of a layer; `found` is pieces by (none, first of label 1, within label 1, first of 2 ...)."""
    sure = 1 - found[:, 0]
    firsts, inside = found[:, 1::2], found[:, 2::2]
    opens = firsts.sum(1) > inside.sum(1)
    at = 0
    while at < len(sure):
        end = at + 1
        if sure[at] >= LEAST:
            while end < len(sure) and sure[end] >= LEAST and not opens[end]:
                end += 1
            label = labels[int((firsts[at:end] + inside[at:end]).sum(0).argmax())]
            yield Mark(layer, label, offsets[at][0], offsets[end - 1][1], float(sure[at:end].mean()))
        at = end
