"""Where words stand in lexicons, and what a user's own change in the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from communique.models.lexicons import Lexicons, shipped
from communique.models.overlay import names

MOST = 12  # items of a list that are shown


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a lexicon, as "states.FRA.also", with what it says of a word there, or how it changed."""

    lexicon: str
    path: str
    says: str

    def __str__(self) -> str:
        return ": ".join(part for part in (f"{self.lexicon}.yaml", self.path, self.says) if part)


def places_of(word: str, lexicons: Lexicons) -> list[Place]:
    """Where a word stands as a key, in a list, or as a value, whatever its case."""
    wanted = word.casefold()
    return [place for name in names() for place in _places(wanted, name, lexicons.get(name), ())]


def differences(lexicons: Lexicons) -> list[Place]:
    """What a user's own lexicons add, change and remove."""
    return [place for name in names() for place in _changes(name, (), shipped(name), lexicons.get(name))]


def words_of(lexicons: Lexicons) -> Iterator[str]:
    """Every word, key and value of the lexicons."""
    for name in names():
        yield from _words(lexicons.get(name))


def shown(value: Any) -> str:
    """A value in a line: fields behind each other, a long list cut."""
    if isinstance(value, dict):
        return "; ".join(f"{key} {shown(below)}" for key, below in value.items()) or "no fields"
    if isinstance(value, list):
        more = f", ... ({len(value)})" if len(value) > MOST else ""
        return ", ".join(map(shown, value[:MOST])) + more
    return "open" if value is None else str(value)


def _places(wanted: str, name: str, value: Any, path: tuple[str, ...]) -> Iterator[Place]:
    if isinstance(value, dict):
        for key, below in value.items():
            if str(key).casefold() == wanted:
                yield Place(name, ".".join((*path, str(key))), shown(below))
            else:
                yield from _places(wanted, name, below, (*path, str(key)))
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _places(wanted, name, item, (*path, *_id(item)))
            elif str(item).casefold() == wanted:
                yield Place(name, ".".join(path), str(item))
    elif str(value).casefold() == wanted:
        yield Place(name, ".".join(path), str(value))


def _changes(name: str, path: tuple[str, ...], before: Any, after: Any) -> Iterator[Place]:
    if before == after:
        return
    if isinstance(before, list) and isinstance(after, list):
        by_id = [{item["id"]: item for item in items if isinstance(item, dict)} for items in (before, after)]
        if any(by_id):
            yield from _changes(name, path, *by_id)
            return
        gone = [item for item in before if item not in after]
        new = [item for item in after if item not in before]
        if gone or new:
            says = [f"without {shown(gone)}"] * bool(gone) + [f"with {shown(new)}"] * bool(new)
            yield Place(name, ".".join(path), "; ".join(says))
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            below = (*path, str(key))
            if key not in after:
                yield Place(name, ".".join(below), "removed")
            elif key not in before:
                yield Place(name, ".".join(below), f"added: {shown(after[key])}")
            else:
                yield from _changes(name, below, before[key], after[key])
    else:
        yield Place(name, ".".join(path), f"{shown(after)}, not {shown(before)}")


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield str(key)
            yield from _words(below)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, str):
        yield value


def _id(item: Any) -> tuple[str, ...]:
    return (str(item["id"]),) if isinstance(item, dict) and "id" in item else ()
