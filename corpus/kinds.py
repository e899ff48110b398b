"""Which kinds of files are read, by their suffix."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "text",
    "markdown",
    "html",
    "json lines",
    "json",
    "csv",
    "pdf",
    "docx",
    "odt",
    "mail",
    "saved page",
    "feed",
]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".eml": "mail",
    ".mhtml": "saved page",
    ".mht": "saved page",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
SUFFIXES = tuple(KINDS)
