"""Names that are partly in lower case or numbers: their head ("Sports Visitor program"), a meeting of a
grouping ("Quad summit"), a numbered resolution, or the complement of a memorandum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import cast

from communique.extractors.annotations import DialogueKind
from communique.extractors.dialogues.bounds import opening, outside, topical
from communique.extractors.dialogues.identity import is_state
from communique.extractors.dialogues.lexicon import fold, heads, mapping, organizations, words
from communique.extractors.dialogues.names import Name
from communique.extractors.dialogues.runs import Unit
from communique.models.lexicons import load_lexicon, per_lexicons

_MAX_WORDS = 24  # of a memorandum's complement
_BEFORE = 60  # characters before a name that may tell what it is
_COP = re.compile(r"\bCOP[ -]?\d\d\b(?: (?:Summit|Conference)\b)?")
_GROUPING = re.compile(r"[A-Z]+\+?\d+")  # "B20", "AMAF+3"
_ROMAN = re.compile(r"[IVX]{1,4}")
_TOPIC = re.compile(r" on (?!the\b|its\b|this\b)[a-z]+(?: and [a-z]+)?\b")
_HEADED = re.compile(r"\b(?i:head|director|commander|chief) of (?:the )?(?:[A-Z][\w']* ){0,3}$")
_UNSCR = re.compile(r"\bUNSCRs? \d{3,4}\b(?: \((?:19|20)\d\d\))?")
_RESOLUTION = re.compile(
    r"(?: [Rr]esolutions?)? \d{3,4}(?:, \d{3,4}\b)*(?:,? and \d{3,4})?(?: \((?:19|20)\d\d\))?"
)
_PLUS = re.compile(r"\b\d\+\d (?:ministerial |high-level )?(?:dialogue|meeting|ministerial|talks)\b")
_LOWER_MEMORANDUM = re.compile(r"\b(?P<head>memorand(?:um|a) of (?:understanding|cooperation))\b")
# "between the Ministry of Trade of Peru and the Chilean Seed Institute (CSI) of Chile"
_PARTY = r"(?: (?:the|of|for|and|&|de|du)(?![\w'-])|,(?= [A-Z])| [A-Z][\w'-]*+| \([A-Z][\w-]+\))"
_BETWEEN = re.compile(
    rf" between(?:{_PARTY}){{1,30}}? and(?![\w'-])(?:{_PARTY}){{0,30}}"
    r"(?<! and)(?<! the)(?<! of)(?<! for)(?<! de)(?<! du)(?<! &)(?<!,)"
)
_IN_FIELD = r"in (?:the )?(?i:area|field|recognition)s? of"
_LOWER_TOPIC = re.compile(
    r"\bJoint (?P<head>Declaration|Statement|Communiqu[ée])(?= on (?!(?:behalf|the|its|their)\b)[a-z])"
)
_OF_FIELD = re.compile(rf" {_IN_FIELD}\b")
_NUCLEAR = re.compile(r"(?:\"123\"|\b123) (?:[a-z]+ ){0,3}[Aa]greement")


def closed_lower(text: str, units: Sequence[Unit], found: Sequence[Name]) -> Iterator[Name]:
    """Names that a run of `units` opens and other words close; `found` are those inside the run."""
    last = units[-1]
    if found and found[-1].end == last.end and found[-1].full and found[-1].sure:
        return
    match = _closings().match(text, last.end)
    if match and (name := _closed(units, match)) is not None:
        yield name
    if (match := _resolution(text, last)) is not None:
        yield Name(_stretch_before(units)[0].start, match.end(), "instrument", "resolution")


def _resolution(text: str, last: Unit) -> re.Match[str] | None:
    """The number of a resolution behind its body: "Security Council resolutions 1373 and 1540"."""
    match = _RESOLUTION.match(text, last.end)
    body = last.fold in {"council", "assembly"} and match is not None and "esolution" in match[0]
    return match if body or last.fold in {"resolution", "resolutions"} else None


def anywhere(text: str) -> Iterator[Name]:
    """Names that no head makes and that mean one thing wherever they stand."""
    for match in _lower_names().finditer(text):
        kind = cast(DialogueKind, mapping("lower_names")[match[0]])
        yield Name(match.start(), match.end(), kind, " ".join(match[0].split(" ")[-2:]))
    for match in chain(_LOWER_MEMORANDUM.finditer(text), _LOWER_TOPIC.finditer(text)):
        end = _memorandum_end(text, match.end(), open_end=True)
        if end > match.end():
            yield Name(match.start(), end, "instrument", fold(match["head"]))
    for match in _NUCLEAR.finditer(text):
        yield Name(match.start(), match.end(), "instrument", "agreement")
    for match in _PLUS.finditer(text):
        yield Name(match.start(), match.end(), "dialogue", match[0].split(" ")[-1])
    for match in _COP.finditer(text):
        number = "".join(filter(str.isdigit, match[0]))
        yield Name(
            match.start(), match.end(), "dialogue", "cop", known=f"un-climate-change-conference-{number}"
        )
    for match in _UNSCR.finditer(text):
        yield Name(match.start(), match.end(), "instrument", "resolution")
    # Every run of capitals may open one: for speed none is tried where no text has what follows.
    for match in _on_title().finditer(text) if ' on "' in text else ():
        yield Name(match.start(), match.end(), "dialogue", fold(match["head"]))
    for pattern in _titles():
        for match in pattern.finditer(text):
            head = fold(match["head"])
            kind = cast(DialogueKind, mapping("quoted_heads")[head])
            yield Name(match.start("name"), match.end("name"), kind, head)


def told(text: str, name: Name) -> bool:
    """Whether the words before a name tell that it is one: "launched the", "the 12th", "session of the"."""
    before = text[max(0, name.start - _BEFORE) : name.start].rpartition("\n")[2]
    if _launching().search(before) is not None:
        return True
    if name.head in words("occasions"):
        own = text[name.start : name.end].split()[0]
        return not own.isupper() and own.casefold() != name.head and _numbered().search(before) is not None
    return name.head in words("bodies") and _session().search(before) is not None


def served(text: str, name: Name) -> bool:
    """Whether somebody heads it, who heads bodies: "Head of the Reef Task Force"."""
    before = text[max(0, name.start - _BEFORE) : name.start]
    return name.head.split(" ")[-1] in {"force", *words("bodies")} and _HEADED.search(before) is not None


def memorandum(text: str, name: Name) -> Name:
    """The name with the bodies that made it and its complement in lower case; else the name itself."""
    if name.head not in words("memoranda"):
        return name
    between = text.find(" between ", name.start, name.end)
    at = name.end if between < 0 else between
    shared = text[name.start : at].rpartition(" ")[2].casefold() in words("shared_work")
    open_end = not name.full or (shared and _OF_FIELD.match(text, at) is not None)
    end = max(name.end, _memorandum_end(text, at, open_end=open_end))
    return name if end == name.end else Name(name.start, end, name.kind, name.head)


def _memorandum_end(text: str, at: int, *, open_end: bool) -> int:
    """Where a memorandum ends that is read up to `at`: behind its parties and behind what it is on.

    `open_end` is whether it may have a complement yet: its parties always leave room for one.
    """
    if (between := _BETWEEN.match(text, at)) is not None:
        at, open_end = between.end(), True
    if open_end and (complement := _complement().match(text, at)) is not None:
        at = complement.end()
    behind = _BETWEEN.match(text, at) if between is None else None
    return at if behind is None else behind.end()


def _closed(units: Sequence[Unit], match: re.Match[str]) -> Name | None:
    """The name that a lower-case head closes; its capitalised part is no mere state or body."""
    part, head = _stretch_before(units), fold(match["head"] or match["pair"])
    text = " ".join(unit.text for unit in part)
    if head.endswith(("summit", "meeting")):
        grouping = part[-1].fold in words("groupings") or _GROUPING.fullmatch(part[-1].text)
        owned = grouping and match["between"] is None
        return Name(part[-1].start, match.end(), "dialogue", head) if owned else None
    if match["pair"] is not None:
        paired = "-" in part[-1].text and is_state(part[-1].text)
        return Name(part[-1].start, match.end(), _kind(head), head) if paired else None
    if is_state(text) or fold(text) in organizations() or _outside(part[0]) or _outside(part[-1]):
        return None
    if f"{fold(text)} {head}" in words("domestic"):
        return None
    if head in mapping("place_heads") and _is_place(part, match["between"]):
        topic = _TOPIC.match(match.string, match.end()) if head == "dialogue" else None
        end = topic.end() if topic else match.end()
        return Name(part[0].start, end, cast(DialogueKind, mapping("place_heads")[head]), head)
    adjacent = head in words("adjacent_heads")
    if head not in mapping("lower_heads") or (len(part) < 2 and (adjacent or "-" not in text)):
        return None
    if adjacent and match["between"] is not None:
        return None
    first = opening(units, len(units) - len(part))
    return Name(units[first].start, match.end(), _kind(head), head)


def _is_place(part: Sequence[Unit], between: str | None) -> bool:
    """Whether words with an article are a place or an acronym, and `between` tells a topic if anything."""
    place, *number = part
    if (
        not place.led
        or place.fold.endswith("ed")
        or any(_ROMAN.fullmatch(unit.text) is None for unit in number)
    ):
        return False
    told = between is None or topical(between.strip())
    return told and not (topical(place.fold) or place.fold in words("joint") or (place.fold,) in heads())


def _kind(head: str) -> DialogueKind:
    return cast(DialogueKind, mapping("lower_heads").get(head) or mapping("pair_heads")[head])


def _stretch_before(units: Sequence[Unit]) -> Sequence[Unit]:
    """The last units with nothing between them that may be one name."""
    first = len(units) - 1
    while first > 0 and units[first].link == "" and not _outside(units[first - 1]):
        first -= 1
    return units[first:]


def _outside(unit: Unit) -> bool:
    return outside(unit) or unit.fold in words("titles") or unit.text.endswith(("'s", "'"))


@per_lexicons
def _lower_names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(mapping('lower_names'))})\b")


@per_lexicons
def _closings() -> re.Pattern[str]:
    """Lower-case words behind a run that close a name: up to four where the head takes two states."""
    formats = "|".join(sorted(map(re.escape, words("lower_formats")), key=len, reverse=True))
    pairs = "|".join(mapping("pair_heads"))
    lowered = mapping("lower_heads") | mapping("place_heads")
    heads = "|".join(form for head in lowered for form in _forms(head))
    inner = "|".join(words("front") | words("stopwords"))
    closed = rf"(?P<between> (?!(?:{inner})\b)[a-z]+)?? (?P<head>{formats}|{heads})\b"
    return re.compile(rf"{closed}|(?: [a-z]+){{0,4}}? (?P<pair>{pairs})\b")


@per_lexicons
def _on_title() -> re.Pattern[str]:
    """A meeting on a title in quotation marks: "International Conference on "Reefs at Risk""."""
    meetings = "|".join(" ".join(head).title() for head, value in heads().items() if value.kind == "dialogue")
    opening = "|".join(words("front"))
    return re.compile(
        rf'\b(?!(?i:{opening})\b)(?:[A-Z][\w-]* ){{1,6}}(?P<head>{meetings}) on "[^"\n]{{4,120}}"'
    )


@per_lexicons
def _titles() -> tuple[re.Pattern[str], ...]:
    """Titles in quotation marks before, around and behind what they are the titles of."""
    heads = "|".join(form for head in mapping("quoted_heads") for form in _forms(head))
    words_in = r"[A-Z][^\"'\n]{2,60}"
    called = r",? (?:of|titled|entitled|called|named|dubbed|known as)"
    return (
        re.compile(rf"(?<!\w)(?P<mark>[\"'])(?P<name>{words_in})(?P=mark) (?P<head>{heads})\b"),
        re.compile(rf'"(?P<name>(?=[\w-]*[A-Z])[\w-]+(?: [\w-]+){{0,3}} (?P<head>{heads}))"'),
        re.compile(rf"\b(?P<head>{heads}){called} (?P<mark>[\"'])(?P<name>{words_in}?)[,.]?(?P=mark)"),
    )


def _forms(head: str) -> tuple[str, ...]:
    return (head, *(form for form, usual in mapping("spelling").items() if usual == head))


@per_lexicons
def _launching() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{'|'.join(words('launching'))})\w*(?: [\w'-]+){{0,3}} $")


@per_lexicons
def _numbered() -> re.Pattern[str]:
    """The number of a meeting before its name: "the 12th", "the inaugural annual"."""
    return re.compile(rf"\b{_ordinal()} (?:[a-z-]+ )?$")


@per_lexicons
def _session() -> re.Pattern[str]:
    """The meeting of a body before its name: "the third session of the"."""
    return re.compile(rf"\b(?i:meetings?|sessions?|rounds?) of (?i:the )?(?:{_ordinal()} )?$")


def _ordinal() -> str:
    return rf"(?i:{'|'.join(words('ordinals'))}|\d{{1,2}}(?:st|nd|rd|th))"


@per_lexicons
def _complement() -> re.Pattern[str]:
    """A link and the words after it, up to punctuation or a word that starts another clause."""
    links = "|".join([*map(re.escape, load_lexicon("dialogues")["memoranda_links"]), _IN_FIELD])
    calendar = "|".join(words("calendar"))
    ends = "|".join([*words("memoranda_ends"), rf"(?:in|on|of) (?i:\d|{calendar}|the sidelines|the margins)"])
    word = rf"(?!(?:{ends})\b)[\w'&/-]+(?: ?\([A-Z]{{2,8}}\)(?:'s)?)?"
    listed = r"(?:,(?= (?:[\w'-]+ ){0,4}[\w'-]+,? and ))?"
    alias = r"(?: \(\W?[A-Z][A-Za-z]{1,5}\W?\))?"
    apart = r"(?! the (?:sidelines|margins)\b| \d)"
    return re.compile(
        rf"{alias} (?:{links}){apart}(?:{listed} {word}){{2,{_MAX_WORDS}}}(?:, and(?: {word}){{1,4}})?"
    )
