"""Treebanks in CoNLL-U as spaCy documents: tags, lemmas, trees, sentence starts and the names of GUM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from communique.models.training.gum import Mentions, find_names
from communique.models.training.sentence import Sentence

MAX_WORDS = 40  # after which a training document takes no further sentence; the parser learns fastest so


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; words of a contraction are joined as its surface form is."""
    sentence, opened = Sentence(), Mentions()
    joined_until, joined_space = 0, True
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            _comment(sentence, line)
        elif not line:
            if sentence.words:
                sentence.names = find_names(sentence, opened)
                yield sentence
            sentence, opened = Sentence(), Mentions()
            joined_until = 0
        else:
            columns = line.split("\t")
            space = "SpaceAfter=No" not in columns[9]
            if "-" in columns[0]:
                joined_until, joined_space = int(columns[0].split("-")[1]), space
            elif "." not in columns[0]:
                number = int(columns[0])
                if number <= joined_until:
                    space = joined_space and number == joined_until
                _add_word(sentence, columns, space)
                opened.read(number - 1, columns[9])


def _comment(sentence: Sentence, line: str) -> None:
    if line.startswith("# newdoc"):
        sentence.starts = "doc"
    elif line.startswith("# newpar") and not sentence.starts:
        sentence.starts = "par"
    elif line.startswith("# sent_id = "):
        sentence.id = line[12:]


def _add_word(sentence: Sentence, columns: list[str], space: bool) -> None:
    sentence.words.append(columns[1])
    sentence.spaces.append(space)
    sentence.lemmas.append(columns[2])
    sentence.upos.append(columns[3])
    sentence.xpos.append(columns[4])
    number = len(sentence.words) - 1
    sentence.heads.append(int(columns[6]) - 1 if columns[6] != "0" else number)
    sentence.deps.append(columns[7] if columns[6] != "0" else "ROOT")


def to_docs(
    vocab: Vocab, sentences: Iterable[Sentence], *, with_names: bool, max_words: int = MAX_WORDS
) -> Iterator[Doc]:
    """Documents of some sentences; paragraphs stand on their own lines, as in a release."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.starts == "doc" or sum(len(one.words) for one in group) >= max_words):
            yield make_doc(vocab, group, with_names=with_names)
            group = []
        group.append(sentence)
    if group:
        yield make_doc(vocab, group, with_names=with_names)


def make_doc(vocab: Vocab, group: list[Sentence], *, with_names: bool) -> Doc:
    """One document; newline tokens hang on the word before. Without names entities are unknown."""
    joined = Sentence()
    for number, sentence in enumerate(group):
        if number and sentence.starts == "par":
            _add_newline(joined)
        offset = len(joined.words)
        for column in ("words", "spaces", "lemmas", "upos", "xpos", "deps"):
            getattr(joined, column).extend(getattr(sentence, column))
        joined.heads.extend(head + offset for head in sentence.heads)
        joined.names.extend((start + offset, end + offset, label) for start, end, label in sentence.names)
    doc = Doc(
        vocab, words=joined.words, spaces=joined.spaces, lemmas=joined.lemmas,
        pos=joined.upos, tags=joined.xpos, heads=joined.heads, deps=joined.deps,
    )  # fmt: skip
    if with_names:
        doc.set_ents([Span(doc, start, end, label) for start, end, label in joined.names])
    else:
        doc.set_ents([], default="missing")
    return doc


def _add_newline(joined: Sentence) -> None:
    joined.words.append("\n")
    joined.spaces[-1] = False
    joined.spaces.append(False)
    joined.lemmas.append("\n")
    joined.upos.append("SPACE")
    joined.xpos.append("_SP")
    joined.heads.append(len(joined.words) - 2)
    joined.deps.append("dep")
