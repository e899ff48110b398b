"""What `spacy train --code` needs beyond spaCy: the tokenizer of the shipped pipeline."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.util import registry

from communique.models.tokenizer import make_tokenizer


@registry.callbacks("communique_set_tokenizer")  # type: ignore[untyped-decorator]
def set_tokenizer_callback() -> Callable[[Language], Language]:
    """Puts the project's tokenizer in place before the labels are read; it is saved with the weights."""
    return set_tokenizer


def set_tokenizer(nlp: Language) -> Language:
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp
