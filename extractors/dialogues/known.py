"""Names of `dialogues_known.yaml` in a text, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.extractors.dialogues.lexicon import Known, known_names
from communique.extractors.dialogues.names import Name
from communique.extractors.dialogues.runs import Unit
from communique.models.lexicons import per_lexicons

_BODY = re.compile(r" Organi[sz]ation\b")  # "North Atlantic Treaty Organization" is no treaty
_CASELESS = 3  # words from which the case of a name's inner letters may differ


def known_in(text: str, units: list[Unit]) -> Iterator[Name]:
    """Known names that start at one of `units`, the longest at each; they may overlap."""
    for unit in units:
        for form, low, known in _by_start().get(_start(unit.text), ()):
            end = unit.start + len(form)
            found = text[unit.start : end]
            same = found == form or (low is not None and found.lower() == low)
            if same and not text[end : end + 1].isalnum() and not _BODY.match(text, end):
                yield Name(unit.start, end, known.kind, "", known=known.id)
                break


def _start(word: str) -> str:
    """The key of the table, short enough to stand in the first word of every name."""
    return word[:2]


@per_lexicons
def _by_start() -> dict[str, list[tuple[str, str | None, Known]]]:
    """First letters -> forms with their lower-case reading (None where case matters), longest first."""
    table: dict[str, list[tuple[str, str | None, Known]]] = {}
    for form, known in known_names():
        caseless = form.lower() if form.count(" ") + 1 >= _CASELESS else None
        table.setdefault(_start(form), []).append((form, caseless, known))
    for forms in table.values():
        forms.sort(key=lambda entry: -len(entry[0]))
    return table
