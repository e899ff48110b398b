"""What a component needs of the pipeline that it is in, checked before it reads a document in vain."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from spacy.tokens import Doc

PARSE = ("TAG", "POS", "LEMMA", "DEP")
# Relations that only the labels of ClearNLP have, with which spaCy's own English pipelines come.
CLEARNLP = frozenset({"dobj", "pobj", "nsubjpass", "auxpass", "relcl", "prep"})
REMEDY = "communique.build_pipeline() is a pipeline that has them"


def require_parse(doc: Doc, name: str) -> None:
    """Raises ValueError where `doc` lacks what the component `name` reads, or has labels other than UD's."""
    if not len(doc):
        return
    missing = [attribute for attribute in PARSE if not doc.has_annotation(attribute)]
    if missing:
        raise ValueError(f"{name} needs a document with {', '.join(missing)}, set before it; {REMEDY}")
    refuse_clearnlp(doc, name)


def advise_parse(doc: Doc, name: str, without: str) -> bool:
    """Whether `doc` has a parse; a warning where not, which says what it does `without`."""
    if not len(doc) or doc.has_annotation("DEP"):
        refuse_clearnlp(doc, name)
        return True
    warnings.warn(f"{name}: the document has no DEP: {without}; {REMEDY}", UserWarning, stacklevel=3)
    return False


def require_spans(doc: Doc, name: str, keys: Iterable[str]) -> None:
    """Raises ValueError where a group of spans that the component `name` reads was not written before it."""
    missing = [f"doc.spans[{key!r}]" for key in keys if key not in doc.spans]
    if missing and len(doc):
        raise ValueError(f"{name} needs {', '.join(missing)}, written before it; {REMEDY}")


def refuse_clearnlp(doc: Doc, name: str) -> None:
    """Raises ValueError where a relation of `doc` is one of ClearNLP: the rules would find nothing."""
    strings = doc.vocab.strings
    foreign = {label for label in CLEARNLP if label in strings}
    found = {strings[label] for label in set(doc.to_array("DEP").tolist())} & foreign
    if found:
        raise ValueError(
            f"{name} needs Universal Dependencies; the parser gives labels of ClearNLP "
            f"({', '.join(sorted(found))}); {REMEDY}"
        )


@contextmanager
def spans_of(doc: Doc, keys: Mapping[str, str]) -> Iterator[None]:
    """The groups of `doc.spans` that other components wrote, under our own names for the block.

    `keys` maps our name of a group to the one that it has in this pipeline.
    """
    others = {ours: theirs for ours, theirs in keys.items() if ours != theirs}
    before = {ours: list(doc.spans[ours]) for ours in others if ours in doc.spans}
    read = {ours: list(doc.spans.get(theirs, ())) for ours, theirs in others.items()}
    try:
        for ours, spans in read.items():
            doc.spans[ours] = spans
        yield
    finally:
        for ours in others:
            if ours in before:
                doc.spans[ours] = before[ours]
            else:
                doc.spans.pop(ours, None)
