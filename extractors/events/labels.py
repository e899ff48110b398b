"""Labelled claims of events, for fitting.

Run as `python -m communique.extractors.events.labels GOLD ... > rows.jsonl`. GOLD are folders of annotated
releases with `texts/` and `metadata.csv`. Each row is one thing that may have happened to a dialogue of a
release: the signs of it, what the days that are offered are like (none comes first), and which are right.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.actors.labels_persons import annotated_releases
from communique.extractors.annotations import DIALOGUES, EventKind
from communique.extractors.dialogues.lexicon import fold
from communique.extractors.events.choice import Claim
from communique.extractors.events.component import claims_of

Annotated = dict[str, Any]
# What is weighed though no rule reads it: without such claims the model would not know how rare an event is.
WEIGHED: tuple[EventKind, ...] = ("held", "scheduled", "launched", "signed", "adopted")
ALIKE = 0.75  # share of the words of two forms, one in the other, from which they are one name


def rows(nlp: Language, gold: Path) -> Iterator[dict[str, object]]:
    """The rows of a folder of annotated releases."""
    from communique.extractors.pipeline import make_doc

    for release, known in annotated_releases(gold):
        if release.in_english:
            yield from labelled(nlp(make_doc(nlp, release)), known)


def labelled(doc: Doc, known: Annotated) -> Iterator[dict[str, object]]:
    """The rows of one annotated release."""
    found = claims_of(doc, WEIGHED)
    told = _told(doc, found, known)
    for at, claim in enumerate(found):
        right = [
            _iso(offer.days) in told[at] if offer.days else not told[at] for offer in claim.offers.values()
        ]
        yield {
            "name": known["file_name"],
            "fold": known["fold"],
            "occasion": sorted(claim.signs),
            "options": [sorted(offer.traits) for offer in claim.offers.values()],
            "right": [one / max(sum(right), 1) for one in right],
            "events": len(told[at]),
        }


def _told(doc: Doc, found: list[Claim], known: Annotated) -> dict[int, set[tuple[str | None, ...]]]:
    """The annotated days of each claim, by its number: of several that fit, of one that offers them."""
    forms: dict[str, set[str]] = defaultdict(set)
    for span in doc.spans[DIALOGUES]:
        forms[span._.dialogue.dialogue_id] |= {_plain(span.text), _plain(span._.dialogue.name)}
    named = {
        d["name"]: {_plain(f) for f in (d["name"], d["quote"], *d.get("aliases", []))}
        for d in known["dialogues"]
    }
    told: dict[int, set[tuple[str | None, ...]]] = defaultdict(set)
    for event in known["events"]:
        days = event.get("start"), event.get("end")
        wanted = named.get(event["dialogue"], {_plain(event["dialogue"])})
        fitting = [
            at
            for at, claim in enumerate(found)
            if claim.event == event["event"] and _same(forms[claim.dialogue.dialogue_id], wanted)
        ]
        if fitting:
            told[max(fitting, key=lambda at: (_offers(found[at], days), -at))].add(days)
    return told


def _offers(claim: Claim, days: tuple[str | None, ...]) -> int:
    """How far a claim offers these days: told, by their date, not at all."""
    offer = next((offer for offer in claim.offers.values() if offer.days and _iso(offer.days) == days), None)
    return 0 if offer is None else 1 + bool(offer.traits & {"rules", "told"})


def _iso(days: tuple[Any, Any]) -> tuple[str | None, ...]:
    return tuple(day.isoformat() if day is not None else None for day in days)


def _same(forms: set[str], others: set[str]) -> bool:
    """One form in common, or one that has the words of another and few more."""
    pairs = [(set(a.split()), set(b.split())) for a in forms for b in others]
    return bool(forms & others) or any(
        (a <= b or b <= a) and len(a & b) > 2 and len(a & b) / len(a | b) >= ALIKE for a, b in pairs
    )


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[\w+]+", fold(name).replace("'s", ""))).removeprefix("the ")


def main() -> None:
    """Write the rows of the folders named on the command line."""
    from communique.extractors.pipeline import build_pipeline

    nlp = build_pipeline()
    nlp.remove_pipe("communique_commitments")
    for gold in map(Path, sys.argv[1:]):
        for row in rows(nlp, gold):
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
