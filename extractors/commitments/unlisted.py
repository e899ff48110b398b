"""Names that no list knows, joined by "and" in a subject: each counts ("Québec and Bavaria")."""

from __future__ import annotations

from spacy.tokens import Span, Token

from communique.extractors.actors.referents import Referents
from communique.extractors.actors.serving import unique
from communique.extractors.actors.shapes import word_classes
from communique.extractors.commitments.subjects import kind_of

LONGEST = 7  # tokens of such a subject
WORDS = 3  # of one name
INNER = {"the", "and"}
NAMES = set("Ncvw")  # letters of `shapes` for words that make no office and no body


def joined_names(referents: Referents, subject: Span) -> tuple[str, ...]:
    """The two parties of a subject made of two names, where a list does not know both; else none."""
    head = subject.root
    conjuncts = [child for child in head.children if child.dep_ == "conj"]
    links = [token for token in subject if token.lower_ == "and"]
    if len(subject) > LONGEST or len(conjuncts) != 1 or len(links) != 1:
        return ()
    known = [referents.of_token(token) for token in (head, *conjuncts)]
    if all(known) or any(not _in_name(token) for token in subject):
        return ()
    parts = (subject.doc[subject.start : links[0].i], subject.doc[links[0].i + 1 : subject.end])
    ids = [code or _unlisted(referents, part) for code, part in zip(known, parts, strict=True)]
    return unique(code for found in ids for code in found) if all(ids) else ()


def _in_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower_ in INNER


def _unlisted(referents: Referents, part: Span) -> tuple[str, ...]:
    """A proper name that is no person's, office's, body's or document's."""
    name = part[1:] if part[0].lower_ == "the" else part
    letters = {word_classes().get(token.text, "N") for token in name}
    if not 0 < len(name) <= WORDS or letters == {"w"} or not letters <= NAMES:
        return ()
    proper = all(token.pos_ == "PROPN" for token in name) and kind_of(name.doc, name.root) == "name"
    other = any(token.ent_type_ == "PERSON" or token.i in referents.mentions for token in name)
    return (name.text,) if proper and not other else ()
