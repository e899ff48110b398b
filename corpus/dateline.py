"""Datelines: the day and place that a release states of itself in its head or at its end.

"November 1, 2024 - Ottawa, Ontario - Global Affairs Canada", "SEOUL, 16 April 2023 —", "Ottawa – ",
"Issued in Tokyo, 26 October 2016", a line that holds nothing but a day.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import chain, islice

from communique.corpus.cities import is_city
from communique.corpus.days import MONTH, Order, day_in_figures, full_days

HEAD_LINES, TAIL_LINES = 8, 8
_MAX_LINE = 300  # characters of a line that are looked at
_MAX_BARE = 120  # a line longer than this says more than a day and a place

# Words before a day that say it is this release's own.
_LABEL = re.compile(
    r"^(?:(?:(?:for immediate release|(?:(?:press|news|media) )?(?:release|statement|note)|communiqu[eé])"
    r"(?:\s+(?:no\.?|nr\.?|number|#)?\s*[\d/.-]+)?|no\.\s?\d[\d/.-]*)[\s,;:|–—-]*)?"
    r"(?:(?:(?:(?:press )?release|publication|publishing|issue|posting)\s+)?"
    r"dated?(?: of (?:issue|release|publication))?|"
    r"(?:first )?published|posted|issued|released|signed|done|adopted|embargoed until)?"
    r"(?:\s+(?:on|in|at|by))?\s*:?\s*",
    re.IGNORECASE,
)
# The hour of issue behind the day: "at 5:00 PM", "| 15.30 hrs", "09:15:00 +0900", "5 p.m. EST".
_HOUR = re.compile(
    r"^[\s,|/–-]*(?:at\s|T)?\s*\d{1,2}(?:[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\b\.?)?|\s?[ap]\.?\s?m\b\.?)"
    r"(?:\s*(?:hours|hrs|h)\b\.?)?(?:\s*\(?(?:(?-i:[A-Z]{2,5})\b|[+-]\d\d:?\d\d|local time)\)?)*",
    re.IGNORECASE,
)
# What leads to the day behind the place ("this", "on the", "le"), the hour before it, and the first day of a
# range over two months ("28 February – ").
_LEAD = re.compile(
    r"(?:(?<=[\s,(])(?:on|this|the|le|den|el)(?:[\s,]+|$)"
    r"|(?<!\S)\d{1,2}[:.]\d\d(?:\s?[ap]m)?(?:\s[A-Z]{2,4})?[\s,/]*"
    rf"|(?<!\S)(?:\d{{1,2}}\s{MONTH}|{MONTH}\s\d{{1,2}})\s?(?:–|-|to|and)\s*)++$",
    re.IGNORECASE,
)
# The number of a release, before or behind its day: "FA159", "MPS 032/2002".
_REFERENCE = re.compile(r"(?<![\w/])[A-Z]{1,5}[ -]?\d{1,5}(?:/\d{2,4})?(?![\w/])")
# What may follow the day and says nothing of it: "(Reuters)", "Last updated: ...", "Posted in News",
# "in duplicate".
_BEHIND = re.compile(
    r"^\s*\([A-Z][^()]{1,40}\)|^[\s,|;–-]*(?:last )?(?:updated|modified|reviewed)\b.*$|"
    r"^[\s,|;–-]*(?:posted|filed) (?:in|under|by)\b.*$|"
    r"^,? in (?:duplicate|triplicate|(?:two|three|four) (?:originals?|copies))\b.*$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[–—―]+\s*|\s+-{1,2}\s+|\s*--\s*|\s*[|•·]\s*|\s*:\s+")
_EDGES = " \t\u00a0,;.:()[]*_/-–—―|•·"
_INITIALS = re.compile(r"\b[A-Z]\.[A-Z]$")
_NAME = r"[A-Z\u00c0-\u00de](?:[^\W\d_]|['’.\u00b7-])*"
_NAMES = rf"{_NAME}(?: (?:of |de |do |da |del |la |the |and |& )?{_NAME}){{0,3}}"
_PLACE = re.compile(rf"{_NAMES}(?:(?:, ?|/){_NAMES}){{0,2}}")
# Words that begin a sentence or a document's name and never a place.
_NO_PLACE = re.compile(
    r"\b(?:On|In|By|Since|From|As|At|The|Until|After|Before|During|Between|Statement|Joint|Communiqu[eé]|Press|"
    r"Release|Summit|Meeting|Ministry|Department|Office|President|Minister|Dialogue|Update[d]?|Declaration|News|"
    r"Readout|Fact|Sheet|Remarks|Speech|Embassy|Government|Council|Commission|Secretary|Agreement|Media|Note|"
    r"Annex|Background|Contact|Date|Place|Venue|Location|Published|Ref|No|Today|Mr|Ms|Mrs|Dr|H\.E|We|Our|Their|This|Following|Subject)\b",
    re.IGNORECASE,
)
# The body that issues, where a line of names ends in the day: "Foreign Ministry, Lima, 12 May 2024".
_BODY = re.compile(
    rf"(?:the )?(?:{_NAME} ){{0,4}}"
    r"(?:Ministry|Ministries|Department|Secretariat|Embassy|Government|Office|Agency|Chancellery|Presidency|"
    r"Cabinet|White House|Commission|Council|Delegation|Mission|Directorate|Spokesperson)\b"
    rf"(?:(?: (?:of|for|the|and|to|&))* {_NAME})*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline tells; `publisher` is the body that it names after day and place."""

    published: dt.date | None = None
    place: str | None = None
    publisher: str | None = None


