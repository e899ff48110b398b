"""Word lists of `dates.yaml` and what the readers share: numbers, units, the words beside a match."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from communique.extractors.dates.said import FiscalRule
from communique.models.lexicons import load_lexicon, per_lexicons

Match: TypeAlias = "re.Match[str]"

WHICH = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}
BEFORE = re.compile(r"([^\W\d_][\w.'’-]*)[^\S\n]$")
AFTER = re.compile(r"[^\S\n]([^\W\d_]\w*)")


def words(key: str) -> Any:
    """A table or word list of `dates.yaml`."""
    return load_lexicon("dates")[key]


@per_lexicons
def countries() -> dict[str, FiscalRule]:
    """The fiscal years of countries by code."""
    return {
        code: FiscalRule(rule["month"], rule["named"] == "end", rule["pairs"])
        for code, rule in words("fiscal").items()
    }


@per_lexicons
def country_pattern() -> re.Pattern[str]:
    """The words that name each of these countries; the group that matches has its code."""
    return re.compile("|".join(f"(?P<{code}>{rule['words']})" for code, rule in words("fiscal").items()))


def clean(text: str | None) -> str:
    return " ".join((text or "").lower().replace("\u2060", "").split()).strip(".")


def which_of(text: str | None) -> int:
    """ "last" is -1, "next" 1, "this" and "the" 0."""
    return WHICH.get(clean(text), 0)


def word_before(match: Match) -> str:
    """The word that stands just before, on the same line."""
    found = BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    return found[1] if found else ""


def word_after(match: Match) -> str:
    found = AFTER.match(match.string, match.end())
    return found[1] if found else ""


def in_name(match: Match, allowed: list[str]) -> bool:
    """A capitalised word before it makes it part of a name ("Vision 2040"), but for those `allowed`."""
    before = word_before(match)
    return before[:1].isupper() and before.lower() not in allowed


def titled(unit: str) -> bool:
    """A unit with a capital is part of a name ("the Five-Year Plan", "the Next Decade")."""
    return unit[0].isupper() and not unit.isupper()


def number(text: str | None) -> float:
    """ "25", "1,000", "twenty-five", "a hundred and fifty", "one and a half" as a number."""
    total = 0.0
    for word in re.split(
        r"[\s\u2011-]+", clean(text).replace("a half", "half").replace("a quarter", "quarter")
    ):
        if word[:1].isdigit():
            return float(word.replace(",", ""))
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in ("a", "an") and total:
            continue
        else:
            total += words("numbers").get(word, 0)
    return total


def unit_of(text: str) -> str:
    """The unit in the singular ("centuries" is century)."""
    word = clean(text).removesuffix("'s")
    return {"annum": "year", "dai": "day"}.get(word) or re.sub(r"ies$", "y", word).removesuffix("s")


def length(n: float, unit: str) -> str | None:
    """The ISO 8601 period of `n` units: P60Y, P18M for a year and a half; None where it is not whole."""
    letter, count = words("units")[unit]
    n *= count
    for finer, parts in (("Y", 1), ("M", 12), ("D", 7), ("TH", 24), ("TM", 60)):
        if n == int(n):
            break
        if {"Y": "M", "W": "D", "D": "TH", "TH": "TM"}.get(letter) == finer:
            n, letter = n * parts, finer
    return f"P{'T' * (len(letter) - 1)}{int(n)}{letter[-1]}" if n and n == int(n) else None


def day_number(text: str) -> int:
    return int(re.match(r"\d+", text)[0])  # type: ignore[index]


def month_number(text: str) -> int:
    return int(words("months")[clean(text)])


def year_said(match: Match) -> dict[str, int | None]:
    """Year said, or counted from the release ("of last year")."""
    years = clean(match.groupdict().get("years"))
    return {"year": _year(match.groupdict()), "years": WHICH.get(years, 0) if years else None}


def _year(groups: dict[str, str | None]) -> int | None:
    """The year in figures, in two of them, in words, or of the Buddhist era."""
    if full := groups.get("year") or groups.get("year2") or groups.get("yearp"):
        return int(full)
    if short := groups.get("short") or groups.get("short2"):
        return 2000 + int(short)
    if era := groups.get("be"):
        return buddhist_year(era)
    return year_in_words(str(groups["yearw"])) if groups.get("yearw") else None


def buddhist_year(text: str) -> int:
    return int(re.sub(r"\D", "", text)) - 543


def year_in_words(text: str) -> int:
    """ "two thousand and twenty-four", "twenty twenty-eight"."""
    thousands, _, rest = clean(text).partition(" thousand")
    if rest:
        return int(number(thousands) * 1000 + number(rest.replace(",", "").replace(" and ", " ")))
    hundreds, rest = re.split(r"[\s-]+", thousands, maxsplit=1)
    return int(number(hundreds) * 100 + number(rest))
