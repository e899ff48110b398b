"""The days within which something is due: a date together with the words that open it.

`doc.spans["dates"]` marks an open span closed, as the named period itself; "by 2030" is due
from no stated day to the last day of 2030.
"""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Span

from communique.extractors.annotations import Timex
from communique.extractors.dates.grammar import find
from communique.extractors.dates.said import Reference, Unanchored
from communique.extractors.dates.words import words
from communique.models.lexicons import per_lexicons

Window = tuple[dt.date | None, dt.date | None]
END_OF = re.compile(r"\b(?:end|close) of\b", re.IGNORECASE)
START_OF = re.compile(r"^(?:the )?(?:very )?(?:start|beginning) of\b", re.IGNORECASE)
BEFORE, AFTER = 40, 16  # characters beside the span in which an opening word may stand


@per_lexicons
def _openers() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What opens a date from before, from behind; and what starts a length elsewhere than at publication."""
    opening = words("windows")
    kinds = ("until", "from_now", "before", "since", "after", "within")
    before = "|".join(f"(?P<{k}>{'|'.join(sorted(opening[k], key=len, reverse=True))})" for k in kinds)
    hour = "|".join(opening["hour"])
    end = rf"(?:\s(?:around|about|approximately|at least|the|on|{hour}))*,?\s+$"
    return (
        re.compile(rf"\b(?:{before}){end}", re.IGNORECASE),
        re.compile(rf",?\s+(?:{'|'.join(opening['onwards'])})\b", re.IGNORECASE),
        re.compile(rf"\s+(?:{'|'.join(opening['started'])})\b", re.IGNORECASE),
    )


def due_window(span: Span) -> Window:
    """First and last day due of a marked date; None where open, (None, None) where unresolved.

    The words beside the span open it: "by 2030" is (None, 2030-12-31), "from 2024" (2024-01-01,
    None), "until April 2026" (None, 2026-04-30), "in 2025" the whole year. "within six months" runs
    from publication to the same day six months on, unless another event starts it.
    """
    timex: Timex | None = span._.timex
    if timex is None or timex.timex_type == "SET":
        return None, None
    opened, onwards, _ = _openers()
    before = span.doc[max(0, span.start - BEFORE) : span.start].text_with_ws
    found = opened.search(before, max(0, len(before) - BEFORE))
    kind = found.lastgroup if found else None
    if timex.timex_type == "DURATION":
        return _within(span) if kind == "within" else (None, None)
    start, end = timex.start, timex.end
    if start is None or end is None:
        return None, None
    if _closed(timex, kind):
        return start, end
    if onwards.match(_behind(span)):
        return start, None
    if kind == "from_now":
        return span.doc._.published, end
    if kind == "before" and END_OF.search(span.text):
        return None, end
    if kind == "until" and START_OF.search(span.text):
        return None, start
    if kind == "since" and END_OF.search(span.text):
        return end, None
    return _opened(start, end, kind)


def _closed(timex: Timex, kind: str | None) -> bool:
    """ "from 2021 to 2023" is both opened and closed; so is what lasts from publication on."""
    return kind in ("since", "after", None) and "/" in (timex.value or "")


def _opened(start: dt.date, end: dt.date, kind: str | None) -> Window:
    day = dt.timedelta(days=1)
    if kind == "until":
        return None, end
    if kind == "before":
        return None, start - day
    if kind == "since":
        return start, None
    if kind == "after":
        return end + day, None
    return start, end


def _behind(span: Span) -> str:
    """The AFTER characters behind a span; its own document's text would be made anew for every date."""
    behind: str = span[-1].whitespace_ + span.doc[span.end : span.end + AFTER].text
    return behind[:AFTER]


def _within(span: Span) -> Window:
    """From publication to so much later, where nothing behind the length starts it elsewhere."""
    published = span.doc._.published
    if not published or _openers()[2].match(_behind(span)):
        return None, None
    rolled = find(f"the next {span.text}")
    if len(rolled) != 1 or isinstance(rolled[0].said, Unanchored):
        return None, None
    found = rolled[0].said.resolve(Reference(published))
    return (found.start, found.end) if found else (None, None)
