"""What each rule of `dates.yaml` reads from its named groups; None where it was no date after all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from communique.extractors.dates.explicit import parse_day
from communique.extractors.dates.said import (
    Day,
    DayOf,
    EndOf,
    Fiscal,
    FiscalRule,
    InYear,
    NthWeekday,
    Relative,
    Rolling,
    Said,
    Unanchored,
    Week,
    Weekday,
    Years,
)
from communique.models.lexicons import load_lexicon

Match: TypeAlias = "re.Match[str]"

WORDS = load_lexicon("dates")
COUNTRIES = {
    code: FiscalRule(rule["month"], rule["named"] == "end", rule["pairs"])
    for code, rule in WORDS["fiscal"].items()
}
COUNTRY = re.compile("|".join(f"(?P<{code}>{rule['words']})" for code, rule in WORDS["fiscal"].items()))
WHICH = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}
STEPS = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "prior": -1}
TIMES = {"once": 1, "twice": 2, "thrice": 3}
# Units that the calendar counts in another: a decade ago is ten years ago.
SMALLER = {"decade": ("year", 10), "century": ("year", 100), "fortnight": ("week", 2)}
BEFORE = re.compile(r"([^\W\d_][\w.'’-]*)[^\S\n]$")
AFTER = re.compile(r"[^\S\n]([^\W\d_]\w*)")
MONTH_AFTER = re.compile(
    rf"(?:\s?[-–—]\s?| to | through | and )(?:{'|'.join(m.title() for m in WORDS['months'])})\b"
)
OWNER = re.compile(r" of (?:the )?(United States|United Kingdom|\w+)")
COUNTED_BEFORE = {"some", "about", "nearly", "approximately", "roughly", "additional", "another", "almost"}
YEAR_BEFORE = {"in", "since", "of", "by", "from", "until", "before", "after"}
LENGTH_BEFORE = {"for", "within", "after", "lasting", "than", "over", "under", "in", "only", "just"}


def clean(text: str | None) -> str:
    return " ".join((text or "").lower().replace("\u2060", "").split()).strip(".")


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
    for word in re.split(r"[\s\u2011-]+", clean(text).replace("a half", "half")):
        if word[:1].isdigit():
            return float(word.replace(",", ""))
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in ("a", "an") and total:
            continue
        elif word == "half":
            total += 0.5
        else:
            total += WORDS["numbers"].get(word, 0)
    return total


def unit_of(text: str) -> str:
    """The unit in the singular ("centuries" is century)."""
    word = clean(text).removesuffix("'s")
    return {"annum": "year", "dai": "day"}.get(word) or re.sub(r"ies$", "y", word).removesuffix("s")


def length(n: float, unit: str) -> str | None:
    """The ISO 8601 period of `n` units: P60Y, P18M for a year and a half; None where it is not whole."""
    letter, count = WORDS["units"][unit]
    n *= count
    for finer, parts in (("Y", 1), ("M", 12), ("D", 7), ("TH", 24), ("TM", 60)):
        if n == int(n):
            break
        if {"Y": "M", "W": "D", "D": "TH", "TH": "TM"}.get(letter) == finer:
            n, letter = n * parts, finer
    return f"P{'T' * (len(letter) - 1)}{int(n)}{letter[-1]}" if n and n == int(n) else None


def day_number(text: str) -> int:
    return int(re.match(r"\d+", text)[0])  # type: ignore[index]


def year_said(match: Match) -> dict[str, int | None]:
    """Year said, or counted from the release ("of last year")."""
    groups = match.groupdict()
    year = groups.get("year") or groups.get("year2")
    years = clean(groups.get("years"))
    return {"year": int(year) if year else None, "years": WHICH.get(years, 0) if years else None}


def month_number(text: str) -> int:
    return int(WORDS["months"][clean(text)])


def explicit_day(match: Match) -> Said | None:
    """A full day; figures alone that no calendar has ("39/90/94") are none."""
    named = any(letter.isalpha() for letter in match[0])
    return Day(match[0]) if named or parse_day(match[0]) else None


def days(match: Match) -> Said | None:
    first, last = day_number(match["first"]), match.groupdict().get("last")
    said = year_said(match)
    if not last and said["year"]:
        return Day(f"{first} {match['month']} {said['year']}")
    run = day_number(last) if last else None
    if run is not None and run <= first:
        return None
    weekday = match.groupdict().get("wday")
    return InYear("day", month_number(match["month"]), first, run, weekday=_weekday(weekday), **said)


def _weekday(text: str | None) -> int | None:
    """By its first two letters, however it is shortened."""
    return next((n for name, n in WORDS["weekdays"].items() if text and name[:2] == text[:2].lower()), None)


def week_of(match: Match) -> Said | None:
    month, first = match["month"] or match["month2"], match["first"] or match["first2"]
    return Week(InYear("day", month_number(month), day_number(first), **year_said(match)))


def nth_week(match: Match) -> Said | None:
    nth = WORDS["ordinals"][clean(match["nth"])]
    if match["unit"]:
        return Week(Relative(clean(match["unit"]), WHICH.get(clean(match["which"]), 0)), nth)
    if match["of"]:
        return Week(InYear("month", 12 if nth < 0 else 1, year=int(match["of"])), nth)
    return Week(InYear("month", month_number(match["month"]), **year_said(match)), nth)


def nth_weekday(match: Match) -> Said | None:
    nth = WORDS["ordinals"][clean(match["nth"])]
    weekday = WORDS["weekdays"][clean(match["weekday"])]
    if match["month"]:
        return NthWeekday(InYear("month", month_number(match["month"]), **year_said(match)), weekday, nth)
    return NthWeekday(Relative("month", WHICH.get(clean(match["which"]), 0)), weekday, nth)


def ordinal_day(match: Match) -> Said | None:
    day = sum(WORDS["ordinals"][word] for word in clean(match["nth"]).split("-"))
    return InYear("day", month_number(match["month"]), day, **year_said(match))


def day_of_month(match: Match) -> Said | None:
    return DayOf(Relative("month", WHICH.get(clean(match["which"]), 0)), day_number(match["first"]))


def month(match: Match) -> Said | None:
    said = year_said(match)
    which = WHICH.get(clean(match["which"]), 0) if match["which"] else None
    if said["year"] is None and said["years"] is None and which is None and not _bare_month(match):
        return None
    return InYear("month", month_number(match["month"]), which=which, **said)


def _bare_month(match: Match) -> bool:
    """Alone, a month is a date unless it is a verb, a first name or part of a name."""
    name, before = match["month"], word_before(match).lower()
    short = len(name.strip(".")) < 5 and name.lower() not in ("may", "june", "july")
    if name in ("august", "may", "march") or short and not name.istitle():  # "APR" is a rate
        return False
    if (
        before in WORDS["before_month"]
        or match.start() < match.start("month")
        or MONTH_AFTER.match(match.string, match.end())
    ):
        return True
    doubtful = short or name.lower() in ("may", "march")
    return not doubtful and not in_name(match, []) and not word_after(match)[:1].isupper()


def fiscal(match: Match) -> Said | None:
    groups = match.groupdict()
    country = (
        "JPN"
        if groups.get("j")
        else _country(re.sub(r"['’]s$", "", word_before(match))) or _country(_owner(match))
    )
    rule = COUNTRIES.get(country or "")
    if groups.get("which"):
        return Fiscal(n=WHICH.get(clean(groups["which"]), 0), rule=rule)
    first = _full_year(match["first"], 2000)
    last = _full_year(groups["last"], first) if groups.get("last") else None
    return None if last and last <= first else Fiscal(first, last, rule=rule)


def _owner(match: Match) -> str | None:
    found = OWNER.match(match.string, match.end())
    return found[1] if found else None


def _country(text: str | None) -> str | None:
    found = COUNTRY.fullmatch(text or "")
    return found.lastgroup if found else None


def _full_year(text: str, like: int) -> int:
    """ "25" beside 2024 is 2025."""
    return int(text) if len(text) == 4 else like - like % 100 + int(text)


def quarter(match: Match) -> Said | None:
    groups = match.groupdict()
    if groups.get("code"):
        unit, nth = ("quarter" if match["code"][0] in "Qq" else "half"), int(match["code"][1])
    else:
        unit, nth = clean(match["unit"]), WORDS["ordinals"][clean(match["nth"])]
    parts = {"quarter": 4, "half": 2}[unit]
    nth = nth if nth > 0 else parts
    if nth > parts:
        return None
    return InYear(unit, (nth - 1) * (12 // parts) + 1, **year_said(match))


def part_of_year(match: Match) -> Said | None:
    """ "the first six months of 2024": so many units from one end of the year."""
    n = number(match["n"])
    year = InYear("year", 1, **year_said(match))
    sign = 1 if WORDS["ordinals"][clean(match["nth"])] > 0 else -1
    return EndOf(year, unit_of(match["unit"]), sign * n)


def season(match: Match) -> Said | None:
    return InYear("season", WORDS["seasons"][clean(match["season"])], **year_said(match))


def decade(match: Match) -> Said | None:
    groups = match.groupdict()
    if groups.get("decade"):
        first = int(match["decade"])
    elif groups.get("short"):
        first = int(match["short"]) + (1900 if int(match["short"]) > 20 else 2000)
    else:
        first = WORDS["decades"][clean(match["word"])]
    return Years(first, first + 9, "decade")


def years(match: Match) -> Said | None:
    first = int(match["first"])
    later = match["last"] or match["last2"]
    if later:
        last = _full_year(later, first)
        if len(later) < 3 and last <= first:  # "2024-10" is a month
            return InYear("month", int(later), year=first) if 0 < int(later) < 13 else None
        if not first < last < first + 100:
            return None
        return Years(first, last)
    if match["rest"]:
        return _rest_of_year(first)
    sure = match["sure"] or match.start() < match.start("first")
    return Years(first, first) if sure or _bare_year(match, first) else None


def _rest_of_year(year: int) -> Said:
    return Years(year, year)


def _bare_year(match: Match, year: int) -> bool:
    """Alone, four digits are a year unless they count things, or end or begin a name."""
    before, after = word_before(match), word_after(match)
    if not 1900 <= year <= 2100 and before.lower() not in YEAR_BEFORE:
        return False
    if before.lower() in COUNTED_BEFORE or match.string[match.start() - 1 : match.start()] in ("-", "/"):
        return False
    return not in_name(match, WORDS["before_year"]) and after.lower() not in ("bc", "bce")


def numeric_month(match: Match) -> Said | None:
    return InYear("month", int(match["month"]), year=int(match["year"]))


def deictic(match: Match) -> Said | None:
    far = {"after tomorrow": 2, "before yesterday": -2}
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    return Relative("day", far[clean(match["far"])] if match["far"] else near[clean(match["day"])])


def rolling(match: Match) -> Said | None:
    groups = match.groupdict()
    if titled(match["unit"]):
        return None
    unit, way = unit_of(match["unit"]), clean(groups["way"] or groups["way2"])
    n = number(groups["n"]) if groups.get("n") else 1.5 if groups.get("half") else 1
    sign = -1 if way in ("past", "last", "previous", "preceding") else 1
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
    return Relative(clean(match["unit"]), WHICH.get(clean(match.groupdict().get("which")), 0), rest=rest)


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
    if way in ("", "from now", "hence", "from today"):
        return _counted(Relative, unit, n)
    if way in ("earlier", "later"):
        return _counted(_before, unit, n if way == "later" else -n)
    return _counted(Rolling, unit, n)


def _before(unit: str, n: float) -> Said:
    return Relative(unit, n, base="before")


def weekday(match: Match) -> Said | None:
    if in_name(match, WORDS["before_month"]):
        return None
    groups = match.groupdict()
    said = clean(groups.get("which") or groups.get("week"))
    which = WHICH.get(said, 0) if said else None
    nearest = said in ("past", "this past", "coming", "this coming")
    return Weekday(WORDS["weekdays"][clean(match["weekday"])], which, nearest)


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
    return Unanchored("SET", WORDS["recurring"][plain])


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
    return word_before(match).lower() in LENGTH_BEFORE


def long(match: Match) -> Said | None:
    kind: Literal["DURATION"] = "DURATION"
    return Unanchored(kind, length(1, clean(match["unit"])))
