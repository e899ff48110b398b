"""The grammar: fragments, skips and rules of `dates.yaml`, compiled into one finding expression.

One alternation finds every expression in one pass over the text (the composition of named
fragments follows eyecite and edsnlp); the rule that found it is then matched alone, for its groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from communique.extractors.dates import readers
from communique.extractors.dates.said import Range, Said, Unanchored
from communique.models.lexicons import load_lexicon

GAP = r"(?:[^\S\n]{1,3}(?:\n[^\S\n]{0,3})?|\n[^\S\n]{0,3})"
# No date begins inside a word, a sum of money or a decimal.
START = r"(?<![\w$€£¥₹#@])(?<!\d[.,:/])"
CONNECTOR = re.compile(
    rf"(?:{GAP})?(?:[-‐-―−~]|to|through|thru|until|till)(?:{GAP})?(?:the )?", re.IGNORECASE
)
BETWEEN = re.compile(r"\bbetween\s(?:the )?$", re.IGNORECASE)
AND = re.compile(r",?\sand\s(?:the )?", re.IGNORECASE)


class Mention(NamedTuple):
    """An expression found, by offsets of the text (end exclusive)."""

    start: int
    end: int
    said: Said


@cache
def compiled() -> tuple[re.Pattern[str], dict[str, tuple[str, re.Pattern[str]]]]:
    """The finding expression, and by its group name each rule's reader and own expression."""
    lexicon = load_lexicon("dates")
    fragments: dict[str, str] = {}
    for name, source in lexicon["fragments"].items():
        joined = source if isinstance(source, str) else "(?:" + "|".join(source) + ")"
        fragments[name] = _fill(joined, fragments)
    skips = [f"(?P<skip>{'|'.join(_nameless(_fill(s, fragments)) for s in lexicon['skip'])})"]
    rules, finders = {}, skips
    for number, (reader, pattern) in enumerate(lexicon["rules"]):
        source = _gaps(_fill(pattern, fragments))
        rules[f"r{number}"] = (reader, re.compile(source, re.IGNORECASE))
        finders.append(f"(?P<r{number}>{_nameless(source)})")
    return re.compile(f"{START}(?:{_gaps('|'.join(finders))})", re.IGNORECASE), rules


def _fill(pattern: str, fragments: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda m: fragments[m[1]], pattern)


def _nameless(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _gaps(pattern: str) -> str:
    """A blank becomes a gap, inside brackets any white space."""
    return re.sub(r"\[[^\]]*\]| ", lambda m: GAP if m[0] == " " else m[0].replace(" ", r"\s"), pattern)


def find(text: str) -> list[Mention]:
    """Every calendar expression of `text`, in order and without overlaps; ranges as one."""
    return list(_joined(text, list(_found(text))))


def _found(text: str) -> Iterator[Mention]:
    finder, rules = compiled()
    at = 0
    while match := finder.search(text, at):
        at = match.end()
        if match.lastgroup == "skip":
            continue
        reader, pattern = rules[str(match.lastgroup)]
        groups = pattern.match(text, match.start())
        said = getattr(readers, reader)(groups) if groups else None
        if said:
            yield Mention(match.start(), match.end(), said)
        else:
            at = match.start() + 1


def _joined(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Two neighbours with "to" or a dash between them, or "between" before them, are a range."""
    held: Mention | None = None
    for mention in mentions:
        if held and _range(text, held, mention):
            held = Mention(held.start, mention.end, Range(held.said, mention.said))
            continue
        if held:
            yield held
        held = mention
    if held:
        yield held


def _range(text: str, first: Mention, last: Mention) -> bool:
    single = isinstance(first.said, Unanchored | Range) or isinstance(last.said, Unanchored)
    if single or last.start - first.end > 12:
        return False
    between = text[first.end : last.start]
    if CONNECTOR.fullmatch(between):
        return True
    return bool(AND.fullmatch(between) and BETWEEN.search(text, max(0, first.start - 14), first.start))
