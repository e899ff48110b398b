"""Tables of word features: `python -m communique.models.training.words UD OUT`.

`communique.models.embed` tells what they are for.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.util import registry

from communique.models.embed import CASES, CLUSTERS, COMMON, KNOWN
from communique.models.tokenizer import make_tokenizer
from communique.models.training.conllu import read_sentences
from communique.models.training.tables import most_frequent, read_table

FORMS, RAREST = 120_000, 2  # most frequent forms, whose cluster is kept; occurrences that make a norm known
RARE, LEAST = -20.5, -18.5  # log probability of a form without one, and of a form worth its case
SELDOM, MOSTLY, STEPS = -2.0, 3.0, 2  # log odds of a capital outside these are cut; steps in a unit


@registry.misc("communique.Lookups.v1")  # type: ignore[untyped-decorator]
def read_lookups(path: str) -> Lookups:
    """The tables of a folder, for `[initialize.lookups]`."""
    return Lookups().from_disk(path)


def known_norms(nlp: Language, ud: Path) -> dict[int, int]:
    """How often a norm stands in the training treebanks, from RAREST up."""
    counts = Counter(
        nlp.vocab[word].norm
        for treebank in sorted(ud.glob("*-train.conllu"))
        for sentence in read_sentences(treebank)
        for word in sentence.words
    )
    return {norm: count for norm, count in counts.items() if count >= RAREST}


def clusters(cluster: dict[str, int], logarithm: dict[str, float]) -> dict[int, int]:
    """Clusters of the FORMS most frequent forms; a form with the cluster of its lower case is left out."""
    frequent = [form for form in most_frequent(logarithm, FORMS) if form in cluster]
    lower = {form for form in frequent if form == form.lower()}
    return {
        hash_string(form): cluster[form]
        for form in frequent
        if form in lower or form.lower() not in lower or cluster[form.lower()] != cluster[form]
    }


def cases(logarithm: dict[str, float]) -> dict[int, int]:
    """How much more often a word has a capital than not, in STEPS above COMMON; seldom is left out."""
    known: dict[int, int] = {}
    for lower in sorted({form.lower() for form in logarithm if form.isalpha()}):
        capital = max(logarithm.get(form, RARE) for form in (lower.capitalize(), lower.upper()))
        small = logarithm.get(lower, RARE)
        odds = min(capital - small, MOSTLY)
        if odds > SELDOM and max(capital, small) > LEAST:
            known[hash_string(lower)] = COMMON + 1 + round(STEPS * (odds - SELDOM))
    return known


def main(ud: Path, out: Path) -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    logarithm = read_table("en_lexeme_prob")
    lookups = Lookups()
    lookups.add_table(CLUSTERS, clusters(read_table("en_lexeme_cluster"), logarithm))
    lookups.add_table(CASES, cases(logarithm))
    lookups.add_table(KNOWN, known_norms(nlp, ud))
    lookups.to_disk(out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
