"""Towards whom an undertaking is directed: the actors that it names beside those whom it binds.

Recipients, partners, bodies joined and targets count. The name of a place where something happens, of the
ground on which it rests ("in line with UN resolutions") or of the maker of a document tells nobody towards
whom it is. A person stands for the state or body served.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from spacy.tokens import Span, Token

from communique.extractors.actors.serving import members_of, state_codes, unique
from communique.extractors.annotations import DIALOGUES
from communique.extractors.commitments.clauses import joined_by
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.models.lexicons import load_lexicon

KINDS = {"state", "organization", "person"}
PLACED = {"in", "at"}
AROUND = PLACED | {"across", "around", "throughout", "within"}
FINITE = {"VB", "VBP", "VBZ"}  # "to face" is no "in the face of"
BACK = 60  # tokens between a state and "the country"


def counterparts(release: ReleaseParties, what: Span, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of those towards whom `what` is directed, no party among them, in text order."""
    named = (code for token in _named(release, what, parties) for code in _ids(release, token))
    bound = set(parties)
    ids = unique((*named, *_meant(release, what, bound)))
    return tuple(code for code in ids if code not in bound and set(members_of(code)) != bound)


def _ids(release: ReleaseParties, token: Token) -> tuple[str, ...]:
    """Whom a name or an adjective of a state stands for."""
    code = release.referents.adjective(token)
    return release.referents.of_token(token) or ((code,) if code else ())


def _meant(release: ReleaseParties, what: Span, bound: set[str]) -> Iterator[str]:
    """The state that "the country" means: the nearest before it that is not bound."""
    for token in what:
        article = any(child.lower_ == "the" for child in token.children)
        if token.lower_ == "country" and article and _is_anothers(token, bound):
            before = reversed(what.doc[max(token.i - BACK, 0) : token.i])
            codes = (code for word in before if _is_state(release, word) for code in _ids(release, word))
            yield from islice((code for code in codes if code not in bound), 1)


def _is_anothers(country: Token, bound: set[str]) -> bool:
    """Whether "the country" is no party's own: it is helped, or no state is bound."""
    verb = country.doc[max(country.i - 2, 0)].lemma_.lower()  # "help the country rebuild"
    if verb in lexicon().words["help"] and country.dep_ != "nmod:poss":
        return True
    return bound.isdisjoint(state_codes()) and not joined_by(country, "case") & AROUND


def _is_state(release: ReleaseParties, token: Token) -> bool:
    span = release.referents.mentions.get(token.i)
    return span is not None and span._.actor.kind == "state"


def _named(release: ReleaseParties, what: Span, parties: tuple[str, ...]) -> Iterator[Token]:
    """The heads of the names and adjectives in `what` that tell towards whom it is, in text order."""
    dialogues = (s for s in release.doc.spans.get(DIALOGUES, ()) if s.start < what.end and what.start < s.end)
    taken = {at for span in dialogues for at in range(span.start, span.end)}
    for token in what:
        span = release.referents.mentions.get(token.i)
        name = what.doc[token.i : token.i + 1] if span is None else span
        if token.i != name.start or not taken.isdisjoint(range(name.start, name.end)):
            continue
        known = release.referents.adjective(token) is not None if span is None else span._.actor.kind in KINDS
        if known and not _in_title(release, name) and not _aside(release, parties, name.root, what):
            yield name.root


def _in_title(release: ReleaseParties, name: Span) -> bool:
    """Whether it is part of another thing's longer name: "WTO Doha Round", "Indian Ocean", "SSN-AUKUS"."""
    before, after = name.doc[max(name.start - 1, 0) : name.start], name.doc[name.end : name.end + 1]
    if before.text_with_ws == "-" and not _is_joined(release, name):
        return True
    if after and after[0].text in load_lexicon("states")["features"]:
        return True
    return (
        bool(after)
        and after[0].pos_ == "PROPN"
        and after[0].text.istitle()
        and name.root.is_ancestor(after[0])
    )


def _is_joined(release: ReleaseParties, name: Span) -> bool:
    """Whether a hyphen joins it to another actor or an adjective: "ASEAN-India ties", "Thai-Laos trade"."""
    return name.start > 1 and bool(_ids(release, name.doc[name.start - 2]))


def _aside(release: ReleaseParties, parties: tuple[str, ...], token: Token, what: Span) -> bool:
    """Whether it stands where the undertaking takes place, or in what is only referred to."""
    if token.dep_ in {"obl", "nmod", "obj"} and (_is_venue(token, what) or _is_harmed(token)):
        return True
    within = takewhile(lambda above: what.start <= above.i < what.end, (token, *token.ancestors))
    return any(
        _grounds(above) or (above != token and _anothers(release, parties, above, token)) for above in within
    )


def _anothers(release: ReleaseParties, parties: tuple[str, ...], noun: Token, token: Token) -> bool:
    """Whether a noun above a name is another's act or thing: "Russia's attack on Ukraine"."""
    owners = [child for child in noun.children if child.dep_ in {"nmod:poss", "amod"} and child.i < token.i]
    others = (owner for owner in owners if owner != token and not owner.is_ancestor(token))
    return any(set(_ids(release, owner)) - set(parties) for owner in others)


def _grounds(token: Token) -> bool:
    """Whether it is a ground or a time, or the clause of one: "under", "in line with", "while"."""
    words, itself = lexicon().words, set() if token.tag_ in FINITE else {token.lower_}
    behind = {*itself, *joined_by(token, "case")} & words["grounds"]
    return bool(behind or joined_by(token, "mark") & words["grounds_of_clauses"])


def _is_harmed(token: Token) -> bool:
    """ "the war in Chile": what is done about it is not done to Chile."""
    return token.dep_ != "obj" and token.head.lemma_.lower() in lexicon().words["harm"]


def _is_venue(token: Token, what: Span) -> bool:
    """ "to hold talks in Chile", "to visit Chile", but not "to raise investment in Peru"."""
    if token.dep_ == "obj":
        return token.head.lemma_ == "visit"
    placed = bool(joined_by(token, "case") & PLACED)
    return placed and any(word.lemma_ in lexicon().words["occasions"] for word in what)
