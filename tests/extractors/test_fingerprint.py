"""The fingerprint follows the model that extracts."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from communique.extractors.fingerprint import ROOMS, SOURCES, TRAINING, digest, fingerprint
from communique.models.lexicons import LEXICONS, SHIPPED, Lexicons, lay_over


def model(folder: Path, weights: bytes) -> str:
    folder.mkdir()
    (folder / "weights").write_bytes(weights)
    return str(folder)


def test_another_model_is_another_fingerprint_and_its_place_does_not_matter(tmp_path: Path) -> None:
    a, same, b = (
        model(tmp_path / name, weights) for name, weights in [("a", b"1"), ("c", b"1"), ("b", b"2")]
    )
    assert fingerprint(a) == fingerprint(same)
    assert len({fingerprint(), fingerprint(a), fingerprint(b)}) == 3


def test_an_installed_pipeline_counts_by_its_name_and_version() -> None:
    assert fingerprint("spacy") != fingerprint()


def test_of_lexicons_the_words_count_and_neither_comments_nor_the_order_of_keys() -> None:
    pattern = f"{LEXICONS.relative_to(ROOMS).as_posix()}/*"
    assert len([*ROOMS.glob(pattern)]) > 20 and digest([(ROOMS, pattern)]) == digest([])
    groups = SHIPPED.get("groups")
    turned = Lexicons({}, {"groups": dict(reversed(groups.items()))})
    assert fingerprint(lexicons=turned) == fingerprint()
    own = lay_over({"groups": {"heads": ["guilds"]}})
    assert fingerprint(lexicons=own) != fingerprint()


def test_data_from_which_releases_are_read_decides_too() -> None:
    data = {path.name for pattern in SOURCES for path in ROOMS.glob(pattern) if path.suffix == ".yaml"}
    assert {"publishers.yaml", "cities.yaml", "country_names.yaml"} <= data


def test_what_serves_training_alone_decides_nothing_and_is_imported_by_nothing_that_does(
    tmp_path: Path,
) -> None:
    names = {path.relative_to(ROOMS).as_posix() for pattern in SOURCES for path in ROOMS.glob(pattern)}
    assert names >= TRAINING
    modules = {name: f"communique.{name.removesuffix('.py').replace('/', '.')}" for name in TRAINING}
    for name in sorted(names - TRAINING):
        if name.endswith(".py"):
            assert not set(modules.values()) & imported((ROOMS / name).read_text(encoding="utf-8")), name

    digests = []
    for name in ("none", *sorted(TRAINING)[:1], "corpus/read.py"):
        (path := tmp_path / name).parent.mkdir(exist_ok=True)
        path.write_text("x = 1")
        digests.append(digest([(tmp_path, "corpus/*.py")]))
    assert digests[0] == digests[1] != digests[2]


def imported(code: str) -> set[str]:
    """The modules, and the names in modules, that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_a_model_that_is_nowhere_is_an_error() -> None:
    with pytest.raises(OSError, match="en_nowhere"):
        fingerprint("en_nowhere")
