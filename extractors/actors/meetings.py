"""Who meets whom where a release tells of several meetings, one after the other.

A sentence that says that its publisher and one other met, or signed with each other, opens a meeting; the
sentences up to the next one are of it. Where nobody is known to publish it, who meets most of them does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
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
    told = list(_told(doc, acting))
    home = own or _most_named(told)
    opened = [(start, sides) for start, named in told if (sides := _two(named, home))]
    if len({frozenset(sides) for _, sides in opened}) < 2:
        return ()
    ends = [*(start for start, _ in opened[1:]), len(doc)]
    return tuple(
        Meeting(start, min(end, _line_end(doc, start)) if titled else end, sides)
        for (start, sides), end in zip(opened, ends, strict=True)
    )


def _told(doc: Doc, acting: list[Span]) -> Iterator[tuple[int, list[Span]]]:
    """The first token of each sentence that tells of a meeting, and the persons and states that it names."""
    known = [span for span in acting if span._.actor.kind in {"person", "state"}]
    starts, telling = [span.start for span in known], _telling()
    for sentence in doc.sents:
        if not telling.isdisjoint(token.lower_ for token in sentence):
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            yield sentence.start, known[first:last]


def _most_named(told: list[tuple[int, list[Span]]]) -> tuple[str, ...]:
    """Who is at most of the meetings: whose release it seems to be where nobody is known to publish it."""
    counts = Counter(code for _, named in told for code in _ids(named))
    return tuple(code for code, _ in counts.most_common(1))


@per_lexicons
def _telling() -> frozenset[str]:
    """Words by which two come together or conclude something."""
    signing, meeting = load_lexicon("groups")["signing"], load_lexicon("when")["meetings"]
    return words("encounters").union(signing, meeting)


def _two(named: list[Span], home: tuple[str, ...]) -> tuple[str, ...]:
    """Whose release it is and the one other who is named and takes part."""
    others = [code for code in _ids(named) if code not in home]
    met = _ids(span for span in named if _takes_part(span))
    return (*home[:1], *others) if len(others) == 1 and others[0] in met else ()


def _ids(named: Iterable[Span]) -> tuple[str, ...]:
    """Those for whom they speak, each once; no firms."""
    return unique(code for span in named for code in party_id(span._.actor) if code == code.upper())


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
