"""The names that the lexicons know, and the helpers that read them."""

from __future__ import annotations

import pycountry
import pytest
import spacy

from communique.extractors.actors.acronyms import defined_acronyms, short_forms
from communique.extractors.actors.canonical import name_of
from communique.extractors.actors.names import fold, slug
from communique.extractors.actors.states import demonyms, state_name, state_names, state_of
from communique.models.lexicons import load_lexicon


def test_every_iso_state_is_known_by_name() -> None:
    former = {"SUN", "YUG", "CSK", "DDR"}
    assert former <= {country.alpha_3 for country in pycountry.historic_countries}
    codes = {country.alpha_3 for country in pycountry.countries} | {"XKX", *former}
    assert set(state_names().values()) == codes
    assert {state_of(state_name(code)) for code in codes} == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [("ROK", "KOR"), ("the Republic of Korea", "KOR"), ("Korean", "KOR"), ("North Korean", "PRK"),
     ("Canadian", "CAN"), ("UAE", "ARE"), ("Côte d'Ivoire", "CIV"), ("us", None), ("Seoul", None)],
)  # fmt: skip
def test_state_of(text: str, code: str | None) -> None:
    assert state_of(text) == code


def test_adjectives_stand_for_known_states() -> None:
    assert set(demonyms().values()) <= set(state_names().values())


@pytest.mark.parametrize(
    ("actor", "name"),
    [("KOR", "Republic of Korea"), ("EU", "European Union"), ("Fish, Inc.", "Fish, Inc."), ("QQQ", "QQQ")],
)
def test_what_an_actor_is_called_where_no_text_names_it(actor: str, name: str) -> None:
    assert name_of(actor) == name


def test_organisations_have_distinct_names() -> None:
    known = load_lexicon("organizations")["organizations"]
    forms = [form for entry in known.values() for form in {entry["name"], *entry.get("also", [])}]
    forms += [name for names in load_lexicon("companies")["companies"].values() for name in names]
    assert sorted(forms) == sorted(set(forms))


def test_an_organisation_has_no_states_id() -> None:
    acronyms = {"ATF", "CAF", "NAM"}  # in common use, of states that the same releases hardly name
    assert load_lexicon("organizations")["organizations"].keys() & set(state_names().values()) == acronyms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the General Mutual Aid Pact (GMAP) entered", [("General Mutual Aid Pact", "GMAP")]),
        ("the Fund for Peace and Water (the “FPW”) opened", [("Fund for Peace and Water", "FPW")]),
        ("they met again (Monday)", []),
        ("a plan (TBC) exists", []),
    ],
)
def test_defined_acronyms(text: str, expected: list[tuple[str, str]]) -> None:
    doc = spacy.blank("en")(text)
    assert [(doc[d.start : d.end].text, doc[d.acronym].text) for d in defined_acronyms(doc)] == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("José Łoś", "jose-los"), ("O’Brien", "obrien"), ("Ağa", "aga"), ("王毅", "王毅")]
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert fold(name) == fold(fold(name))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Ministry of Law (MinLaw) agreed", ["MinLaw"]),
        ("the Ministry of Law (“MinLaw”) agreed", ["MinLaw"]),
        ("the Ministry of Law (Chile) agreed", []),
        ("the Ministry of Law (MinLaw and others) agreed", []),
        ("the Ministry of Law (" + "M" * 60 + "@LAW.GOV) agreed", []),
    ],
    ids=["capitals", "quotation marks", "one capital", "more words", "an address in capitals"],
)
def test_the_short_form_in_brackets_behind_a_name(text: str, found: list[str]) -> None:
    doc = spacy.blank("en")(text)
    assert [doc[at].text for _, at in short_forms(doc, {4})] == found
