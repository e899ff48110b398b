"""Silver names in releases from titles, country names and the heads of organisations' names.

What the patterns do not explain is left open: a capitalised word outside every match counts as unknown,
not as "no name", so the recogniser learns nothing from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pycountry
from spacy.language import Language
from spacy.tokens import Doc, Span

LOWER = "The This These My Our His Her Their In At As For Each General".replace(" ", "|")
CAP = rf"(?:(?!(?:{LOWER})\b)[A-Z][\w-]*[a-z](?:[\u2019'][A-Z]\w+)?|[A-Z]\.)"
TITLE = (
    r"(?:President-elect|President|Prime Minister|Vice President|Chancellor|Taoiseach|Premier|King|"
    r"Queen|Pope|Emperor|Secretary[- ]General|Secretary|Minister|Ambassador|Senator|"
    r"Congress(?:wo)?man|Governor|Mayor|Judge|Admiral|Administrator|Director|Advisor|Adviser|"
    r"Commissioner|Chair(?:wo)?man|Chair|Speaker|Spokesperson|Envoy|Representative|Majority Leader|"
    r"First Lady|Gentleman|Crown Prince|Sheikh|Emir|Mr\.|Mrs\.|Ms\.|Dr\.|Sen\.|Rep\.|Gov\.)"
)
PARTICLE = r"(?:bin|von der|von|van der|van|de la|de|da|dos|del|al|Al|el|El)"
PERSON = re.compile(rf"\b{TITLE} ((?:{CAP} )?(?:{CAP} )?(?:{PARTICLE}[ -])?{CAP}(?: (?:Jr|Sr)\.)?)")
HEAD = (
    r"(?:Nations|Union|Organi[sz]ation|Agency|Commission|Council|Committee|Bank|Fund|Department|Ministry|Bureau|"
    r"Office|Administration|Authority|Corporation|Congress|Senate|Parliament|Court|University|Institute|"
    r"Foundation|Association|Force|Army|Navy|Corps|Guard|Service|Center|Centre|Board|Federation|League|Company|"
    r"Inc\.|Group|Secretariat|Assembly)"
)
TAIL = rf"(?: (?:of|for|on|and)(?: the)? (?:{CAP}|[A-Z]{{2,}})(?: {CAP}){{0,2}})"
WELL_KNOWN = (
    r"(?:NATO|ASEAN|UN|EU|WHO|IMF|WTO|OECD|IAEA|USAID|FEMA|NASA|FBI|CIA|EPA|FDA|CDC|AUKUS|OPEC|UNICEF|UNESCO|"
    r"UNHCR|MOFA|DHS|HHS|DOE|DOD|DOJ|HUD|USDA|NSC|DFC|FTC|SEC|IRS|OSCE|ECOWAS|CARICOM|APEC|G7|G20|Quad|Congress|"
    r"White House|Senate|Kremlin|Pentagon|Supreme Court)\b"
)
ORG = re.compile(
    rf"\b(?:(?:(?:{CAP}|[A-Z]{{2,}}) (?:and )?){{1,4}}{HEAD}\b{TAIL}{{0,2}}|"
    rf"(?:Department|Ministry|Office|Bureau|University){TAIL}{{1,2}}|{WELL_KNOWN})"
)
PLACES = (
    "U.S.|United States of America|United States|UK|U.K.|United Kingdom|Russia|South Korea|"
    "North Korea|DPRK|ROK|Republic of Korea|Vietnam|Syria|Iran|Venezuela|Bolivia|Tanzania|Moldova|"
    "Taiwan|Turkey|Czech Republic|Burma|Brunei|Laos|Kosovo|West Bank|Gaza|Europe|Africa|Asia|"
    "Indo-Pacific|Middle East|Latin America|Caribbean|Washington, D.C.|Washington|New York|London|"
    "Paris|Berlin|Tokyo|Seoul|Beijing|Moscow|Kyiv|Brussels|Geneva|Jerusalem|New Delhi|Canberra|"
    "Ottawa|Mexico City|Manila|Jakarta|Hanoi|Glasgow|Puerto Rico|PRC|America"
)
NOT_NAMES = re.compile(
    r"I|The|A|An|This|These|We|Our|They|He|She|It|In|On|At|For|And|But|As|By|To|From|With|That|If|When|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|COVID|Act|Agreement|Treaty|Summit|Dialogue|Partnership|Initiative|"
    r"Plan|Strategy|Declaration|Joint|Statement|American|Americans|Ukrainian|Russian|Japanese|Chinese|European|African|"
    r"President|Presidents|Minister|Ministers|Secretary|Leaders|Leader|Prime|Vice|Ambassador|State|National|Security|Advisor|"
    r"Director|Administrator|Chair|Senator|Governor|General|Nominee|Member|Representative|Deputy|Assistant|Senior"
)


def place_pattern() -> re.Pattern[str]:
    """Countries and the states of the United States by their English names, and PLACES."""
    names = {getattr(country, "common_name", country.name).split(",")[0] for country in pycountry.countries}
    states = pycountry.subdivisions.get(country_code="US")  # type: ignore[no-untyped-call]
    names |= {state.name for state in states}
    longest_first = sorted(names | set(PLACES.split("|")), key=len, reverse=True)
    return re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def find_names(text: str, places: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """Character offsets and labels, organisations before people before places where they overlap."""
    taken: list[tuple[int, int]] = []
    found = [(m.start(1), m.end(1), "PERSON") for m in PERSON.finditer(text) if not places.search(m[1])]
    found = [(m.start(), m.end(), "ORG") for m in ORG.finditer(text)] + found
    found += [(m.start(), m.end(), "LOC") for m in places.finditer(text)]
    for start, end, label in found:
        if all(end <= s or e <= start for s, e in taken):
            taken.append((start, end))
            yield start, end, label


def mark_names(nlp: Language, lines: Iterable[str]) -> Iterator[Doc]:
    """Documents with names alone (no tags, no tree) for lines where some name is found."""
    places = place_pattern()
    for line in lines:
        doc = nlp.make_doc(line)
        spans = [doc.char_span(start, end, label) for start, end, label in find_names(line, places)]
        names = [span for span in spans if span is not None]
        if names:
            doc.set_ents(names, missing=_unexplained(doc, names))
            yield doc


def _unexplained(doc: Doc, names: list[Span]) -> list[Span]:
    inside = {token.i for name in names for token in name}
    return [
        doc[token.i : token.i + 1] for token in doc
        if token.i not in inside and token.text[0].isupper() and not NOT_NAMES.fullmatch(token.text)
        and not (token.i == 0 and token.text[1:].islower())
    ]  # fmt: skip
