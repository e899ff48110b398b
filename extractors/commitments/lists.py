"""Lists: lines that hang on a line ending in a colon, each of which may be an undertaking ("agreed to:")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Span, Token

from communique.extractors.annotations import Act
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.clauses import SUBJECTS
from communique.extractors.commitments.extent import trimmed
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.subjects import subject_of, subject_span

MARKER = re.compile(
    r"(?:[-–—•*▪·◦●○‣]|o(?=\s)|(?:article\s)?\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*",
    re.IGNORECASE,
)
BULLETS = set("-–—•*▪·◦●○‣")
UNMARKED = {"", "gerund", "verb"}
LABEL = 5  # tokens of a line with its mark and label ("- Action plan: Train ...")
# Words of an opening line whose predicate governs the items.
LEADS = {"following", "include", "includes", "including"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: its `content` without the marker, and the line that opens the list."""

    content: Span
    opener: Span


def item_candidates(doc: Doc) -> Iterator[Candidate]:
    """One candidate for each item whose opening line holds a governing predicate."""
    governors: dict[int, tuple[Token, Act] | None] = {}
    for item in items(doc):
        start = item.opener.start
        if start not in governors:
            governors[start] = _governor(item.opener)
        governed = governors[start]
        if governed is not None and not _is_sentence(item.content):
            yield from _candidate(doc, item.content, *governed)


def lines(doc: Doc) -> Iterator[Span]:
    """The lines of the text as token spans without white space, empty lines left out."""
    start = 0
    for at in (*np.flatnonzero(doc.to_array("IS_SPACE")).tolist(), len(doc)):
        if at == start:
            start = at + 1
        elif at == len(doc) or "\n" in doc[at].text:
            yield doc[start:at]
            start = at + 1


def opens_with_verb(line: Span) -> bool:
    """ "Annually hold the dialogue", "- Action plan: Train ...": a capitalised verb near the start."""
    listed = lexicon().words["action_verbs"]
    return any(token.text[:1].isupper() and token.lower_ in listed for token in line[:LABEL])


def items(doc: Doc) -> list[Item]:
    """The items of every list: lines after one that ends in a colon, up to the first line of another form.

    A list of unmarked lines goes on after ";" and where lines begin with verbs of one form ("Sharing ...",
    "Training ..."). An item that ends in a colon opens a list of its own, and its siblings go on after it.
    """
    found: list[Item] = []
    stack: list[tuple[Span, str]] = []  # openers with the kind of marker of their items
    previous = ""
    for line in lines(doc):
        marker = MARKER.match(line.text)
        kind = _kind(marker.group()) if marker else _verb_form(line[0])
        while stack and not _continues(stack[-1][1], kind, previous):
            stack.pop()
        if stack:
            stack[-1] = (stack[-1][0], kind)
            content = _content(line, marker)
            if content is not None:
                found.append(Item(content, stack[-1][0]))
        if line.text.rstrip().endswith(":"):
            stack.append((line, "?"))
        previous = line.text.rstrip()
    return found


def _kind(marker: str) -> str:
    first = marker.strip().lstrip("(")[:1]
    return "bullet" if first in BULLETS else "number" if any(map(str.isdigit, marker)) else "letter"


def _verb_form(first: Token) -> str:
    """The form of a verb that opens an unmarked line; empty where none does."""
    if first.lower_.endswith("ing") and first.tag_ in {"VBG", "NN", "NNP"}:
        return "gerund"
    return "verb" if first.tag_ == "VB" or first.lower_ in lexicon().words["action_verbs"] else ""


def _continues(opened: str, kind: str, previous: str) -> bool:
    """Whether a line with a marker of `kind` belongs to a list whose lines have the kind `opened`."""
    if opened == kind == "" or opened in UNMARKED - {kind}:
        return previous.endswith((";", "; and", ","))
    return opened in {"?", kind}


def _content(line: Span, marker: re.Match[str] | None) -> Span | None:
    if marker is None:
        return line
    cut = line.start_char + marker.end()
    start = next((token.i for token in line if token.idx >= cut), line.end)
    return line.doc[start : line.end] if start < line.end else None


def _governor(opener: Span) -> tuple[Token, Act] | None:
    """The predicate in the last sentence of an opening line that its items complete, with its act."""
    start = opener[-1].sent.start
    words = [token for token in opener if token.i >= start and not token.is_punct]
    lex = lexicon()
    completed = any(word.lower_ in lex.words["open_ends"] for word in words[-1:])
    for token in reversed(words):
        rest = {word.lower_ for word in words if word.i > token.i or word.lower_ == "following"}
        if not (completed or rest & LEADS) or _is_listed(token):
            continue
        if token.lower_ in lex.modals:
            return token, lex.modals[token.lower_]
        lemma = token.lemma_.lower()
        entry = lex.verbs.get(lemma) or lex.nouns.get(lemma)
        if entry is not None or lemma in lex.words["event_nouns"]:
            return token, entry.act if entry is not None else "enact"
    return None


def _is_listed(noun: Token) -> bool:
    """What the items are: "the exchange of the following agreements:"."""
    return any(child.lower_ == "following" for child in noun.lefts)


def _candidate(doc: Doc, content: Span, governor: Token, act: Act) -> Iterator[Candidate]:
    """What an item undertakes: its first sentence."""
    verb = _leading_verb(content)
    what = trimmed(doc, content.start, min(content.end, max(content[0].sent.end, content.start + 1)))
    predicate = verb if verb is not None else governor
    if what is not None:
        yield Candidate(
            doc[predicate.i : predicate.i + 1],
            what,
            subject_span(doc, subject_of(governor)),
            predicate,
            act,
            rule=f"{governor.lemma_.lower()}:item",
        )


def _leading_verb(content: Span) -> Token | None:
    """The verb with which a line begins."""
    return content[0] if _verb_form(content[0]) or content[0].tag_ == "VBP" else None


def _is_sentence(content: Span) -> bool:
    """Whether an item is a sentence of its own, or a name with sentences behind it.

    "We will ...", "Clean Ports. Both sides will ...".
    """
    if _leading_verb(content) is not None:
        return False
    last = content.doc[max(content[0].sent.end, content.end) - 1]
    roots = {content[0].sent.root, last.sent.root}
    return any(child.dep_ in SUBJECTS and child.i >= content.start for root in roots for child in root.lefts)
