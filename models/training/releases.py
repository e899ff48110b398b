"""Plain lines of White House releases in Markdown: text of the register, for vectors and silver data."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?: \"[^\"]*\")?\)")
MARKS = re.compile(
    r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|\\(?=[^\w\s])|<[^<>]{1,200}>|^#+ +", re.MULTILINE
)
MEASURING = ("dev", "dues")  # annotated sets from which nothing is learned
ITEM = re.compile(r"^(?:[-*+\u2022]|\d{1,2}[.)])\s+")


def read_lines(path: Path) -> Iterator[str]:
    """The paragraphs, headings and items of a release, one line each, without marks of layout."""
    text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8").replace("\xa0", " "))
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        line = line.strip()
        if (not line or ITEM.match(line)) and paragraph:
            yield from _clean(" ".join(paragraph))
            paragraph = []
        if line:
            paragraph.append(ITEM.sub("", line, count=1))


def cleaned(lines: Iterable[str]) -> Iterator[str]:
    """Lines of a text that is no Markdown file, without marks of layout."""
    for line in lines:
        for text in _clean(line.strip()):
            yield ITEM.sub("", text, count=1)


def _clean(paragraph: str) -> Iterator[str]:
    text = " ".join(MARKS.sub("", LINK.sub(r"\1", paragraph)).split())
    if any(map(str.isalpha, text)):
        yield text


def held_out(gold: Path, sets: tuple[str, ...] = MEASURING) -> set[str]:
    """Origins (paths below the corpus, without a paragraph's number) of annotated sets."""
    origins: set[str] = set()
    for name in sets:
        with (gold / name / "metadata.csv").open(encoding="utf-8", newline="") as file:
            origins |= {
                row["origin"].split("#")[0].removeprefix("statements-releases/")
                for row in csv.DictReader(file)
            }
    return origins


def releases(corpus: Path, excluded: set[str]) -> Iterator[Path]:
    """The files of the corpus in order, without the excluded ones."""
    for path in sorted(corpus.rglob("*.md")):
        if path.relative_to(corpus).as_posix() not in excluded:
            yield path


def sample_lines(
    corpus: Path, gold: Path, lengths: range, number: int, seed: int, sets: tuple[str, ...] = MEASURING
) -> list[str]:
    """`number` distinct lines whose characters are in `lengths`, from releases outside annotated `sets`."""
    files = releases(corpus, held_out(gold, sets))
    lines = {line for path in files for line in read_lines(path) if len(line) in lengths}
    return random.Random(seed).sample(sorted(lines), number)
