"""HTML: the main text of a page, of which nothing is lost without a word. Nothing is fetched."""

from __future__ import annotations

import quopri
import re
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING, cast

from communique.corpus.metadata import Metadata
from communique.corpus.readers.html_lines import lines_of_tree, prepare
from communique.corpus.readers.html_metadata import page_metadata
from communique.corpus.readers.html_tree import tree_of
from communique.corpus.readers.html_whole import completed, without_furniture
from communique.corpus.readers.parsed import Parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

# The comment that browsers write into a page they save.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]{1,2000}?)\s*-->", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
# The encoding that browsers read where a page names an older one that it extends.
_EXTENDED = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}[\s/>]", re.IGNORECASE)
# A page cut out of a mail: lines end in "=", and other characters are "=E2=80=99".
_QUOTED_PRINTABLE = re.compile(r"=[0-9A-F]{2}=[0-9A-F]{2}|=3D[\"']")
# Below this many characters trafilatura takes a page for one without main text and joins what it finds.
_SHORT = 600
# A page of more elements than any release needs is not searched for its main text: that takes quadratic time.
_MAX_ELEMENTS = 20_000


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its head, as browsers understand it; None where it names none."""
    match = _CHARSET.search(data[:4096])
    name = match[1].decode("ascii").lower() if match else None
    return _EXTENDED.get(name, name) if name else None


def read_html(text: str) -> Parsed:
    """The main text, a line to a block, and the page's metadata. Raises ValueError where there is none."""
    text = _unquoted(text)
    tree = _tree(text)
    if tree is None:
        raise ValueError("no HTML page")
    saved = _SAVED_FROM.search(text, 0, 4096)
    own = page_metadata(tree).over(Metadata(url=saved[1] if saved else None))
    prepare(tree)
    searched = sum(1 for _ in islice(tree.iter(), _MAX_ELEMENTS)) < _MAX_ELEMENTS
    main = _main_lines(tree) if searched else []
    without_furniture(tree)
    lines, left_out = completed(main, tree) if main else (lines_of_tree(tree), 0)
    if not lines:
        raise ValueError("no text on the page: frames or a script fill it")
    warnings = (f"{left_out} sentences of the page stand outside its main text",) if left_out else ()
    return Parsed("\n".join(lines), own, warnings=warnings)


def _tree(text: str) -> HtmlElement | None:
    """The page; a piece of one, and one below a long comment, are only read with a tag on top."""
    from trafilatura import load_html

    tree = tree_of(text, load_html)
    return tree_of(f"<html>{text}", load_html) if tree is None and _TAG.search(text) else tree


def _unquoted(text: str) -> str:
    if text.isascii() and re.search(r"=\r?\n", text) and len(_QUOTED_PRINTABLE.findall(text)) > 0:
        return quopri.decodestring(text.encode()).decode("utf-8", "replace")
    return text


def _main_lines(tree: HtmlElement) -> list[str]:
    """The lines of the main text as trafilatura finds it; empty where it finds little or none."""
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree), with_metadata=False, include_comments=False)
    document = cast("Document | None", found)  # a dict only where asked for
    if document is None or len(document.text or "") < _SHORT:
        return []
    return lines_of_tree(document.body)
