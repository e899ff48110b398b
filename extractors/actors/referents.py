"""Whom a noun phrase stands for: the states and organisations that its actor mentions bind.

A name stands for itself or for whom it serves; a noun that represents somebody ("the Government of
Japan", "Australia's ministers", "the Indian side") for the names that belong to it; an office ("the Vice
President") for the state of the person who holds it in this release.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from communique.extractors.actors.coordination import names_beside
from communique.extractors.actors.names import fold
from communique.extractors.actors.protagonists import Protagonists
from communique.extractors.actors.serving import party_id, unique, words
from communique.extractors.annotations import Actor
from communique.models.lexicons import load_lexicon, per_lexicons

# Relations through which a noun's names belong to it.
ATTACHED = {"nmod:poss", "nmod", "nmod:desc", "compound", "flat", "amod", "appos", "list"}
NAME_WITHIN = 12  # tokens behind a title in which its name begins
DEPTH = 6
HYPHENS = frozenset("-‐‑–")
TITLE_WORDS = 5
BEHIND = re.compile(r",| (?:of|to|for|and|at|in) ")  # what is told behind an office


@per_lexicons
def listed(key: str) -> frozenset[str]:
    """A word list of `groups.yaml`."""
    return frozenset(load_lexicon("groups")[key])


class Referents:
    """The mentions of one release by token, and whom its offices stand for."""

    def __init__(self, doc: Doc, actors: list[Span], cast: Protagonists) -> None:
        self.doc, self.cast = doc, cast
        self.mentions: dict[int, Span] = {}
        self.offices: dict[str, tuple[str, ...]] = {}
        self.named: set[str | None] = set()
        for span in actors:
            self.add(span)

    def add(self, span: Span) -> None:
        """Make a mention known; a person with the office that stands before the name or is told of it."""
        for token in span:
            self.mentions[token.i] = span
        self.named.add(span._.actor.actor_id)
        if span._.actor.kind == "person":
            for office in _offices(span):
                known = self.offices.get(office, ())
                self.offices[office] = unique((*known, *party_id(span._.actor)))

    def of_token(self, token: Token) -> tuple[str, ...]:
        """The parties that a single token names or that its mention binds."""
        span = self.mentions.get(token.i)
        return self._bound_by(span._.actor) if span is not None else ()

    def _bound_by(self, actor: Actor) -> tuple[str, ...]:
        """Whom an actor binds. A company bears its name.

        A ministry with no country serves the publisher, a body of unknown makers the sides of the release.
        """
        if actor.kind != "organization" or actor.country:
            return party_id(actor)
        lacking = load_lexicon("protagonists")["of_most_states"].get(actor.actor_id)
        if lacking is not None and {*lacking}.isdisjoint(self.cast.own[:1]):
            return self.cast.own[:1]  # "Cabinet decided"
        if actor.actor_id is None or actor.actor_id != actor.actor_id.lower():
            return party_id(actor)
        name = actor.name or actor.actor_id
        kinds = {word.lower() for word in name.split()}
        if kinds & words("government"):
            return self.cast.own[:1]
        return self.cast.sides if kinds & words("bodies") else (name,)

    def of_phrase(self, head: Token, depth: int = 0) -> tuple[str, ...]:
        """The parties that a phrase stands for, coordinated ones included; empty where unknown."""
        if depth > DEPTH:
            return ()
        ids = self.of_token(head) or self._of_adjective(head)
        ids = unique((*self._hyphened(head), *ids)) if ids else ()
        if not ids:
            attached = (child for child in head.children if child.dep_ in ATTACHED and _belongs(child))
            ids = unique(code for child in attached for code in self.of_phrase(child, depth + 1))
        if not ids:
            ids = self.of_office(head)
        joined = (code for child in self._conjuncts(head) for code in self.of_phrase(child, depth + 1))
        return unique((*ids, *joined))

    def _conjuncts(self, head: Token) -> list[Token]:
        """What is coordinated with a head or, in a name of several words, with any of them."""
        span = self.mentions.get(head.i)
        tokens = span if span is not None else (head,)
        inside = range(span.start, span.end) if span is not None else ()
        children = (child for token in tokens for child in token.children)
        return [c for c in children if c.dep_ == "conj" and c.pos_ != "VERB" and c.i not in inside]

    def of_list(self, head: Token) -> tuple[str, ...]:
        """The parties of a phrase and of the names listed beside it, whatever the parse makes of them."""
        ids = self.of_phrase(head)
        span = self.mentions.get(head.i) or self._name_under(head)
        if span is None:
            return unique((*self._office_before(head), *ids))
        before, after = names_beside(self.doc, self.mentions, span)
        listed_before = (code for beside in before for code in self.of_token(beside[0]))
        return unique(
            (*listed_before, *ids, *(code for beside in after for code in self.of_token(beside[0])))
        )

    def _office_before(self, head: Token) -> tuple[str, ...]:
        """The holder of an office joined to another one: "the President" before "and the Prime Minister"."""
        at = head.i - 1
        while at > head.sent.start and (self.doc[at].lower_ == "the" or self.doc[at].text[:1].isupper()):
            at -= 1
        return (
            self.of_office(self.doc[at - 1]) if at > head.sent.start and self.doc[at].lower_ == "and" else ()
        )

    def _name_under(self, head: Token) -> Span | None:
        """The name that a title or a representing noun carries: "Minister" -> "Park Jin"."""
        near = range(head.i + 1, min(head.i + NAME_WITHIN, len(self.doc)))
        span = next((self.mentions[i] for i in near if i in self.mentions), None)
        return span if span is not None and head.is_ancestor(span.root) else None

    def _of_adjective(self, head: Token) -> tuple[str, ...]:
        """ "Australian" before a common noun: "the Australian side", "Australian personnel"."""
        if head.dep_ not in {"amod", "compound", "conj", "nmod:desc"} or head.head.pos_ != "NOUN":
            return ()
        return self.of_adjective(head)

    def of_adjective(self, token: Token) -> tuple[str, ...]:
        """The state that an adjective or a first part of one tells: "Canadian", "Franco" before "-German"."""
        joined = not token.whitespace_ and token.i + 1 < len(self.doc) and token.nbor().text in HYPHENS
        first: dict[str, str] = load_lexicon("states")["combining"] if joined else {}
        code = self.adjective(token) or first.get(token.text)
        return (code,) if code else ()

    def adjective(self, token: Token) -> str | None:
        """The state that an adjective tells; one of a people elsewhere too only where the state is named."""
        from communique.extractors.actors.states import demonyms

        code = demonyms().get(token.text)
        return code if code in self.named or token.text not in load_lexicon("states")["peoples"] else None

    def _hyphened(self, head: Token) -> tuple[str, ...]:
        """Those before a name or an adjective and a hyphen: "the Franco-German council", "US-Japan talks"."""
        found: tuple[str, ...] = ()
        at = _start(self.mentions, head)
        while at > 1 and self.doc[at - 1].text in HYPHENS and not self.doc[at - 2].whitespace_:
            earlier = self.doc[at - 2]
            ids = self.of_token(earlier) or self.of_adjective(earlier)
            found, at = (*ids, *found), _start(self.mentions, earlier)
            if not ids:
                break
        return found

    def of_office(self, head: Token) -> tuple[str, ...]:
        """The state of the holder of an office: "the Vice President". Of several, the publisher's own.

        "The Government" is the publisher's, too.
        """
        if head.lower_ in listed("own"):
            return self.cast.own[:1]
        office = _phrase(head)
        ids = self.offices.get(office, ()) if head.head is not head or head.lower_ in words("offices") else ()
        if not ids and head.lower_ in words("offices") and len(self.cast.sides) == 1:
            return self.cast.own[:1]
        if len(ids) > 1:
            return tuple(code for code in ids if code in self.cast.own) or ids[:1]
        return ids


def _start(mentions: dict[int, Span], token: Token) -> int:
    return mentions[token.i].start if token.i in mentions else token.i


def _belongs(child: Token) -> bool:
    """No preposition, or one that says whose: not "the ambassador to Mexico"."""
    cases = {c.lower_ for c in child.children if c.dep_ == "case" and c.i < child.i}
    return cases <= listed("belonging")


def _phrase(head: Token) -> str:
    """A noun with the nouns before it, folded: "Vice President" -> "vice president"."""
    start = head.i
    while (
        start > 0
        and head.doc[start - 1].dep_ in {"compound", "amod", "flat"}
        and head.doc[start - 1].head.i <= head.i
    ):
        start -= 1
    return fold(head.doc[start : head.i + 1].text)


def _offices(span: Span) -> list[str]:
    """The office of a person as told, and as the words before the name give it, the longest first."""
    told = [fold(span._.actor.role)] if span._.actor.role else []
    told += [BEHIND.split(office)[0] for office in told]
    before = []
    start = span.start
    while start > 0 and span.start - start < TITLE_WORDS and span.doc[start - 1].text[:1].isupper():
        start -= 1
        before.append(fold(span.doc[start : span.start].text))
    return told + before[-1:]
