"""States and territories: every name, every adjective, and what the ambiguous ones mean in a release.

Names come from ISO 3166-1 (pycountry) with the reviewed forms of `states.yaml` on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.models.lexicons import load_lexicon, per_lexicons


def upright(name: str) -> str:
    """ISO's inverted names as they are read: "Korea, Republic of" -> "Republic of Korea"."""
    head, comma, tail = name.partition(", ")
    return f"{tail.removeprefix('The ')} {head}" if comma and tail.endswith((" of", " the")) else name


def _iso_forms(country: Any) -> Iterator[str]:
    for attribute in ("common_name", "name", "official_name"):
        name = getattr(country, attribute, None)
        if name and "(" not in name:
            yield upright(name)


@per_lexicons
def state_names() -> dict[str, str]:
    """Every name and the ISO 3166-1 alpha-3 code that it means; ambiguous names with their default."""
    import pycountry

    lexicon = load_lexicon("states")
    countries = (country for country in pycountry.countries if country.alpha_3 in lexicon["states"])
    codes = {form: country.alpha_3 for country in countries for form in _iso_forms(country)}
    for code, entry in lexicon["states"].items():
        forms = [entry["name"]] if "name" in entry else []
        codes |= dict.fromkeys(forms + entry.get("also", []), code)
    codes = {form: code for name, code in codes.items() for form in _solemn(name, code)} | codes
    codes |= {name: rule["state"] for name, rule in lexicon["contexts"].items()}
    codes = {form.removeprefix("the ").removeprefix("The "): code for form, code in codes.items()}
    return {form.replace(" and ", " & "): code for form, code in codes.items()} | codes


def _solemn(name: str, code: str) -> Iterator[str]:
    """A name behind the form of government of its state: "Turkiye" -> "Republic of Turkiye"."""
    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    official = getattr(country, "official_name", "")
    government, of, _ = official.partition(" of ")
    if not of and official.endswith(" Republic"):
        government = "Republic"  # the "Rwandese Republic" is the "Republic of Rwanda", too
    if government != official and " of " not in name and name.istitle():
        yield f"{government} of {name}"


@per_lexicons
def demonyms() -> dict[str, str]:
    """Adjectives and the code of their state: "Canadian" -> "CAN"; of two states the first listed."""
    codes: dict[str, str] = {}
    for code, entry in load_lexicon("states")["states"].items():
        for adjective in entry["demonyms"]:
            codes.setdefault(adjective, code)
    return codes


@per_lexicons
def state_name(code: str) -> str:
    """The canonical short name of a state: "KOR" -> "Republic of Korea". Raises KeyError for other codes."""
    import pycountry

    entry = load_lexicon("states")["states"][code]
    if "name" in entry:
        return str(entry["name"])
    country: Any = pycountry.countries.get(alpha_3=code)
    return upright(getattr(country, "common_name", country.name))


def state_of(text: str) -> str | None:
    """The code that a name or an adjective stands for, or None: "ROK", "Korea", "KOREAN" -> "KOR"."""
    text = text.replace("'", "’").removeprefix("the ").removeprefix("The ").removeprefix("THE ")
    straight = text.replace("’", "'")
    forms = (text, straight)
    return next((code for form in forms if (code := _codes().get(form))), None)


@per_lexicons
def _codes() -> dict[str, str]:
    """Names before adjectives, as written before those in the capitals of headings."""
    codes = demonyms() | state_names()
    return {form.upper(): code for form, code in codes.items() if len(form) > 3} | codes


def in_context(name: str, code: str, mentioned: set[str]) -> str | None:
    """What an ambiguous name means among the words and names of a release; None where it is no state.

    `mentioned` holds the words of the release and the names found in it.
    """
    lexicon = load_lexicon("states")
    if name == "Georgia":
        return _georgia(lexicon["georgia"], mentioned)
    unless: dict[str, str] = lexicon["contexts"].get(name, {}).get("unless", {})
    return next((other for word, other in unless.items() if word in mentioned), code)


def _georgia(words: dict[str, list[str]], mentioned: set[str]) -> str | None:
    american = sum(word in mentioned for word in words["us_state"])
    country = sum(word in mentioned for word in words["country"])
    return None if american > country else "GEO"
