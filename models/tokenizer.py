"""English tokens cut as UD English cuts them, so that every span can be exact.

Differences from spaCy's own English rules, each for a reason met in releases or in the treebanks:
words joined by a hyphen or dash are several tokens ("U.S.-Japan", "2025-2030"), but not a
lower-case prefix with its word ("non-tariff", "co-chair"); "2+2" is one; exceptions carry no
norms, so that a token has the same norm whether its text was tokenised or read from a treebank.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.symbols import ORTH  # type: ignore[import-not-found]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# Prefixes that UD English leaves joined to a lower-case word by their hyphen.
PREFIXES = (
    "anti bi co counter de e ex extra inter intra mid mis multi non over post pre pro re semi sub super "
    "trans un under"
)
ABBREVIATIONS = "Amb. Capt. Col. Hon. H.E. Lt. Maj. Sgt. U.S. U.K. U.N. U.S.A."
# Peeling off marks one by one takes time with the square of their number: a long run is one token.
LONG_RUN = r"(?<![^\w\s])[^\w\s]{40,}"
DASHES = r"(?:-{1,3}|[\u2010-\u2015~])"
JOINABLE = r"[\w.)\]\"'\u2019\u201d%]"
NOT_A_PREFIX = "".join(rf"(?<!^{prefix})(?<!^{prefix.title()})" for prefix in PREFIXES.split())


def _infixes(defaults: list[str]) -> list[str]:
    kept = [rule for rule in defaults if r"[+\-\*^]" not in rule and "---" not in rule]
    return (
        [LONG_RUN]
        + kept
        + [
            rf"(?<={JOINABLE}){NOT_A_PREFIX}{DASHES}(?=[\w(\[\u201c\"$\u20ac])",
            rf"(?<={JOINABLE}){DASHES}(?=[A-Z(\[\u201c\"])",
            r"(?<=\w)[)\]\u201d\u2019\"](?=[-\u2010-\u2015])",
            r"(?<=[^\W\d_])[,;](?=[^\W\d_])",
            r"(?<=[)\]\u201d])[,;:./](?=\w)",
            r"(?<=[a-z])[(\[](?=[A-Z0-9])",
        ]
    )


def _exceptions(nlp: Language) -> dict[str, list[dict[int, str]]]:
    """spaCy's exceptions as bare splits; no emoticons ("8)" is an item's number) and no "id" for "I'd"."""
    rules: dict[str, list[dict[int, str]]] = {}
    for text, parts in nlp.Defaults.tokenizer_exceptions.items():
        if (
            text.lower() not in ("id", "and/or")
            and any(map(str.isalpha, text))
            and not set(text) & set("()[]<>:;=")
        ):
            rules[text] = [{ORTH: part[ORTH]} for part in parts]
    return rules | {text: [{ORTH: text}] for text in ABBREVIATIONS.split()}


def make_tokenizer(nlp: Language) -> Tokenizer:
    """A tokenizer for `nlp`; it is saved with the pipeline, which then loads without this module."""
    defaults: Any = nlp.Defaults
    default: Any = nlp.tokenizer
    suffixes = [
        LONG_RUN,
        *defaults.suffixes,
        r"[\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021]",
        r"(?<=[\w.])[-\u2013\u2014]",
        r"(?<=[a-z][A-Z])\.",
    ]
    return Tokenizer(
        nlp.vocab,
        rules=_exceptions(nlp),
        prefix_search=compile_prefix_regex([LONG_RUN, *defaults.prefixes]).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(_infixes(list(defaults.infixes))).finditer,
        url_match=default.url_match,
    )
