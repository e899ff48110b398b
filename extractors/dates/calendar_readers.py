"""Readers of the calendar rules of `dates.yaml`: named groups to what is said, None where it is no date."""

from __future__ import annotations

import re

from communique.extractors.dates.explicit import parse_day
from communique.extractors.dates.relative import (
    DayOf,
    EndOf,
    NextDay,
    NthWeekday,
    Range,
    Relative,
    Week,
    Weekend,
)
from communique.extractors.dates.said import Day, Fiscal, InYear, Said, Unread, Years
from communique.extractors.dates.words import (
    Match,
    buddhist_year,
    clean,
    countries,
    country_pattern,
    day_number,
    in_name,
    month_number,
    number,
    unit_of,
    which_of,
    word_after,
    word_before,
    words,
    year_in_words,
    year_said,
)

MONTH_AFTER = re.compile(
    rf"(?:\s?[-–—]\s?| to | through | and )(?:{'|'.join(m.title() for m in words('months'))})\b"
)
DIGITS_AFTER = re.compile(r"[ \xa0]\d{3,4}\b")  # a telephone number
# A year of another calendar, or one that nobody reads: "15 March 1446", "15 March 20XX", "15 March, MMXXVII".
YEAR_AFTER = re.compile(
    r",?[\s/-]\(?['\u2019]?(?:\d{4}\b(?![.,]?\d| (?:[a-z]+s|people|personnel|women|men)\b|%)|"
    r"(?:\d\d[Xx_?]{2}|\d{3}[Xx_?])(?![^\W_])|MC?M[CLXVI]+\b)"
)
# "1950 tents": what is counted, unless the word before makes it a year.
COUNTED_AFTER = re.compile(r"[^\S\n](?!was\b|is\b|has\b|as\b|its\b|his\b|this\b|plus\b|versus\b)[a-z]+s\b")
LINKING = {"and", "or", "with", "to"}
YEAR_AND = re.compile(r"\b\d{4},? (?:and|or|to) $")
ERAS = {"reiwa": 2018, "heisei": 1988, "showa": 1925}
REPUBLIC = 1911  # its first year follows
OWNER = re.compile(r" of (?:the )?(United States|United Kingdom|\w+)")


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
    if _year_unread(match, said):
        return Unread()
    weekday = match.groupdict().get("wday")
    return InYear("day", month_number(match["month"]), first, run, weekday=_weekday(weekday), **said)


def _year_unread(match: Match, said: dict[str, int | None]) -> bool:
    """Whether a year stands behind that was not read."""
    named = said["year"] is not None or said["years"] is not None
    return not named and bool(YEAR_AFTER.match(match.string, match.end()))


def glued_day(match: Match) -> Said | None:
    """A day whose parts stand without blanks, or whose year has two figures: "15June 2027", "15-Mar-28"."""
    groups = match.groupdict()
    month = groups["month"] or groups.get("month2") or groups.get("month3")
    return Day(f"{day_number(match['first'])} {month} {year_said(match)['year']}")


def _weekday(text: str | None) -> int | None:
    """By its first two letters, however it is shortened."""
    return next((n for name, n in words("weekdays").items() if text and name[:2] == text[:2].lower()), None)


def week_of(match: Match) -> Said | None:
    month, first = match["month"] or match["month2"], match["first"] or match["first2"]
    return Week(InYear("day", month_number(month), day_number(first), **year_said(match)))


def nth_week(match: Match) -> Said | None:
    nth = words("ordinals")[clean(match["nth"])]
    if match["unit"]:
        return Week(Relative(clean(match["unit"]), which_of(match["which"])), nth)
    if match["of"]:
        return Week(InYear("month", 12 if nth < 0 else 1, year=int(match["of"])), nth)
    return Week(InYear("month", month_number(match["month"]), **year_said(match)), nth)


def nth_weekday(match: Match) -> Said | None:
    nth = words("ordinals")[clean(match["nth"])]
    weekday = words("weekdays")[clean(match["weekday"])]
    if match["month"]:
        return NthWeekday(InYear("month", month_number(match["month"]), **year_said(match)), weekday, nth)
    return NthWeekday(Relative("month", which_of(match["which"])), weekday, nth)


def ordinal_day(match: Match) -> Said | None:
    day = sum(words("ordinals")[word] for word in clean(match["nth"]).split("-"))
    said = year_said(match)
    if _year_unread(match, said):
        return Unread()
    return InYear("day", month_number(match["month"]), day, **said)


def next_day(match: Match) -> Said | None:
    """ "on the 15th": of this month or the one beside it."""
    return NextDay(day_number(match["first"]))


def holiday(match: Match) -> Said | None:
    name, said = clean(match["holiday"]), year_said(match)
    if name.startswith("new"):
        return InYear("day", 12, 31, **said) if name.endswith("eve") else InYear("day", 1, 1, **said)
    return InYear("day", 12, 24 if name.endswith("eve") else 25, **said)


def turn_of_year(match: Match) -> Said | None:
    """The last month of this year and the first of the next."""
    return Range(InYear("month", 12, years=0), InYear("month", 1, years=1))


def weekend(match: Match) -> Said | None:
    return Weekend()


def day_of_month(match: Match) -> Said | None:
    return DayOf(Relative("month", which_of(match["which"])), day_number(match["first"]))


