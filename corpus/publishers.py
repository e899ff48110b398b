"""Who publishes, and the state or organisation that a publisher speaks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from communique.corpus.data import load
from communique.corpus.days import Order

# The words of government in a publisher's name that let the country in it count.
_GOVERNMENT = re.compile(
    r"\b(?:Ministry|Ministries|Department|Government|Prime Minister|President(?:ial)?|Office|Embassy|"
    r"High Commission|Cabinet|Chancellery|Parliament|Foreign Affairs|Presidency|Mission|Minister|State House|"
    r"Treasury|Foreign Service|Finance Division|Secretariat)\b",
    re.IGNORECASE,
)
# Second-level domains that states keep for their own bodies: gov.sg, go.jp, gob.mx, gouv.fr.
_STATE_DOMAIN = re.compile(r"(?:^|\.)(?:gov|go|gob|gouv|govt|gub|gv|government|admin|mfa|mil)\.([a-z]{2})$")
# States and unions that write days in figures day first. Others write the month first (the Philippines),
# the year first (China, Japan, Korea) or both ways (Canada): figures of theirs with two readings stay open.
_DAY_FIRST = """
    ARG AUS AUT BEL BGD BRA CHE CHL COL CZE DEU DNK ESP EU FIN FRA GBR GRC IDN IND IRL ITA LKA MEX MYS NLD NOR
    NZL PAK PER POL PRT ROU RUS SGP SVK THA TUR UKR URY VNM
"""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    hosts: dict[str, tuple[str, tuple[str, ...]]]
    names: dict[str, tuple[str, ...]]


@cache
def _lexicon() -> _Lexicon:
    entries: list[dict[str, Any]] = load("publishers")
    hosts, names = {}, {}
    for entry in entries:
        actors = tuple(entry.get("speaks_for", ()))
        for host in entry.get("hosts", ()):
            hosts[host] = (entry["name"], actors)
        for name in (entry["name"], *entry.get("aliases", ())):
            names[name.casefold()] = actors
    return _Lexicon(hosts, names)


def publisher_of(url: str | None, named: str | None = None) -> str | None:
    """The publisher that a dateline names where the lexicon knows it, else the one of the URL's host."""
    if named and named.strip().casefold() in _lexicon().names:
        return named.strip()
    entry = _entry_of(url)
    return entry[0] if entry else None


def speaks_for(publisher: str | None, url: str | None = None) -> tuple[str, ...]:
    """The actor_ids that a publisher speaks for, by its name, else by the URL's host; empty where unknown."""
    return _of_name(publisher or "") or _of_host(url)


def order_of_publisher(publisher: str | None, url: str | None = None) -> Order | None:
    """The order in which a publisher writes days in figures; None where it is not known."""
    return order_of_states(speaks_for(publisher or publisher_of(url), url))


def order_of_states(actors: Collection[str]) -> Order | None:
    """The order in which those who speak for these actor_ids write days in figures, where it is one."""
    orders: set[Order | None] = {
        "MDY" if actor == "USA" else "DMY" if actor in _DAY_FIRST else None for actor in actors
    }
    return orders.pop() if len(orders) == 1 else None


def _of_name(publisher: str) -> tuple[str, ...]:
    names = _lexicon().names
    if publisher.casefold() in names:
        return names[publisher.casefold()]
    countries = _countries_in(publisher) if _GOVERNMENT.search(publisher) else set()
    if len(countries) == 1:
        return tuple(countries)
    return next((names[part] for part in _parts(publisher.casefold()) if part in names), ())


def _parts(publisher: str) -> Iterator[str]:
    """The name without what stands in brackets, then its parts between commas, slashes and dashes."""
    plain = re.sub(r"\s*\([^()]{0,200}\)", "", publisher).strip()
    yield plain
    yield from (part.strip().removeprefix("the ") for part in re.split(r"[,/|;]| - | – ", plain))


def _of_host(url: str | None) -> tuple[str, ...]:
    entry = _entry_of(url)
    if entry:
        return entry[1]
    state = _STATE_DOMAIN.search(_host(url))
    country = _alpha_3().get(state[1]) if state else None
    return (country,) if country else ()


def _entry_of(url: str | None) -> tuple[str, tuple[str, ...]] | None:
    """The entry of the longest known domain that the URL's host is or lies below."""
    labels = _host(url).split(".")
    domains = (".".join(labels[i:]) for i in range(len(labels)))
    return next((_lexicon().hosts[domain] for domain in domains if domain in _lexicon().hosts), None)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _countries_in(text: str) -> set[str]:
    return {_country_names()[name] for name in _country_pattern().findall(_as_compared(text))}


def _as_compared(name: str) -> str:
    """A name in lower case and with plain apostrophes: the People’s Republic of China is not another."""
    return name.casefold().replace("’", "'")


@cache
def _alpha_3() -> dict[str, str]:
    import pycountry

    return {country.alpha_2.lower(): country.alpha_3 for country in pycountry.countries} | {"uk": "GBR"}


@cache
def _country_names() -> dict[str, str]:
    import pycountry

    kinds = ("name", "common_name", "official_name")
    names = (
        (getattr(country, kind, ""), country.alpha_3) for country in pycountry.countries for kind in kinds
    )
    known: dict[str, str] = load("country_names")
    return {_as_compared(name): code for name, code in names if name and "," not in name} | known


@cache
def _country_pattern() -> re.Pattern[str]:
    names = sorted(_country_names(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
