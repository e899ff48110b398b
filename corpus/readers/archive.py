"""Files of office programs: XML in a zip. What unpacks to more than any release needs is refused."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_UNPACKED = 50_000_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The strict form of the standard has the same elements under another name.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


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
