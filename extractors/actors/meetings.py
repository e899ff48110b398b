"""Who meets whom where a release tells of several meetings, one after the other.

A sentence that says that its publisher and one other met, or signed with each other, opens a meeting; the
sentences up to the next one are of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Span

from communique.extractors.actors.serving import party_id, unique, words
from communique.models.lexicons import load_lexicon, per_lexicons

WITH = {"with", "between"}
CLIMB = 3  # nouns above a state: "the Minister of Foreign Affairs of Chile"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Those who meet, by id, and the tokens from `start` to `end` (exclusive) that tell of it."""

    start: int
    end: int
    sides: tuple[str, ...]


def meetings(doc: Doc, acting: list[Span], own: tuple[str, ...], *, titled: bool) -> tuple[Meeting, ...]:
    """The meetings of a release in text order; none where it tells of one meeting only.

    `acting` are those named, without places and topics. Where the title tells the sides, another meeting is
    an aside, and ends with its line.
    """
    opened = list(_opened(doc, acting, own))
    if len({frozenset(sides) for _, sides in opened}) < 2:
        return ()
    ends = [*(start for start, _ in opened[1:]), len(doc)]
    return tuple(
        Meeting(start, min(end, _line_end(doc, start)) if titled else end, sides)
        for (start, sides), end in zip(opened, ends, strict=True)
    )


def _opened(doc: Doc, acting: list[Span], own: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first token of each sentence that tells of a meeting of two, and those two."""
    starts = [span.start for span in acting]
    for sentence in doc.sents:
        if not _telling().isdisjoint(token.lower_ for token in sentence):
            named = acting[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if sides := _two(named, own):
                yield sentence.start, sides


@per_lexicons
def _telling() -> frozenset[str]:
    """Words by which two come together or conclude something."""
    signing, meeting = load_lexicon("groups")["signing"], load_lexicon("when")["meetings"]
    return words("encounters").union(signing, meeting)


def _two(named: list[Span], own: tuple[str, ...]) -> tuple[str, ...]:
    """The publisher and the one other named; where nobody is known to publish, the two named."""
    known = [span for span in named if span._.actor.kind in {"person", "state"}]
    ids = unique(code for span in known for code in party_id(span._.actor) if code == code.upper())
    others = [code for code in ids if code not in own]
    sides = (*own[:1], *others)
    met = {code for span in known if _takes_part(span) for code in party_id(span._.actor)}
    return sides if len(sides) == 2 and met.issuperset(others) else ()


def _takes_part(span: Span) -> bool:
    """A person, or a state with whom or with whose minister something is done."""
    if span._.actor.kind == "person":
        return True
    head = span.root.head if span.root.dep_ in {"conj", "appos"} else span.root
    if any(child.lower_ in WITH for child in head.children if child.dep_ == "case"):
        return True
    return any(above.lower_ in words("representing") for above in islice(head.ancestors, CLIMB))


def _line_end(doc: Doc, start: int) -> int:
    return next((token.i for token in doc[start:] if "\n" in token.text), len(doc))
