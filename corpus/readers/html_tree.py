"""From the characters of HTML to its tree, however deep its elements lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Where the parser stops: what stands deeper, and all behind it, is lost. Tags that nobody closed lead there.
_DEEPEST = 256
_TAG = re.compile(r"</?([a-z][a-z0-9:-]{0,30})(?=[\s/>])[^<>]*+>", re.IGNORECASE)
_FLAT_TAGS = "html head title meta link script style body p br"
_FLAT = frozenset(_FLAT_TAGS.split())
_WITH_TITLE_AND_DAY = _FLAT | {"h1", "time"}  # which nest where nobody closed them
_INLINE_TAGS = (
    "a abbr b big cite code del em font i ins kbd label mark q s small span strong sub sup time tt u"
)
INLINE = frozenset(_INLINE_TAGS.split())


def tree_of(html: str, parse: Callable[[str], HtmlElement | None]) -> HtmlElement | None:
    """The tree that `parse` gives; of a page that lies too deep, that of its paragraphs alone."""
    tree = parse(html)
    for kept in (_WITH_TITLE_AND_DAY, _FLAT):
        if tree is not None and _depth(tree) >= _DEEPEST:
            tree = parse(_TAG.sub(partial(_flattened, kept), html))
    return tree


def _depth(tree: HtmlElement) -> int:
    from lxml.etree import iterwalk

    deepest = depth = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _flattened(kept: frozenset[str], tag: re.Match[str]) -> str:
    """A tag that is kept; of others a paragraph for a block, nothing for mark-up within a line."""
    name = tag[1].lower()
    return tag.group() if name in kept else "" if name in INLINE else "<p>"
