"""Names known beforehand: states, adjectives of states, organisations, and names that only look like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from communique.extractors.actors.names import slug
from communique.extractors.actors.states import demonyms, state_names
from communique.models.lexicons import load_lexicon

DASHES = "\u2010\u2011\u2013"  # as people write a hyphen: "Guinea\u2013Bissau"
# One name in both ways of writing it; "program" and the like are whole words.
SPELLINGS = (
    ("United Nations", "UN"),
    ("UN", "UN’s"),
    ("Organization", "Organisation"),
    ("Programme", "Program"),
    ("Centre", "Center"),
    ("Labour", "Labor"),
    ("Defence", "Defense"),
    ("Co-operation", "Cooperation"),
    ("and", "&"),
)
Kind = Literal["state", "demonym", "organization", "place"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a known name stands for.

    `needs_name` where an acronym counts only beside its long form, `at_home` where other states have a body
    of that name too.
    """

    kind: Kind
    code: str
    name: str
    country: str | None = None
    needs_name: bool = False
    at_home: bool = False


def _variants(form: str) -> set[str]:
    """A name with either apostrophe, hyphen or dash, and in the capitals of headings."""
    forms = {form, form.replace("’", "'"), form.replace("'", "’")}
    forms |= {f.replace("-", dash) for f in forms for dash in DASHES}
    return forms | {f.upper() for f in forms if len(f) > 3}


def _spelled(form: str) -> set[str]:
    """A name of several words as either English writes it, and with the United Nations in short."""
    forms = {form}
    for pair in SPELLINGS if " " in form else ():
        for old, new in (pair, pair[::-1]):
            forms |= {re.sub(rf"(?<!\S){old}(?![\w-])", new, known) for known in forms}
    return forms


def _organizations() -> Iterator[tuple[str, Entry]]:
    for code, known in load_lexicon("organizations")["organizations"].items():
        entry = Entry("organization", code, known["name"], known.get("country"))
        for form in (known["name"], *known.get("also", [])):
            forms = {form} if entry.country else _spelled(form)
            yield from ((spelled, entry) for spelled in forms)
        yield from ((form, replace(entry, at_home=True)) for form in known.get("at_home", []))
        if known.get("id_is_form", True):
            acronym = Entry(
                "organization", code, known["name"], known.get("country"), known.get("defined", False)
            )
            yield code, acronym
    for names in load_lexicon("companies")["companies"].values():
        yield from ((name, Entry("organization", slug(name), name)) for name in names)


def known_names() -> dict[str, Entry]:
    """Every form of every known name; of equal forms the state wins over the adjective."""
    forms = {form: Entry("demonym", code, form) for form, code in demonyms().items()}
    lexicon = load_lexicon("states")
    forms |= {form: Entry("place", "", form) for form in (*lexicon["not_states"], *lexicon["regions"])}
    for form, entry in _organizations():
        forms.setdefault(form, entry)
    return forms | {form: Entry("state", code, form) for form, code in state_names().items()}


class Gazetteer:
    """Finds known names in a `Doc`, the longest first, none inside another."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = PhraseMatcher(nlp.vocab)
        self.entries: dict[int, Entry] = {}
        self.tokenizer = nlp.tokenizer
        for form, entry in known_names().items():
            key = f"{entry.kind}: {form}"
            self.matcher.add(key, [nlp.make_doc(variant) for variant in sorted(_variants(form))])
            self.entries[nlp.vocab.strings[key]] = entry

    def __call__(self, doc: Doc) -> list[tuple[Span, Entry]]:
        """Matches in text order, each with its entry."""
        spans: list[Span] = filter_spans(self.matcher(doc, as_spans=True))
        found = [(span, self.entries[span.label]) for span in spans]
        named = {entry.code for _, entry in found if not entry.needs_name}
        return [(span, entry) for span, entry in found if not entry.needs_name or entry.code in named]
