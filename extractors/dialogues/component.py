"""The component: finds the names of a release, resolves their short forms, and writes the spans."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Span

from communique.extractors.annotations import ACTORS, DIALOGUES, Dialogue, set_extensions
from communique.extractors.dialogues.identity import is_bare, is_generic, is_kind, is_status, names_grouping
from communique.extractors.dialogues.known import known_in
from communique.extractors.dialogues.lexicon import TYPOGRAPHY, known_ids, mapping, words
from communique.extractors.dialogues.lowered import anywhere, closed_lower, memorandum, served, told
from communique.extractors.dialogues.names import Name, names
from communique.extractors.dialogues.parties import Sentences, named_parties, raised_parties
from communique.extractors.dialogues.resolve import Entry, resolve
from communique.extractors.dialogues.runs import LINKS, runs, units
from communique.extractors.needs import require_spans, spans_of
from communique.models.lexicons import SHIPPED, Lexicons

NEAR = 100  # characters before a status in which stands what is raised to it
_CAPITALS = re.compile(r"^(?=[^\n]*[A-Z]{2})[^a-zà-öø-ÿ\n]+$", re.MULTILINE)
# Not the Turkish İ for an i: in lower case it is two characters long, and would move all that follows.
_LINKS = re.compile(rf"\b(?ai:{'|'.join(LINKS)})\b")
_IMPLEMENTS = re.compile(r"\s+(?:to implement|for the implementation of|implementing)\s+(?:the\s+)?")


class Dialogues:
    """Writes `doc.spans[key]`, each span with its `Dialogue`.

    Needs tokens only; parties beside a name come from `doc.spans[actors_key]` and the sentences, where set.
    A key other than ours was asked for: what it names must be there.
    """

    def __init__(
        self,
        name: str = "communique_dialogues",
        *,
        key: str = DIALOGUES,
        actors_key: str = ACTORS,
        lexicons: Lexicons = SHIPPED,
    ) -> None:
        set_extensions()
        self.name, self.key, self.actors_key, self.lexicons = name, key, actors_key, lexicons

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Entry]:
        """The dialogues of the release, each with its mentions as offsets of `doc.text`.

        Raises ValueError where the actors that the setting names are not there.
        """
        require_spans(doc, self.name, {self.actors_key} - {ACTORS})
        text = doc.text.translate(TYPOGRAPHY)
        with self.lexicons.used():
            return resolve(text, _apart(text, find(text)))

    def set_annotations(self, doc: Doc, entries: list[Entry]) -> None:
        """Writes a span with its `Dialogue` for every mention, in text order."""
        with self.lexicons.used(), spans_of(doc, {ACTORS: self.actors_key}):
            sentences = Sentences(doc)
            spans = [span for entry in _implemented(doc, entries) for span in _spans(doc, entry, sentences)]
        doc.spans[self.key] = sorted(spans, key=_place)


def _spans(doc: Doc, entry: Entry, sentences: Sentences) -> list[Span]:
    """The mentions of an entry with their value; `name` is the fullest form as the release writes it."""
    found = (doc.char_span(*mention, alignment_mode="expand") for mention in sorted(entry.mentions))
    spans = [span for span in found if span is not None]
    if entry.head in words("bodies_recognised") and sentences.is_body(spans):
        return []
    name = max((span.text for span in spans), key=_fullness, default="")
    parties = named_parties(name) or (_raised(doc, spans) if is_status(name) else ())
    owners: tuple[str, ...] = parties
    known = entry.known is not None or entry.id in known_ids()
    if not parties and spans and not known and not names_grouping(name):
        parties = next((ids for span in spans if (ids := sentences.parties(span))), ())
        owners = parties or (() if sentences.is_of_others(spans[0]) else sentences.sides)
    identity = entry.owned_id(owners)
    many = is_kind(f"{entry.matter} {name}") or not known and is_generic(identity)
    if many and doc._.published is not None:
        identity = f"{identity}-{doc._.published:%Y-%m}"
    for span in spans:
        span._.dialogue = Dialogue(identity, name, entry.kind, parties)
    return spans


def _raised(doc: Doc, spans: list[Span]) -> tuple[str, ...]:
    """Whose relations are raised to a status, where it does not tell whose it is."""
    befores = (doc.text[max(span.start_char - NEAR, 0) : span.start_char] for span in spans)
    return next((ids for before in befores if (ids := raised_parties(before))), ())


def _implemented(doc: Doc, entries: list[Entry]) -> list[Entry]:
    """The entries, a bare plan with what it implements: "an Action Plan to implement the Accord".

    Where the text does not tell, that is the one partnership that the release is about.
    """
    starts = {start: entry for entry in entries for start, _ in entry.mentions}
    partnerships = [entry for entry in entries if is_status(entry.name)]
    only = partnerships[0].name if len(partnerships) == 1 else ""
    for entry in entries:
        for _, end in sorted(entry.mentions) if is_bare(entry.name) else ():
            link = _IMPLEMENTS.match(doc.text, end)
            other = starts.get(link.end()) if link else None
            if other is not None and other is not entry:
                entry.matter = other.name
                break
        if is_bare(entry.name):
            entry.matter = entry.matter or only
    return entries


def _fullness(name: str) -> tuple[bool, int]:
    """A longer form is fuller, but a heading in capitals only where there is no other form."""
    return not name.isupper(), len(name)


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def find(text: str) -> list[Name]:
    """Every name in a text of plain typography; they may overlap."""
    found = list(anywhere(text))
    text = _links_lowered(text)
    for run in runs(text):
        parts = units(run)
        shared = [name for name in names(parts) if name.sure or told(text, name)]
        inside = [memorandum(text, name) for name in shared if not served(text, name)]
        found.extend(inside)
        found.extend(closed_lower(text, parts, inside))
        found.extend(known_in(text, parts))
    return found


def _links_lowered(text: str) -> str:
    """The text, with the links of names in lower case in lines of capitals: "TREATY of FRIENDSHIP"."""
    return _CAPITALS.sub(lambda line: _LINKS.sub(lambda link: link[0].lower(), line[0]), text)


def _apart(text: str, found: list[Name]) -> list[Name]:
    """The longest names, without those that overlap a longer one; a known name wins over its equal."""
    kept: list[Name] = []
    for name in sorted(found, key=lambda name: (name.start, -name.end, name.known is None)):
        last = kept[-1] if kept else None
        if last is None or name.start >= last.end:
            kept.append(name)
        elif _opens(last, name):
            kept[-1] = replace(last, end=name.end)
        elif _is_number(text, last, name):
            kept[-1] = replace(last, known=name.known)
        elif _wins(name, last):
            kept[-1] = name
    return kept


def _opens(name: Name, known: Name) -> bool:
    """Whether a name goes on into a known one: "Ministerial Conference of the Bali Process on ..."."""
    inside = name.start < known.start < name.end < known.end
    return inside and name.full and name.known is None and known.known is not None


def _is_number(text: str, name: Name, known: Name) -> bool:
    """Whether a bracket in a name tells which meeting it is: "Conference of the Parties (COP29) to ..."."""
    bracketed = text[known.start - 1 : known.start] == "(" and text[known.end : known.end + 1] == ")"
    return bracketed and name.known is None and known.known is not None and name.kind == known.kind


def _wins(name: Name, other: Name) -> bool:
    """Whether a name that overlaps another, no later one, is the better: longer, or known after an opener."""
    swallowed = name.known is not None and name.start == other.start and other.head in mapping("openers")
    return swallowed or name.end - name.start > other.end - other.start
