"""Names listed beside a name ("Canada, Chile and Japan"), read from the words where a parse may err."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Span, Token

CLOSERS = {"and", "&", "-", "–", "/"}
JOINTS = CLOSERS | {","}
INNER = {"the", "of"}
LONGEST = 60  # names
LINK = 8  # tokens between two names of a list at most: a conjunction, an article, a title


def names_beside(doc: Doc, mentions: Mapping[int, Span], span: Span) -> tuple[list[Span], list[Span]]:
    """The mentions listed before and after `span`, in text order.

    `mentions` maps tokens to their mention. Names before count only where "and" or a hyphen joins them to
    `span` and where they are no object ("thanked Japan and the United States will ...").
    """
    before, after = [span], [span]
    while len(before) < LONGEST and (previous := _previous(doc, mentions, before[0])) is not None:
        if (len(before) == 1) != _closes(doc, previous, before[0]):
            if _is_object(previous):  # "funds A and B, and C will": C begins a clause
                before = [span]
            break
        before.insert(0, previous)
    while len(after) < LONGEST and (following := _next(doc, mentions, after[-1])) is not None:
        after.append(following)
        if _closes(doc, after[-2], following):
            break
    if len(before) > 1 and _is_object(before[0]):
        before = [span]
    return before[:-1], after[1:]


def _closes(doc: Doc, earlier: Span, later: Span) -> bool:
    """Whether the last link of a list, "and" or a hyphen, stands between two names; else it is a comma."""
    return any(token.lower_ in CLOSERS for token in doc[earlier.end : later.start])


def _next(doc: Doc, mentions: Mapping[int, Span], span: Span) -> Span | None:
    at = span.end
    if at >= len(doc) or doc[at].lower_ not in JOINTS:
        return None
    while at < len(doc) and at - span.end < LINK and at not in mentions and _links(doc[at]):
        at += 1
    return mentions.get(at)


def _previous(doc: Doc, mentions: Mapping[int, Span], span: Span) -> Span | None:
    at = span.start - 1
    while at >= 0 and span.start - at < LINK and at not in mentions and _links(doc[at]):
        at -= 1
    found = mentions.get(at)
    return found if found is not None and found.end < span.start and doc[found.end].lower_ in JOINTS else None


def _links(token: Token) -> bool:
    """What may stand between two names of a list: "and", an article, an office in capitals."""
    return token.lower_ in JOINTS or token.lower_ in INNER or token.text[:1].isupper()


def _is_object(span: Span) -> bool:
    """Whether a verb or a preposition stands before a name: its "and" may open another clause."""
    doc, at = span.doc, span.start - 1
    while at > span.sent.start and (doc[at].lower_ in INNER or doc[at].text[:1].isupper()):
        at -= 1
    opens_title = doc[at].text[:1].isupper() and doc[at + 1].text[:1].isupper() and at + 1 < span.start
    return not opens_title and at >= span.sent.start and doc[at].pos_ in {"VERB", "ADP", "AUX"}
