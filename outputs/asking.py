"""What may be asked of commitments, and what a question is that makes no sense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

Day = str | dt.date | None
Names = str | Iterable[str]


#: Acts, and what each means.
ACT_WORDS = {
    "enact": "done or launched",
    "agree": "agreed with others",
    "commit": "promised",
    "reaffirm": "promised before, said again",
    "intend": "planned or expected",
}

#: Scopes, and what each means.
SCOPE_WORDS = {
    "joint": "two or more are bound, or a grouping",
    "external": "one party's word that concerns others",
    "domestic": "a state's own affairs",
}

#: Filters that bring what is left out otherwise, and what that is.
LEFT_OUT = {
    "domestic": "on a state's own affairs",
    "background": "only recalled",
    "rejected": "rejected by hand",
    "repeated": "told again by another release",
    "with_groups": "by groupings for their members",
}


class WrongUsageError(ValueError):
    """A question that makes no sense: an unknown name, act or period; the message says what would."""


class Filters(TypedDict, total=False):
    """What commitments are asked for, as `Tables.commitments` describes it."""

    since: Day
    until: Day
    new_since: Day
    parties: Names | None
    any_party: bool
    with_groups: bool
    to: Names | None
    joint: bool
    acts: Iterable[str] | None
    due: str | None
    due_after: Day
    due_before: Day
    text: str | None
    dialogue: str | None
    publisher: str | None
    background: bool
    domestic: bool
    rejected: bool
    repeated: bool
    sort: str | None
