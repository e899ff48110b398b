"""Whom persons serve where the words beside the name do not tell, in sentences of our own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.actors.evidence import TELEPHONE
from communique.extractors.actors.find import find_actors
from communique.extractors.actors.gazetteer import Gazetteer
from communique.extractors.actors.labels_persons import labelled
from communique.extractors.actors.systems import has_office
from communique.extractors.annotations import set_extensions
from communique.models.tokenizer import make_tokenizer

Reader = tuple[Language, Gazetteer]
TITLE = "Working Visit to Peru"
HOST = "Minister for Trade Karen Holm visited Peru today. "


@pytest.fixture(scope="module")
def reader() -> Reader:
    set_extensions()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp, Gazetteer(nlp)


def read(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.title, doc._.speaks_for = TITLE, ("DNK",)
    return doc


def served(reader: Reader, text: str) -> dict[str | None, str | None]:
    nlp, gazetteer = reader
    actors = [span._.actor for span in find_actors(read(nlp, text), gazetteer)]
    return {actor.name: actor.country for actor in actors if actor.kind == "person"}


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("The Peruvian delegation was led by Ana Lima, Minister of Mines.", "Ana Lima", "PER"),
        ("The Danish delegation was led by Ana Lima, Minister of Mines.", "Ana Lima", "DNK"),
        (
            "She met her Peruvian counterparts Minister of Mines Ana Lima and Minister of Health Luis Ríos.",
            "Luis Ríos",
            "PER",
        ),
        ("Minister of Mines Ana Lima spoke to the press in Aarhus.", "Ana Lima", "DNK"),
    ],
)
def test_what_is_named_before_a_list_tells(reader: Reader, text: str, name: str, state: str) -> None:
    found = served(reader, HOST + text)
    assert (found[name], found["Karen Holm"]) == (state, "DNK")


def test_the_body_that_closes_an_entry_is_served(reader: Reader) -> None:
    text = "Present were:\n- Ana Reyes, Director, Quiroga Foundation\n- Luis Ríos, Minister of Mines\n"
    found = served(reader, text)
    assert found["Ana Reyes"] == "quiroga-foundation"
    assert found["Luis Ríos"] != "quiroga-foundation"


def test_no_state_is_offered_that_lacks_the_office(reader: Reader) -> None:
    assert served(reader, "Senator Ana Lima spoke in Lima.")["Ana Lima"] == "DNK"
    nlp, gazetteer = reader
    doc = read(nlp, "Senator Ana Lima spoke.")
    doc._.title, doc._.speaks_for = None, ("SGP",)
    (person,) = [span._.actor for span in find_actors(doc, gazetteer) if span._.actor.kind == "person"]
    assert person.country is None


@pytest.mark.parametrize(
    ("code", "office", "there"),
    [
        ("GBR", "Foreign Secretary", True),
        ("DEU", "Foreign Secretary", False),
        ("SGP", "VP", False),
        ("IDN", "VP", True),
        ("SGP", "EAM", False),
        ("GBR", "Chancellor", True),
        ("FRA", "Chancellor", False),
        ("MMR", "Union Minister for Health", True),
        ("LKA", "External Affairs Minister", True),
        ("SGP", "External Affairs Minister", False),
        ("JPN", "President", False),
        ("JPN", "President of the Senate", True),
        ("USA", "Prime Minister", False),
        ("SAU", "Crown Prince and Prime Minister", True),
        ("WB", "Foreign Minister", False),
        ("WB", "EAM", False),
        ("WB", "President", True),
    ],
)
def test_which_offices_there_are(code: str, office: str, there: bool) -> None:
    assert has_office(code, office) == there


def test_annotated_persons_are_labelled_where_nothing_is_said_outright(reader: Reader) -> None:
    nlp, gazetteer = reader
    text = HOST + "Minister of Mines Ana Lima and Danish Minister of Health Luis Ríos spoke."
    people = [("Ana Lima", "PER"), ("Luis Ríos", "DNK"), ("Karen Holm", "DNK")]
    actors = [{"kind": "person", "name": n, "quote": n, "country": c} for n, c in people]
    rows = list(labelled(read(nlp, text), gazetteer, {"file_name": "a.txt", "fold": 3, "actors": actors}))
    assert [sum(row["right"]) for row in rows] == [1, 1]  # type: ignore[call-overload]  # not Ríos
    assert {row["fold"] for row in rows} == {3}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("She called on Foreign Minister Luis Ríos of Peru and met Minister of Mines Ana Lima.", "again"),
        ("Foreign Minister Luis Ríos of Peru met Minister of Mines Ana Lima.", "met"),
        ("Foreign Minister Luis Ríos of Peru and Minister of Mines Ana Lima spoke.", "peer"),
    ],
)
def test_who_meets_one_and_then_another_is_told_from_who_is_met(reader: Reader, text: str, sign: str) -> None:
    nlp, gazetteer = reader
    actor = {"kind": "person", "name": "Ana Lima", "quote": "Ana Lima", "country": "PER"}
    (row,) = labelled(read(nlp, text), gazetteer, {"file_name": "a.txt", "fold": 3, "actors": [actor]})
    right = row["right"].index(True)  # type: ignore[attr-defined]
    assert f"{sign}, marked=True" in row["options"][right]  # type: ignore[index]


def test_a_body_is_served_by_its_id_or_its_name(reader: Reader) -> None:
    nlp, gazetteer = reader
    doc = read(nlp, "Minister Ana Lima came.\nLuis Ríos, Director, Quiroga Foundation\n")
    body = {"kind": "organization", "id": "QF", "name": "Quiroga Foundation", "quote": "Quiroga Foundation"}
    actor = {"kind": "person", "name": "Luis Ríos", "quote": "Luis Ríos", "country": "QF"}
    (row,) = labelled(doc, gazetteer, {"file_name": "a.txt", "fold": 3, "actors": [body, actor]})
    assert sum(row["right"]) == 1  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ("+51 1 204 2400", True),
        ("(202) 555-0143", True),
        ("5550 0143", True),
        ("(2019-2023)", False),
        ("(12.03.2024)", False),
        ("2019 to 2023", False),
    ],
)
def test_a_telephone_number_is_no_span_of_years(behind: str, found: bool) -> None:
    assert bool(TELEPHONE.search(f"Ana Lima {behind}")) is found
