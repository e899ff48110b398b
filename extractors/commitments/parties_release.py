"""What the resolution of every undertaking of a release shares: its actors, protagonists and quotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from spacy.tokens import Doc, Token

from communique.extractors.actors.protagonists import Protagonists, protagonists, surnames
from communique.extractors.actors.referents import Referents, listed
from communique.extractors.actors.serving import party_id, state_codes, unique
from communique.extractors.actors.speech import Quotations
from communique.extractors.actors.titles import all_in_title, author_in_title
from communique.extractors.annotations import ACTORS
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import SUBJECTS

ONE = {"he", "she", "it", "his", "her", "its", "him", "who", "which", "that", "itself"}
SPEAKING = {"i", "my"}
BACK = 120  # tokens back in which the antecedent of "it" or "she" stands
CLIMB = 5  # verbs above a predicate whose subjects may be its own
NEAR = 5  # tokens from a preposition to its name: "between the Government of the Republic of Chile"
SHORTEST = 8  # tokens of a sentence that opens a release
OPENERS, REACH = 4, 1500  # lines that open a list, and tokens, that are read back for its owner


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts around an undertaking: sides, whom title and first sentence name, others who take part."""

    sides: tuple[str, ...]
    titled: tuple[str, ...]
    opening: tuple[str, ...]
    others: tuple[str, ...] = ()


