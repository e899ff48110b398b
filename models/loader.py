"""Loading the pipeline that reads sentences: the one that ships with the project, or another."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops

# Registers factories and the architecture where no entry point is installed.
from communique.models import embed, lemmatizer, line_ends  # noqa: F401

SHIPPED = Path(__file__).parent / "data" / "en_communique"


def load_base(name: str | None = None) -> Language:
    """A spaCy pipeline with UD labels, sentence starts at line ends set before its parser.

    `name` is an installed spaCy package or a path; without it the shipped pipeline is loaded, with no
    network. Its matrix products run on NumPy's BLAS, which is faster than spaCy's default; it
    takes as many cores as OPENBLAS_NUM_THREADS or threadpoolctl allow. Raises OSError where no such
    pipeline is found, ValueError where it has no parser.
    """
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(SHIPPED if name is None else name)
    if "parser" not in nlp.pipe_names:
        raise ValueError(f"The pipeline {name or SHIPPED} has no parser (its components: {nlp.pipe_names})")
    if "communique_line_ends" not in nlp.pipe_names:
        nlp.add_pipe("communique_line_ends", before="parser")
    return nlp
