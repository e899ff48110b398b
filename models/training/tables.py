"""Tables about English words that the package spacy-lookups-data publishes (MIT licence; WordNet's own).

Its clusters and probabilities come from web text and once shipped with spaCy's own pipelines; its words and
irregular forms are WordNet's. The package is needed for training only.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

import srsly  # type: ignore[import-untyped]


def read_table(name: str) -> dict[str, Any]:
    """The table of this name, for example "en_lexeme_prob".

    Raises ModuleNotFoundError where spacy-lookups-data is not installed.
    """
    with as_file(files("spacy_lookups_data") / "data" / f"{name}.json.gz") as path:
        table: dict[str, Any] = srsly.read_gzip_json(path)
    return table


def most_frequent(logarithm: dict[str, float], number: int) -> list[str]:
    """The forms of the greatest probability, in that order."""
    return sorted(logarithm, key=lambda form: (-logarithm[form], form))[:number]
