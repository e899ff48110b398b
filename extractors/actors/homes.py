"""Whose a body is that several states have under one name: "the House of Representatives of Libya"."""

from __future__ import annotations

from spacy.tokens import Span

from communique.extractors.actors.gazetteer import Entry

GENITIVES = frozenset(("'s", "\u2019s", "'", "\u2019"))
NAMED = frozenset(("state", "demonym"))


def owners_of(found: list[tuple[Span, Entry]]) -> dict[Span, str]:
    """The state that stands beside each such body, where it is not the state whose body the name means.

    A name without its state means the body of the one state that is named with it.
    """
    starts = {span.start: entry.code for span, entry in found if entry.kind == "state"}
    ends = {span.end: entry.code for span, entry in found if entry.kind in NAMED}
    bodies = [(span, entry) for span, entry in found if entry.at_home]
    beside = {span: _beside(span, starts, ends) for span, _ in bodies}
    named: dict[str, set[str]] = {}
    for span, state in beside.items():
        named.setdefault(span.text, set()).update({state} if state else ())
    owners = {}
    for span, entry in bodies:
        alone = next(iter(named[span.text])) if len(named[span.text]) == 1 else None
        owner = beside[span] or alone
        at_home = entry.country in span.doc._.speaks_for and beside[span] is None
        if owner is not None and owner != entry.country and not at_home:
            owners[span] = owner
    return owners


def _beside(span: Span, starts: dict[int, str], ends: dict[int, str]) -> str | None:
    """The state before a name, be it in the genitive, or behind "of"."""
    doc, at = span.doc, span.start
    genitive = at > 0 and doc[at - 1].text in GENITIVES
    behind = span.end
    if doc[behind : behind + 1].text == "of":
        behind += 2 if doc[behind + 1 : behind + 2].text == "the" else 1
    of = starts.get(behind) if behind > span.end else None
    return ends.get(at - 1 if genitive else at) or of
