"""Labelled choices of whom persons serve, for fitting.

Run as `python -m communique.extractors.actors.labels_persons GOLD ... > rows.jsonl`. GOLD are folders of
annotated releases with `texts/` and `metadata.csv`. Each row is one annotated person that is found and of
whom nothing is said outright: the signs of the occasion, the traits of each state and body that the release
offers (none comes first), and which of them is the annotated one.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from communique.corpus.discover import discover
from communique.corpus.read import read
from communique.corpus.release import Release
from communique.corpus.source import Source
from communique.extractors.actors.allegiance import Offer, offers
from communique.extractors.actors.find import read_names
from communique.extractors.actors.gazetteer import Gazetteer
from communique.extractors.actors.names import fold
from communique.extractors.actors.persons import find_persons
from communique.models.training.annotated import folds

Annotated = dict[str, Any]


def rows(nlp: Language, gold: Path) -> Iterator[dict[str, object]]:
    """The rows of a folder of annotated releases."""
    from communique.extractors.pipeline import make_doc

    gazetteer = Gazetteer(nlp)
    for release, known in annotated_releases(gold):
        yield from labelled(nlp(make_doc(nlp, release)), gazetteer, known)


def annotated_releases(gold: Path) -> Iterator[tuple[Release, Annotated]]:
    """The releases of a folder, each with its annotation and the fold that it is held out with."""
    files = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold.glob("*.json")))
    held = folds(gold)
    annotated = {known["file_name"]: {**known, "fold": held[known["file_name"]]} for known in files}
    for source in discover([gold / "texts"], gold / "metadata.csv"):
        for release in read(source) if isinstance(source, Source) else ():
            known = annotated.get(release.source.split("#")[-1]) if isinstance(release, Release) else None
            if isinstance(release, Release) and known is not None:
                yield release, known


def labelled(doc: Doc, gazetteer: Gazetteer, known: Annotated) -> Iterator[dict[str, object]]:
    """The rows of one annotated release."""
    reading, _ = read_names(doc, gazetteer)
    title, _ = read_names(gazetteer.tokenizer(doc._.title or ""), gazetteer)
    people = [actor for actor in known["actors"] if actor["kind"] == "person"]
    forms = {_plain(form): actor for actor in people for form in _forms(actor)}
    origin = {"name": known["file_name"], "fold": known["fold"]}
    for offer in offers(reading, find_persons(reading), title, find_persons(title), doc._.speaks_for):
        fullest = offer.person.mentions[0]
        actor = forms.get(_plain(reading.text(fullest.start, fullest.end)))
        if actor is not None:
            yield {**origin, **_row(offer, _names(known, actor.get("country")))}


def _row(offer: Offer, served: set[str]) -> dict[str, object]:
    return {
        "occasion": offer.occasion,
        "options": offer.traits,
        "right": [_plain(code or "") in served for code in offer.codes],
    }


def _names(known: Annotated, served: str | None) -> set[str]:
    """What is served by its id and, of an annotated organisation, by its names, which may stand for an id."""
    bodies = [actor for actor in known["actors"] if actor["kind"] == "organization"]
    named = [body for body in bodies if served and served in (body.get("id"), body["name"])]
    return {_plain(served or ""), *(_plain(form) for body in named for form in _forms(body))}


def _forms(actor: Annotated) -> Iterator[str]:
    yield from (actor["name"], actor["quote"], *actor.get("aliases", []))


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def main() -> None:
    """Write the rows of the folders named on the command line."""
    from communique.extractors.annotations import set_extensions
    from communique.models.loader import load_base

    set_extensions()
    nlp = load_base(None)
    for gold in map(Path, sys.argv[1:]):
        for row in rows(nlp, gold):
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
