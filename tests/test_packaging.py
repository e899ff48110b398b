"""What is installed: every file the program needs, entry points that load, and light ones."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "extractors", "models", "outputs", "pipelines")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FACTORIES = PROJECT["project"]["entry-points"]["spacy_factories"]
HEAVY = ("dateparser", "pandas", "prefect", "pyarrow", "pycountry", "trafilatura", "yaml")


def packaged_folders() -> set[str]:
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    return {folder.relative_to(ROOT).as_posix() for folder in folders if "__pycache__" not in folder.parts}


def test_every_folder_of_code_is_declared_as_a_package() -> None:
    declared = PROJECT["tool"]["setuptools"]["package-dir"]
    assert set(declared.values()) == packaged_folders()
    assert set(declared) == set(PROJECT["tool"]["setuptools"]["packages"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from the tracked and untracked files of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = "import sys, setuptools.build_meta as b; b.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=source, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_code_lexicons_weights_and_samples(wheel: set[str]) -> None:
    wanted = [
        path
        for room, pattern in [
            *((room, "**/*.py") for room in ROOMS),
            ("models/data", "**/*"),
            ("corpus", "*.yaml"),
            ("corpus/samples", "**/*"),
            ("outputs/report", "*.*"),
        ]
        for path in (ROOT / room).glob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    ]
    names = {f"communique/{path.relative_to(ROOT).as_posix()}" for path in wanted}
    assert len(names) > 50
    assert names - wheel == set()
    assert {f"communique/{room}/py.typed" for room in ROOMS} <= wheel


def test_the_wheel_holds_nothing_but_the_package(wheel: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"communique"}


@pytest.mark.parametrize("group", ["spacy_factories", "spacy_architectures"])
def test_every_entry_point_loads_and_the_names_are_as_declared(group: str) -> None:
    found = {e.name: e for e in entry_points(group=group) if e.name.startswith("communique")}
    assert set(found) == set(PROJECT["project"]["entry-points"][group])
    for entry in found.values():
        assert callable(entry.load())


def test_loading_the_entry_points_is_light() -> None:
    modules = [value.split(":")[0] for value in FACTORIES.values()]
    code = f"""
import importlib, sys
import spacy
before = set(sys.modules)
for name in {modules!r}:
    importlib.import_module(name)
print(*sorted((set(sys.modules) - before) & set({HEAVY!r})))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_help_of_the_program_is_light() -> None:
    code = """
import sys
from communique.pipelines.cli import app
print(*[name for name in ("spacy", "pandas", "pyarrow", "prefect", "trafilatura") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_constraints_pin_every_requirement() -> None:
    pins = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(line.count("==") == 1 for line in pins)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in pins}
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]
    names = {name.split("<")[0].split(">")[0].split("=")[0].split("[")[0].lower() for name in wanted}
    assert names - pinned == set()
