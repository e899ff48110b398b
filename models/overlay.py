"""A user's lexicons laid over those that ship with the project: what is added, changed and removed.

A file has the name and the form of the lexicon that it is laid over, and holds only what differs from it:

    hosts: {salute: voice}                      # an entry added, or changed
    verbs: {agree: {frames: {remove: [upon]}}}  # words removed from a list
    nouns: {goal: null}                         # an entry removed
    words: {pleasure: [overjoyed]}              # words added to a list
    words: {steadfast: {only: [staunch]}}       # a list replaced

What fits is told by the shipped lexicon: an entry has the fields that its neighbours have.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from communique.models.lexicons import LEXICONS, shipped
from communique.models.overlay_forms import CHOICES, FIXED, KEYS, NEEDED, OPEN, PATTERNS, VALUES, form_of

OPERATIONS = {"add", "remove", "only"}


class LexiconError(ValueError):
    """A user's lexicons do not fit; `problems` says where and why, one line each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(["the lexicons do not fit:", *self.problems]))


class _Loader(yaml.SafeLoader):
    """Refuses a key that is no scalar, and one that comes twice, of which YAML takes the last in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"{key!r} comes twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def names() -> list[str]:
    """The lexicons that ship with the project."""
    return sorted(path.stem for path in LEXICONS.glob("*.yaml"))


def read_folder(folder: Path) -> dict[str, Any]:
    """What the files of a folder say, by lexicon. Raises LexiconError where they cannot be read."""
    if not folder.is_dir():
        raise LexiconError([f"{folder}: there is no such folder"])
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".yaml", ".yml"})
    if not files:
        raise LexiconError([f"{folder}: holds no .yaml file; the lexicons are {', '.join(names())}"])
    own, problems = {}, []
    for path in files:
        if path.suffix != ".yaml" or path.stem not in names():
            problems.append(f"{path.name}: there is no such lexicon{_meant(path.stem, names(), '.yaml')}")
            continue
        try:
            own[path.stem] = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
            problems.append(f"{path.name}{line}: {error.problem}")
        except (OSError, UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
            problems.append(f"{path.name}: {error}")
    if problems:
        raise LexiconError(problems)
    return {name: content for name, content in own.items() if content is not None}


def changed_by(own: Mapping[str, Any]) -> dict[str, Any]:
    """The lexicons that differ from the shipped ones once `own` is laid over them, whole.

    Raises LexiconError where something of `own` does not fit.
    """
    laid = _Laid()
    merged = {name: laid.over(shipped(name), own[name], (name,)) for name in sorted(own)}
    if laid.problems:
        raise LexiconError(laid.problems)
    return {name: content for name, content in merged.items() if content != shipped(name)}


class _Laid:
    """One laying over; collects what does not fit. A path is the lexicon and the keys down to the value."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def over(self, base: Any, own: Any, path: tuple[str, ...]) -> Any:
        """`own` laid over `base`, which is the shipped value, or None where there is none."""
        form = form_of(path)
        where = ".".join(form)
        if where in FIXED:
            self._problem(path, "is part of the program's grammar and cannot be changed here")
            return base
        examples = list(_examples(form))
        kinds = {_kind(example) for example in examples}
        if where in VALUES:
            return self._value(own, path, examples)
        if "mapping" in kinds:
            needed = NEEDED.get(".".join(form[:-1]), set()) if base is None else set()
            return self._mapping(base or {}, own, path, examples, needed)
        if "list" in kinds:
            return self._list(base or [], own, path, [item for example in examples for item in example])
        return self._scalar(own, path, examples)

    def _mapping(
        self, base: Any, own: Any, path: tuple[str, ...], examples: list[Any], needed: set[str]
    ) -> Any:
        if not isinstance(own, dict):
            self._problem(path, f"must be a mapping, not {_kind(own)}")
            return base
        where = ".".join(form_of(path))
        merged, fields = dict(base), {key for example in examples for key in example}
        required = needed | set.intersection(*map(set, examples)) if where not in OPEN else set()
        for key in sorted(own, key=str):
            below = (*path, str(key))
            if where in OPEN:
                fits = self._key(key, path, where, removed=own[key] is None, known=base)
            elif fits := key in fields:
                if own[key] is None and key in required:
                    fits = self._problem(below, "cannot be removed")
            else:
                self._problem(below, f"there is no such field{_meant(key, fields)}")
            if not fits:
                continue
            if own[key] is None:
                if merged.pop(key, None) is None:
                    self._problem(below, f"is not there to be removed{_meant(key, base)}")
            else:
                merged[key] = self.over(base.get(key), own[key], below)
        for key in sorted(required - set(merged)):
            self._problem(path, f"needs the field {key}")
        return merged

    def _key(self, key: Any, path: tuple[str, ...], where: str, *, removed: bool, known: Any) -> bool:
        """Whether a key may stand in a mapping whose keys are words."""
        if not isinstance(key, str):
            return self._problem(path, f"{key!r} must be a word; put it in quotes")
        pattern = KEYS.get(where)
        if pattern and key not in known and not removed and not re.fullmatch(pattern, key):
            return self._problem(path, f"{key!r} must be of the form {pattern}")
        return True

    def _list(self, base: list[Any], own: Any, path: tuple[str, ...], examples: list[Any]) -> list[Any]:
        """A list with items added (a list), or as its operations say (a mapping of them)."""
        by_id = all(isinstance(item, dict) for item in examples) and bool(examples)
        operations = own if isinstance(own, dict) else {"add": own}
        if unknown := [str(key) for key in operations if key not in OPERATIONS]:
            self._problem(path, f"must be a list, or a mapping of add, remove, only; not {unknown[0]!r}")
            return base
        if not all(isinstance(items, list) for items in operations.values()):
            self._problem(path, "must be a list, or a mapping of lists: add, remove, only")
            return base
        if by_id:
            return self._entries(base, operations, path)
        for items in operations.values():
            for item in items:
                self._scalar(item, path, examples)
        kept = [] if "only" in operations else list(base)
        for item in operations.get("remove", ()):
            if item not in base:
                self._problem(path, f"{item!r} is not there to be removed{_meant(item, base)}")
            kept = [one for one in kept if one != item]
        added = [*operations.get("only", ()), *operations.get("add", ())]
        merged = [*kept, *(item for item in sorted(set(map(str, added))) if item not in kept)]
        if path[0] in PATTERNS and not merged:
            self._problem(path, "must keep a word")
        return merged

    def _entries(
        self, base: list[Any], operations: Mapping[str, list[Any]], path: tuple[str, ...]
    ) -> list[Any]:
        """A list of entries, told apart by their ids; one that is there already is laid over."""
        merged = {} if "only" in operations else {entry["id"]: entry for entry in base}
        for id_ in operations.get("remove", ()):
            if merged.pop(str(id_), None) is None:
                self._problem(path, f"{id_!r} is not there to be removed{_meant(id_, merged)}")
        added = [*operations.get("only", ()), *operations.get("add", ())]
        for entry in sorted(added, key=lambda entry: str(_id(entry))):
            id_ = _id(entry)
            if id_ is None or not re.fullmatch(KEYS["*id"], str(id_)):
                self._problem(path, f"an entry needs an id of the form {KEYS['*id']}, not {id_!r}")
            else:
                merged[id_] = self.over(merged.get(id_), entry, (*path, str(id_)))
        return list(merged.values())

    def _scalar(self, own: Any, path: tuple[str, ...], examples: list[Any]) -> Any:
        where = ".".join(form_of(path))
        kinds = {_kind(example) for example in examples if not isinstance(example, bool)} or {"true or false"}
        if _kind(own) not in kinds:
            hint = "; put it in quotes" if kinds == {"a word"} and not isinstance(own, list | dict) else ""
            self._problem(path, f"{own!r} must be {' or '.join(sorted(kinds))}{hint}")
        elif where in CHOICES and own not in (known := set(map(str, examples))):
            self._problem(path, f"{own!r} must be one of {', '.join(sorted(known))}")
        elif path[0] in PATTERNS and isinstance(own, str):
            try:
                re.compile(own)
            except re.error as error:
                self._problem(path, f"{own!r} is no pattern: {error}")
        elif isinstance(own, str) and not own.strip():
            self._problem(path, "an empty word")
        return own

    def _value(self, own: Any, path: tuple[str, ...], examples: list[Any]) -> Any:
        """A list that is one value, as the first and the last day: replaced whole."""
        length = len(examples[0])
        kinds = {_kind(item) for example in examples for item in example}
        if not isinstance(own, list) or len(own) != length or {_kind(item) for item in own} - kinds:
            self._problem(path, f"must be a list of {length}, as {examples[0]}")
        return own

    def _problem(self, path: tuple[str, ...], what: str) -> bool:
        """Records it; False, so that a check may end with it."""
        self.problems.append(
            ": ".join(part for part in (f"{path[0]}.yaml", ".".join(path[1:]), what) if part)
        )
        return False


def _examples(form: tuple[str, ...]) -> Iterator[Any]:
    """The values at a form's place in the shipped lexicon; * stands for any key."""
    found = [shipped(form[0])]
    for part in form[1:]:
        below: list[Any] = []
        for value in found:
            if isinstance(value, list):
                below.extend(value)
            elif part == "*":
                below.extend(value.values())
            elif part in value:
                below.append(value[part])
        found = below
    yield from found


def _id(entry: Any) -> Any:
    return entry.get("id") if isinstance(entry, dict) else None


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, dict):
        return "mapping"
    names = {list: "list", str: "a word", int: "a number", float: "a number", type(None): "nothing"}
    return names.get(type(value), "a date")


def _meant(word: Any, known: Iterable[Any], suffix: str = "") -> str:
    near = get_close_matches(str(word), [str(one) for one in known], 1)
    return f"; did you mean {near[0]}{suffix}?" if near else ""
