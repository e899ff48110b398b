"""PDFs of lines at given places, written by hand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 600, 800


class Put(NamedTuple):
    """A line of text at a place; a raised one is smaller."""

    x: float
    y: float
    text: str
    size: float = 10
    rise: float = 0


class Rule(NamedTuple):
    """A rule drawn from one place to another."""

    x0: float
    y0: float
    x1: float
    y1: float


def pdf(*pages: Sequence[Put | Rule], title: str = "", packed: bool = False) -> bytes:
    """A document with a page for each list of lines, in Courier: each character is 0.6 of its size wide."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Title(%s)>>" % title.encode()]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>")
    kids = []
    for things in pages:
        lines = b"\n".join(_shown(put) for put in things if isinstance(put, Put))
        rules = b"\n".join(b"%g %g m %g %g l S" % rule for rule in things if isinstance(rule, Rule))
        content = b"BT\n%s\nET\n%s" % (lines, rules)
        filters = b""
        if packed:
            content, filters = zlib.compress(content), b"/Filter/FlateDecode"
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content))
        box = b"/MediaBox[0 0 %d %d]" % (WIDTH, HEIGHT)
        font = b"/Resources<</Font<</F 4 0 R>>>>"
        objects.append(b"<</Type/Page/Parent 2 0 R%s%s/Contents %d 0 R>>" % (box, font, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _file(objects)


def column(x: float, top: float, lines: list[str], leading: float = 12) -> list[Put]:
    """Lines one below the other."""
    return [Put(x, top - n * leading, text) for n, text in enumerate(lines) if text]


def _shown(put: Put) -> bytes:
    text = put.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"/F %g Tf %g Ts 1 0 0 1 %g %g Tm (%s) Tj" % (put.size, put.rise, put.x, put.y, text)


def _file(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer
