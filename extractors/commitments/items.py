"""Undertakings that are lines: items under "agreed to the following:", and the bare verbs of a plan."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from communique.extractors.annotations import ACTORS, Act
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import SUBJECTS, describes
from communique.extractors.commitments.coordination import NOUN_FOLLOWERS, actions
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.lists import BULLETS, Item
from communique.extractors.commitments.spans import apart, trimmed
from communique.extractors.commitments.subjects import subject_of, subject_span

# Words of an opening line whose predicate governs the items.
LEADS = {"following", "include", "includes", "including"}
PLAN_LINES = 3  # as many sentences that begin with a bare verb make a plan
LEAST = 4  # tokens of such a sentence, so that headings are none
LABEL = 4  # tokens of a label before it ("Initiatives:")


def item_candidates(doc: Doc, found: list[Item]) -> Iterator[Candidate]:
    """One candidate for each item whose opening line holds a governing predicate."""
    governors: dict[int, tuple[Token, Act] | None] = {}
    for item in found:
        start = item.opener.start
        if start not in governors:
            governors[start] = _governor(item.opener)
        governed = governors[start]
        if (
            governed is not None
            and not item.content.text.rstrip().endswith(":")
            and not _own_clause(item.content)
            and not _is_heading(item.content)
        ):
            yield from _candidates(doc, item.content, item.opener, *governed)


def plan_candidates(doc: Doc, found: list[Item]) -> Iterator[Candidate]:
    """What a plan states by bare verbs, in sentences or between semicolons ("Share data; Train ...")."""
    if not _between_states(doc):
        return
    listed = {token for item in found for token in range(item.content.start, item.content.end)}
    free = (s for s in doc.sents if s.root.i not in listed and _ends(s))
    bare = [(part, verb) for s in free for part in _parts(s) if (verb := _bare_verb(part)) is not None]
    if len(bare) >= PLAN_LINES:
        for part, verb in bare:
            yield from _candidates(doc, part, None, verb, "agree")


def _ends(sentence: Span) -> bool:
    """Whether a sentence ends as those of a plan do."""
    return sentence.text.rstrip().endswith((".", ";"))


def _between_states(doc: Doc) -> bool:
    """Whether the release names two states: the plan of one government is a programme and no undertaking."""
    actors = (span._.actor for span in doc.spans.get(ACTORS, ()))
    return len({actor.actor_id for actor in actors if actor is not None and actor.kind == "state"}) > 1


def _parts(sentence: Span) -> Iterator[Span]:
    """The parts of a sentence between semicolons, without a bullet or label before them."""
    doc, start = sentence.doc, sentence.start
    for token in sentence[:LABEL]:
        if token.text == ":" or token.text in BULLETS:
            start = token.i + 1
    for token in sentence:
        if token.text == ";" and token.i > start:
            yield doc[start : token.i]
            start = token.i + 1
    if start < sentence.end:
        yield doc[start : sentence.end]


def _bare_verb(part: Span) -> Token | None:
    """The verb without subject that opens a part, after an adverb ("Jointly advance the objectives ...")."""
    if len(part) < LEAST:
        return None
    first = part[1] if part[0].lower_.endswith("ly") else part[0]
    if not part[0].text[:1].isupper():
        return None
    listed = first.lower_ in lexicon().words["action_verbs"]
    return first if listed and first.doc[first.i + 1].lower_ not in NOUN_FOLLOWERS else None


def _governor(opener: Span) -> tuple[Token, Act] | None:
    """The predicate in the last sentence of an opening line that its items complete, with its act."""
    start = opener[-1].sent.start
    words = [token for token in opener if token.i >= start and not token.is_punct]
    if not words:
        return None
    lex = lexicon()
    for token in reversed(words):
        rest = {word.lower_ for word in words if word.i > token.i or word.lower_ == "following"}
        if not (rest & LEADS or words[-1].lower_ in lex.words["open_ends"]):
            continue
        if describes(token) or _in_title(token) or _is_listed(token):
            continue
        if token.lower_ in lex.modals:
            return token, lex.modals[token.lower_]
        lemma = token.lemma_.lower()
        entry = lex.verbs.get(lemma) or lex.nouns.get(lemma)
        if entry is not None and entry.act != "enact":
            return token, entry.act
        promised = any(word.lower_ in lex.modals for word in words if word.i < token.i)
        enacts = entry is not None or lemma in lex.words["event_nouns"]
        if enacts and not promised and rest & {"following", "including"}:
            return token, "enact"
    return None


def _in_title(token: Token) -> bool:
    """ "Members of the Task Force:", "a Free Trade Agreement on:", of which taggers make common nouns."""
    words = (child for child in token.lefts if child.dep_ in {"amod", "compound"})
    named = token.pos_ == "PROPN" or any(word.text[:1].isupper() for word in words)
    return named and token.text[:1].isupper()


def _is_listed(noun: Token) -> bool:
    """What the items are: "the exchange of the following agreements:"."""
    before = noun.doc[max(noun.i - 3, 0) : noun.i]
    return noun.tag_ == "NNS" and any(token.lower_ == "following" for token in before)


def _candidates(
    doc: Doc, content: Span, opener: Span | None, governor: Token, act: Act
) -> Iterator[Candidate]:
    """What a line undertakes: an item of a list as it is, the coordinated actions of a plan apart."""
    sentence = content[0].sent
    end = min(content.end, max(sentence.end, content.start + 1))
    verb = _leading_verb(content)
    heads = [content[0] if verb is None else verb]
    if opener is None and verb is not None:
        heads, end = actions(verb, governor, end)
    for head, what in apart(content.start, heads, end):
        predicate = head if verb is not None else governor
        yield Candidate(
            doc[predicate.i : predicate.i + 1],
            what,
            trimmed(doc, sentence.start, sentence.end) or sentence,
            subject_span(doc, subject_of(governor) if opener is not None else None),
            predicate,
            act,
            rule=f"{governor.lemma_.lower()}:item" if opener is not None else "plan:line",
        )


def _leading_verb(content: Span) -> Token | None:
    """The verb with which a line begins, by its tag or by the list of verbs of action."""
    first = content[1] if content[0].pos_ == "ADV" and len(content) > 1 else content[0]
    listed = first.lower_ in lexicon().words["action_verbs"]
    return first if first.tag_ in {"VB", "VBG", "VBP"} or listed else None


def _is_heading(content: Span) -> bool:
    """Whether an item is a name with sentences behind it: "Clean Ports. Both sides will ..."."""
    behind = content.doc[content[0].sent.end : max(content.end, content[0].sent.end)]
    return _leading_verb(content) is None and any(token.dep_ in SUBJECTS for token in behind)


def _own_clause(content: Span) -> bool:
    """Whether an item is a sentence of its own, with a subject before its verb."""
    if _leading_verb(content) is not None:
        return False
    if content[0].pos_ == "PRON":
        return True
    root = content[0].sent.root
    return any(child.dep_ in SUBJECTS and child.i >= content.start for child in root.lefts)
