"""Lemma tables for spaCy's rule lemmatizer, learned from the training treebanks.

A suffix rule rewrites the longest known ending of its word class; a form whose rule gives another lemma than
the treebanks do stands in the table of exceptions. A rule whose result is a known lemma is preferred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.lookups import Lookups

from communique.models.training.conllu import read_sentences

INFLECTED = ("noun", "verb", "adj", "adv")
LONGEST, RAREST = 6, 3  # characters of a suffix; words that must show a rule

Forms = dict[str, dict[str, str]]  # word class -> lower-case form -> lemma
Rules = dict[str, list[list[str]]]


def read_forms(paths: Iterable[Path]) -> Forms:
    """The most frequent lemma of each lower-case form in each word class (lower case)."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in paths:
        for sentence in read_sentences(path):
            for word, lemma, upos in zip(sentence.words, sentence.lemmas, sentence.upos, strict=True):
                counts[upos.lower(), word.lower()][lemma] += 1
    forms: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (upos, form), lemmas in counts.items():
        lemma = lemmas.most_common(1)[0][0]
        forms[upos][form] = (
            lemma.lower() if lemma.lower() in lemmas else lemma
        )  # "National" in a name is "national"
    return dict(forms)


def _endings(form: str, lemma: str) -> Iterator[tuple[str, str]]:
    """Pairs of what to cut and what to put, from the bare change to LONGEST characters of context."""
    stem = next(
        (i for i, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma))
    )
    for start in range(max(1, len(form) - LONGEST), stem + 1):
        yield form[start:], form[start:stem] + lemma[stem:]


def learn_rules(forms: dict[str, str]) -> list[list[str]]:
    """Suffix rules, longest first and then most frequent first; the last one leaves the word as it is."""
    counts = Counter(ending for form, lemma in forms.items() for ending in _endings(form, lemma.lower()))
    best = [pair for pair, count in counts.items() if count >= RAREST and pair[0] and _wins(pair, counts)]
    best.sort(key=lambda pair: (-len(pair[0]), -counts[pair], pair))
    return [list(pair) for pair in best] + [["", ""]]


def _wins(pair: tuple[str, str], counts: Counter[tuple[str, str]]) -> bool:
    """Whether a rule says more than the rule one character shorter (which would do the same)."""
    shorter = (pair[0][1:], pair[1][1:])
    return not (pair[0][0] == pair[1][:1] and counts[shorter] == counts[pair])


def _apply(form: str, rules: list[list[str]], index: set[str]) -> str:
    """What spaCy's lemmatizer makes of a form without exceptions."""
    known = [form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old)]
    return next((lemma for lemma in reversed(known) if lemma in index), known[0] if known else form)


def make_lookups(forms: Forms) -> Lookups:
    """The tables `lemma_rules`, `lemma_exc` and `lemma_index`."""
    index = {upos: {lemma.lower() for lemma in table.values()} for upos, table in forms.items()}
    rules: Rules = {
        upos: learn_rules(table) if upos in INFLECTED else [["", ""]] for upos, table in forms.items()
    }
    del rules["propn"]  # names keep their capitals
    exceptions: dict[str, dict[str, list[str]]] = {}
    for upos, table in forms.items():
        for form, lemma in table.items():
            expected = _apply(form, rules[upos], index[upos]) if upos in rules else form
            if lemma != expected and not (upos == "propn" and lemma.lower() == form):
                exceptions.setdefault(upos, {})[form] = [lemma]
    lookups = Lookups()
    lookups.add_table("lemma_rules", rules)
    lookups.add_table("lemma_exc", exceptions)
    lookups.add_table("lemma_index", {upos: sorted(index[upos]) for upos in INFLECTED if upos in index})
    return lookups


def add_lemmatizer(nlp: Language, lookups: Lookups) -> None:
    """Append spaCy's rule lemmatizer with these tables."""
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"}, last=True)
    lemmatizer.initialize(lookups=lookups)  # type: ignore[attr-defined]
