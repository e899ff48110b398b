"""Subject and complement of a commitment verb as the parse alone gives them, and how often they are right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
SHARES_SUBJECT = ("conj", "xcomp")
NO_COMPLEMENT = ("punct", "conj", "cc", "parataxis", "aux")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb of commitment in a sentence; spans are characters of the sentence, end exclusive."""

    text: str
    trigger: Span
    subject: Span
    complement: Span


def read_clauses(path: Path, corpus: Path) -> Iterator[Clause]:
    """The annotated clauses; line ends become spaces.

    The file holds offsets into the corpus alone, and of a release's path as much as tells it from the others.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start, end = row["sentence"]
        [release] = corpus.glob(f"{row['file']}*")
        text = release.read_text(encoding="utf-8")[start:end].replace("\n", " ")
        spans = ((row[key][0] - start, row[key][1] - start) for key in ("trigger", "subject", "complement"))
        yield Clause(text, *spans)


def score(nlp: Language, clauses: Iterable[Clause]) -> tuple[float, list[Clause]]:
    """The share of clauses with both spans exactly right, and those that are not."""
    clauses = list(clauses)
    docs = nlp.pipe(clause.text for clause in clauses)
    wrong = [
        clause
        for clause, doc in zip(clauses, docs, strict=True)
        if spans(doc, clause.trigger) != _wanted(clause)
    ]
    return 1 - len(wrong) / len(clauses), wrong


def _wanted(clause: Clause) -> tuple[Span | None, Span | None]:
    return clause.subject, clause.complement


def spans(doc: Doc, trigger: Span) -> tuple[Span | None, Span | None]:
    """Subject (with its conjuncts) and complement: what hangs on the verb to its right."""
    verb = next((token for token in doc if token.idx == trigger[0]), None)
    if verb is None:
        return None, None
    subject = _subject(verb)
    right = [child for child in verb.rights if child.dep_ not in NO_COMPLEMENT]
    complement = [token for child in right for token in child.subtree if token.i > verb.i]
    return _extent(list(subject.subtree)) if subject is not None else None, _extent(complement)


def _subject(verb: Token) -> Token | None:
    """The nearest subject, up through coordination and control."""
    for ancestor in (verb, *verb.ancestors):
        found = next((child for child in ancestor.children if child.dep_ in SUBJECTS), None)
        if found is not None or ancestor.dep_ not in SHARES_SUBJECT:
            return found
    return None


def _extent(tokens: list[Token]) -> Span | None:
    """From the first word to the last, without white space, commas and final marks around them."""
    words = [i for i, token in enumerate(tokens) if not token.is_space and token.text not in ",;:.–—-"]
    if not words:
        return None
    last = tokens[words[-1]]
    return tokens[words[0]].idx, last.idx + len(last)
