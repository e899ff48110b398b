"""Files of office programs: XML in a zip. What unpacks to more than any release needs is refused."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_UNPACKED = 50_000_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The strict form of the standard has the same elements under another name.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
# What stands over a page that is no text: its number.
_PAGE_NUMBER = re.compile(r"\W*+(?:page\W*+)?(?:\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?)?\W*", re.IGNORECASE)


def over_the_text(head: Iterable[str], lines: Sequence[str]) -> list[str]:
    """The lines over the first page that the text has not and that are not its number."""
    there = {line.strip() for line in lines}
    return [line for line in head if line.strip() not in there and not _PAGE_NUMBER.fullmatch(line)]


class Archive:
    """The XML parts of a zip. Raises ValueError where it is none."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise ValueError(f"broken file: {error}") from None

    def xml(self, name: str) -> Element | None:
        """The root of a part, None where there is no such part. Entities are not resolved."""
        from lxml import etree

        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_UNPACKED + 1)
        except KeyError:
            return None
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            RuntimeError,
            NotImplementedError,
            OSError,
            EOFError,
        ) as error:
            raise ValueError(f"broken file: {name}: {error}") from None  # RuntimeError: it is encrypted
        if len(data) > MAX_UNPACKED:
            raise ValueError(f"unpacks to more than the limit of {MAX_UNPACKED / 1e6:g} MB")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(data.replace(_STRICT, WORD.encode()), parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(f"broken file: {name}: {error}") from None
        return root
