"""A release as one string with a letter per token, so that offices and names are regular expressions.

The letters: P title, Q title or modifier, q modifier, w word of a portfolio, v one that is a surname too,
B body noun, b body noun that stands last, H honorific, h honorific before another, R rank, G General,
K Crown, l title in lower case, N other capitalised word, A word in capitals, c common word with a capital,
I initial, p particle of a name, J suffix (Jr.), S state, d adjective of a state, O organisation, X other
known place (their further tokens s, e, o, x), u no part of a name, t the, f of, r for/to/on, i in/at, a and,
0 number, z other words; line ends are "_", punctuation stands for itself, "'" for the genitive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from communique.models.lexicons import load_lexicon, per_lexicons

KNOWN = {"state": "Ss", "demonym": "de", "organization": "Oo", "place": "Xx"}
KNOWN |= {"person": "NN", "apart": "uu"}
FUNCTION_WORDS = (
    {"the": "t", "The": "t", "of": "f", "and": "a", "&": "a"}
    | dict.fromkeys(("for", "to", "on"), "r")
    | dict.fromkeys(("at", "in", "responsible", "with"), "i")
)
GENITIVES = dict.fromkeys(("'s", "’s", "'", "’", "’S", "'S"), "'")
DASHES = dict.fromkeys("-‐‑–—", "-")
PUNCTUATION = {c: c for c in ",;:.()/"}
NOT_NAMES = {
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "PRON",
    "SCONJ",
    "VERB",
}  # capitals of a sentence start, not of a name
MOST_WORDS = 100_000  # words whose letters are kept
SURNAME = re.compile(r"H(?=c(?![NIp]))")
SURNAMES = re.compile(r"(?<=[HN])c")
RANK = re.compile(r"[PQ]G?(?:(?:[friat,]{0,3}(?:-?[wvGSsOobB]){1,6}){1,5},?|,)$")  # the end of an office
TITLED = re.compile(r"(?:[HR]\.?){0,2}[NAI]")
LONGEST_OFFICE = 20  # letters
LONGEST_TITLE = 4  # letters of titles that stand before names alone: "Prof", "Ms."
INITIAL = re.compile(r"[A-Z]\.?|(?:[A-Z]\.){2,5}")


@per_lexicons
def word_classes() -> dict[str, str]:
    """The letter of every word that the lexicons know."""
    offices, bodies = load_lexicon("offices"), load_lexicon("organizations")["bodies"]
    both = set(offices["titles"]) & {*offices["modifiers"], *offices["portfolios"]}
    letters = {"w": "portfolios", "q": "modifiers", "P": "titles", "l": "lower_titles"}
    classes = dict.fromkeys(load_lexicon("offices_common_words")["words"], "c")
    classes |= dict.fromkeys(offices["no_names"], "c")
    classes |= {word: letter for letter, group in letters.items() for word in offices[group]}
    classes |= (
        dict.fromkeys(both, "Q")
        | dict.fromkeys(bodies["any"], "B")
        | dict.fromkeys(bodies["after_only"], "b")
    )
    classes |= dict.fromkeys(offices["plurals"], "P")
    classes |= dict.fromkeys(offices["honorifics"], "H") | dict.fromkeys(offices["leading_honorifics"], "h")
    classes |= dict.fromkeys(offices["suffixes"], "J") | dict.fromkeys(offices["ranks"], "R")
    classes |= {"General": "G", "Crown": "K", "charge": "i"}
    classes |= dict.fromkeys(offices["function_words"], "z") | dict.fromkeys(offices["surnames"], "v")
    classes |= dict.fromkeys(offices["particles"], "p") | FUNCTION_WORDS
    return classes | GENITIVES | DASHES | PUNCTUATION


@per_lexicons
def _known_classes() -> dict[str, str]:
    """Every word met so far with its letter; the lexicons' words to begin with."""
    return dict(word_classes())


def _classify(word: str) -> str:
    if word.isspace():
        return "_" if "\n" in word or "\r" in word else " "
    if not word[0].isupper():
        return "0" if word[0].isdigit() else "z"
    if INITIAL.fullmatch(word):
        return "I"
    if not word.isupper():
        return "N"
    return FUNCTION_WORDS.get(word.lower()) or word_classes().get(word.title(), "A")


def letters_of(doc: Doc) -> str:
    """One letter per token of `doc`, from the words alone."""
    classes = _known_classes()
    letters: list[str] = []
    for token in doc:
        word = token.text
        letter = classes.get(word)
        if letter is None:
            letter = _classify(word)
            if len(classes) < MOST_WORDS:
                classes[word] = letter
        if letter == "-" and token.whitespace_:
            letter = ","  # a dash between clauses
        opening = not letters or letters[-1] in '_.:("'
        letters.append("z" if opening and letter == "N" and token.pos_ in NOT_NAMES else letter)
    return _without_honours(doc, _with_surnames(doc, _with_titles_apart(doc, "".join(letters))))


def _with_titles_apart(doc: Doc, letters: str) -> str:
    """The letters, initials that make a courtesy title being none of a name: "H. E. Ana Lima"."""
    titles = {tuple(title.split()) for title in load_lexicon("offices")["honorifics_apart"]}
    starts = (token.i for token in doc[:-1] if (token.text, token.nbor().text) in titles)
    marked = list(letters)
    for at in starts:
        marked[at : at + 2] = "HH"
    return "".join(marked)


def _without_honours(doc: Doc, letters: str) -> str:
    """The letters, honours and seats behind a name being no part of it: "Ana Lima MP", "Ana Lima KC"."""
    honours = set(load_lexicon("offices")["honours"])
    marked = list(letters)
    for at in (token.i for token in doc if token.text in honours and token.i):
        if marked[at - 1] in "NIAu":
            marked[at] = "u"
    return "".join(marked)


def _with_surnames(doc: Doc, letters: str) -> str:
    """The letters, common words being names that a courtesy title shows to be: "Ms. Field", "Ana Field"."""
    shown = (m.end() for m in SURNAME.finditer(letters) if len(doc[m.start()].text) <= LONGEST_TITLE)
    called = {doc[at].text for at in shown}
    if not called:
        return letters
    return SURNAMES.sub(lambda m: "N" if doc[m.start()].text in called else "c", letters)


def with_ranks(doc: Doc, letters: str) -> str:
    """The letters, titles of rank between office and name being none: "Minister for Law, Senator Lima"."""
    ranks = set(load_lexicon("offices")["rank_titles"])
    marked = list(letters)
    for at in (token.i for token in doc if token.text in ranks):
        if RANK.search(letters, max(0, at - LONGEST_OFFICE), at) and TITLED.match(letters, at + 1):
            marked[at] = "R"
    return "".join(marked)


def mark(letters: str, spans: Iterable[tuple[Span, str]]) -> str:
    """`letters` with each span, of a kind in `KNOWN`, marked as such."""
    marked = list(letters)
    for span, kind in spans:
        marked[span.start : span.end] = KNOWN[kind][0] + KNOWN[kind][1] * (len(span) - 1)
    return "".join(marked)
