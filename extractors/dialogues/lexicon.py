"""The words that make and bound names, compiled once from `dialogues.yaml` and `dialogues_known.yaml`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from communique.extractors.annotations import DialogueKind
from communique.models.lexicons import Lexicons, in_use, load_lexicon, per_lexicons

# One code point for each of a kind, so that offsets stay those of the text. A long dash joins no words.
TYPOGRAPHY = str.maketrans("’‘“”–‑−\u00a0\u202f", "''\"\"---  ")

COMPOUND_ORDINAL = re.compile(
    r"(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y-"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
)
# What opens the name of a summit and is not parted by a city: "G99", "Group of Nine".
_SERIES = re.compile(r"^\S+(?: of (?:the )?\S+)?")


@dataclass(frozen=True, slots=True)
class Head:
    """A word (or two) that names a kind of format or document; a weak one needs a sign that it is shared."""

    kind: DialogueKind
    weak: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A name that means one thing in any release."""

    id: str
    name: str
    kind: DialogueKind


@per_lexicons
def words(name: str) -> frozenset[str]:
    """The list `name` of `dialogues.yaml` as a set."""
    return frozenset(str(word) for word in load_lexicon("dialogues")[name])


@per_lexicons
def mapping(name: str) -> dict[str, str]:
    """The mapping `name` of `dialogues.yaml`."""
    return cast(dict[str, str], load_lexicon("dialogues")[name])


@per_lexicons
def heads() -> dict[tuple[str, ...], Head]:
    """Heads by their words."""
    out: dict[tuple[str, ...], Head] = {}
    for section, weak in (("weak_heads", True), ("heads", False)):
        for kind, entries in load_lexicon("dialogues")[section].items():
            out.update({tuple(fold(str(entry)).split()): Head(kind, weak) for entry in entries})
    for opener, kind in mapping("openers").items():
        out.setdefault((opener,), Head(cast(DialogueKind, kind), True))
    return out


@per_lexicons
def known_names() -> tuple[tuple[str, Known], ...]:
    """Every surface of every known name, with plain quotes and hyphens, as written."""
    out: list[tuple[str, Known]] = []
    for entry in cast(list[dict[str, Any]], load_lexicon("dialogues_known")):
        known = Known(entry["id"], entry["name"], entry["kind"])
        forms = [str(form) for form in (entry["name"], *entry.get("aliases", ()))]
        of_cities = (_in_city(form, str(city)) for city in entry.get("cities", ()) for form in forms)
        out.extend((form, known) for form in (*forms, *chain.from_iterable(of_cities)))
    return tuple(out)


def _in_city(form: str, city: str) -> tuple[str, str]:
    """The names of a summit after its city: "Lima G99 Summit" and "G99 Lima Summit"."""
    return f"{city} {form}", _SERIES.sub(rf"\g<0> {city}", form)


@per_lexicons
def organizations() -> frozenset[str]:
    """Folded names of the bodies that are actors and therefore no dialogues."""
    listed = load_lexicon("organizations")["organizations"]
    forms = [form for code, entry in listed.items() for form in (code, entry["name"], *entry.get("also", ()))]
    return words("organizations") | {fold(str(form)).replace("'", "") for form in forms}


@per_lexicons
def body_nouns() -> frozenset[str]:
    """Folded nouns that make a body: "ministry", "bank", "forces"."""
    bodies = load_lexicon("organizations")["bodies"]
    return frozenset(fold(str(noun)) for noun in (*bodies["any"], *bodies["after_only"]))


@per_lexicons
def _spelling() -> dict[str, str]:
    return mapping("spelling")


@per_lexicons
def known_ids() -> frozenset[str]:
    """The ids of the known names."""
    return frozenset(known.id for _, known in known_names())


def fold(text: str) -> str:
    """Lower case without diacritics, in one spelling ("Defence Programmes" and "defense program" meet)."""
    return _folded(in_use(), text)


@lru_cache(maxsize=1 << 14)
def _folded(used: Lexicons, text: str) -> str:
    text = text.translate(TYPOGRAPHY).casefold().replace("&", "and").replace(".", "")
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_spelling().get(word, word) for word in text.split())