class ReleaseParties:
    """The actors of one release, and whom its phrases stand for: read once for all its undertakings."""

    def __init__(self, doc: Doc) -> None:
        actors = list(doc.spans.get(ACTORS, ()))
        self.doc = doc
        self.cast: Protagonists = protagonists(doc, actors)
        self.referents = Referents(doc, actors, self.cast)
        self.quotations = Quotations(doc, actors)
        self._surnames = surnames(actors)
        self.author = None if self.cast.joint else author_in_title(doc._.title or "", actors)

    def ids_of(self, head: Token) -> tuple[str, ...]:
        """The parties that a subject stands for, with further subjects that the parse gives the same verb."""
        if _is_impersonal(head):
            return ()
        if head.lower_ in ONE and self.referents.mentions.get(head.i) is None:
            return self._antecedent(head)
        his = next((child for child in head.children if child.lower_ in ONE), None)
        if his is not None and head.lower_ in listed("own"):  # "his government"
            return self._antecedent(his)
        ids = self.referents.of_list(head)
        joined = any(token.text == "I" and token.dep_ == "conj" for token in head.subtree)
        mine = not ids and any(child.lower_ == "my" for child in head.children)
        if head.lower_ in SPEAKING or joined or mine:  # "I", "President Prado and I", "my government"
            return unique((*ids, *self.speaking(head)))
        if head.dep_ not in SUBJECTS:
            return ids
        others = (child for child in head.head.children if child.dep_ in SUBJECTS and _joined(child, head))
        return unique((*(code for other in others for code in self.referents.of_phrase(other)), *ids))

    def speaking(self, pronoun: Token) -> tuple[str, ...]:
        """For whom "I" speaks: who is quoted, else the author, else the publisher."""
        quotation = self.quotations.at(pronoun.i)
        speaker = quotation.speaker if quotation is not None else self.author
        return self.referents.of_phrase(speaker.root) if speaker is not None else self.cast.own[:1]

    def scene(self, candidate: Candidate) -> Scene:
        """Who acts around an undertaking: in a meeting among others those who meet there."""
        met = self.cast.met_at(candidate.predicate.i)
        return Scene(met, met, met) if met else self._scene

    @cached_property
    def _scene(self) -> Scene:
        titled = all_in_title(self.doc._.title or "", self._surnames)
        return Scene(self.cast.sides, titled, self._opening(), self.cast.others)

    def _antecedent(self, pronoun: Token) -> tuple[str, ...]:
        """The nearest subject before "it", "she" or "its" that stands for one party."""
        for at in range(pronoun.i - 1, max(pronoun.i - BACK, -1), -1):
            token = self.doc[at]
            if token.dep_ in SUBJECTS and token.lower_ not in ONE:
                ids = self.referents.of_phrase(token)
                if len(ids) == 1:
                    return ids
        return ()

    def _opening(self) -> tuple[str, ...]:
        """Whoever the first sentence names."""
        first = next((sentence for sentence in self.doc.sents if len(sentence) >= SHORTEST), self.doc[:0])
        return self.named(first.start, first.end)

    @cached_property
    def ids(self) -> frozenset[str]:
        """All that the release names."""
        spans = {span.start: span for span in self.referents.mentions.values()}
        return frozenset(code for span in spans.values() for code in party_id(span._.actor))

    @cached_property
    def most_named(self) -> tuple[str, ...]:
        """States beside the publisher's that the release or its persons stand for, the oftenest first."""
        spans = {
            span.start: span for span in self.referents.mentions.values() if span._.actor.kind != "group"
        }
        counts = Counter(code for _, span in sorted(spans.items()) for code in party_id(span._.actor))
        return tuple(
            code for code, _ in counts.most_common() if code in state_codes() and code not in self.cast.own
        )

    @cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """For whom its persons speak, by each word of their names; nobody where that is not known."""
        people = (span for span in self.referents.mentions.values() if span._.actor.kind == "person")
        return {token.text: party_id(span._.actor) for span in people for token in span}

    @cached_property
    def served(self) -> tuple[str, ...]:
        """Those whom the persons of the release serve."""
        people = (span for span in self.referents.mentions.values() if span._.actor.kind == "person")
        return unique(code for span in people for code in party_id(span._.actor))

    def named(self, start: int, end: int) -> tuple[str, ...]:
        """States and organisations named between two tokens, states by their adjectives too."""
        return unique(code for i in range(start, end) for code in self._code(self.doc[i]))

    def _code(self, token: Token) -> tuple[str, ...]:
        span = self.referents.mentions.get(token.i)
        if span is not None:
            return party_id(span._.actor) if span._.actor.kind != "group" else ()
        return self.referents.of_adjective(token)

    def behind(self, link: Token | None, end: int) -> tuple[str, ...]:
        """Those whom the names behind a preposition and before `end` stand for: "with Peru and Chile".

        An adjective may be first: "with her Peruvian counterpart".
        """
        for i in range(link.i + 1, min(link.i + 1 + NEAR, end)) if link is not None else ():
            if i in self.referents.mentions:
                return self.referents.of_list(self.referents.mentions[i].root)
            if ids := self.referents.of_adjective(self.doc[i]):
                return ids
        return ()

    def beside(self, candidate: Candidate) -> tuple[str, ...]:
        """Who acts with the subject: "Together with Peru, Chile will", not "Along with the treaty"."""
        start, end = candidate.sentence.start, candidate.trigger.start
        start = next((at for at in range(start, end) if not self.doc[at].is_punct), end)
        opens = range(start, min(start + 1, end - 2))
        behind = range(candidate.subject.start if candidate.subject is not None else start, end - 2)
        links = (self.doc[at + 1] for at in (*opens, *behind) if self.doc[at].lower_ in listed("beside"))
        return self.behind(next((link for link in links if link.lower_ == "with"), None), end)

    def heads(self, candidate: Candidate) -> Iterator[Token]:
        """Heads of phrases that may tell the parties, the likeliest first."""
        beside = self._name_before(candidate)
        if candidate.subject is not None and (beside is None or beside.i < candidate.subject.end):
            yield candidate.subject.root
            if candidate.subject.root.dep_ != "nmod:poss":
                return
        elif beside is not None:
            yield beside
        else:
            yield from (token for token in candidate.trigger if token.i in self.referents.mentions)
        if candidate.subject is None and candidate.rule.endswith(":item"):
            yield from self._before_noun(candidate.predicate)
            yield from self._owners(candidate.sentence.start)
        yield from _subjects_above(candidate.predicate)
        if candidate.subject is None:
            yield from (t for t in candidate.sentence if t.dep_ in SUBJECTS and t.i < candidate.trigger.start)

    def _name_before(self, candidate: Candidate) -> Token | None:
        """The name right before a trigger ("Germany commits to"), where the parse may miss its subject."""
        at = candidate.trigger.start - 1
        while at >= candidate.sentence.start and self.doc[at].pos_ in {"ADV", "AUX"}:
            at -= 1
        span = self.referents.mentions.get(at) if at >= candidate.sentence.start else None
        return span.root if span is not None and candidate.trigger[0].tag_ != "POS" else None

    def _before_noun(self, noun: Token) -> Iterator[Token]:
        """The name shortly before a governing noun: "Chile’s continued commitment to"."""
        if noun.pos_ == "NOUN":
            near = range(noun.i - 1, max(noun.i - NEAR, 0) - 1, -1)
            yield from (self.doc[i] for i in near if i in self.referents.mentions)

    def _owners(self, at: int) -> Iterator[Token]:
        """Possessors and subjects of the lines that open the lists around token `at`, the nearest first."""
        openers, end = 0, at
        for index in range(at - 1, max(at - REACH, -1), -1):
            token = self.doc[index]
            if index == 0 or "\n" in token.text:
                line = self.doc[index:end]
                if line.text.rstrip().endswith(":"):
                    openers += 1
                    yield from (token for token in line if token.dep_ == "nmod:poss")
                    yield from (token for token in line if token.dep_ in SUBJECTS)
                end = index
            if openers >= OPENERS:
                return


def _is_impersonal(head: Token) -> bool:
    """The "it" of "it was agreed that", which stands for what follows."""
    follows = {child.dep_ for child in head.head.rights} & {"ccomp", "csubj", "csubj:pass", "xcomp"}
    return head.lower_ == "it" and (head.dep_ == "expl" or (head.dep_ == "nsubj:pass" and bool(follows)))


def _joined(earlier: Token, later: Token) -> bool:
    """Whether the parse gives two coordinated subjects to one verb: "the Secretary and the Minister"."""
    start = later.left_edge.i
    between = later.doc[earlier.right_edge.i + 1 : start + 1]
    return earlier.i < start and len(between) <= 3 and any(token.lower_ == "and" for token in between)


def _subjects_above(token: Token) -> Iterator[Token]:
    """Subjects of a predicate and of the verbs above it."""
    for above in (token, *islice(token.ancestors, CLIMB)):
        yield from (child for child in above.children if child.dep_ in SUBJECTS)
