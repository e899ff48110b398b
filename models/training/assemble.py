"""The shipped pipeline from weights: `python -m communique.models.training.assemble TRAINED UD OUT`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import spacy

from communique.models import embed  # noqa: F401  registers the architecture
from communique.models.tokenizer import make_tokenizer
from communique.models.training.lemmas import add_lemmatizer, make_lookups, read_forms, wordnet

META = {
    "name": "communique",
    "version": "1.3.0",
    "description": "English with UD labels, tuned to diplomatic press releases",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "UD_English-EWT", "license": "CC BY-SA 4.0"},
        {
            "name": "UD_English-GUM (news, speech and six more genres)",
            "license": "CC BY 4.0, texts to CC BY-SA",
        },
        {"name": "spacy-lookups-data (clusters, case, WordNet's words)", "license": "MIT; WordNet 3.0"},
        {"name": "White House statements and releases 2021-2023", "license": "public domain"},
        {"name": "trees of a parser on all-MiniLM-L6-v2 over releases", "license": "Apache-2.0"},
        {"name": "names of a recogniser on all-MiniLM-L6-v2 over releases", "license": "Apache-2.0"},
    ],
}
BATCH = 8  # releases at a time: 400 MB at most, as fast as larger ones


def assemble(trained: Path, ud: Path, out: Path) -> None:
    """Add the lemmatizer and the meta data, then put the pipeline in the place of `out` in one step."""
    nlp = spacy.load(trained)
    forms = read_forms(sorted(ud.glob("*-train.conllu")))
    add_lemmatizer(nlp, make_lookups(forms, wordnet(forms)))
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.meta.update(META)
    nlp.config["nlp"]["batch_size"] = BATCH
    nlp.config["initialize"] |= {"before_init": None, "lookups": None}  # both are saved with the weights
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    fresh = out.with_name(f".{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    if out.exists():
        old = out.with_name(f".{out.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        out.rename(old)
        fresh.rename(out)
        shutil.rmtree(old)
    else:
        fresh.rename(out)


if __name__ == "__main__":
    assemble(*map(Path, sys.argv[1:]))
