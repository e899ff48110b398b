"""Why a commitment was found: what proposed it, what the decision weighed, which parties it chose among."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from communique.extractors.commitments import decision
from communique.extractors.commitments.candidate import Candidate, Mark
from communique.extractors.commitments.choice import Option, chances
from communique.extractors.commitments.marks import bounded
from communique.extractors.commitments.parties import ruled
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.extractors.commitments.proposals import proposals
from communique.models.weights import weighed


@dataclass(frozen=True, slots=True)
class Why:
    """What made one row.

    `rule` is the lexicon entry and construction that proposed it, `mark` what the reader marks there. `signs`
    are what the decision saw, the heaviest first, with their weights in logits; with `bias` they sum to the
    log odds of `chance`, the probability that it is an undertaking, of which `threshold` is asked. `parties`
    are the sets that the release offers, each with the readings that give it and its probability.
    """

    rule: str
    mark: Mark | None
    signs: tuple[tuple[str, float], ...]
    bias: float
    chance: float
    threshold: float
    parties: tuple[tuple[Option, float], ...]


def why(doc: Doc, start_char: int, end_char: int) -> Why | None:
    """Why what stands between two characters of a processed document is a commitment; None where it is none.

    `doc` must hold what the component reads, as for `CommitmentExtractor`.
    """
    told = [
        (decision.confidence(doc, found, reading), found, reading)
        for found, reading in proposals(doc)
        if (bounded(found).what.start_char, bounded(found).what.end_char) == (start_char, end_char)
    ]
    if not told:
        return None
    chance, found, reading = max(told, key=lambda one: one[0])
    signs = weighed(decision.features(doc, found, reading), decision.weights())
    bias, asked = float(decision.weights()["bias"]), decision.threshold()
    return Why(found.rule, found.mark, tuple(signs), bias, chance, asked, _parties(doc, bounded(found)))


def _parties(doc: Doc, found: Candidate) -> tuple[tuple[Option, float], ...]:
    """The sets that are offered, the likeliest first."""
    release = ReleaseParties(doc)
    offered = chances(release, found, ruled(release, found))
    return tuple(sorted(offered, key=lambda pair: -pair[1]))
