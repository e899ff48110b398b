"""A user's lexicons in the components: what they find with them, and without them beside it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.fingerprint import fingerprint
from communique.extractors.pipeline import build_pipeline, components_fit
from communique.models.lexicons import SHIPPED, Lexicons, open_lexicons
from communique.models.overlay import LexiconError

TEXT = (
    "Ruritania and Peru vouchsafed to open a new bridge in 2033.\n"
    "They took part in the Lima Lake Talks. The ministers of the Andean Guild of Ports met.\n"
)
FILES = {
    "states": "states: {RUR: {name: Ruritania, demonyms: [Ruritanian]}}",
    "predicates": "verbs: {vouchsafe: {act: commit, frames: [to]}}",
    "organizations": "organizations: {AGP: {name: Andean Guild of Ports}}",
    "dialogues_known": "[{id: lima-lake-talks, name: Lima Lake Talks, kind: dialogue}]",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lexicons")
    for name, text in FILES.items():
        (made / f"{name}.yaml").write_text(text)
    return made


@pytest.fixture(scope="module")
def own(folder: Path) -> Language:
    return build_pipeline(lexicons=folder)


def found(doc: Doc) -> tuple[list[str], list[str], list[tuple[str, tuple[str, ...]]]]:
    return (
        [span._.actor.actor_id for span in doc.spans["actors"] if span._.actor.kind != "group"],
        [span._.dialogue.dialogue_id for span in doc.spans["dialogues"]],
        [(span.text, span._.commitment.parties) for span in doc.spans["commitments"]],
    )


def test_words_of_ones_own_are_read(own: Language, nlp: Language) -> None:
    actors, dialogues, commitments = found(own(TEXT))
    assert actors == ["RUR", "PER", "AGP"]
    assert dialogues == ["lima-lake-talks"]
    assert commitments == [("open a new bridge in 2033", ("RUR", "PER"))]
    without = found(nlp(TEXT))
    assert "RUR" not in without[0] and "AGP" not in without[0]
    assert found(own(TEXT)) == (actors, dialogues, commitments)


def test_processes_and_stored_pipelines_keep_them(own: Language, tmp_path: Path) -> None:
    wanted = found(own(TEXT))
    assert [found(doc) for doc in own.pipe([TEXT, TEXT], n_process=2, batch_size=1)] == [wanted] * 2
    own.to_disk(tmp_path / "stored")
    assert found(spacy.load(tmp_path / "stored")(TEXT)) == wanted


def test_what_is_removed_is_not_read(tmp_path: Path, nlp: Language) -> None:
    (tmp_path / "states.yaml").write_text("states: {PER: null, FRA: {demonyms: {only: [Gallic]}}}")
    (tmp_path / "dates.yaml").write_text("fiscal: {PER: {month: 2, named: end, pairs: false, words: Peru}}")
    text = "Peru and Chile met the Gallic minister. Peru's fiscal year 2031 begins."
    own = build_pipeline(lexicons=tmp_path)
    doc = own(text)
    assert "PER" not in found(doc)[0] and "CHL" in found(doc)[0]
    fiscal = [span._.timex for span in doc.spans["dates"]][-1]
    assert (fiscal.start, fiscal.end) == (dt.date(2030, 2, 1), dt.date(2031, 1, 31))
    assert "PER" in found(nlp(text))[0]


def test_one_component_may_have_them(folder: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_dialogues", config={"lexicons": str(folder)})
    doc = nlp("the Lima Lake Talks")
    assert [span.text for span in doc.spans["dialogues"]] == ["Lima Lake Talks"]
    with pytest.raises(ValueError, match="there is no such folder"):
        nlp.create_pipe("communique_dates", config={"lexicons": "nowhere"})


def test_they_are_part_of_the_fingerprint(folder: Path) -> None:
    own = open_lexicons(folder)
    assert fingerprint(None, own) != fingerprint() == fingerprint(None, SHIPPED)
    assert fingerprint(None, Lexicons(own.own, {})) == fingerprint()


def test_lexicons_of_which_a_component_cannot_be_made_are_told(folder: Path) -> None:
    components_fit(open_lexicons(folder))
    broken = Lexicons({}, {"dates": {"fragments": {}, "skip": ["("], "rules": []}})
    with pytest.raises(LexiconError, match="communique_dates cannot be made"):
        components_fit(broken)


# What they keep does not depend on lexicons, or they keep it by the lexicons in use.
CACHED = {
    "actors/allegiance.py",
    "actors/names.py",
    "commitments/choice.py",
    "commitments/decision.py",
    "dates/explicit.py",
    "dialogues/lexicon.py",
    "events/choice.py",
    "fingerprint.py",
}


def test_what_is_made_of_lexicons_is_kept_for_those_in_use() -> None:
    folder = Path(__file__).parents[2] / "extractors"
    taken = re.compile(r"^from functools import .*\b(cache|lru_cache)\b", re.MULTILINE)
    cached = {path for path in folder.rglob("*.py") if taken.search(path.read_text())}
    assert {path.relative_to(folder).as_posix() for path in cached} == CACHED
