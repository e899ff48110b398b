"""Who meets whom where a release tells of several meetings, one after the other.

A sentence that says that its publisher and others met, or signed with each other, opens a meeting; the
sentences up to the next one are of it. What is recalled, talked about or to come opens none. Where nobody is
known to publish it, who is at most of the meetings does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Span, Token

from communique.extractors.actors.serving import party_id, unique, words
from communique.models.lexicons import load_lexicon, per_lexicons

WITH = {"with", "between", "by"}
AT = {"at", "during", "in", "following", "after"}
OF = {"nmod", "nmod:poss", "compound"}
CLIMB = 3  # words above a name to the verb: "held *talks* with the Minister"
CLAUSES = {"ROOT", "conj", "parataxis", "advcl"}


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
    opened = [(start, sides) for start, named in told if (sides := _meeting(named, home))]
    if len({frozenset(sides) for _, sides in opened}) < 2:
        return ()
    ends = [*(start for start, _ in opened[1:]), len(doc)]
    lines = [*(token.i for token in doc if "\n" in token.text), len(doc)] if titled else []
    return tuple(
        Meeting(start, min(end, lines[bisect_left(lines, start)]) if titled else end, sides)
        for (start, sides), end in zip(opened, ends, strict=True)
    )


def _told(doc: Doc, acting: list[Span]) -> Iterator[tuple[int, list[Span]]]:
    """The first token of each sentence that tells of a meeting, and who is named in it."""
    starts, telling = [span.start for span in acting], _telling()
    for sentence in doc.sents:
        if not telling.isdisjoint(token.lower_ for token in sentence):
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            yield sentence.start, acting[first:last]


def _most_named(told: list[tuple[int, list[Span]]]) -> tuple[str, ...]:
    """Who is at most of the meetings: whose release it seems to be where nobody is known to publish it."""
    counts = Counter(code for _, named in told for code in _ids(s for s in named if _is_state(s)))
    return tuple(code for code, _ in counts.most_common(1))


@per_lexicons
def _telling() -> frozenset[str]:
    """Words by which some come together or conclude something."""
    signing, meeting = load_lexicon("groups")["signing"], load_lexicon("when")["meetings"]
    return words("encounters").union(signing, meeting)


def _meeting(named: list[Span], home: tuple[str, ...]) -> tuple[str, ...]:
    """Whose release it is and all others, where every other state that is named takes part."""
    met = [code for code in _ids(span for span in named if _takes_part(span)) if code not in home]
    states = {*_ids(span for span in named if _is_state(span))} - {*home}
    return (*home[:1], *met) if met and states <= {*met} else ()


def _ids(named: Iterable[Span]) -> tuple[str, ...]:
    """Those for whom they speak, each once; no firms."""
    return unique(code for span in named for code in party_id(span._.actor) if code == code.upper())


def _is_state(span: Span) -> bool:
    """A state or who serves one."""
    return span._.actor.kind in {"person", "state"}


def _takes_part(span: Span) -> bool:
    """A person, or those with whom or with whose minister it is done, beside a verb that tells of it."""
    noun, person = span.root, span._.actor.kind == "person"
    while noun.dep_ in {"conj", "appos", "flat"} or (noun.dep_ in OF and _represents(noun.head)):
        noun, person = noun.head, person or _represents(noun.head)
    cases = {child.lower_ for child in noun.children if child.dep_ == "case"} - {"'s", "’s"}
    if not cases <= WITH or not (cases or person):
        return False
    verb = next((above for above in islice(noun.ancestors, CLIMB) if above.pos_ == "VERB"), None)
    return verb is not None and _is_encounter(verb, noun)


def _represents(noun: Token) -> bool:
    return noun.lower_ in words("representing") or noun.ent_type_ == "PERSON"


def _is_encounter(verb: Token, noun: Token) -> bool:
    """Whether a clause of its own tells of a meeting of this release: "met", "held talks", "at the talks"."""
    if verb.dep_ not in CLAUSES or any(_sets_apart(child) for child in verb.children):
        return False
    if verb.lower_ in _telling():
        return noun.head == verb or verb.lower_ in load_lexicon("groups")["signing"]
    return any(child.lower_ in _telling() and _is_occasion(child) for child in verb.children)


def _sets_apart(token: Token) -> bool:
    """ "*will* meet", "*had* met": another time."""
    return token.dep_ == "aux" and (token.tag_ == "MD" or token.lower_ == "had")


def _is_occasion(noun: Token) -> bool:
    """ "at the *talks*", "held *talks*"; not "discussed the talks", "briefed on the talks"."""
    if noun.dep_ == "obj":
        return noun.head.lower_ in words("holding")
    return noun.dep_ == "obl" and any(child.lower_ in AT for child in noun.children if child.dep_ == "case")
