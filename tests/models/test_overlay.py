"""A user's lexicons: what is added, changed and removed, and how what does not fit is told."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.models.lexicons import SHIPPED, Lexicons, lay_over, load_lexicon, open_lexicons, per_lexicons
from communique.models.overlay import LexiconError, names
from communique.models.overlay_forms import CHOICES, FIXED, KEYS, OPEN, VALUES


def own(folder: Path, **files: str) -> Lexicons:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return open_lexicons(folder)


def problems(folder: Path, **files: str) -> list[str]:
    with pytest.raises(LexiconError) as raised:
        own(folder, **files)
    return raised.value.problems


def test_words_are_added_changed_and_removed(tmp_path: Path) -> None:
    lexicons = own(
        tmp_path,
        predicates="""
hosts: {salute: voice}
verbs: {agree: {frames: {remove: [upon]}}, decide: {act: commit}}
nouns: {goal: null}
words: {pleasure: [overjoyed], steadfast: {only: [staunch]}}
""",
    )
    found, shipped = lexicons.get("predicates"), SHIPPED.get("predicates")
    assert found["hosts"] == {**shipped["hosts"], "salute": "voice"}
    assert "upon" in shipped["verbs"]["agree"]["frames"]
    assert found["verbs"]["agree"]["frames"] == ["to", "that", "on"]
    assert found["verbs"]["decide"] == {**shipped["verbs"]["decide"], "act": "commit"}
    assert "goal" not in found["nouns"] and "aim" in found["nouns"]
    assert found["words"]["pleasure"] == [*shipped["words"]["pleasure"], "overjoyed"]
    assert found["words"]["steadfast"] == ["staunch"]
    assert lexicons.get("states") is SHIPPED.get("states")


def test_entries_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    lexicons = own(
        tmp_path,
        dialogues_known="""
add:
  - {id: lima-lake-talks, name: Lima Lake Talks, kind: dialogue}
  - {id: paris-agreement, aliases: [The Paris Deal]}
