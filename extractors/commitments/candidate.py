"""The values that the steps of this component pass on: one undertaking before parties and dates are known."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from communique.extractors.annotations import Act, Status


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader marks beside a candidate.

    `act` is the reader's, `share` what both have in common, as F1 of tokens; `score` how sure the reader is
    (0 to 1); `edges` whether both begin, and whether both end, at the same token; `what` the words marked.
    """

    act: str
    share: float
    score: float
    edges: tuple[bool, bool]
    what: Span


@dataclass(frozen=True)
class Candidate:
    """One undertaking as the sentence states it.

    All spans are token spans of one Doc.

    trigger    the governing predicate as written ("agreed to", "will", "reaffirmed their commitment to");
               for a list item the item's own verb.
    what       the action or object. It may begin with the trigger (list items) and lies in `sentence` or,
               where a list item is governed by the line that opens the list, in the item's line.
    sentence   the sentence that holds `what` (white space around it trimmed).
    subject    who binds itself, as written: subject, agent of a passive ("by the ministers"), possessor of a
               nominal ("their", "India's"); the subject of the opening line for its list items. None where
               the text names nobody ("MoUs were exchanged", a bullet that starts with its verb, a
               participle whose clause has no subject).
    predicate  head token of the governing predicate: the verb for "agreed to" and "will" (then the main verb
               under the auxiliary), the noun for nominal forms ("their commitment to").
    act        by the governing predicate.
    negated    an undertaking not to act.
    status     "background" for what was agreed before this release's event.
    rule       lexicon entry and construction, readable: "agree:xcomp", "will:aux", "welcome the signing:obj".
    mark       the reader's mark that shares most with `what`, None where it marks nothing there.
    """

    trigger: Span
    what: Span
    sentence: Span
    subject: Span | None
    predicate: Token
    act: Act
    negated: bool = False
    status: Status = "current"
    rule: str = ""
    mark: Mark | None = None
