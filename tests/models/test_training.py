"""The parts of the recipe that make training data."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc

from communique.models.embed import COMMON
from communique.models.lemmatizer import FACTORY
from communique.models.loader import load_base
from communique.models.tokenizer import make_tokenizer
from communique.models.training.agree import agreed
from communique.models.training.conllu import make_doc, read_sentences, to_docs
from communique.models.training.iob2 import read_iob2
from communique.models.training.lemmas import Forms, add_lemmatizer, make_lookups, read_forms
from communique.models.training.names import find_names, mark_names, place_pattern
from communique.models.training.pieces import coordinate, join, word
from communique.models.training.register import Composer
from communique.models.training.releases import held_out, read_lines, releases
from communique.models.training.train import average
from communique.models.training.vectors import encode, ppmi, reduce
from communique.models.training.words import cases, clusters

TREEBANK = """# newdoc id = a
# sent_id = a-1
1	President	president	PROPN	NNP	_	2	nmod:desc	_	Entity=(1-person-new
2	Keller	Keller	PROPN	NNP	_	5	nsubj	_	Entity=1)
3-4	didn't	_	_	_	_	_	_	_	_
3	did	do	AUX	VBD	_	5	aux	_	_
4	n't	not	PART	RB	_	5	advmod	_	_
5	visit	visit	VERB	VB	_	0	root	_	_
6	Peru	Peru	PROPN	NNP	_	5	obj	_	Entity=(2-place-new)|SpaceAfter=No
7	.	.	PUNCT	.	_	5	punct	_	_

# newpar
# sent_id = a-2
1	Talks	talk	NOUN	NNS	_	2	nsubj	_	Entity=(3-event-new)
2	continued	continue	VERB	VBD	_	0	root	_	_
"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "en_gum-train.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def test_treebank_text_trees_and_names(treebank: Path) -> None:
    (doc,) = to_docs(spacy.blank("en").vocab, read_sentences(treebank), with_names=True)
    assert doc.text == "President Keller didn't visit Peru.\nTalks continued "
    assert [(token.head.text, token.dep_) for token in doc][:3] == [
        ("Keller", "nmod:desc"),
        ("visit", "nsubj"),
        ("visit", "aux"),
    ]
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "President Keller didn't visit Peru.",
        "Talks continued",
    ]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Keller", "PERSON"), ("Peru", "LOC")]


def test_without_names_entities_are_unknown(treebank: Path) -> None:
    doc = make_doc(spacy.blank("en").vocab, list(read_sentences(treebank)), with_names=False)
    assert {token.ent_iob for token in doc} == {0}


def test_uner_names(tmp_path: Path) -> None:
    path = tmp_path / "names.iob2"
    path.write_text("# text = In Lima\n1\tIn\tO\t-\t-\n2\tLima\tB-LOC\t-\tx\n\n", encoding="utf-8")
    (doc,) = read_iob2(spacy.blank("en").vocab, path)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Lima", "LOC")]


def lemmas(forms: Forms, *words: tuple[str, str], more: Forms | None = None) -> list[str]:
    """Lemmas of (form, tag) by a lemmatizer that has seen `forms`."""
    nlp = spacy.blank("en")
    add_lemmatizer(nlp, make_lookups(forms, more or {}))
    doc = Doc(nlp.vocab, words=[form for form, _ in words], tags=[tag for _, tag in words])
    return [token.lemma_ for token in nlp.get_pipe(FACTORY)(doc)]


SEEN = {"VBD": {"talked": "talk", "walked": "walk", "hoped": "hope", "noted": "note", "voted": "vote"}}


def test_an_unseen_word_follows_the_longest_known_ending_of_its_tag() -> None:
    assert lemmas(SEEN, ("linked", "VBD"), ("devoted", "VBD")) == ["link", "devote"]


def test_a_word_without_an_ending_of_its_tag_is_lower_cased_unless_a_name() -> None:
    assert lemmas(SEEN, ("The", "DT"), ("Talked", "NNP"), ("Noted", "NN")) == ["the", "Talked", "noted"]


def test_a_seen_form_goes_before_its_ending_and_before_other_words() -> None:
    forms = {"VBD": SEEN["VBD"] | {"went": "go"}}
    more = {"VBD": {"went": "wend", "sought": "seek"}}
    assert lemmas(forms, ("Went", "VBD"), ("sought", "VBD"), more=more) == ["go", "seek"]


def test_numbers_lose_their_commas() -> None:
    assert lemmas({}, ("12,500", "CD")) == ["12500"]


def test_forms_of_a_treebank(treebank: Path) -> None:
    assert read_forms([treebank])["NNS"] == {"Talks": "talk"}


def test_clusters_leave_out_what_the_lower_case_tells() -> None:
    cluster = {"talks": 5, "Talks": 5, "May": 7, "may": 3}
    kept = clusters(cluster, dict.fromkeys(cluster, -9.0))
    assert kept == {hash_string("talks"): 5, hash_string("May"): 7, hash_string("may"): 3}


def test_case_is_kept_of_words_that_often_have_a_capital() -> None:
    known = cases({"peru": -16.0, "Peru": -12.0, "talk": -9.0, "Talk": -12.0, "house": -9.0, "House": -10.0})
    assert set(known) == {hash_string("peru"), hash_string("house")}
    assert known[hash_string("peru")] > known[hash_string("house")] > COMMON


