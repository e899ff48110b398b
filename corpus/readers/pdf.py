"""PDF: the text layer as paragraphs, in reading order."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from communique.corpus.metadata import Metadata
from communique.corpus.readers.parsed import Parsed
from communique.corpus.readers.pdf_lines import Page, page_of
from communique.corpus.readers.pdf_paragraphs import paragraphs

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

MAX_PAGES = 1_000
MAX_UNPACKED = 100_000_000
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PIECE = 16_384  # bytes that are unpacked at once
_LAYERS = 8  # times that a stream may be packed: one may unpack to itself without end
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 2_000  # bytes before a stream in which it is described
# What programs write as the title of a document that was given none.
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|\(anonymous\)$|document\d*$)|\.(?:docx?|odt|rtf|pdf|indd|tex)$",
    re.IGNORECASE,
)


def read_pdf(data: bytes) -> Parsed:
    """The text of a PDF, a line to a paragraph. Raises ValueError where it is broken, locked or a scan."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity of a font
    _refuse_bombs(data)
    try:
        document = _document(data)
        pages = list(_pages(document))
        title = _title(document)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise ValueError("locked with a password") from None
    except Exception as error:  # pdfminer raises whatever a broken file leads it to
        # Its message may hold any bytes of the file.
        raise ValueError(f"broken PDF: {type(error).__name__}") from None
    if not pages:
        raise ValueError("broken PDF: no pages")
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.lines]
    if len(empty) == len(pages):
        raise ValueError("no text layer: a scan, whose text must be recognised first")
    warnings = [f"pages without text: {', '.join(empty[:10])}"] if empty else []
    if len(pages) == MAX_PAGES:
        warnings.append(f"only the first {MAX_PAGES} pages are read")
    return Parsed("\n".join(paragraphs(pages)), Metadata.of({"title": title}), warnings=tuple(warnings))


def _document(data: bytes) -> PDFDocument:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    return PDFDocument(PDFParser(io.BytesIO(data)))


def _pages(document: PDFDocument) -> Iterator[Page]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for page in islice(PDFPage.create_pages(document), MAX_PAGES):
        interpreter.process_page(page)
        yield page_of(device.get_result())


def _title(document: PDFDocument) -> str | None:
    from pdfminer.utils import decode_text

    raw = next((info["Title"] for info in document.info if isinstance(info.get("Title"), bytes)), b"")
    title = decode_text(raw).replace("\0", "").strip()
    return None if _NO_TITLE.search(title) else title


def _refuse_bombs(data: bytes) -> None:
    """Raises ValueError where the streams unpack to more than any text needs; pictures stay packed."""
    left, view = MAX_UNPACKED, memoryview(data)
    for match in _STREAM.finditer(data):
        described = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"obj")[2]
        if not _IMAGE.search(described):
            left -= _unpacked(view[match.end() :], left)
        if left < 0:
            raise ValueError(f"unpacks to more than the limit of {MAX_UNPACKED / 1e6:g} MB")


def _unpacked(data: memoryview, limit: int) -> int:
    """Bytes that a stream, which may be packed several times, has at its largest, or one over `limit`."""
    largest = 0
    for _ in range(_LAYERS):
        try:
            data = memoryview(_inflated(data, limit + 1))
        except zlib.error:
            return largest
        largest = max(largest, len(data))
        if not data or largest > limit:
            return largest
    return limit + 1


def _inflated(data: memoryview, most: int) -> bytes:
    """A packed stream, whatever follows it: read in pieces, for zlib copies what it does not need."""
    inflater, found = zlib.decompressobj(), bytearray()
    for at in range(0, len(data), _PIECE):
        found += inflater.decompress(data[at : at + _PIECE], most - len(found))
        if inflater.eof or len(found) >= most:
            break
    return bytes(found)