def head_of(text: str) -> str:
    """The lines of a text in which a release states its own day before it begins."""
    lines = (line for line in text.split("\n") if line.strip())
    return "\n".join(islice(lines, HEAD_LINES))


def find_dateline(text: str, order: Order | None = None) -> Dateline:
    """The dateline of a release; its parts are None where it has none.

    A day in figures counts where their order is not in doubt, or given.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    head, tail = lines[:HEAD_LINES], lines[max(HEAD_LINES, len(lines) - TAIL_LINES) :]
    stated = [found for line in head if (found := _dated(line, order, bare=False))]
    closing = (found for line in reversed(tail) if (found := _dated(line, order, bare=True)))
    dated = next(chain(stated, closing), Dateline())
    same_day = (found.place for found in (dated, *stated) if found.published == dated.published)
    placed = (_placed(line) for line in head)
    return replace(dated, place=next(filter(None, chain(same_day, placed)), None))


def _dated(line: str, order: Order | None, *, bare: bool) -> Dateline | None:
    """The dateline that a line begins with, or (`bare`) that it is."""
    day = next(full_days(line[:_MAX_LINE]), None) or day_in_figures(line[:_MAX_LINE], order)
    if day is None or (bare and len(line) > _MAX_BARE):
        return None
    before = _before(line[: day.start])
    after = _REFERENCE.sub("", _BEHIND.sub("", _HOUR.sub("", line[day.end : _MAX_LINE])))
    if before and not _is_place(before):
        return None if after.strip(_EDGES) else _issued(before, day.day)
    if after.strip(_EDGES) and (bare or not (_separates(after) or _is_known_city(after))):
        return None
    place, publisher = (before, None) if before else _place_and_publisher(after)
    return Dateline(day.day, place, publisher)


def _bare(name: str) -> str:
    """The words without what stands around them; the full stop of initials is theirs ("Washington, D.C.")."""
    bare = name.strip(_EDGES)
    return f"{bare}." if _INITIALS.search(bare) and f"{bare}." in name else bare


def _before(text: str) -> str:
    """The words before a day but for those that lead to it; nothing where a field's name stands last."""
    text = _bare(_REFERENCE.sub("", _LEAD.sub("", text.rstrip())))
    *others, last = re.split(r"\s*[|•·]\s*", text)
    return "" if others and not _LABEL.sub("", last) else _bare(_LABEL.sub("", text))


def _issued(names: str, day: dt.date) -> Dateline | None:
    """The dateline of a line that names a body, and perhaps a place, before the day."""
    split = re.split(r",\s|\s[|–—-]\s|[()]", names)
    parts = [bare for part in split if (bare := _bare(part))]
    bodies = [part for part in parts if _BODY.fullmatch(part)]
    places = [part for part in parts if _is_place(part)]
    if not bodies or len(bodies) + len(places) < len(parts):
        return None
    return Dateline(day, ", ".join(places) or None, bodies[0])


def _is_known_city(after: str) -> bool:
    """Whether nothing but a city stands behind the day: "12 May 2024, Lima"."""
    name = _bare(after)
    return _is_place(name) and is_city(name.split(",")[0])


def _separates(after: str) -> bool:
    """Whether a dash, a bar, a colon or a closing bracket sets the day off from what follows it."""
    after = after.lstrip(", ")
    return bool(_DASH.match(" " + after)) or after.startswith((")", "]"))


def _place_and_publisher(after: str) -> tuple[str | None, str | None]:
    """The place that stands after a day, and the body between it and the end of the line."""
    parts = [name for part in _DASH.split(after) if (name := _bare(part))]
    if not parts or not _is_place(parts[0]):
        return None, None
    return parts[0], parts[1] if len(parts) == 2 else None


def _is_place(text: str) -> bool:
    return bool(_PLACE.fullmatch(text)) and not _NO_PLACE.search(text)


def _placed(line: str) -> str | None:
    """The known city that a line names before a dash ("Ottawa – ") or that it is."""
    match = _DASH.search(line[:_MAX_BARE])
    if match is None and len(line) > _MAX_BARE:
        return None
    name = _bare(line[: match.start() if match else None])
    return name if _is_place(name) and is_city(name.split(",")[0]) else None
