"""The fingerprint follows the model that extracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.extractors.fingerprint import ROOMS, SOURCES, digest, fingerprint
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
    assert {"publishers.yaml", "cities.yaml"} <= data


def test_a_model_that_is_nowhere_is_an_error() -> None:
    with pytest.raises(OSError, match="en_nowhere"):
        fingerprint("en_nowhere")
