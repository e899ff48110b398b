"""The whole extraction pipeline: the components of this room on the base model of `models/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

from communique.extractors.annotations import set_extensions
from communique.models.lexicons import Lexicons

# Each reads what the ones before it wrote.
COMPONENTS = (
    *("communique_dates", "communique_actors", "communique_dialogues", "communique_commitments"),
    "communique_events",
)

# Bounds the seconds and the memory that one text may take. Releases have a few hundred tokens to 40,000.
MAX_TOKENS = 50_000
# Tokens that the base model reads at once: its parser keeps 12 kB for each of them.
PIECE = 4_000
READ = ("TAG", "POS", "LEMMA", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")  # what the base model writes


class ReleaseLike(Protocol):
    """What the components may know of a release beside its text."""

    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def published(self) -> dt.date | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def speaks_for(self) -> tuple[str, ...]: ...


def build_pipeline(model: str | None = None, lexicons: str | Path | None = None) -> Language:
    """The base model with every component added.

    Args:
        model: another pipeline's name or folder.
        lexicons: a folder of your own lexicons, laid over those that ship with the project.

    Raises OSError where there is no such model, ValueError where the lexicons do not fit.
    """
    from communique.models.loader import load_base

    set_extensions()
    nlp = load_base(model)
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"lexicons": str(lexicons) if lexicons is not None else None})
    return nlp


def components_fit(lexicons: Lexicons) -> None:
    """Makes every component with these lexicons. Raises LexiconError where one cannot be made."""
    from communique.models.overlay import LexiconError

    nlp = spacy.blank("en")
    with lexicons.used():
        for name in COMPONENTS:
            try:
                nlp.create_pipe(name)
            except Exception as error:  # a component may raise anything of words that it cannot use
                raise LexiconError([f"{name} cannot be made: {type(error).__name__}: {error}"]) from error


def make_doc(nlp: Language, release: ReleaseLike) -> Doc:
    """The tokenised text of a release, with what is known of it in the `Doc` extensions.

    Raises ValueError where the text has more than `nlp.max_length` characters or MAX_TOKENS tokens.
    """
    if len(release.text) > nlp.max_length:
        raise ValueError(f"the text has more than {nlp.max_length:,} characters")
    doc = nlp.make_doc(release.text)
    if len(doc) > MAX_TOKENS:
        raise ValueError(f"the text has more than {MAX_TOKENS:,} tokens")
    doc._.title = release.title
    doc._.publisher = release.publisher
    doc._.published = release.published
    doc._.place = release.place
    doc._.speaks_for = release.speaks_for
    return doc


def annotate(nlp: Language, doc: Doc) -> Doc:
    """`nlp(doc)` for a document of any length: the base model reads a long one piece by piece."""
    if len(doc) <= PIECE:
        return nlp(doc)
    base = [component for name, component in nlp.pipeline if name not in COMPONENTS]
    pieces = []
    for start, end in cuts(doc):
        words = [token.text for token in doc[start:end]]
        piece = Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc[start:end]])
        for component in base:
            piece = component(piece)
        pieces.append(piece.to_array(list(READ)))
    doc.from_array(list(READ), cast(Ints2d, np.concatenate(pieces)))
    for name in COMPONENTS:
        doc = nlp.get_pipe(name)(doc)
    return doc


def cuts(doc: Doc) -> Iterator[tuple[int, int]]:
    """Bounds of consecutive pieces of at most PIECE tokens, each cut behind its last line end."""
    start = 0
    while len(doc) - start > PIECE:
        ends = (i + 1 for i in range(start + PIECE - 1, start, -1) if doc[i].is_space and "\n" in doc[i].text)
        end = next(ends, start + PIECE)
        yield start, end
        start = end
    yield start, len(doc)
