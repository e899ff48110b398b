"""Lines of annotated releases with the names in them: of persons and bodies, of dialogues, and offices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.models.training.annotated import Annotated, read_annotated
from communique.models.training.reader_examples import Example, Mark, lines_of

LAYERS = {"name": ["PERSON", "ORG"], "dialogue": ["DIALOGUE"], "role": ["ROLE"]}
KINDS = {"person": "PERSON", "organization": "ORG"}
LONGEST_ACRONYM = 8
Form = tuple[str, str]  # words and label


def name_examples(gold: Path, *own: Path) -> Iterator[Example]:
    """The lines of every release whose names are annotated."""
    for text in read_annotated(gold, *own):
        if text.actors:
            yield from lines_of(text, names(text))


def names(text: Annotated) -> dict[str, list[Mark]]:
    """Where the annotated names stand, by layer, every mention of each."""
    persons = [actor for actor in text.actors if actor["kind"] == "person"]
    return {
        "name": mentions(text.text, (form for actor in text.actors for form in _forms(actor))),
        "dialogue": mentions(
            text.text, ((form, "DIALOGUE") for one in text.dialogues for form in _called(one))
        ),
        "role": mentions(text.text, ((actor["role"], "ROLE") for actor in persons if actor.get("role"))),
    }


def mentions(text: str, forms: Iterable[Form]) -> list[Mark]:
    """Every place of the forms as whole words, the longest first, none inside another, in text order."""
    taken: set[int] = set()
    found: list[Mark] = []
    for form, label in sorted(set(forms), key=lambda one: (-len(one[0]), one)):
        words = r"\s+".join(map(re.escape, form.split()))
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", text) if words else ():
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                found.append((*match.span(), label))
    return sorted(found)


def _forms(actor: dict[str, object]) -> Iterator[Form]:
    """What a person or body is called; an acronym that is its id too."""
    if label := KINDS.get(str(actor["kind"])):
        yield from ((form, label) for form in _called(actor))
        code = str(actor.get("id") or "")
        if code.isupper() and len(code) <= LONGEST_ACRONYM:
            yield code, label


def _called(one: dict[str, object]) -> Iterator[str]:
    aliases = one.get("aliases") or []
    assert isinstance(aliases, list)
    yield from (str(form) for form in (one["name"], one["quote"], *aliases))
