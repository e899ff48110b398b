"""Readers of the rules of `dates.yaml` for relative dates, lengths and recurrences."""

from __future__ import annotations

from collections.abc import Callable

from communique.extractors.dates.relative import Offset, Relative, Rolling, Weekday
from communique.extractors.dates.said import Said, Unanchored
from communique.extractors.dates.words import (
    WHICH,
    Match,
    clean,
    in_name,
    length,
    number,
    titled,
    unit_of,
    which_of,
    word_after,
    word_before,
    words,
)

STEPS = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "prior": -1}
TIMES = {"once": 1, "twice": 2, "thrice": 3}

# Units that the calendar counts in another: a decade ago is ten years ago.
SMALLER = {"decade": ("year", 10), "century": ("year", 100), "fortnight": ("day", 14)}


def deictic(match: Match) -> Said | None:
    far = {"after tomorrow": 2, "before yesterday": -2}
    near = {"yesterday": -1, "tomorrow": 1, "last night": -1, "last evening": -1}
    return Relative("day", far[clean(match["far"])] if match["far"] else near.get(clean(match["day"]), 0))


def rolling(match: Match) -> Said | None:
    groups = match.groupdict()
    if titled(match["unit"]):
        return None
    unit, way = unit_of(match["unit"]), clean(groups["way"] or groups["way2"])
    n = number(groups["n"]) if groups.get("n") else 1.5 if groups.get("half") else 1
    sign = -1 if way in ("past", "last", "previous", "preceding") else 1
    if unit == "hour" and n % 24 == 0:
        unit, n = "day", n / 24
    if unit in ("hour", "minute"):
        return Unanchored("DURATION", length(n, unit))
    if unit == "quarter" and n == 1:
        return Relative(unit, sign)
    return _counted(Rolling, unit, sign * n)


def _counted(make: Callable[[str, float], Said], unit: str, n: float) -> Said:
    smaller, count = SMALLER.get(unit, (unit, 1))
    n *= count
    return make("month", n * 12) if smaller == "year" and n != int(n) else make(smaller, n)


def relative(match: Match) -> Said | None:
    if titled(match["unit"]):
        return None
    rest = bool(match.groupdict().get("rest"))
    return Relative(clean(match["unit"]), which_of(match.groupdict().get("which")), rest=rest)


def anaphor(match: Match) -> Said | None:
    step = clean(match["which"]).split()[-1]
    unit = clean(match["unit"])
    if step == "next" and unit != "day":
        return None
    return Relative(unit, STEPS.get(step, 0), base="before")


def ago(match: Match) -> Said | None:
    unit, way = unit_of(match["unit"]), clean(match["way"])
    n = number(match["n"]) + (0.5 if match["half"] else 0)
    if unit in ("hour", "minute"):
        return None
    if way == "ago":
        return _counted(Relative, unit, -n)
    if way in ("", "time", "from now", "hence", "from today"):
        return _counted(Relative, unit, n)
    if way in ("earlier", "later"):
        return _counted(_before, unit, n if way == "later" else -n)
    return _counted(Rolling, unit, n)


def _before(unit: str, n: float) -> Said:
    return Relative(unit, n, base="before")


def weekday(match: Match) -> Said | None:
    if in_name(match, words("before_month")):
        return None
    groups = match.groupdict()
    said = clean(groups.get("which") or groups.get("week"))
    which = WHICH.get(said, 0) if said else None
    if groups.get("later"):
        return Offset("P1W", 1, Weekday(words("weekdays")[clean(match["weekday"])], 1, nearest=True))
    nearest = said in ("past", "this past", "coming", "this coming")
    return Weekday(words("weekdays")[clean(match["weekday"])], which, nearest)


def every(match: Match) -> Said | None:
    groups = match.groupdict()
    if groups.get("low"):
        return Unanchored("SET", None)
    n = 2 if groups.get("other") else number(groups["n"]) if groups.get("n") else 1
    return Unanchored("SET", length(n, unit_of(match["unit"])))


def counted(match: Match) -> Said | None:
    groups = match.groupdict()
    times = TIMES.get(clean(match["times"])) or number(match["times"].rsplit(None, 1)[0])
    n = number(groups["n2"].split(None, 1)[1]) if groups.get("n2") else 2 if groups.get("other") else 1
    return Unanchored("SET", length(n / times, unit_of(match["unit"])) if times else None)


def recurring(match: Match) -> Said | None:
    """ "annual" and its like; with a capital it belongs to a name unless it opens its sentence."""
    word = match["word"]
    if word[0].isupper() and (word_before(match) or word_after(match)[:1].isupper()):
        return None
    plain = word.lower().replace("-", "")
    return Unanchored("SET", words("recurring")[plain])


def duration(match: Match) -> Said | None:
    amount, unit = clean(match["n"]), match["unit"]
    single = amount in ("a", "an")
    if titled(unit) or single and match.string[match.end("n")] == "-":  # "once-in-a-century"
        return None
    if unit_of(unit) == "quarter" and amount in ("a", "three"):  # a part of something
        return None
    if single and not _is_length(match, unit_of(unit)):
        return None
    if match["low"]:
        return Unanchored("DURATION", None)
    n = number(amount) + (0.5 if match["half"] else 0)
    return Unanchored("DURATION", length(n, unit_of(unit)))


def _is_length(match: Match, unit: str) -> bool:
    """ "a year" is a length after "for", "within", "more than"; elsewhere mostly a rate or no time at all."""
    if unit in ("hour", "minute"):
        return False
    if unit in ("decade", "century") or match["approx"]:
        return True
    return word_before(match).lower() in words("before_length")


def long(match: Match) -> Said | None:
    return Unanchored("DURATION", length(1, clean(match["unit"])))
