"""Names that no list knows: firms, foundations and regions, which bind themselves."""

from __future__ import annotations

from itertools import dropwhile, takewhile

from spacy.tokens import Span, Token

from communique.extractors.actors.referents import Referents, listed
from communique.extractors.actors.serving import unique, words
from communique.extractors.actors.shapes import word_classes
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.lexicon import lexicon
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.extractors.commitments.subjects import kind_of
from communique.models.lexicons import load_lexicon

LONGEST_NAME = 6  # words
INSIDE = {"of", "for", "and", "the", "&"}  # words without a capital inside a name
LONGEST_OF_PAIR = 3  # words of either name of a subject made of two
NAMES = set("Ncvw")  # letters of `shapes` for words that make no office and no body


def firm(subject: Span | None) -> tuple[str, ...]:
    """A firm that its apposition makes known: "Acme, an American company", "the carmaker Acme"."""
    if subject is None:
        return ()
    called = _called(subject)
    if called is not None:
        return (called,)
    name = _capitalised(subject)
    if name is None or not any(token.lemma_.lower() in lexicon().words["outsiders"] for token in subject):
        return ()
    explained = subject.doc[name.end : name.end + 2].text in {", a", ", an", ", the"}
    return (name.text,) if explained else ()


def _called(subject: Span) -> str | None:
    """The name behind a noun of outsiders: "the Japanese carmaker | Acme Motors"."""
    outsiders = lexicon().words["outsiders"]
    heads = (token for token in subject if token.lemma_.lower() in outsiders and token.text[:1].islower())
    for head in heads:
        end = head.i + 1
        while end < subject.end and subject.doc[end].text[:1].isupper():
            end += 1
        if end > head.i + 1:
            return subject.doc[head.i + 1 : end].text
    return None


def joined_names(referents: Referents, subject: Span | None) -> tuple[str, ...]:
    """The two parties of a subject made of two names, where a list does not know both; else none."""
    if subject is None:
        return ()
    conjuncts = [token for token in subject if token.dep_ == "conj"]
    links = [token for token in subject if token.lower_ == "and"]
    if len(conjuncts) != 1 or len(links) != 1:
        return ()
    if any(not (_is_capital(token) or token.lower_ in {"the", "and"}) for token in subject):
        return ()
    known = [referents.of_token(token) for token in (subject.root, *conjuncts)]
    parts = (subject.doc[subject.start : links[0].i], subject.doc[links[0].i + 1 : subject.end])
    ids = [code or _unlisted(referents, part) for code, part in zip(known, parts, strict=True)]
    return unique(code for found in ids for code in found) if all(ids) else ()


def _unlisted(referents: Referents, part: Span) -> tuple[str, ...]:
    """A proper name that is no person's, office's, body's or document's; a region's whatever its tags."""
    name = part[1:] if part[0].lower_ == "the" else part
    if name.text in load_lexicon("states")["regions"]:
        return (name.text,)
    letters = {word_classes().get(token.text, "N") for token in name}
    if not 0 < len(name) <= LONGEST_OF_PAIR or letters == {"w"} or not letters <= NAMES:
        return ()
    proper = all(token.pos_ == "PROPN" for token in name) and kind_of(name.root) == "name"
    return (name.text,) if proper and not any(token.i in referents.mentions for token in name) else ()


def unknown(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """A company or foundation that no list knows, by its name, in the release of one party or a clear name.

    "Acme Corporation is committing to ...", "Acme Foundation: Commits to ...". Bare initials are more often
    an agency of the publisher's.
    """
    phrase, sentence = candidate.subject, candidate.sentence
    name = _capitalised(sentence.doc[sentence.start : candidate.trigger.start] if phrase is None else phrase)
    doubtful = phrase is None or len(release.cast.sides) > 1  # "Clean Energy: Committed to" is a heading
    if name is None or (doubtful and not _is_firm(name)):
        return ()
    if {token.lower_ for token in name} & (words("offices") | words("representing") | words("government")):
        return ()
    persons = [release.people[token.text] for token in name if token.text in release.people]
    if persons:  # "Minister Ana Rojas ... Ana signed"
        return persons[0]
    if name[0].tag_ == "CD":  # "Six Memoranda of Understanding"
        return ()
    return release.cast.own if name.text.isupper() else (name.text,)


def _is_firm(name: Span) -> bool:
    """A proper name that is neither initials nor that of a body, document or programme of the parties.

    Initials in brackets behind it, or what it is called, make any a proper one: "Clear Lakes Now (CLN)".
    """
    if name.doc[name.end : name.end + 1].text == "(" or listed("firms") & {token.lower_ for token in name}:
        return True
    proper = all(token.pos_ == "PROPN" or not _is_capital(token) for token in name)
    person = any(token.ent_type_ == "PERSON" for token in name)
    return proper and not person and not name.text.isupper() and kind_of(name.root) == "name"


def _capitalised(subject: Span) -> Span | None:
    """The name with which a subject opens, nothing but punctuation behind it; None where it has no name.

    Several words with capitals are a name whatever their tags, but for "Member States" and the like.
    """
    tokens = list(dropwhile(_is_mark, subject))
    run = list(takewhile(_in_name, tokens))
    while run and not _is_capital(run[-1]):
        run.pop()
    alone = len(run) == len(tokens) or (bool(run) and _is_mark(tokens[len(run)]))
    agents = lexicon().words["agents"]
    several = len(run) > 1 and not any(token.lemma_.lower() in agents for token in run)
    proper = several or any(token.pos_ == "PROPN" for token in run)
    if (
        not alone
        or not proper
        or not _is_capital(run[0])
        or run[0].tag_ in {"DT", "VBG", "IN"}
        or run[-1].pos_ == "PRON"
        or len(run) > LONGEST_NAME
    ):
        return None
    return subject.doc[run[0].i : run[-1].i + 1]


def _in_name(token: Token) -> bool:
    return _is_capital(token) or token.lower_ in INSIDE


def _is_mark(token: Token) -> bool:
    return token.is_punct or token.is_space


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()
