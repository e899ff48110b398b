"""The grammar: fragments, skips and rules of `dates.yaml`, compiled into one finding expression.

One alternation finds every expression in one pass over the text (the composition of named
fragments follows eyecite and edsnlp); the rule that found it is then matched alone, for its groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from communique.extractors.dates import calendar_readers, relative_readers
from communique.extractors.dates.relative import Offset, Range
from communique.extractors.dates.said import Said, Unanchored
from communique.models.lexicons import load_lexicon, per_lexicons

GAP = r"(?:[^\S\n]{1,3}(?:\n[^\S\n]{0,3})?|\n[^\S\n]{0,3})"
READERS: dict[str, Callable[[re.Match[str]], Said | None]] = {
    **vars(calendar_readers),
    **vars(relative_readers),
}
# No date begins inside a word, a sum of money or a decimal.
START = r"(?<![\w$€£¥₹#@])(?<!\d[.,:/])"
WORD = re.compile(r"\w+")
NEXT = re.compile(rf"(?:{GAP}|-)['’‘]?(\w+)")
ARTICLES = {"the", "a", "an"}
CONNECTOR = re.compile(
    rf"(?:{GAP})?(?:[-‐-―−~]|to|through|thru|until|till)(?:{GAP})?(?:the )?", re.IGNORECASE
)
OFFSET = re.compile(r"\s(?:(?P<back>before|prior to)|after|from|following)\s(?:the\s)?", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\s(?:the )?$", re.IGNORECASE)
AND = re.compile(r",?\sand\s(?:the )?", re.IGNORECASE)


class Mention(NamedTuple):
    """An expression found, by offsets of the text (end exclusive)."""

    start: int
    end: int
    said: Said


class Grammar(NamedTuple):
    """`finder` matches any expression; `rules` has, by group name, each rule's reader and own pattern.

    `openers` are the words with which one may begin, `after_article` those that make an article begin one.
    """

    finder: re.Pattern[str]
    rules: dict[str, tuple[Callable[[re.Match[str]], Said | None], re.Pattern[str]]]
    openers: frozenset[str]
    after_article: frozenset[str]

    def opens(self, word: re.Match[str]) -> bool:
        """Whether an expression may begin here; for speed an article alone does not do."""
        plain = _plain(word[0])
        if plain not in ARTICLES:
            return plain in self.openers
        after = NEXT.match(word.string, word.end())
        following = _plain(after[1]) if after else "-"
        return following in self.openers or following in self.after_article


@per_lexicons
def compiled() -> Grammar:
    """The grammar of `dates.yaml`, compiled once."""
    lexicon = load_lexicon("dates")
    fragments: dict[str, str] = {}
    for name, source in lexicon["fragments"].items():
        joined = source if isinstance(source, str) else "(?:" + "|".join(source) + ")"
        fragments[name] = _fill(joined, fragments)
    skips = "|".join(_fill(pattern, fragments) for pattern in lexicon["skip"])
    rules, finders = {}, [f"(?P<skip>{skips})"]
    for number, (reader, pattern) in enumerate(lexicon["rules"]):
        source = _fill(pattern, fragments)
        rules[f"r{number}"] = READERS[reader], re.compile(_gaps(source), re.IGNORECASE)
        finders.append(f"(?P<r{number}>{_nameless(source)})")
    finder = re.compile(f"{START}(?:{_gaps('|'.join(finders))})", re.IGNORECASE)
    return Grammar(
        finder,
        rules,
        frozenset(["", *lexicon["openers"].split()]),
        frozenset(lexicon["after_article"].split()),
    )


def _plain(word: str) -> str:
    """Without figures at its end, in small letters: "FY2024" is "fy", "1990s" and "2024" are ""."""
    return "" if word[0].isdigit() else word.lower().rstrip("0123456789")


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
    """The finder is tried only where a numeral or an opening word stands: ten times faster than a search."""
    grammar, at = compiled(), 0
    for word in WORD.finditer(text):
        start = word.start()
        if start < at or not grammar.opens(word):
            continue
        if match := grammar.finder.match(text, start):
            if match.lastgroup == "skip":
                at = match.end()
            elif said := _read(grammar, match):
                at = match.end()
                yield Mention(start, at, said)


def _read(grammar: Grammar, match: re.Match[str]) -> Said | None:
    reader, pattern = grammar.rules[str(match.lastgroup)]
    groups = pattern.match(match.string, match.start())
    return reader(groups) if groups else None


def _joined(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Neighbours that make one date: the ends of a range, a length after a day."""
    held: Mention | None = None
    for mention in mentions:
        joined = _join(text, held, mention) if held else None
        if held and not joined:
            yield held
        held = joined or mention
    if held:
        yield held


def _join(text: str, first: Mention, last: Mention) -> Mention | None:
    if last.start - first.end > 14 or isinstance(first.said, Range) or isinstance(last.said, Unanchored):
        return None
    between = text[first.end : last.start]
    said: Said | None = None
    if isinstance(first.said, Unanchored):
        said = _offset(first.said, between, last.said)
    elif CONNECTOR.fullmatch(between) or (
        AND.fullmatch(between) and BETWEEN.search(text, max(0, first.start - 14), first.start)
    ):
        said = Range(first.said, last.said)
    return Mention(first.start, last.end, said) if said else None


def _offset(length: Unanchored, between: str, date: Said) -> Offset | None:
    found = OFFSET.fullmatch(between)
    if not found or not length.period or length.timex_type != "DURATION":
        return None
    return Offset(length.period, -1 if found["back"] else 1, date)
