"""The values that the steps of this component pass on: one undertaking before parties and dates are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span, Token

from communique.extractors.annotations import Act, Status
from communique.extractors.commitments.extent import trimmed


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader marks, with which act, how sure it is (0 to 1), and the predicate marked before it."""

    what: Span
    act: str
    score: float
    trigger: Span | None


@dataclass(frozen=True)
class Candidate:
    """One undertaking as the sentence states it.

    All spans are token spans of one Doc.

    trigger    the governing predicate as written ("agreed to", "will", "reaffirmed their commitment to");
               for a list item the item's own verb.
    what       the action or object. It may begin with the trigger (list items).
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
    subject: Span | None
    predicate: Token
    act: Act
    negated: bool = False
    status: Status = "current"
    rule: str = ""
    mark: Mark | None = None

    @cached_property
    def sentence(self) -> Span:
        """The sentence that holds `what`; more where the parse ends one inside it."""
        doc, start, end = self.what.doc, self.what[0].sent.start, self.what[-1].sent.end
        return trimmed(doc, start, end) or doc[start:end]
