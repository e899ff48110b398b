"""Fixtures for every room."""

from __future__ import annotations

import os

# A console keeps the width that it finds when it is made, and processes that run tests side by side have one.
os.environ.pop("COLUMNS", None)

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from object_store import s3_server
from spacy.language import Language

from communique.extractors.pipeline import build_pipeline
from communique.outputs import Tables, open_tables
from communique.pipelines.extract import extract

# How long a value takes to make tells how busy the machine is, and nothing of the code.
settings.register_profile("communique", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("communique")

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, loaded once."""
    return build_pipeline()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data and corpora that stands beside the repository where it is developed."""
    if not SHARED.is_dir():
        pytest.skip("the shared folder with the gold data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """An S3 server for all tests, each with buckets of its own."""
    with s3_server() as address:
        yield address


@pytest.fixture(scope="session")
def tables_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the sample releases, extracted once; read them only."""
    folder = tmp_path_factory.mktemp("samples") / "tables"
    extract([SAMPLES], folder)
    return folder


@pytest.fixture(scope="session")
def tables(tables_folder: Path) -> Tables:
    """The same, opened."""
    return open_tables(tables_folder)


@pytest.fixture
def tables_copy(tables_folder: Path, tmp_path: Path) -> Path:
    """A copy of the same, to change."""
    return Path(shutil.copytree(tables_folder, tmp_path / "tables", symlinks=True))