remove: [un-charter]
""",
    )
    by_id = {entry["id"]: entry for entry in lexicons.get("dialogues_known")}
    assert by_id["lima-lake-talks"]["kind"] == "dialogue"
    assert by_id["paris-agreement"]["name"] == "Paris Agreement"
    assert {"Paris Accord", "The Paris Deal"} <= set(by_id["paris-agreement"]["aliases"])
    assert "un-charter" not in by_id


def test_comments_and_order_change_nothing_and_words_do(tmp_path: Path) -> None:
    one = own(tmp_path / "one", groups="heads: [guilds, clans]\nnumbers: {eleven: 11, twelve: 12}\n")
    other = own(
        tmp_path / "other",
        groups="# ours\nnumbers: {twelve: 12, eleven: 11}\n\nheads: [clans, guilds] # two\n",
    )
    assert one is other and one.digest
    assert own(tmp_path / "third", groups="heads: [guilds]\n").digest != one.digest
    assert own(tmp_path / "same", groups="heads: [sides]\n") is SHIPPED
    assert own(tmp_path / "empty", groups="# nothing yet\n").digest == ""


def test_they_are_in_use_within_a_block_and_survive_a_pickle(tmp_path: Path) -> None:
    lexicons = own(tmp_path, groups="heads: [guilds]\n")
    calls: list[int] = []

    @per_lexicons
    def heads() -> frozenset[str]:
        calls.append(1)
        return frozenset(load_lexicon("groups")["heads"])

    with lexicons.used():
        assert "guilds" in heads() and "guilds" in heads()
        with SHIPPED.used():
            assert "guilds" not in heads()
        assert open_lexicons(None) is lexicons
    assert "guilds" not in heads()
    assert len(calls) == 2
    assert pickle.loads(pickle.dumps(lexicons)) is lexicons
    assert pickle.loads(pickle.dumps(SHIPPED)) is SHIPPED


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("statez", "a: 1", "statez.yaml: there is no such lexicon; did you mean states.yaml?"),
        ("groups", "heads: [a\n", "groups.yaml, line 2: "),
        ("groups", "heads: [a]\nheads: [b]\n", "groups.yaml, line 2: 'heads' comes twice"),
        ("groups", "? [heads]\n: [a]\n", "groups.yaml, line 1: a key must be a word"),
        ("groups", "haeds: [a]", "groups.yaml: haeds: there is no such field; did you mean heads?"),
        ("groups", "[a]", "groups.yaml: must be a mapping, not list"),
        ("groups", "heads: guilds", "groups.yaml: heads: must be a list, or a mapping of lists"),
        (
            "groups",
            "heads: {drop: [a]}",
            "heads: must be a list, or a mapping of add, remove, only; not 'drop'",
        ),
        ("groups", "heads: [on, guilds]", "groups.yaml: heads: True must be a word; put it in quotes"),
        ("groups", "heads: ['']", "groups.yaml: heads: an empty word"),
        ("groups", "heads: null", "groups.yaml: heads: cannot be removed"),
        ("groups", "heads: {remove: [guild]}", "groups.yaml: heads: 'guild' is not there to be removed"),
        ("groups", "numbers: {twelve: '12'}", "groups.yaml: numbers.twelve: '12' must be a number"),
        (
            "predicates",
            "verbs: {vouchsafe: {act: do, frames: [to]}}",
            "verbs.vouchsafe.act: 'do' must be one of agree",
        ),
        ("predicates", "verbs: {vouchsafe: {act: commit}}", "verbs.vouchsafe: needs the field frames"),
        ("predicates", "verbs: {vov: null}", "verbs.vov: is not there to be removed; did you mean vow?"),
        ("predicates", "verbs: {yes: {act: commit, frames: [to]}}", "verbs: True must be a word"),
        ("states", "states: {fra: {demonyms: [Gallic]}}", "states: 'fra' must be of the form [A-Z]{3}"),
        ("states", "states: {QQQ: {demonyms: [Qu]}}", "states.yaml: states.QQQ: needs the field name"),
        ("states", "states: {FRA: {demonym: [Gallic]}}", "there is no such field; did you mean demonyms?"),
        ("dates", "rules: [[a, b]]", "dates.yaml: rules: is part of the program's grammar"),
        ("dates", "leaning: {past: ['(before']}", "dates.yaml: leaning.past: '(before' is no pattern"),
        ("dates", "leaning: {past: {only: []}}", "dates.yaml: leaning.past: must keep a word"),
        ("members", "groupings: {G7: {members: {MEX: [2027-01-01]}}}", "MEX: must be a list of 2, as"),
        ("dialogues_known", "[{name: Lake Talks, kind: dialogue}]", "an entry needs an id of the form"),
        ("dialogues_known", "[{id: lake-talks, kind: dialogue}]", "lake-talks: needs the field name"),
    ],
)
def test_what_does_not_fit_is_told_by_its_place(name: str, text: str, told: str, tmp_path: Path) -> None:
    found = problems(tmp_path, **{name: text})
    assert len(found) == 1
    assert told in found[0]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, groups="haeds: [a]\nheads: [1]\n", states="states: {FRA: {also: 3}}\n")
    assert [line.split(":")[0] for line in found] == ["groups.yaml", "groups.yaml", "states.yaml"]


def test_a_folder_that_holds_no_lexicon_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("words")
    with pytest.raises(LexiconError, match=r"holds no \.yaml file"):
        open_lexicons(tmp_path)
    with pytest.raises(LexiconError, match="there is no such folder"):
        open_lexicons(tmp_path / "none")


def _at(value: Any, keys: list[str]) -> list[Any]:
    if not keys:
        return [value]
    below = value if isinstance(value, list) else value.values() if keys[0] == "*" else [value[keys[0]]]
    return [found for one in below for found in _at(one, keys[1:])]


@pytest.mark.parametrize("form", sorted(OPEN | VALUES | FIXED | CHOICES | (KEYS.keys() - {"*id"})))
def test_every_form_is_a_place_of_a_shipped_lexicon(form: str) -> None:
    name, *keys = form.split(".")
    found = [_at(entry, [key]) for entry in [SHIPPED.get(name)] for key in keys[:1]]
    assert name in names() and found
    if form in OPEN:
        assert all(isinstance(value, dict) for value in _at(SHIPPED.get(name), keys))


def test_every_shipped_lexicon_fits_itself() -> None:
    for name in names():
        content = SHIPPED.get(name)
        same = (
            content if isinstance(content, list) else {key: {} for key in content if f"{name}.{key}" in OPEN}
        )
        assert lay_over({name: same}) is SHIPPED, name


@pytest.mark.parametrize("name", names())
def test_no_word_of_a_list_is_read_as_true_or_false(name: str) -> None:
    def lists(value: Any) -> Iterator[list[Any]]:
        if isinstance(value, list):
            yield value
        for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from lists(below)

    assert not [item for items in lists(SHIPPED.get(name)) for item in items if isinstance(item, bool)]