@pytest.mark.parametrize(
    "text, names",
    [
        ("He met Prime Minister Ana Silva of Chile.", [("Ana Silva", "PERSON"), ("Chile", "LOC")]),
        ("the Department of Energy met NATO", [("Department of Energy", "ORG"), ("NATO", "ORG")]),
        ("the President of Peru’s view", [("Peru", "LOC")]),
        ("the administration of the service", []),
    ],
)
def test_silver_names(text: str, names: list[tuple[str, str]]) -> None:
    found = sorted(find_names(text, place_pattern()))
    assert [(text[start:end], label) for start, end, label in found] == names


def test_unexplained_capitals_stay_open() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    (doc,) = mark_names(nlp, ["They met Zorblax in Chile."])
    assert [token.text for token in doc if token.ent_iob == 0] == ["Zorblax"]


def test_composed_trees_have_one_root_and_no_cycle() -> None:
    for sentence in Composer(3).sentences(200):
        for start in range(len(sentence.words)):
            i, steps = start, 0
            while sentence.heads[i] != i:
                i, steps = sentence.heads[i], steps + 1
                assert steps <= len(sentence.words)
            assert sentence.deps[i] == "ROOT"


def test_composed_sentences_are_the_same_for_a_seed() -> None:
    assert [s.words for s in Composer(5).sentences(5)] == [s.words for s in Composer(5).sentences(5)]


def test_coordination_hangs_commas_on_the_next_conjunct() -> None:
    piece = coordinate([word("Peru", "NNP"), word("Chile", "NNP"), word("Fiji", "NNP")])
    heads = [(one.form, piece.words[one.head].form, one.relation) for one in piece.words]
    assert heads[1:3] == [(",", "Chile", "punct"), ("Chile", "Peru", "conj")]
    assert heads[4:] == [("and", "Fiji", "cc"), ("Fiji", "Peru", "conj")]


def test_joined_pieces_hang_on_the_head() -> None:
    piece = join(1, (word("We", "PRP"), "nsubj"), (word("agree", "VBP"), ""))
    assert piece.root == 1 and piece.words[0].relation == "nsubj" and piece.words[0].head == 1


def test_lines_of_a_release(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: x\n---\n \nWe **met**\ntoday [here](https://x.y).\n\n-   one\n-   two\n\n\\###\n",
        encoding="utf-8",
    )
    assert list(read_lines(path)) == ["We met today here.", "one", "two"]


def test_measuring_sets_are_left_out(tmp_path: Path) -> None:
    for name, origin in (
        ("dev", "statements-releases/2021-01/a.md"),
        ("dues", "statements-releases/2021-01/b.md#3"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "metadata.csv").write_text(f"file_name,origin\nx,{origin}\n", encoding="utf-8")
    corpus = tmp_path / "corpus" / "2021-01"
    corpus.mkdir(parents=True)
    for name in "abc":
        (corpus / f"{name}.md").touch()
    assert [path.name for path in releases(corpus.parent, held_out(tmp_path))] == ["c.md"]


def test_words_of_like_contexts_have_like_vectors() -> None:
    rng = np.random.default_rng(0)
    lines = [
        ["the", noun, verb, "on"]
        for noun in ("cat", "dog")
        for verb in ("sat", "lay")
        for _ in range(int(rng.integers(20, 30)))
    ]
    words, text = encode(lines)
    table = reduce(ppmi(text, len(words)))
    near = table @ table[words.index("cat")]
    assert near[words.index("dog")] > near[words.index("sat")]


def test_annotated_clauses_hold_offsets_alone() -> None:
    for line in (
        (Path(__file__).parent / "data" / "commitment_clauses.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        row = json.loads(line)
        start, end = row["sentence"]
        assert all(start <= a < b <= end for a, b in (row["trigger"], row["subject"], row["complement"]))


@Language.component("test_misread")
def misread(doc: Doc) -> Doc:
    """Takes every "bank" for a verb."""
    for token in doc:
        if token.text == "bank":
            token.tag_ = "VB"
    return doc


def test_sentences_that_both_read_alike_stand_alone_with_their_trees() -> None:
    first, second = load_base(), load_base()
    second.add_pipe("test_misread", last=True)
    same = "The ministers of both countries agreed to open a new bridge."
    other = "The governors of both states agreed to close an old bank."
    (doc,) = agreed(first, second, [f"{same} {other} They met."])
    assert doc.text.strip() == same
    assert [token.head.text for token in doc if token.text in ("ministers", "bridge")] == ["agreed", "open"]
    assert [token.is_sent_start for token in doc] == [True] + [False] * 11


def test_mean_of_weights(tmp_path: Path) -> None:
    """Both pipelines tag with the same network; one has all weights at 0, the other at 1."""
    paths = []
    for value in (0.0, 1.0):
        nlp = spacy.blank("en")
        nlp.add_pipe("tagger").add_label("NN")  # type: ignore[attr-defined]
        nlp.initialize()
        for layer in nlp.get_pipe("tagger").model.walk():  # type: ignore[attr-defined]
            for name in filter(layer.has_param, layer.param_names):
                layer.set_param(name, layer.get_param(name) * 0 + value)
        paths.append(tmp_path / str(value))
        nlp.to_disk(paths[-1])
    average(paths, tmp_path / "deep" / "mean")
    model = spacy.load(tmp_path / "deep" / "mean").get_pipe("tagger").model  # type: ignore[attr-defined]
    weights = [n.get_param(p) for n in model.walk() for p in filter(n.has_param, n.param_names)]
    assert weights and all((weight == 0.5).all() for weight in weights)
