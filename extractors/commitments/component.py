"""The component: proposals, decision, bounds, then parties and dates, to `doc.spans["commitments"]`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from spacy.tokens import Doc, Span

from communique.extractors.annotations import (
    ACTORS,
    COMMITMENTS,
    DATES,
    DIALOGUES,
    Commitment,
    set_extensions,
)
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.counterparts import counterparts
from communique.extractors.commitments.decision import confidence, threshold
from communique.extractors.commitments.marks import READ, bounded
from communique.extractors.commitments.parties import resolve_parties
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.extractors.commitments.proposals import proposals
from communique.extractors.commitments.when_agreed import Occasion, agreed_on, occasions_of
from communique.extractors.commitments.when_due import due_dates, recurrence_of
from communique.extractors.needs import require_parse, require_spans, spans_of
from communique.models.lexicons import SHIPPED, Lexicons


class CommitmentExtractor:
    """Finds the undertakings of a release: `doc.spans[key]`, one span per `what`, with its `Commitment`.

    `read` maps "actors", "dates" and "dialogues" to the groups of `doc.spans` that hold them; `threshold` is
    the least probability of an undertaking, whoever its parties, None for the fitted one. Needs a parse with
    UD labels.
    """

    def __init__(
        self,
        name: str = "communique_commitments",
        *,
        key: str = COMMITMENTS,
        read: Mapping[str, str] = MappingProxyType({}),
        threshold: float | None = None,
        lexicons: Lexicons = SHIPPED,
    ) -> None:
        set_extensions()
        if threshold is not None and not 0 <= threshold <= 1:
            raise ValueError(f"{name}: the threshold {threshold} is not between 0 and 1")
        self.name, self.key, self.threshold, self.lexicons = name, key, threshold, lexicons
        self.read = {ACTORS: ACTORS, DATES: DATES, DIALOGUES: DIALOGUES, **read}

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[tuple[Span, Commitment]]:
        """The undertakings in text order; ValueError where the document lacks what the component reads."""
        require_parse(doc, self.name)
        require_spans(doc, self.name, self.read.values())
        with self.lexicons.used(), spans_of(doc, self.read):
            release, occasions = ReleaseParties(doc), occasions_of(doc)
            return [_stated(release, occasions, *found) for found in self.find(doc)]

    def set_annotations(self, doc: Doc, found: list[tuple[Span, Commitment]]) -> None:
        """Writes each `what` as a span with its `Commitment`."""
        for what, commitment in found:
            what._.commitment = commitment
        doc.spans[self.key] = [what for what, _ in found]

    def find(self, doc: Doc) -> list[tuple[Candidate, float]]:
        """The undertakings of the release, each with the probability that it is one, in text order, apart."""
        least = threshold() if self.threshold is None else self.threshold
        judged = [(bounded(found), confidence(doc, found, reading)) for found, reading in proposals(doc)]
        current = _apart(
            (found, sure) for found, sure in judged if found.status == "current" and sure >= least
        )
        asked = self.threshold or 0.0  # the fitted one is of what is current, and of what is only marked
        history = _apart(
            (found, sure)
            for found, sure in judged
            if found.status == "background" and sure >= (least if found.rule.startswith(READ) else asked)
        )
        taken = {at for found, _ in current for at in _place(found)}
        free = [pair for pair in history if taken.isdisjoint(_place(pair[0]))]
        return sorted((*current, *free), key=_order)


def _apart(found: Iterable[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Those of which no `what` overlaps that of a surer one; of equally sure ones the wider stays."""
    kept: list[tuple[Candidate, float]] = []
    taken: set[int] = set()
    for pair in sorted(found, key=lambda pair: (-pair[1], *_order(pair))):
        if taken.isdisjoint(_place(pair[0])):
            taken.update(_place(pair[0]))
            kept.append(pair)
    return kept


def _place(found: Candidate) -> range:
    return range(found.what.start, found.what.end)


def _order(found: tuple[Candidate, float]) -> tuple[int, int]:
    return found[0].what.start, -found[0].what.end


def _stated(
    release: ReleaseParties, occasions: list[Occasion], found: Candidate, sure: float
) -> tuple[Span, Commitment]:
    """`what` as a span of the document, and the commitment it states."""
    doc = release.doc
    what = doc[found.what.start : found.what.end]
    parties = resolve_parties(release, found)
    agreed, agreed_from = agreed_on(doc, found, occasions)
    due_text, due_start, due_end = due_dates(doc, found, agreed)
    return what, Commitment(
        found.act,
        (found.trigger.start_char, found.trigger.end_char),
        (found.sentence.start_char, found.sentence.end_char),
        parties=parties.ids,
        parties_text=parties.text,
        speaker=parties.speaker,
        negated=found.negated,
        status=found.status,
        agreed_on=agreed,
        agreed_on_from=agreed_from,
        due_text=due_text,
        due_start=due_start,
        due_end=due_end,
        recurrence=recurrence_of(doc, found),
        dialogues=_dialogues(doc, found.what),
        counterparts=counterparts(release, what, parties.ids),
        confidence=sure * parties.sure,
        rule=found.rule,
    )


def _dialogues(doc: Doc, what: Span) -> tuple[str, ...]:
    """The ids of the dialogues and instruments named inside `what`, in text order."""
    inside = (
        span for span in doc.spans.get(DIALOGUES, ()) if what.start <= span.start and span.end <= what.end
    )
    return tuple(dict.fromkeys(span._.dialogue.dialogue_id for span in inside if span._.dialogue is not None))
