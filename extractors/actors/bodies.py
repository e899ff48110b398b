"""Bodies that no lexicon knows: "Ministry of ...", "Royal ... Navy", by the noun that makes them one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from communique.models.lexicons import load_lexicon

# Letters of `shapes`. Every repetition is bounded, so that no line of capitals costs more than its length.
CAPITAL = r"(?:[NAcwvqQPRGKBb]|Ss{0,6}|de{0,2}(?=-?[NAcwvqQPRGKBbSO])|Oo{0,12}|Xx{0,4})"
RUN = rf"{CAPITAL}(?:-?{CAPITAL}){{0,6}}"
# After a portfolio two further words are a name: "Bureau of ... Law Enforcement Jane Doe".
PORTFOLIO_RUN = (
    rf"(?:(?=[cwvqRGBb])(?:(?:[cwvqRGBb]|N(?!-?[NI])|Ss{{0,6}}|Oo{{0,12}})-?){{1,7}}|(?![cwvqRGBb]){RUN})"
)
ITEM = rf"t?{PORTFOLIO_RUN}(?:(?<=[PQ])'{RUN})?"
WORDS = r"t?(?:[cwvqRGBb]-?){1,7}"
OTHER_BODY = rf"(?!t?(?:(?:{CAPITAL}-?){{1,6}}[Bb]|B[fr]|O|(?:[wvqQ]-?){{0,5}}[PQ](?!['Bb])))"
LAST_ITEM = rf",?a(?!t[SNAcd])(?!(?<![Ss],a)(?<![Ss]a)S){OTHER_BODY}{ITEM}"
"""No further item is a name with "the", or a state behind none: "Ministry of Law | and the Lima Group"."""
OF = rf"f(?!t(?:{CAPITAL}-?){{0,6}}B)"
"""No "of" before a further body: "the Trade Bureau | of the Ministry of Commerce" are two."""
LIST = rf"{ITEM}(?:{LAST_ITEM}|{OF}{ITEM}|,(?={WORDS}(?:,{WORDS}){{0,3}}{LAST_ITEM}){WORDS}){{0,5}}"
MODIFIERS = (
    rf"(?:(?:(?:{CAPITAL}|h)-?(?:p-?)?){{1,7}}(?:(?:(?<=[PQRG])|(?<=PN))'|(?<=[wvc])a{CAPITAL}{{1,3}})?)?"
)
HOLDER = r"(?<=[wvcB])(?=[qQPG]{1,6}[HhR.]{0,5}N[NI])|(?<=[wvc])(?=N[NI])"
"""Who serves it, by title and name, or behind a portfolio by name: "Ministry of Mines | Ana Lima"."""
CLOSED = r"(?!-?[NcPQwvqb])"
BODY = re.compile(
    rf"{MODIFIERS}(?:B(?:{OF}|r){LIST}|[Bb](?:ft?Ss{{0,6}})?(?!(?<=b)ft?[cwvqQP]))(?:{CLOSED}|{HOLDER})"
)
"""A body noun with what precedes it in capitals and, for those of class B, its "of ..." complement."""
TITLED = re.compile(r"[qQ]{0,3}PG?(?=[wvcSd][^']*$)")
"""The office of somebody who stands before a body: "Director | Finance Ministry"."""
BRANDED = re.compile(
    r"(?<![PQ]f)(?<![NAcwvqQPRGKBb'-])(?:[wv],?a?){1,6}(?<=[wv])S(?![s'-])(?![NAcwvqQPRBbSd])"
)
"""Words of a portfolio before the name of a state that calls its bodies so: "Parks Canada"."""
MISSION = re.compile(r"(?:Ss{0,6}|d)?qq(?:ft?Ss{0,6})?rt?(?:Oo{0,8}|Ss{0,6})")
"""A state's mission to a body: "Permanent Mission of Chile to the United Nations"."""
MINISTERS = {"Minister", "Ministers", "Secretary"}
OF_STATE = re.compile(r"Bft?[SO]")


def find_bodies(doc: Doc, shape: str) -> Iterator[tuple[int, int]]:
    """Token offsets of each body."""
    lexicon = load_lexicon("organizations")
    rejected = [*lexicon["not_bodies"], *lexicon["formats"]]
    for match in BODY.finditer(_without_to(doc, shape)):
        start, end = match.span()
        if title := TITLED.match(shape[start:end]):
            start += title.end()
        while start < end and not doc[start].text[0].isupper():
            start += 1  # "the former Finance Ministry"
        text = doc[start:end].text
        if (
            end - start > 1
            and shape[start - 1 : start] != "-"  # "Bi-National Commission"
            and not any(phrase in text for phrase in rejected)
            and not _is_state(doc, shape, start, end)
            and not (shape[start] not in "Bb" and _is_portfolio(doc, start))
        ):
            yield start, end
    missions = (match.span() for match in MISSION.finditer(shape))
    yield from (span for span in missions if "Permanent Mission" in doc[slice(*span)].text)
    branding = lexicon["bodies"]["branding_states"]
    yield from (match.span() for match in BRANDED.finditer(shape) if doc[match.end() - 1].text in branding)


def _without_to(doc: Doc, shape: str) -> str:
    """The letters with none for "to", which opens no part of a body's name ("the Government to Chile")."""
    return "".join("z" if c == "r" and doc[i].lower_ == "to" else c for i, c in enumerate(shape))


def _is_portfolio(doc: Doc, start: int) -> bool:
    """Whether it stands behind who holds it: "Minister of Justice and Courts Administration"."""
    at = start - 1
    return at > 0 and doc[at].lower_ in {"of", "for"} and doc[at - 1].text.title() in MINISTERS


def _is_state(doc: Doc, shape: str, start: int, end: int) -> bool:
    """Whether the name is that of a government of whom is named inside, who is then the actor."""
    match = OF_STATE.search(shape, start, end)
    return match is not None and doc[match.start()].text == "Government"