def month(match: Match) -> Said | None:
    said = year_said(match)
    which = which_of(match["which"]) if match["which"] else None
    if said["year"] is None and said["years"] is None and which is None and not _bare_month(match):
        return None
    if which is None and _year_unread(match, said):
        return Unread()
    return InYear("month", month_number(match["month"]), which=which, **said)


def _bare_month(match: Match) -> bool:
    """Alone, a month is a date unless it is a verb, a first name or part of a name."""
    name, before = match["month"], word_before(match).lower()
    short = len(name.strip(".")) < 5 and name.lower() not in ("may", "june", "july")
    if name in ("august", "may", "march") or short and not name.istitle():  # "APR" is a rate
        return False
    if (
        before in words("before_month")
        or match.start() < match.start("month")
        or MONTH_AFTER.match(match.string, match.end())
    ):
        return True
    doubtful = short or name.lower() in ("may", "march")
    return not doubtful and not in_name(match, []) and not word_after(match)[:1].isupper()


def fiscal(match: Match) -> Said | None:
    groups = match.groupdict()
    country = "JPN" if groups.get("j") else _country(_owner(match))
    rule = countries().get(country or "")
    if groups.get("which"):
        return Fiscal(n=which_of(groups["which"]), rule=rule)
    first = _full_year(match["first"], 2000)
    last = _full_year(groups["last"], first) if groups.get("last") else None
    return None if last and last <= first else Fiscal(first, last, rule=rule)


def _owner(match: Match) -> str:
    """The word that may name the country: "Japan's FY 2024", "FY 2024 of Japan"."""
    found = OWNER.match(match.string, match.end())
    return found[1] if found else re.sub(r"['’]s$", "", word_before(match))


def _country(text: str) -> str | None:
    found = country_pattern().fullmatch(text)
    return found.lastgroup if found else None


def _full_year(text: str, like: int) -> int:
    """ "25" beside 2024 is 2025."""
    return int(text) if len(text) == 4 else like - like % 100 + int(text)


def quarter(match: Match) -> Said | None:
    groups = match.groupdict()
    if groups.get("code"):
        unit = "quarter" if "q" in match["code"].lower() else "half"
        nth = int(match["code"].strip("QqHh"))
    else:
        unit, nth = clean(match["unit"]), words("ordinals")[clean(match["nth"])]
    parts = {"quarter": 4, "half": 2}[unit]
    nth = nth if nth > 0 else parts
    if nth > parts:
        return None
    return InYear(unit, (nth - 1) * (12 // parts) + 1, **year_said(match))


def part_of_year(match: Match) -> Said | None:
    """ "the first six months of 2024": so many units from one end of the year."""
    n = number(match["n"])
    year = InYear("year", 1, **year_said(match))
    sign = 1 if words("ordinals")[clean(match["nth"])] > 0 else -1
    return EndOf(year, unit_of(match["unit"]), sign * n)


def season(match: Match) -> Said | None:
    return InYear("season", words("seasons")[clean(match["season"])], **year_said(match))


def decade(match: Match) -> Said | None:
    groups = match.groupdict()
    if groups.get("decade"):
        first = int(match["decade"])
    elif groups.get("short"):
        first = int(match["short"]) + (1900 if int(match["short"]) > 20 else 2000)
    else:
        first = words("decades")[clean(match["word"])]
    return Years(first, first + 9, "decade")


def era(match: Match) -> Said | None:
    """A year of a Japanese era, of the Republic of China, or of the Buddhist era."""
    if match["be"]:
        year = buddhist_year(match["be"])
    else:
        year = ERAS.get(clean(match["era"]), REPUBLIC) + int(match["n"])
    return Years(year, year)


def years_in_words(match: Match) -> Said | None:
    """Alone, words are a year only behind what brings one in."""
    sure = match["part"] or match["sure"] or word_before(match).lower() in words("before_early_year")
    year = year_in_words(match["yearw"])
    return Years(year, year) if sure else None


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
    sure = match["sure"] or match.start() < match.start("first")
    return Years(first, first) if sure or _bare_year(match, first) else None


def _bare_year(match: Match, year: int) -> bool:
    """Alone, four digits are a year unless they count things, or end or begin a name."""
    before, after = word_before(match), word_after(match)
    if DIGITS_AFTER.match(match.string, match.end()):
        return False
    if not 1900 <= year <= 2100 and before.lower() not in words("before_early_year"):
        return False
    if before.lower() in words("before_count") or match.string[match.start() - 1 : match.start()] in (
        "-",
        "/",
    ):
        return False
    if _counts(match, before.lower()):
        return False
    return not in_name(match, words("before_year")) and after.lower() not in ("bc", "bce")


def _counts(match: Match, before: str) -> bool:
    """ "send 1950 tents", unlike "its 2030 targets" and "2029 and 2030 levels"."""
    brings_in = not before or (before in words("before_year") and before not in LINKING)
    listed = YEAR_AND.search(match.string, max(0, match.start() - 12), match.start())
    return not brings_in and not listed and bool(COUNTED_AFTER.match(match.string, match.end()))


def numeric_month(match: Match) -> Said | None:
    return InYear("month", int(match["month"]), year=int(match["year"]))
