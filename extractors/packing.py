"""The values of the components as bytes: what srsly, with which spaCy writes documents, asks for.

srsly finds `encode` and `decode` by the project's entry points, so a process that only reads documents
(`DocBin`, a worker of `nlp.pipe`) needs no component. Until a value is read, it imports the standard library
only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

DAY, VALUE = "communique.day", "communique.value"  # keys of the dictionaries that stand for a value
MODULE = "communique.extractors.annotations"

Chain = Callable[[Any], Any] | None


def encode(value: Any, chain: Chain = None) -> Any:
    """A day or a value of `annotations` as a dictionary; anything else goes to the next encoder, `chain`."""
    kind = type(value)
    if kind is dt.date:
        return {DAY: value.isoformat()}
    if kind.__module__ == MODULE:
        return {VALUE: kind.__name__, **{name: getattr(value, name) for name in kind.__slots__}}
    return value if chain is None else chain(value)


def decode(packed: dict[Any, Any], chain: Chain = None) -> Any:
    """What `encode` made a dictionary of; any other dictionary goes to the next decoder, `chain`."""
    if DAY in packed:
        return dt.date.fromisoformat(packed[DAY])
    if VALUE not in packed:
        return packed if chain is None else chain(packed)
    from communique.extractors import annotations

    annotations.set_extensions()  # in a process that only reads, nobody else does
    fields = {name: tuple(v) if isinstance(v, list) else v for name, v in packed.items() if name != VALUE}
    return annotations.VALUES[packed[VALUE]](**fields)
