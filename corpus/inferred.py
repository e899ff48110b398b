"""A publication day inferred from what a release tells, where neither metadata nor a dateline state it."""

from __future__ import annotations

import datetime as dt


def infer_published(text: str, title: str | None = None) -> dt.date | None:
    """The day of the event that the head of the release reports, None where it is not plain."""
    return None
