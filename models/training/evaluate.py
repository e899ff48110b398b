"""Figures of a pipeline on the test sets: `python -m communique.models.training.evaluate UD [PIPELINE]`.

Every score is over words that are no white space, from whole documents with predicted sentence ends;
attachment leaves punctuation out, as spaCy's scorer does. On plain text a word counts where both its ends
are right, so every figure is an F1 there; with gold tokens the same formula gives the accuracy.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from communique.models.loader import load_base
from communique.models.training.conllu import read_sentences, to_docs
from communique.models.training.iob2 import UNER_LABELS, read_iob2

GENRES = ("news", "speech")

Facts = Counter[tuple[object, ...]]


def facts(doc: Doc) -> Facts:
    """What a document asserts: (measure, place, value), places as character offsets."""
    found: Facts = Counter()
    for token in doc:
        if not token.is_space:
            place = (token.idx, token.idx + len(token))
            found.update([("token", place), ("upos", place, token.pos_), ("xpos", place, token.tag_)])
            found.update([("lemma", place, token.lemma_), *_arc(token, place)])
    for sentence in doc.sents if doc.has_annotation("SENT_START") else ():
        words = [token for token in sentence if not token.is_space]
        if words:
            found["sentence", words[0].idx, words[-1].idx + len(words[-1])] += 1
    found.update(("names", *name) for name in _names(doc.ents))
    return found


def _arc(token: Token, place: tuple[int, int]) -> Iterator[tuple[object, ...]]:
    if token.dep_ not in ("punct", "p"):
        head = -1 if token.head.i == token.i else token.head.idx
        yield from [("uas", place, head), ("las", place, head, token.dep_.lower())]


def _names(spans: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    for span in spans:
        if span.label_ in (*UNER_LABELS, *UNER_LABELS.values()):
            yield span.start_char, span.end_char, UNER_LABELS.get(span.label_, span.label_)


def compare(gold: Iterable[Doc], predicted: Iterable[Doc]) -> dict[str, float]:
    """F1 in percent of each measure over pairs of documents of the same text."""
    right: Counter[object] = Counter()
    said: Counter[object] = Counter()
    wanted: Counter[object] = Counter()
    for reference, guess in zip(gold, predicted, strict=True):
        true, own = facts(reference), facts(guess)
        for counter, part in ((right, true & own), (said, own), (wanted, true)):
            for fact, count in part.items():
                counter[fact[0]] += count
    return {str(m): 200 * right[m] / (said[m] + wanted[m]) for m in wanted}


def bare(nlp: Language, doc: Doc) -> Doc:
    """The same words without annotation."""
    return Doc(
        nlp.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc]
    )


def read_documents(nlp: Language, path: Path, genre: str = "") -> list[Doc]:
    sentences = (sentence for sentence in read_sentences(path) if f"_{genre}_" in sentence.id or not genre)
    return list(to_docs(nlp.vocab, sentences, with_names="gum" in path.name, max_words=100_000))


def report(nlp: Language, ud: Path) -> dict[str, dict[str, float]]:
    """Scores of each test set, with gold tokens and (suffix "text") from plain text."""
    sets = {
        "EWT": read_documents(nlp, ud / "en_ewt-test.conllu"),
        "GUM": read_documents(nlp, ud / "en_gum-test.conllu"),
    }
    sets |= {f"GUM {genre}": read_documents(nlp, ud / "en_gum-test.conllu", genre) for genre in GENRES}
    scores = {}
    for name, gold in sets.items():
        scores[name] = compare(gold, nlp.pipe(bare(nlp, doc) for doc in gold))
        scores[f"{name} text"] = compare(gold, nlp.pipe(doc.text for doc in gold))
    uner = read_iob2(nlp.vocab, ud / "en_ewt-test.iob2")
    scores["UNER EWT"] = {"names": compare(uner, nlp.pipe(bare(nlp, doc) for doc in uner))["names"]}
    return scores


def main(ud: str, pipeline: str | None = None) -> None:
    for name, scores in report(load_base(pipeline), Path(ud)).items():
        print(f"{name:16}", "  ".join(f"{measure} {score:5.2f}" for measure, score in scores.items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
