"""Where the span of an undertaking begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Doc, Span, Token

from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.subjects import RELATIVE, SUBJECTS

FINITE = {"VBD", "VBZ"}
CLOSERS = {"”", '"', "’", "'", ")", "]"}
OPENERS = {"”": "“", ")": "(", "]": "["}
LEADING = {"advmod", "mark", "aux", "aux:pass"}
JOINERS = {"and", "or", "but", "as", "well", ",", ";"}
CONTRASTS = {"while", "whereas"}
HOPS = 8
SUBJECT = 6  # tokens of a subject that follows a conjunction
NOMINAL = {"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM"}
DEEP = 40
LONGEST = 300  # tokens of an undertaking


def is_verb(token: Token) -> bool:
    """A verb by either of its tags: one is often right where the other errs."""
    return token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")


def is_verbal(token: Token) -> bool:
    """A verb, or what stands for one: a predicate with a copula or auxiliary."""
    return is_verb(token) or any(child.dep_ in {"cop", "aux", "aux:pass"} for child in token.children)


def is_clause(token: Token) -> bool:
    """A coordinated clause of its own: finite, with a subject or an auxiliary of its own."""
    if not is_verbal(token) or modifies(token) or any(_subordinates(child) for child in token.lefts):
        return False
    if token.tag_ in FINITE or (
        token.tag_ == "VBN"
        and token.head.tag_.startswith("VB")
        and form(token.head) != "participle"
        and _follows_and(token)
    ):
        return True
    return any(c.dep_ in SUBJECTS or _is_finite(c) for c in token.lefts)


def _is_finite(auxiliary: Token) -> bool:
    """ "and will meet", "and is on its way"."""
    return (auxiliary.dep_ == "aux" and auxiliary.tag_ == "MD") or (
        auxiliary.dep_ == "cop" and auxiliary.tag_ in {"VBD", "VBP", "VBZ"}
    )


def modifies(token: Token) -> bool:
    """A participle before its noun: "and shared priorities"."""
    follower = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    return token.lower_ in lexicon().words["modifying"] and follower.pos_ in {"NOUN", "PROPN", "ADJ"}


def describes(verb: Token) -> bool:
    """What only tells of its noun: "the aid committed to the islands", "the efforts they undertake to"."""
    if verb.dep_ == "acl:relcl":
        return not any(token.lower_ in RELATIVE | {"where"} for token in verb.doc[verb.left_edge.i : verb.i])
    participle = verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}
    return participle and not any(c.dep_.startswith("aux") for c in verb.lefts)


def _subordinates(child: Token) -> bool:
    """A relative pronoun or conjunction: "which will", "where they will", "so that it may"."""
    return (
        child.tag_ == "WRB"
        or (child.dep_ in SUBJECTS and child.lower_ in RELATIVE)
        or (child.dep_ == "mark" and child.lower_ != "to")
    )


def _follows_and(token: Token) -> bool:
    """Whether a participle is a past tense in truth: "agreed to meet and exchanged views"."""
    at = token.i - 1
    while at > token.sent.start and token.doc[at].pos_ == "ADV":
        at -= 1
    return at >= token.sent.start and token.doc[at].lower_ in {"and", "but"}


def form(token: Token) -> str:
    return {"VBG": "gerund", "VBN": "participle"}.get(token.tag_, "verb")


def opening(conjunct: Token) -> int:
    """Where a coordinated part begins: the comma or conjunction before its subject and adverbs."""
    whole = is_clause(conjunct) or _is_that_clause(conjunct)
    at = min(conjunct.left_edge.i, conjunct.i) if whole else conjunct.i
    doc, start = conjunct.doc, conjunct.sent.start
    while at > start + 1 and (
        doc[at - 1].lower_ == "to" or (doc[at - 1].dep_ in LEADING and doc[at - 1].head == conjunct)
    ):
        at -= 1
    while at > start + 1 and doc[at - 1].lower_ in JOINERS:
        at -= 1
    return at


def _is_that_clause(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.lefts)


def action_start(conjunct: Token) -> int:
    """The first token of a coordinated action: after comma, conjunction and "to"."""
    doc, at = conjunct.doc, opening(conjunct)
    while at < conjunct.i and doc[at].lower_ in JOINERS | {"to", "also", "both"}:
        at += 1
    return at


def clause_end(head: Token, governor: Token) -> int:
    """The end (exclusive) of the clause that `head` opens under `governor`.

    A governor that heads the rest of its sentence owns everything up to its end: modifiers that the parse
    hangs higher still modify the action. One inside a relative clause or before its main clause ends with
    its subtree.
    """
    if not _heads_rest(governor):
        return max(head.right_edge.i, governor.right_edge.i) + 1
    return min([head.sent.end, head.i + LONGEST, *_clauses_after(head, governor)])


def _heads_rest(token: Token) -> bool:
    """Whether nothing but modifiers of `token` follows: no verb it depends on stands to its right."""
    for _ in range(DEEP):
        if token.head == token:
            break
        # A base form taken for part of the noun behind it: "will host leaders".
        misread = token.tag_ == "VB" and token.dep_ in {"compound", "amod"}
        if (token.head.i > token.i and not misread) or token.dep_ == "acl:relcl":
            return False
        token = token.head
    return True


def _clauses_after(head: Token, governor: Token) -> Iterator[int]:
    """Where a clause coordinated with the governor, or with what it depends on, begins after `head`."""
    yield from _afterthoughts(head)
    ancestors = {governor.i, *(token.i for token in islice(governor.ancestors, DEEP))}
    for token in head.doc[head.i + 1 : min(head.sent.end, head.i + LONGEST)]:
        begins = token.dep_ == "parataxis" and _begins_clause(token)
        if begins or (token.dep_ == "conj" and _is_boundary(token, head, ancestors)):
            yield opening(token)


def _begins_clause(token: Token) -> bool:
    return _has_subject(token) and not any(_subordinates(c) for c in token.lefts)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.lefts)


def _is_boundary(token: Token, head: Token, ancestors: set[int]) -> bool:
    """Whether a conjunct begins a clause that is no part of the action of `head`."""
    if modifies(token) or _opens_dependent(token):
        return False
    if token.head.i in ancestors and not is_verbal(head) and _goes_on(token):
        return True
    if token.head.i in ancestors and token.head != head and _alike(token, token.head):
        return not any(c.dep_ == "case" for c in token.lefts) or is_verbal(token)
    if _is_that_clause(token):
        return token.head.i <= head.i
    if token.tag_ == "VBD" and token.head.tag_ not in {"VBD", "VBN"}:
        return True
    return is_clause(token) and not _in_relative(token, head)


def _opens_dependent(verb: Token) -> bool:
    """Whether the words before it make its clause depend on another one: ", where they", "while keeping"."""
    doc, at = verb.doc, opening(verb)
    while at < verb.i and doc[at].lower_ in JOINERS:
        at += 1
    keeping = doc[at].lower_ in CONTRASTS and at + 1 < len(doc) and doc[at + 1].tag_ == "VBG"
    return keeping or doc[at].tag_ in {"WRB", "WDT", "WP"}


def _goes_on(verb: Token) -> bool:
    """A verb beside the governor, not one more complement: "launch a fund and thank Japan"."""
    tenses = {"VBD": {"VBD"}, "VBG": set[str]()}.get(verb.head.tag_, {"VB", "VBD", "VBP", "VBZ"})
    return verb.tag_ in tenses and verb.doc[verb.i - 1].lower_ != "to"


def _afterthoughts(head: Token) -> Iterator[int]:
    """Where ", and we", "and Canada will", ", while Peru" and the like begin, or a quotation closes."""
    doc = head.doc
    for token in doc[head.i + 1 : min(head.sent.end - 1, head.i + LONGEST)]:
        if _looks_forward(token) or _takes_position(token):
            yield opening(token)
        elif token.lower_ == "we" and doc[max(token.i - 2, 0) : token.i].text.lower() == ", and":
            yield token.i - 2
        elif token.lower_ in CONTRASTS and doc[token.i - 1].text == "," and _has_subject(token.head):
            yield token.i - 1
        elif token.tag_ == "MD" and (start := _joined_subject(token, head)) is not None:
            yield start
        elif token.text in {"”", '"'} and doc[token.i - 1].text in {".", "!", "?", ","}:
            yield token.i


def _looks_forward(token: Token) -> bool:
    looks = token.lemma_ == "look" and token.doc[token.i + 1].lower_ == "forward"
    return looks and token.doc[opening(token)].lower_ in JOINERS


def _takes_position(token: Token) -> bool:
    """ "and welcome the progress", which undertakes nothing."""
    follower = token.doc[token.i + 1]
    speaks = token.lower_ in lexicon().words["position_verbs"] and follower.tag_ in {"DT", "PRP$"}
    return speaks and token.doc[token.i - 1].lower_ == "and"


def _joined_subject(modal: Token, head: Token) -> int | None:
    """The conjunction before the short subject of a modal: "and Canada will", "; our ministers will"."""
    doc, at = modal.doc, modal.i - 1
    while at > head.i and modal.i - at <= SUBJECT and doc[at].pos_ in NOMINAL:
        at -= 1
    if doc[modal.i - 1].pos_ == "PRON" and at < modal.i - 2:  # "and the capacity we can"
        return None
    return at if head.i < at < modal.i - 1 and doc[at].lower_ in {"and", ";"} else None


def _alike(conjunct: Token, first: Token) -> bool:
    """A conjunct that can stand beside `first`: verb beside verb, noun beside noun."""
    if any(c.lower_ in RELATIVE for c in conjunct.lefts if c.dep_ in SUBJECTS):
        return False
    if is_verbal(first) and first.tag_ != "VBG" and not is_clause(conjunct):
        return False
    return is_verbal(conjunct) == is_verbal(first)


def _in_relative(token: Token, head: Token) -> bool:
    """Whether a clause is coordinated inside a relative or complement clause of the action."""
    for _ in range(HOPS):
        if token == head or token.head == token:
            return False
        if token.dep_ in {"acl:relcl", "ccomp", "advcl"}:
            return token.i > head.i
        token = token.head
    return False


def position_end(noun: Token, end: int) -> int:
    """Where a nominal undertaking ends before a position: "to open trade and opposition to quotas"."""
    doc = noun.doc
    words = lexicon().words["positions"]
    positions = (t for t in doc[noun.i + 1 : end] if t.lemma_ in words and _beside(t, noun))
    ends = [opening(first) for t in positions if doc[opening(first := _phrase_start(t))].lower_ in JOINERS]
    return min([end, *ends])


def _beside(token: Token, noun: Token) -> bool:
    """Coordinated with `noun`, or with its object: "to open trade, and opposition to quotas"."""
    for _ in range(HOPS):
        if token.dep_ not in {"conj", "appos"} or token == noun:
            break
        token = token.head
    return noun in (token, token.head)


def _phrase_start(noun: Token) -> Token:
    return noun.doc[min(noun.i, noun.left_edge.i)] if noun.left_edge.dep_ == "det" else noun


def event_end(noun: Token, end: int) -> int:
    """Where an event noun ends: before what is coordinated with it, and before "as well as"."""
    ends = [
        opening(c) for c in noun.children if c.dep_ == "conj" and c.i > noun.i and c.tag_ in {"NN", "NNS"}
    ]
    doc = noun.doc
    ends += [
        t.i
        for t in doc[noun.i : end - 2]
        if (t.lower_, doc[t.i + 1].lower_, doc[t.i + 2].lower_) == ("as", "well", "as")
    ]
    return min([end, *ends])


def trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """doc[start:end] without leading and trailing punctuation, conjunctions and unmatched closers."""
    while start < end and (doc[start].is_space or doc[start].text in {",", ";", ":", "-", "–", "—"}):
        start += 1
    while end > start and _droppable(doc, start, end):
        end -= 1
    return doc[start:end] if start < end else None


def _droppable(doc: Doc, start: int, end: int) -> bool:
    last = doc[end - 1]
    if last.text in CLOSERS:
        opener = OPENERS.get(last.text, last.text)
        return not any(token.text == opener for token in doc[start : end - 1])
    if last.is_space or last.lower_ in {"and", "or", "but", "while"}:
        return True
    return last.is_punct and last.text not in {"%", "…"}
