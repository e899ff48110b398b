"""What the encoder sees of a word."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from thinc.types import Floats1d

from communique.models import embed
from communique.models.embed import CASES, CLUSTERS, COMMON, FAMILY, KNOWN, UNKNOWN, features

NORM, CLUSTER, BRANCH, CASE = 0, 4, 5, 6


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    tables = {
        CLUSTERS: {"talks": 100, "May": 7, "may": 3},
        KNOWN: {"talks": 9},
        CASES: {"may": 4},
    }
    for name, table in tables.items():
        nlp.vocab.lookups.add_table(name, {hash_string(word): value for word, value in table.items()})
    return nlp


def row(nlp: Language, word: str) -> list[int]:
    found: list[int] = features(Doc(nlp.vocab, words=[word])).tolist()[0]
    return found


def test_a_form_has_its_own_cluster_or_that_of_its_norm(nlp: Language) -> None:
    assert [row(nlp, word)[CLUSTER] for word in ("May", "may", "MAY", "Talks")] == [7, 3, 3, 100]
    assert row(nlp, "talks")[BRANCH] == 100 & FAMILY


def test_a_word_outside_the_treebanks_is_unknown_by_its_form(nlp: Language) -> None:
    assert row(nlp, "Talks")[NORM] == hash_string("talks")
    assert row(nlp, "may")[NORM] == row(nlp, "zorblax")[NORM] == UNKNOWN


def test_case_is_listed_common_or_unknown(nlp: Language) -> None:
    assert [row(nlp, word)[CASE] for word in ("May", "talks", "zorblax")] == [4, COMMON, UNKNOWN]


def test_a_vocabulary_without_the_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="no table 'lexeme_cluster'"):
        features(spacy.blank("en")("They agreed."))


def test_the_encoder_gets_whole_hashes(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["talks"])
    (rows,) = embed.word_features().predict([doc])
    assert rows.tolist() == features(doc).tolist()


def test_rows_of_the_given_width_for_any_documents(nlp: Language) -> None:
    nlp.vocab.set_vector("talks", cast(Floats1d, np.ones(3, dtype="float32")))
    layer = embed.make_word_class_embed(8, [[20, 4]] * 7)
    docs = [Doc(nlp.vocab, words=["May", "talks"]), Doc(nlp.vocab)]
    layer.initialize(X=docs)
    assert [rows.shape for rows in layer.predict(docs)] == [(2, 8), (0, 8)]


def test_a_word_that_comes_again_has_the_same_row_but_not_with_another_norm(nlp: Language) -> None:
    layer = embed.make_word_class_embed(8, [[20, 4]] * 7)
    nlp.vocab.set_vector("talks", cast(Floats1d, np.ones(3, dtype="float32")))
    doc = Doc(nlp.vocab, words=["May", "ca", "May", "ca", "talks"])
    doc[3].norm_ = "talks"
    layer.initialize(X=[doc])
    (rows,), ((trained,), _) = layer.predict([doc]), layer([doc], is_train=True)
    assert np.allclose(rows, trained, atol=1e-6)
    assert (rows[0] == rows[2]).all() and (rows[1] != rows[3]).any()
