"""Lexicons: reviewed YAML files in `models/data/lexicons`, each headed by its fields and its source.

A user's own may be laid over them (`open_lexicons`), and are in use within a block (`Lexicons.used`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

LEXICONS = Path(__file__).parent / "data" / "lexicons"

P = ParamSpec("P")
T = TypeVar("T")


class Lexicons:
    """The lexicons that ship with the project, or those with a user's own laid over them.

    `own` is what the user's files say, by the name of the lexicon. Equal ones are the same object.
    """

    def __init__(self, own: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
        self.own, self._changed = own, changed

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change with the words; empty for what ships with the project."""
        return digest_of(self._changed)

    def get(self, name: str) -> Any:
        """The content of a lexicon. Raises FileNotFoundError where there is none of that name."""
        return self._changed[name] if name in self._changed else shipped(name)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Have `load_lexicon` give these in the block."""
        before = _USED.set(self)
        try:
            yield
        finally:
            _USED.reset(before)

    def __reduce__(self) -> tuple[Any, ...]:
        return lay_over, (self.own,)


SHIPPED = Lexicons({}, {})
_USED: ContextVar[Lexicons] = ContextVar("lexicons", default=SHIPPED)
_OPENED: dict[str, Lexicons] = {"": SHIPPED}


def in_use() -> Lexicons:
    """The lexicons of the block that this is called in."""
    return _USED.get()


def load_lexicon(name: str) -> Any:
    """The content of the lexicon `name`, of those in use; treat it as read-only, it is shared.

    Raises FileNotFoundError where there is no such lexicon.
    """
    return _USED.get().get(name)


def per_lexicons(function: Callable[P, T]) -> Callable[P, T]:
    """As `functools.cache`, for what is made of lexicons: once for those in use."""

    @cache
    def made(used: Lexicons, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    @wraps(function)
    def of_those_in_use(*args: P.args, **kwargs: P.kwargs) -> T:
        return made(_USED.get(), *args, **kwargs)  # type: ignore[arg-type]  # they are hashed

    return of_those_in_use


def open_lexicons(folder: str | Path | None) -> Lexicons:
    """The lexicons with those of the user's `folder` laid over them; None for those in use.

    Raises LexiconError, a ValueError, that names all that is wrong with the folder.
    """
    if folder is None:
        return in_use()
    from communique.models.overlay import read_folder

    return lay_over(read_folder(Path(folder)))


def lay_over(own: Mapping[str, Any]) -> Lexicons:
    """The lexicons with a user's own laid over them. Raises LexiconError where these do not fit."""
    from communique.models.overlay import changed_by

    changed = changed_by(own)
    return _OPENED.setdefault(digest_of(changed), Lexicons(own, changed))


def digest_of(changed: Mapping[str, Any]) -> str:
    """A hash of contents, of mappings whatever their order; empty for none."""
    if not changed:
        return ""
    written = json.dumps(changed, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


@cache
def shipped(name: str) -> Any:
    """The content of `<name>.yaml` as it ships with the project."""
    import yaml  # spaCy imports the factories, and with them this module, whenever any pipeline is made

    with (LEXICONS / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
