"""Markdown: front matter gives metadata, mark-up and hard line wraps go, blocks become lines."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from communique.corpus.normalise import lines_of
from communique.corpus.readers.cells import lines_of_row
from communique.corpus.readers.front_matter import split_front_matter
from communique.corpus.readers.html_tree import INLINE
from communique.corpus.readers.parsed import Parsed

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# A tag of the HTML that Markdown allows.
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})(?:\s[^<>]*)?/?>")
# Marks of items that are none to Markdown.
_ITEM = re.compile(
    r"\s*(?:[\u2022\u2043\u2190-\u21ff\u2219\u25a0-\u25ff\u2701-\u27bf\ue000-\uf8ff·~–—-]|o |"
    r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)] )"
)
# A block with more mark-up than any writer needs is kept as it stands: parsing it takes quadratic time.
_MARKUP = re.compile(r"[\[\]*_`<&\\]")
_MAX_MARKUP = 2_000
# More cells than this and tables are kept as written, for the same reason.
_MAX_CELLS = 20_000


def read_markdown(text: str) -> Parsed:
    """The lines of a Markdown text and the metadata of its front matter.

    Paragraphs, headings, list items and table rows are a line each. Raises ValueError where the front matter
    is broken.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    own, body = split_front_matter(text, strict=True)
    return Parsed("\n".join(_block_lines(body)), own)


@cache
def _parser(tables: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt

    # The content of the blocks is parsed one by one below, to pass over those with too much mark-up.
    parser = MarkdownIt("commonmark", {"html": True}).disable("inline")
    return parser.enable("table") if tables else parser


def _block_lines(body: str) -> list[str]:
    lines: list[str] = []
    marker = ""  # the number of the list item whose first line comes next
    row: list[list[str]] | None = None  # the cells of the table row being read
    env: dict[str, Any] = {}
    for token in _parser(tables=body.count("|") <= _MAX_CELLS).parse(body, env):
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            lines += lines_of_row(row or [])
            row = None
        elif found := _token_lines(token, env):
            if row is not None:
                row.append(found)
            else:
                lines += [marker + found[0], *found[1:]]
                marker = ""
    return lines


def _token_lines(token: Token, env: dict[str, Any]) -> list[str]:
    if token.type == "inline":
        return lines_of(_inline_text(token.content, env))
    if token.type in ("code_block", "fence"):
        return lines_of(token.content)
    if token.type == "html_block":
        return lines_of(strip_tags(token.content))
    return []


def _inline_text(content: str, env: dict[str, Any]) -> str:
    """The text of a block's content: soft line ends are spaces, hard ones stay."""
    if len(_MARKUP.findall(content)) > _MAX_MARKUP:
        return content.replace("\n", " ")
    tokens: list[Token] = []
    parser = _parser()
    parser.inline.parse(_with_items(content), parser, env, tokens)
    return "".join(map(_inline_piece, tokens))


def _with_items(content: str) -> str:
    """The lines of a paragraph, hard line ends before items that Markdown has no mark for."""
    lines = content.split("\n")
    pieces = lines[:1]
    in_list = False
    for before, line in pairwise(lines):
        is_item = _ITEM.match(line) is not None
        in_list = in_list or (is_item and before.rstrip().endswith(":"))
        pieces += ["  \n" if in_list and is_item else "\n", line]
    return "".join(pieces)


def _inline_piece(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return strip_tags(token.content) if token.type == "html_inline" else ""


def strip_tags(html: str) -> str:
    """The text of a fragment of HTML: tags of blocks become line ends, line ends within the text spaces."""
    from html import unescape

    text, *commented = html.replace("\n", " ").split("<!--")
    text += "".join(part.partition("-->")[2] for part in commented)
    return unescape(_TAG.sub(_between, text))


def _between(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    return "" if name in INLINE else " " if name in ("td", "th") else "\n"
