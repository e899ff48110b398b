"""Whether the main text that was found of a page is whole, and the page's own text where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from communique.corpus.readers.html_lines import lines_of_tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MENUS = ("nav", "aside", "button", "select", "figcaption", "head")
_ENDS = ("header", "footer")
# What has no element of its own is told by its role (W3C, WAI-ARIA), the notice of cookies by its name.
_ROLES = ("alertdialog", "complementary", "dialog", "menu", "navigation", "search", "tablist")
_MOST = 0.9
# A block that is mostly links leads elsewhere.
_MANY_LINKS = 0.6
_FEW_LINKS = 0.2
_MAX_DEPTH = 40
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+")
# Fewer words say nothing that a reader would miss; a sentence has more.
_SAYS = 4
_SENTENCE = 8


def without_furniture(tree: HtmlElement) -> None:
    """Drop menus, forms for input, notices, header and footer of the page, not those of an article in it."""
    for element in list(tree.iter(*_MENUS, *_ENDS, "form")):
        inside = element.tag in _ENDS and next(element.iterancestors("article", "main"), None) is not None
        whole = element.tag == "form" and next(element.iter("p", "article", "h1"), None) is not None
        if not inside and not whole and element.getparent() is not None:
            element.drop_tree()
    most = len(tree.text_content()) / 2  # what holds the page may be named after its notices
    for element in filter(_is_beside, list(tree.iter("*"))):
        if element.getparent() is not None and len(element.text_content()) < most:
            element.drop_tree()


def _is_beside(element: HtmlElement) -> bool:
    named = f"{element.get('class')} {element.get('id')}".lower()
    return element.get("role") in _ROLES or "cookie" in named


def completed(main: list[str], tree: HtmlElement) -> tuple[list[str], int]:
    """The main text's lines, with what is missing from the part of the page that they are in, in its order.

    Also how many sentences stand elsewhere on the page.
    """
    kept = _pieces(main)
    _drop_links(tree, kept)
    scope = _scope(tree, kept)
    inside = lines_of_tree(scope)
    lost = any(len(piece.split()) >= _SAYS for piece in _pieces(inside) - kept)
    if lost or _lost_items(inside, kept) or not _in_order(main, inside):
        main = _around(main, _once(inside))
    elsewhere = _pieces(lines_of_tree(tree)) - _pieces(main) - kept
    return main, sum(len(piece.split()) >= _SENTENCE for piece in elsewhere)


def _lost_items(inside: list[str], kept: set[str]) -> bool:
    """Whether a line that ends in a colon, or what it announces, is missing, be it short."""
    return any(
        before.endswith(":") and not (_pieces([before]) <= kept and _pieces([after]) <= kept)
        for before, after in pairwise(inside)
    )


def _in_order(main: list[str], inside: list[str]) -> bool:
    """Whether the main text has its lines in the order of the page."""
    places = {line: number for number, line in reversed(list(enumerate(inside)))}
    found = [places[line] for line in dict.fromkeys(main) if line in places]
    return found == sorted(found)


def _pieces(lines: Iterable[str]) -> set[str]:
    """The sentences of lines as words in lower case."""
    found = chain.from_iterable(_SENTENCE_END.split(line) for line in lines)
    return {words for piece in found if (words := " ".join(re.findall(r"\w+", piece.lower())))}


def _drop_links(tree: HtmlElement, kept: set[str]) -> None:
    """Drop the lists and blocks that are mostly links and of which the main text has nothing."""
    for element, length, linked in reversed(_measured(tree)):
        if element.tag in ("ul", "ol", "div", "p", "section", "table") and linked > _MANY_LINKS * length > 0:
            parent = element.getparent()
            if parent is not None and not _pieces(lines_of_tree(element)) & kept:
                element.drop_tree()


def _measured(tree: HtmlElement) -> list[tuple[HtmlElement, int, int]]:
    """Each element with the length of its text and of the links in it, children before parents."""
    from lxml.etree import iterwalk

    measured: list[tuple[HtmlElement, int, int]] = []
    open_: list[list[int]] = [[0, 0]]
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "start":
            open_.append([len((element.text or "").strip()), 0])
            continue
        length, linked = open_.pop()
        linked = length if element.tag == "a" else linked
        measured.append((element, length, linked))
        open_[-1][0] += length + len((element.tail or "").strip())
        open_[-1][1] += linked
    return measured


def _scope(tree: HtmlElement, kept: set[str]) -> HtmlElement:
    """The smallest element that holds most of the main text, or its article, or several side by side."""
    scope, all_ = tree, sum(map(len, kept))
    for _ in range(_MAX_DEPTH):
        inner = next((child for child in scope if _share(child, kept) >= _MOST * all_), None)
        if inner is None or inner.tag == "p":
            break
        scope = inner
    scope = next(scope.iterancestors("article"), scope)
    beside = [*scope.itersiblings("article"), *scope.itersiblings("article", preceding=True)]
    return scope.getparent() if scope.tag == "article" and any(map(_is_text, beside)) else scope


def _share(element: HtmlElement, kept: set[str]) -> int:
    if not isinstance(element.tag, str):
        return 0
    return sum(map(len, _pieces(lines_of_tree(element)) & kept))


def _is_text(article: HtmlElement) -> bool:
    """Whether an article is more than a teaser, which leads to another page."""
    _, length, linked = _measured(article)[-1]
    return linked <= _FEW_LINKS * length


def _around(main: list[str], inside: list[str]) -> list[str]:
    """The lines of the part, with the main text's lines that stand before and behind it."""
    held, letters = _pieces(inside), _letters(inside)  # trafilatura also joins blocks without a space
    is_inside = [bool(_pieces([line]) & held) or _letters([line]) in letters for line in main]
    if True not in is_inside:
        return inside
    first, last = is_inside.index(True), len(main) - is_inside[::-1].index(True)
    return [*main[:first], *inside, *main[last:]]


def _letters(lines: list[str]) -> str:
    return "".join(chain.from_iterable(re.findall(r"\w+", line) for line in lines))


def _once(lines: list[str]) -> list[str]:
    """The lines without later ones that repeat a sentence for another size of screen."""
    return list(
        {line if len(line.split()) >= _SAYS else number: line for number, line in enumerate(lines)}.values()
    )
