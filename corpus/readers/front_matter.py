"""Front matter: what a file states of itself above its text, in YAML, TOML or JSON, or as a few headers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from communique.corpus.columns import plain_name
from communique.corpus.metadata import NOTHING, Metadata

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Headers without a fence: two lines at least, the title first, closed by a blank line.
_HEADERS = re.compile(r"(?:title: .+\n)(?:[a-z][a-z_-]{1,20}: .+\n){1,20}\n", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w-]{0,30}): *([^\s\[{&*!|>%@`].*)?")
_QUOTED = re.compile(r"^([\"'])(.*)\1$")
_MAX_LENGTH = 20_000
_MAX_NESTING = 50
# The keys that site generators use, the plainest first. `modified` is when a page was last touched: not read.
_KEYS = {
    "title": ("title",),
    "publisher": ("publisher", "sourcename", "organization", "organisation"),
    "published": ("published", "date", "publishedtime", "publishedat", "publishdate", "publicationdate"),
    "url": ("url", "sourceurl", "canonicalurl", "link", "source"),
}
_Found = tuple[Metadata, str]


def split_front_matter(text: str, *, strict: bool) -> _Found:
    """The metadata that stands above a text, and the text below it.

    Raises ValueError where front matter is broken; without `strict` it is then taken for text, and so is what
    gives none of the metadata.
    """
    try:
        for form in (_yaml, _toml, _json, _headers):
            if found := form(text):
                values, end = found
                own = _metadata(values)
                return (own, text[end:]) if strict or own != NOTHING else (own, text)
    except ValueError:
        if strict:
            raise
    return NOTHING, text


def _yaml(text: str) -> tuple[Mapping[str, Any], int] | None:
    if not re.match(r"---[ \t]*\n", text):
        return None
    match = _YAML.match(text, 0, _MAX_LENGTH)
    if match is None:
        if re.match(r"---[ \t]*\n[A-Za-z_]+:", text):
            raise ValueError("broken front matter: it does not end")
        return None  # a line drawn across the page
    return _yaml_mapping(match[1]), match.end()


def _yaml_mapping(text: str) -> dict[str, Any]:
    """The mapping with every scalar as the string written, so that a date is what the writer wrote."""
    if sum(map(text.count, "[{")) > _MAX_NESTING:
        raise ValueError("broken front matter: too deeply nested")
    try:
        values = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if pairs := _pairs(text):
            return pairs
        problem = getattr(error, "problem", None) or type(error).__name__
        raise ValueError(f"broken front matter: {problem}") from None
    if not isinstance(values, dict):
        raise ValueError("broken front matter: no keys and values")
    return values


def _pairs(text: str) -> dict[str, Any]:
    """Keys and values that are no YAML for a colon or a quote in a title; nothing where there is more."""
    pairs = [_PAIR.fullmatch(line.rstrip()) for line in text.split("\n") if line.strip()]
    return {pair[1]: _QUOTED.sub(r"\2", pair[2] or "") for pair in pairs if pair} if all(pairs) else {}


def _toml(text: str) -> tuple[Mapping[str, Any], int] | None:
    if not (match := _TOML.match(text, 0, _MAX_LENGTH)):
        return None
    if sum(map(match[1].count, "[{")) > _MAX_NESTING:
        raise ValueError("broken front matter: too deeply nested")
    try:
        return tomllib.loads(match[1]), match.end()
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"broken front matter: {error}") from None


def _json(text: str) -> tuple[Mapping[str, Any], int] | None:
    if not text.startswith("{"):
        return None
    try:
        values, end = json.JSONDecoder().raw_decode(text[:_MAX_LENGTH])
    except (ValueError, RecursionError):
        return None  # a text may begin with a brace
    return values, end


def _headers(text: str) -> tuple[Mapping[str, Any], int] | None:
    comment = _COMMENT.match(text, 0, _MAX_LENGTH)
    match = _HEADERS.match(text, comment.end() if comment else 0, _MAX_LENGTH)
    if match is None:
        return None
    pairs = (line.partition(":")[::2] for line in match[0].strip().split("\n"))
    values = {name: value.strip() for name, value in pairs}
    known = {name for names in _KEYS.values() for name in names}
    return (values, match.end()) if all(plain_name(name) in known for name in values) else None


def _metadata(values: Mapping[str, Any]) -> Metadata:
    plain = {plain_name(str(name)): value for name, value in values.items()}
    named = {name: _first(plain, keys) for name, keys in _KEYS.items()}
    if named["url"] and "://" not in named["url"]:
        named["url"] = None  # a page's place on its own site
    return Metadata.of(named)


def _first(values: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    found = (_written(values.get(key)) for key in keys)
    return next((value for value in found if value), None)


def _written(value: object) -> str | None:
    """A scalar as a string, of a list its first; nothing for what is nested deeper."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return None if value is None or isinstance(value, list | dict) else str(value)
