"""The component: candidates, exclusions, decision, then parties and dates, to `doc.spans["commitments"]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span

from communique.extractors.annotations import COMMITMENTS, DIALOGUES, Commitment, set_extensions
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.candidates import candidates
from communique.extractors.commitments.decision import confidence, threshold
from communique.extractors.commitments.filters import excluded
from communique.extractors.commitments.history import recalled
from communique.extractors.commitments.items import item_candidates, plan_candidates
from communique.extractors.commitments.lists import items
from communique.extractors.commitments.parties import resolve_parties
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.extractors.commitments.predicates import Reading
from communique.extractors.commitments.when import resolve_when
from communique.extractors.commitments.when_agreed import Occasion, occasions_of


class CommitmentExtractor:
    """Finds the undertakings of a release: `doc.spans["commitments"]`, one span per `what`."""

    def __init__(self) -> None:
        set_extensions()

    def __call__(self, doc: Doc) -> Doc:
        release, occasions = ReleaseParties(doc), occasions_of(doc)
        doc.spans[COMMITMENTS] = [_span(release, occasions, *found) for found in self.find(doc)]
        return doc

    def find(self, doc: Doc) -> list[tuple[Candidate, float]]:
        """The undertakings of the release with their confidence, in text order, none inside another."""
        judged = ((found, confidence(doc, found, reading)) for found, reading in proposals(doc))
        return _apart((found, sure) for found, sure in judged if sure >= threshold())


def proposals(doc: Doc) -> Iterator[tuple[Candidate, Reading | None]]:
    """What may be an undertaking: readings that nothing excludes, and lines of lists (without reading).

    What belongs to an earlier event has the status "background".
    """
    listed = items(doc)
    for line in (*item_candidates(doc, listed), *plan_candidates(doc, listed)):
        yield line, None
    for found, reading in candidates(doc):
        if excluded(doc, found, reading) is None:
            earlier = recalled(doc, found, reading) is not None
            yield (replace(found, status="background") if earlier else found), reading


def _apart(found: Iterable[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Those of which no `what` overlaps that of a wider one, in text order; what is current comes before."""
    ordered = sorted(found, key=_order)
    current = _outermost([pair for pair in ordered if pair[0].status == "current"])
    taken = {i for candidate, _ in current for i in range(candidate.what.start, candidate.what.end)}
    history = [pair for pair in ordered if pair[0].status != "current"]
    free = [pair for pair in history if taken.isdisjoint(range(pair[0].what.start, pair[0].what.end))]
    return sorted((*current, *_outermost(free)), key=_order)


def _outermost(ordered: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Without those that begin before the end of one already kept."""
    kept: list[tuple[Candidate, float]] = []
    for candidate, sure in ordered:
        if not kept or candidate.what.start >= kept[-1][0].what.end:
            kept.append((candidate, sure))
    return kept


def _order(found: tuple[Candidate, float]) -> tuple[int, int]:
    return found[0].what.start, -found[0].what.end


def _span(release: ReleaseParties, occasions: list[Occasion], found: Candidate, sure: float) -> Span:
    """`what` as a span of the document, with the commitment it states."""
    doc = release.doc
    what = doc[found.what.start : found.what.end]
    parties, when = resolve_parties(release, found), resolve_when(doc, found, occasions)
    what._.commitment = Commitment(
        found.act,
        (found.trigger.start_char, found.trigger.end_char),
        (found.sentence.start_char, found.sentence.end_char),
        parties=parties.ids,
        parties_text=parties.text,
        speaker=parties.speaker,
        negated=found.negated,
        status=found.status,
        agreed_on=when.agreed_on,
        agreed_on_from=when.agreed_on_from,
        due_text=when.due_text,
        due_start=when.due_start,
        due_end=when.due_end,
        recurrence=when.recurrence,
        dialogues=_dialogues(doc, found.what),
        confidence=sure,
        rule=found.rule,
    )
    return what


def _dialogues(doc: Doc, what: Span) -> tuple[str, ...]:
    """The ids of the dialogues and instruments named inside `what`, in text order."""
    inside = (
        span for span in doc.spans.get(DIALOGUES, ()) if what.start <= span.start and span.end <= what.end
    )
    return tuple(dict.fromkeys(span._.dialogue.dialogue_id for span in inside if span._.dialogue is not None))
