"""The one normalisation of every reader's text: what only lays a text out, or marks it up, goes.

The result is the text that is stored; offsets index it.
"""

from __future__ import annotations

import re
import unicodedata

from communique.corpus.days import MONTH
from communique.corpus.side_by_side import one_column
from communique.corpus.unwrap import unwrapped

# Soft hyphens, zero-width marks, marks of direction, word joiners.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x180E, *range(0x200B, 0x200D), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
    + [0xFEFF, *range(0xFFF9, 0xFFFC)]
)
_HYPHENS = dict.fromkeys([0x2010, 0x2011, 0xFE63, 0xFF0D], "-")
_APOSTROPHES = {0x02BC: "\u2019"}
# Latin ligatures and the full-width forms of ASCII.
_COMPATIBLE = {
    n: unicodedata.normalize("NFKC", chr(n)) for n in (*range(0xFB00, 0xFB07), *range(0xFF01, 0xFF5F))
}
_TABLE = _COMPATIBLE | _INVISIBLE | _HYPHENS | _APOSTROPHES
# Parts of a text that were UTF-8 and were read byte by byte: of three with a control code, which no writing
# has ("café”—" may be meant), of two but behind capitals ("«ALEMÃ»"), and the most frequent ones as the
# Western encoding of Windows has them.
_BYTEWISE = re.compile(
    "[\xe0-\xef](?:[\x80-\x9f][\x80-\xbf]|[\xa0-\xbf][\x80-\x9f])|\xef\xbf[\xb9-\xbd]"
    "|\xc2[\x80-\xac\xae-\xbf]|\xc3[\x80-\x9f]|(?<![A-Z\xc0-\xde]{2})[\xc2\xc3][\xa0-\xbf]"
    "|\xe2\u20ac[\x80-\xbf\u0152-\u2122]"
)
_SOFT_END = re.compile(r"\xad(?=[^\S\n]*\n)")  # where it is seen
# Any white space within a line; a joiner stays in emoji, not between letters.
_SPACES = re.compile(r"[^\S\n]+")
_JOINER = re.compile(r"(?<=[^\W\d_])\u200d(?=[^\W\d_])")
_GRAVE = re.compile(r"(?<=[^\W\d_])`(?=[^\W\d_])")
_LETTERS = re.compile(r"(?<![^\W_])[A-Z](?: [a-z]){3,}(?![^\W_])|(?<![^\W_])[A-Z](?: [A-Z]){3,}(?![^\W_])")
# Bullets of any font: arrows, boxes, ticks, dingbats and the private use of symbol fonts. The text of one may
# stand on the next line.
_BULLET = re.compile(
    r"^ ?[\u2022\u2043\u204c\u204d\u2190-\u21ff\u2219\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2666"
    r"\u2701-\u2756\u2794-\u27bf\u29bf\u29be\u2b1b-\u2b29\ue000-\uf8ff]\ufe0f? ?"
    r"(?:(?:\n ?){1,2}(?=\w))?(?=\S)",
    re.MULTILINE,
)
# A bullet within a line begins an item behind a stop, or where it is of no other use.
_WITHIN = re.compile(
    r"(?:(?<=[;:.!?])|(?<=; and)|(?<=; or)) +[\u2022\u2219\u25cf\u25aa\u25a0\uf0b7] +(?=\w)"
    r"|(?<=\S) +[\u25cf\u25aa\u25a0\u274d\ue000-\uf8ff] +(?=\w)"
)
_CIRCLED = re.compile(r"^ ?([\u2460-\u2473]) ?", re.MULTILINE)
# Footnote marks: raised numbers behind a word, a year or a full stop (not behind a unit: "km²"), "[1]",
# stars right behind a word, and the plain digit that is left of a raised one ("Chile1", "in Accra.2 They").
_RAISED = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=\b\d{4})|(?<=[.,;:)\u201d\u2019\"]))[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}"
)
_BRACKETED = re.compile(r"(?<=[\w.,;:)\u201d\u2019\"])\[\^?\d{1,3}\]")
_STARS = re.compile(r"(?<=[^\W\d_])\*{1,3}(?=[\s.,;:)]|$)")
_DIGIT = re.compile(r"\b([A-Z][a-z]{3,})\d{1,2}(?=[\s,;]|\.(?:\s|$))")
# Behind a comma it is a day ("Geneva,12 March") or a sum; so it is before a month.
_BEHIND_SENTENCE = re.compile(
    rf"\b((\w*[a-z]{{4}})[.\u201d])\d{{1,2}}(?=\s+(?!{MONTH})[A-Z\u201c]|[^\S\n]*$)", re.MULTILINE
)
_NUMBERED_WORDS = (
    "Article Annex Appendix Phase Group Block Covid Protocol Chapter Section Horizon Expo Mark Part Table "
    "Figure Pillar Level Tier Type Track Stage Resolution Vision Agenda Apollo Note Form"
)
_NUMBERED = frozenset(_NUMBERED_WORDS.split())


def plain(text: str, *, hard_wrapped: bool = False) -> str:
    """The text without soft hyphens, hidden marks, ligatures, footnote marks and layout by white space.

    With `hard_wrapped` the line ends within a paragraph go too; else each line is a paragraph already.
    """
    if hard_wrapped:
        text = _SOFT_END.sub("-", text)
    text = _JOINER.sub("", _BYTEWISE.sub(_meant, text).translate(_TABLE))
    text = re.sub(r"[\f\v]", "\n\n", text)
    if hard_wrapped:
        text = one_column(text)
    text = _SPACES.sub(" ", _GRAVE.sub("'", _letters_joined(text)))
    text = _WITHIN.sub("\n\u2022 ", text)
    text = _CIRCLED.sub(lambda mark: f"({unicodedata.normalize('NFKC', mark[1])}) ", _BULLET.sub("• ", text))
    text = _without_footnote_marks(text)
    if hard_wrapped:
        text = unwrapped(text)
    return "\n".join(line.strip() for line in text.split("\n")).strip("\n")


def _meant(wrong: re.Match[str]) -> str:
    """What was read byte by byte as it was meant; the codes that Windows has no sign for stay codes there."""
    try:
        codes = (sign.encode("latin-1" if sign <= "\xff" else "cp1252") for sign in wrong.group())
        return b"".join(codes).decode("utf-8")
    except UnicodeError:
        return wrong.group()


def _letters_joined(text: str) -> str:
    """A word that is set wide ("J a p a n") as a word."""
    return _LETTERS.sub(lambda word: word.group().replace(" ", ""), text)


def _without_footnote_marks(text: str) -> str:
    for mark in (_RAISED, _BRACKETED, _STARS):
        text = mark.sub("", text)
    text = _BEHIND_SENTENCE.sub(lambda found: found.group() if found[2] in _NUMBERED else found[1], text)
    return _DIGIT.sub(lambda word: word.group() if word[1] in _NUMBERED else word[1], text)
