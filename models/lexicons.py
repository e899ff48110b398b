"""Lexicons: reviewed YAML files in `models/data/lexicons`, each headed by its fields and its source."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LEXICONS = Path(__file__).parent / "data" / "lexicons"


@cache
def load_lexicon(name: str) -> Any:
    """The content of `<name>.yaml`; treat it as read-only, it is shared.

    Raises FileNotFoundError where no such lexicon ships with the project.
    """
    import yaml  # spaCy imports the factories, and with them this module, whenever any pipeline is made

    with (LEXICONS / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
