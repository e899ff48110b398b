"""Short forms that a release defines in brackets: "... Dialogue (HLED)", "... Matters (the "Treaty")"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from communique.extractors.dialogues.lexicon import fold, heads, organizations, words

_LEAD = "or|the|hereinafter|hereafter|referred to as|also known as|known as|henceforth|called"
_BRACKET = re.compile(rf" ?\((?:(?:{_LEAD}) )*([^()\n]{{2,70}})\)")
_INNER = re.compile(r"\(([A-Z][\w+&-]{1,14})\)")
_YEAR = re.compile(r"(?: \d{4})?")
_ALIAS = re.compile(r"[A-Z0-9+][\w+&./ '-]*[\w+]")
# The number of a meeting is not its series'.
_NUMBERED = re.compile(r"^(?:the )?(?:\d{1,3}(?:st|nd|rd|th) )?")
_SPLIT = re.compile(r";|, | or ")
_FIRST = re.compile(r"(?<![\w-])[A-Z0-9+]\w*")
_FIRST_WORDS = 6  # of a name, one of which starts with the first letter of its acronym
_NOT_LETTERS = re.compile(r"[^a-z]")
# Capitalised words and what may stand between them, before a bracketed acronym.
_DEFINITION = re.compile(r"(?<!\w)((?:[A-Z]\w*(?:'\w+)?[ -]|(?:of|and|for|the|on) ){2,9}?)\(([A-Z]{2,8})\)")


def defined_aliases(text: str, start: int, end: int, *, inside: bool) -> Iterator[str]:
    """The aliases of the name at `text[start:end]` that stand in brackets behind it, or `inside` it too.

    Inside the name of a meeting they are those of who meets: "Arctic Council (AC) Ministerial Meeting".
    """
    match = _BRACKET.match(text, end)
    for piece in _SPLIT.split(match[1]) if match else ():
        alias = _NUMBERED.sub("", piece.strip(" \"'")).strip(" \"'")
        if _ALIAS.fullmatch(alias) and _abbreviates(alias, text[start:end]) and not _is_organization(alias):
            yield alias
    inner = _INNER.search(text, start, end)
    if inner is None or not (inside or _YEAR.fullmatch(text, inner.end(), end)):
        return
    if inner[1][0] == text[start] and not _is_organization(inner[1]):
        yield inner[1]


def occurrences(text: str, aliases: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where an alias stands as words of its own: start, end and the alias, the longest at each place."""
    by_word: dict[str, list[str]] = {}
    for alias in sorted(aliases, key=len, reverse=True):
        by_word.setdefault(_FIRST.findall(alias)[0], []).append(alias)
    for match in _FIRST.finditer(text) if by_word else ():
        for alias in by_word.get(match[0], ()):
            end = match.start() + len(alias)
            if text.startswith(alias, match.start()) and not text[end : end + 1].isalnum():
                yield match.start(), end, alias
                break


def expansions(text: str) -> dict[str, str]:
    """Acronyms that the text defines behind capitalised words, each with the words whose initials it has."""
    out: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        parts = match[1].split()
        for start in range(len(parts)):
            initials = "".join(part[0] for part in parts[start:] if part[0].isupper())
            if initials == match[2]:
                out.setdefault(match[2], " ".join(parts[start:]))
                break
    return out


def _is_organization(alias: str) -> bool:
    """ "the Charter of the United Nations (UN)"."""
    return fold(alias) in organizations()


def _abbreviates(alias: str, name: str) -> bool:
    """Whether an alias is short for the name: its letters in order, or a head, or words of the name."""
    folded = alias.lower().replace("'", " ").split()
    if len(folded) > 1 or not any(char.isupper() for char in alias[1:]):
        if tuple(folded) in heads() or folded[-1] in words("defined"):
            return True
        told = name.lower().replace("'", " ").split()
        initials = "".join(word[0] for word in told)
        return all(word in told or (len(word) > 1 and word in initials) for word in folded)
    if alias[0] not in {part[:1] for part in re.split(r"[ -]", name)[:_FIRST_WORDS]}:
        return False
    letters = iter(_NOT_LETTERS.sub("", name.lower().partition(" between ")[0]))
    return all(char in letters for char in _NOT_LETTERS.sub("", alias.lower()))
