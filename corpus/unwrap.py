"""Paragraphs of a text whose lines were broken by hand or for a page: one line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from communique.corpus.days import MONTH

# Longer lines were broken by nobody but in the midst of a sentence.
_WIDEST = 100
_NARROWEST = 40
# A sentence that goes on behind blank lines: characters of its line, blank lines and the number of a page.
_LEAST_BROKEN, _WIDEST_GAP = 50, 5
_NUMBER = re.compile(r" ?\d{1,3} ?")
_NOTE = re.compile(rf" ?\d{{1,3}} (?!{MONTH})[A-Z]")  # a note at the foot of a page, not "12 May"
_ADDRESS = re.compile(r"https?:|www\.|\S+@")  # stands on a line of its own
_PAGE_MARK = re.compile(r"^ ?(?:-+ ?\d{1,3} ?-+|[Pp]age \d{1,3}(?: of \d{1,3})?|\d{1,3} of \d{1,3}) ?$")
_QUOTED = re.compile(r"^ ?(?:> ?)+")
_ITEM = re.compile(r" ?(?:[-–—•*·◦‣] |o |\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)] |#|\||[A-Z][\w ]{0,30}: )")
_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)-$")
# The end of a line that goes on: a broken word, "U.S.-", "14-".
_HYPHEN = re.compile(r"[\w.]-$")
_LINKS = frozenset(("to", "by", "of", "in", "and", "on", "for", "at", "up", "the"))  # "people-to-people"
_WRITTEN = re.compile(r"\b[^\W\d_]++(?:-[^\W\d_]+)?")
# What no line of its own ends with: the next word belongs to it.
_LEADS_ON = re.compile(
    r"(?:^|[^\w])(?:a|an|the|of|to|by|in|on|at|for|from|with|and|or|between|that|which|their|its|his|her|"
    r"our|as|will|than|not|into|under|Mr|Mrs|Ms|Dr|North|South|New|Saudi|United|Sri|Costa|Sierra|Burkina)$"
)
# First parts of compounds, which keep their hyphen at a line end. Prefixes that words are seldom parted from
# are none: "ex-perts", "inter-national".
_COMPOUND_WORDS = (
    "long short well co non mid high low self cross so two three four five six ten post anti "
    "vice year day month week first second third large small full part half all follow "
    "decision policy law people state fact ground joint public private civil cyber sea land air"
)
_COMPOUNDS = frozenset(_COMPOUND_WORDS.split())
# What is no word and ends one that begins like a compound: "part-ners", "state-ment", "so-cial".
_ENDING = re.compile(
    r"(?:ment|[ny]?er|nership|age|ness|hood|ing|ian|ation|light|craft|son)s?|ed|en|est|ly|less|ful|ary|"
    r"(?:cial|ciet|lar|lution|lidar|pone)\w*"
)


def written_in(text: str) -> set[str]:
    """The words and compounds that the text has within lines: they tell which hyphen of a line end stays."""
    return {word.lower() for word in _WRITTEN.findall(text)}


def joined(lines: list[str], written: set[str]) -> str:
    """The lines of one paragraph as one line; hyphens at line ends are undone."""
    pieces = [lines[0].strip()]
    for line in lines[1:]:
        pieces[-1], between = _end(pieces[-1], line.strip(), written)
        pieces += [between, line.strip()]
    return "".join(pieces)


def unwrapped(text: str) -> str:
    """The text with each paragraph on a line; hyphens at line ends are undone."""
    lines = _without_gaps(_without_page_marks(text.split("\n")))
    width = max((len(line.strip()) for line in lines), default=0)
    written = written_in(text)
    joined: list[str] = []
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        block = list(group)
        joined += block if blank else _paragraphs(block, width, written)
    return "\n".join(joined)


def _paragraphs(lines: list[str], width: int, written: set[str]) -> list[str]:
    """Lines without a blank one between them, those that go on an earlier one joined to it."""
    broken = _NARROWEST <= width <= _WIDEST and any(_evidence(lines))
    pieces = [lines[0]]
    in_list = False  # unmarked lines below a colon are items
    for last, line in pairwise(lines):
        item = _ITEM.match(line) is not None
        in_list = in_list or (last.rstrip().endswith(":") and not item)
        if not item and _goes_on(last, line, width if broken else None, in_list):
            pieces[-1], between = _end(pieces[-1].rstrip(), line.strip(), written)
            pieces += [between, line.strip()]
        else:
            pieces += ["\n", line]
    return "".join(pieces).split("\n")


def _without_page_marks(lines: list[str]) -> list[str]:
    if sum(1 for line in lines if line.lstrip().startswith(">")) > 1:
        lines = [_QUOTED.sub("", line) for line in lines]
    return [line for line in lines if not _PAGE_MARK.match(line)]


def _without_gaps(lines: list[str]) -> list[str]:
    """The lines without blank ones, and the number of a page among them, in the midst of a sentence."""
    kept: list[str] = []
    gap: list[str] = []  # what may go, behind the last line of text
    last = ""
    in_list = False  # unmarked lines below a colon are items
    for line in lines:
        if not line.strip() or (_NUMBER.fullmatch(line) and _is_open(last)):
            gap.append(line)
            continue
        in_list = last.endswith(":") or (in_list and line.strip()[0].islower())
        apart = in_list or _ITEM.match(line) or _NOTE.match(line) or line.isupper()
        broken = _is_open(last) and not apart and _continues(last, line.strip())
        kept += [line] if gap and broken and len(gap) <= _WIDEST_GAP else [*gap, line]
        gap, last = [], line.strip()
    return [*kept, *gap]


def _is_open(line: str) -> bool:
    """Whether a line is so long that it may have been broken, and no heading or end of a sentence."""
    return len(line) >= _LEAST_BROKEN and not line.isupper() and not _ends(line.rstrip('”")'))


def _continues(last: str, line: str) -> bool:
    """Whether a line goes on a sentence, by its first letter or the last word of the line before."""
    if _ADDRESS.match(line) or _ADDRESS.match(last.rsplit(" ", 1)[-1]):
        return False
    leads = _HYPHEN.search(last) or (_LEADS_ON.search(last) and not last.isupper())
    return line[0].islower() or bool(leads)


def _evidence(lines: Iterable[str]) -> Iterator[bool]:
    """For each line but the first, whether it shows that the lines were broken."""
    for before, line in pairwise(lines):
        yield line.strip()[0].islower() and not _ends(before) and not _ITEM.match(line)


def _goes_on(last: str, line: str, width: int | None, in_list: bool) -> bool:
    last, line = last.strip(), line.strip()
    if last.endswith(":") or (in_list and last.endswith((";", "; and", "; or"))):
        return False
    if len(last) > _WIDEST:  # as a page breaks a line by mark-up
        return not in_list and not _ends(last) and _continues(last, line)
    full = width is not None and len(last) + 1 + len(line.split(" ", 1)[0]) > width
    if in_list:
        return full and not _ends(last)
    listing = last.endswith(",") and len(last) >= _NARROWEST  # shorter ones are of an address
    return full or listing or (not _ends(last) and _continues(last, line))


def _ends(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?", ":", ";", "; and", "; or"))


def _end(before: str, line: str, written: set[str]) -> tuple[str, str]:
    """The end of a line and what joins the next: broken words are whole again, compounds keep the hyphen."""
    broken = _BROKEN_WORD.search(before)
    if not broken:
        return before, "" if _HYPHEN.search(before) else " "
    rest = re.match(r"[^\W\d_]*", line)
    second = rest.group() if rest else ""
    chained = before[: broken.start()].endswith("-") and broken[1] in _LINKS | _COMPOUNDS
    chains = second in _LINKS and line.startswith(f"{second}-")
    keeps = (
        chained
        or chains
        or broken[1].isupper()
        or not second.islower()
        or _is_compound(broken[1], second, written)
    )
    return (before if keeps else before[:-1]), ""


def _is_compound(first: str, second: str, written: set[str]) -> bool:
    """Whether two parts are a compound: as the text has them elsewhere, else by the first of them."""
    first = first.lower()
    if f"{first}-{second}" in written:
        return True
    return first in _COMPOUNDS and first + second not in written and not _ENDING.fullmatch(second)
