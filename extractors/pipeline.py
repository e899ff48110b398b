"""The whole extraction pipeline: the components of this room on the base model of `models/`."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.annotations import set_extensions

# Each reads what the ones before it wrote.
COMPONENTS = ("communique_dates", "communique_actors", "communique_dialogues", "communique_commitments")

# Bounds the seconds and the memory that one text may take. Releases have a few hundred tokens to 40,000.
MAX_TOKENS = 50_000


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


def build_pipeline(model: str | None = None) -> Language:
    """The base model (`model`: another pipeline's name or folder) with every component added.

    Raises OSError where there is no such model.
    """
    from communique.models.loader import load_base

    set_extensions()
    nlp = load_base(model)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


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
