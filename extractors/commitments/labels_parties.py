"""Labelled sets of parties for fitting the choice.

Run as `python -m communique.extractors.commitments.labels_parties GOLD > rows.jsonl`.
GOLD is a folder of annotated releases with `texts/` and `metadata.csv`, or a file of annotated paragraphs.
Each row is one undertaking that is found: the signs of its occasion, the traits of each set that the release
offers (the rules' answer first), and which of them is the annotated one.
"""

from __future__ import annotations

import json
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
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.choice import options, signs, traits
from communique.extractors.commitments.component import CommitmentExtractor
from communique.extractors.commitments.labels import OVERLAP, Interval, interval, intervals, overlap
from communique.extractors.commitments.parties import ruled
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.extractors.pipeline import annotate, make_doc
from communique.models.training.annotated import folds

Annotated = dict[str, Any]


def rows(nlp: Language, gold: Path) -> Iterator[dict[str, object]]:
    """One row per undertaking that is found and whose parties are annotated."""
    annotated = _annotated(gold)
    texts, table = (gold, None) if gold.suffix == ".jsonl" else (gold / "texts", gold / "metadata.csv")
    for source in discover([texts], table):
        for release in read(source) if isinstance(source, Source) else ():
            known = annotated.get(release.source.split("#")[-1]) if isinstance(release, Release) else None
            if isinstance(release, Release) and known is not None and known["commitments"]:
                yield from labelled(annotate(nlp, make_doc(nlp, release)), known)


def labelled(doc: Doc, known: Annotated) -> Iterator[dict[str, object]]:
    """The rows of one annotated release or paragraph."""
    wanted = list(intervals(doc.text, known["commitments"]))
    cast = ReleaseParties(doc)
    for found, _ in CommitmentExtractor().find(doc):
        at = _match(found, [span for span, _ in wanted])
        if at is not None and "?" not in wanted[at][1]["parties"]:
            yield {**_row(cast, found, wanted[at][1]), **_origin(known)}


def _annotated(gold: Path) -> dict[str, Annotated]:
    """The annotations by id of the paragraph or name of the file, with their `fold`."""
    if gold.suffix == ".jsonl":
        lines = gold.read_text(encoding="utf-8").splitlines()
        return {known["id"]: known for known in map(json.loads, lines)}
    fold = folds(gold)
    found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold.glob("*.json")))
    return {known["file_name"]: {**known, "fold": fold[known["file_name"]]} for known in found}


def _match(found: Candidate, wanted: list[Interval]) -> int | None:
    """Which annotated span is the one found."""
    shares = [overlap(interval(found), span) for span in wanted]
    return shares.index(max(shares)) if shares and max(shares) >= OVERLAP else None


def _row(cast: ReleaseParties, found: Candidate, wanted: Annotated) -> dict[str, object]:
    ids = ruled(cast, found)
    offered = options(cast, found, ids)
    bound = {party.casefold() for party in wanted["parties"]}
    return {
        "occasion": signs(cast, found, ids),
        "options": [traits(cast, found, option, ids) for option in offered],
        "right": [{party.casefold() for party in option.ids} == bound for option in offered],
    }


def _origin(known: Annotated) -> dict[str, object]:
    return {"name": known.get("id") or known["file_name"], "fold": known["fold"], "drawn": known.get("drawn")}


def main() -> None:
    """Write the rows of the folder or file named on the command line."""
    from communique.extractors.pipeline import build_pipeline

    nlp = build_pipeline()
    nlp.remove_pipe("communique_commitments")  # the weights to come
    for row in rows(nlp, Path(sys.argv[1])):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
