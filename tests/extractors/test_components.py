"""The components in somebody else's program: documents as bytes, copies, processes, keys, what is missing."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from communique.extractors.annotations import Timex
from communique.extractors.pipeline import COMPONENTS

TEXT = (
    "The Foreign Ministers of Chile and Peru met in Lima on 3 May 2031.\n"
    "Chile and Peru agreed to open a new bridge in 2033 under the Andean Bridges Dialogue.\n"
    "The Andean Bridges Dialogue was held in Lima in March 2029.\n"
)
NAMES = {
    "actors": "actor",
    "dates": "timex",
    "dialogues": "dialogue",
    "commitments": "commitment",
    "events": "event",
}


def values(doc: Doc) -> dict[str, list[tuple[int, int, Any]]]:
    """All that the components wrote on a document."""
    return {
        key: [(span.start_char, span.end_char, getattr(span._, name)) for span in doc.spans[key]]
        for key, name in NAMES.items()
    }


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    made = nlp.make_doc(TEXT)
    made._.published = dt.date(2031, 5, 3)
    made = nlp(made)
    assert all(values(made).values())
    assert values(made)["commitments"][0][2].parties == ("CHL", "PER")
    return made


def as_bytes(nlp: Language, doc: Doc) -> Doc:
    return Doc(nlp.vocab).from_bytes(doc.to_bytes())


def as_bin(nlp: Language, doc: Doc) -> Doc:
    stored = DocBin(store_user_data=True)
    stored.add(doc)
    return next(DocBin(store_user_data=True).from_bytes(stored.to_bytes()).get_docs(nlp.vocab))


def as_copy(nlp: Language, doc: Doc) -> Doc:
    return doc.copy()


def as_pickle(nlp: Language, doc: Doc) -> Doc:
    read: Doc = pickle.loads(pickle.dumps(doc))
    return read


@pytest.mark.parametrize("way", [as_bytes, as_bin, as_copy, as_pickle])
def test_a_document_keeps_its_annotations(way: Any, nlp: Language, doc: Doc) -> None:
    read = way(nlp, doc)
    assert values(read) == values(doc)
    assert read._.published == dt.date(2031, 5, 3)


def test_another_process_reads_them_without_a_component(doc: Doc, tmp_path: Path) -> None:
    path = tmp_path / "docs.spacy"
    DocBin(store_user_data=True, docs=[doc]).to_disk(path)
    code = f"""
import spacy
from spacy.tokens import DocBin
doc, = DocBin().from_disk({str(path)!r}).get_docs(spacy.blank("en").vocab)
print(doc.spans["commitments"][0]._.commitment.parties)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "('CHL', 'PER')", done.stderr


def test_processes_give_what_one_gives(nlp: Language) -> None:
    texts = [TEXT, "", "Japan promised to plant cedars."]
    one, two = list(nlp.pipe(texts)), list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [values(found) for found in two] == [values(found) for found in one]
    assert values(two[0])["commitments"] and values(two[2])["commitments"]


def test_what_is_not_ours_is_written_as_before() -> None:
    assert srsly.msgpack_loads(srsly.msgpack_dumps({"communique": ["day", 3]})) == {"communique": ["day", 3]}
    assert srsly.msgpack_loads(srsly.msgpack_dumps([Timex("DATE", "2031")])) == [Timex("DATE", "2031")]
    with pytest.raises(TypeError, match="can not serialize"):
        srsly.msgpack_dumps(object())


def test_factories_declare_what_they_read_and_write(nlp: Language) -> None:
    for name in COMPONENTS:
        meta = nlp.get_factory_meta(name)
        assert meta.assigns and "key" in meta.default_config
        component = nlp.get_pipe(name)
        assert callable(component.match) and callable(component.set_annotations)
    assert not any(nlp.analyze_pipes()["problems"][name] for name in COMPONENTS)


def test_match_writes_nothing_and_set_annotations_all_of_it(nlp: Language, doc: Doc) -> None:
    other = doc.copy()
    component: Any = nlp.get_pipe("communique_commitments")
    del other.spans["commitments"]
    found = component.match(other)
    assert "commitments" not in other.spans
    component.set_annotations(other, found)
    assert values(other) == values(doc)


