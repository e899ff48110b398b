"""Lemma tables, learned from the training treebanks; see `communique.models.lemmatizer` for their use.

The longest known ending of a tag is rewritten; a form whose rule gives another lemma than the treebanks do is
an exception. So is a form of web text that no treebank has where WordNet knows another lemma ("upgraded" is
no form of "upgrad"); its words and irregular forms come with the package spacy-lookups-data.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from spacy.language import Language
from spacy.lookups import Lookups

from communique.models.lemmatizer import ENDINGS, EXCEPTIONS, FACTORY, LONGEST, lemmatize
from communique.models.training.conllu import read_sentences
from communique.models.training.tables import read_table

# Tags of inflected words with their class in WordNet.
INFLECTED = {"VBD": "verb", "VBG": "verb", "VBN": "verb", "VBZ": "verb", "NNS": "noun", "NNPS": "noun"}
INFLECTED |= {"JJR": "adj", "JJS": "adj", "RBR": "adv", "RBS": "adv"}
RAREST = 2  # forms that must show an ending

Forms = dict[str, dict[str, str]]  # tag -> form or ending -> lemma or replacement


def read_forms(paths: Iterable[Path]) -> Forms:
    """The most frequent lemma of each form with each tag."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in paths:
        for sentence in read_sentences(path):
            for word, lemma, tag in zip(sentence.words, sentence.lemmas, sentence.xpos, strict=True):
                counts[tag, word][lemma] += 1
    forms: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (tag, form), lemmas in sorted(counts.items()):
        forms[tag][form] = max(sorted(lemmas), key=lambda lemma: lemmas[lemma])
    return dict(forms)


def endings(forms: Mapping[str, str]) -> dict[str, list[str]]:
    """The replacements of each ending of lower-case forms, most frequent first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in forms.items():
        for old, new in _changes(form.lower(), lemma.lower()):
            counts[old][new] += 1
    return {
        old: [new for new, _ in news.most_common()] for old, news in counts.items() if news.total() >= RAREST
    }


def _changes(form: str, lemma: str) -> Iterator[tuple[str, str]]:
    """What to cut and what to put, from the bare change to LONGEST characters of context."""
    pairs = enumerate(zip(form, lemma, strict=False))
    stem = next((i for i, (a, b) in pairs if a != b), min(len(form), len(lemma)))
    for start in range(max(1, len(form) - LONGEST), stem + 1):
        yield form[start:], form[start:stem] + lemma[stem:]


def first_only(options: Mapping[str, list[str]]) -> dict[str, str]:
    """The first replacement of each ending, without the endings that do what the next shorter one does."""
    kept: dict[str, str] = {}
    for old in sorted(options, key=len):
        shorter = next((old[i:] for i in range(1, len(old)) if old[i:] in kept), "")
        if options[old][0] != old[: len(old) - len(shorter)] + kept.get(shorter, ""):
            kept[old] = options[old][0]
    return kept


def wordnet(forms: Forms) -> Forms:
    """Lemmas of forms of web text after WordNet's words and irregular forms and the treebanks' endings."""
    index, irregular = read_table("en_lemma_index"), read_table("en_lemma_exc")
    written = [form for form in sorted(read_table("en_lexeme_prob")) if form.isalpha() and form.islower()]
    found: Forms = {}
    for tag, name in INFLECTED.items():
        words, options = set(index[name]), endings(forms[tag])
        for form in written:
            lemmas = irregular[name].get(form) or _candidates(form, options)
            found.setdefault(tag, {}).update([(form, lemma) for lemma in lemmas if lemma in words][:1])
    return found


def _candidates(form: str, options: Mapping[str, list[str]]) -> Iterator[str]:
    """What the rules make of a form, the longest ending first."""
    for start in range(1, len(form)):
        yield from (form[:start] + new for new in options.get(form[start:], ()))


def make_lookups(forms: Forms, more: Forms) -> Lookups:
    """The tables `EXCEPTIONS` and `ENDINGS` from the forms of treebanks; `more` has forms they lack."""
    rules: Forms = {tag: first_only(endings(forms.get(tag, {}))) for tag in INFLECTED}
    exceptions: Forms = {}
    for tag in sorted({*forms, *more}):
        for form, lemma in (more.get(tag, {}) | forms.get(tag, {})).items():
            if lemmatize(form, tag, exceptions, rules) != lemma:
                exceptions.setdefault(tag, {})[form] = lemma
    lookups = Lookups()
    lookups.add_table(EXCEPTIONS, exceptions)
    lookups.add_table(ENDINGS, rules)
    return lookups


def add_lemmatizer(nlp: Language, lookups: Lookups) -> None:
    """Append the lemmatizer with these tables."""
    lemmatizer = nlp.add_pipe(FACTORY, last=True)
    lemmatizer.initialize(lookups=lookups)  # type: ignore[attr-defined]