def test_spans_go_where_they_are_told_and_are_read_from_there(nlp: Language, doc: Doc) -> None:
    names = {key: f"my_{key}" for key in NAMES}
    read = {f"{key}_key": names[key] for key in ("actors", "dates", "dialogues")}
    other = nlp.make_doc(TEXT)
    for name in nlp.pipe_names:
        if name not in COMPONENTS:
            other = nlp.get_pipe(name)(other)
    for factory, key in zip(
        COMPONENTS, ("dates", "actors", "dialogues", "commitments", "events"), strict=True
    ):
        wanted = {"key", *read} & set(nlp.get_factory_meta(factory).default_config)
        config = {name: read.get(name, names[key]) for name in wanted}
        component: Any = nlp.create_pipe(factory, config=config)
        other = component(other)
    assert set(other.spans) == set(names.values())
    assert [span.text for span in other.spans["my_commitments"]] == [
        span.text for span in doc.spans["commitments"]
    ]
    assert other.spans["my_commitments"][0]._.commitment.parties == ("CHL", "PER")


def test_a_threshold_lets_more_or_less_pass(nlp: Language, doc: Doc) -> None:
    least: Any = nlp.create_pipe("communique_commitments", config={"threshold": 1.0})
    assert least.match(doc) == []
    earlier = nlp("Chile recalled its commitment to open a school.")
    assert len(earlier.spans["commitments"]) == 1 and least.match(earlier) == []  # history too
    with pytest.raises(ValueError, match="not between 0 and 1"):
        nlp.create_pipe("communique_commitments", config={"threshold": 5.0})


def test_a_blank_pipeline_says_what_is_missing() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("communique_commitments")
    with pytest.raises(ValueError, match="needs a document with TAG, POS, LEMMA, DEP"):
        blank(TEXT)
    assert len(blank("").spans["commitments"]) == 0
    blank.replace_pipe("communique_commitments", "communique_actors")
    with pytest.warns(UserWarning, match="no DEP: groups of actors are not read"):
        named = blank(TEXT)
    assert [span.text for span in named.spans["actors"]][:2] == ["Chile", "Peru"]


@pytest.mark.parametrize(
    ("factory", "setting"),
    [
        ("communique_commitments", "actors"),
        ("communique_commitments", "dates"),
        ("communique_commitments", "dialogues"),
        ("communique_events", "dialogues"),
        ("communique_dialogues", "actors"),
    ],
)
def test_a_group_of_spans_that_nobody_wrote_is_told(
    factory: str, setting: str, nlp: Language, doc: Doc
) -> None:
    component: Any = nlp.create_pipe(factory, config={f"{setting}_key": "elsewhere"})
    with pytest.raises(ValueError, match=rf"{factory} needs doc.spans\['elsewhere'\]"):
        component(doc.copy())
    other = doc.copy()
    other.spans["elsewhere"] = list(other.spans[setting])
    assert values(component(other)) == values(doc)


@pytest.mark.parametrize("setting", [{"threshold": "high"}, {"key": 3}, {"lexicons": 4}, {"least": 0.5}])
def test_settings_of_another_kind_are_refused(setting: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"communique_commitments -> {next(iter(setting))}"):
        spacy.blank("en").add_pipe("communique_commitments", config=setting)


@pytest.mark.parametrize("factory", ["communique_actors", "communique_commitments"])
def test_labels_of_clearnlp_are_refused(factory: str, nlp: Language) -> None:
    words, heads = ["Chile", "opened", "bridges"], [1, 1, 1]
    rest: Any = {"words": words, "heads": heads, "lemmas": words, "tags": ["NNP", "VBD", "NNS"]}
    rest["pos"] = ["PROPN", "VERB", "NOUN"]
    component: Any = nlp.create_pipe(factory)
    read = Doc(nlp.vocab, deps=["nsubj", "ROOT", "obj"], **rest)
    read.spans.update({key: [] for key in ("actors", "dates", "dialogues")})
    component(read)
    with pytest.raises(ValueError, match="labels of ClearNLP .dobj."):
        component(Doc(nlp.vocab, deps=["nsubj", "ROOT", "dobj"], **rest))
