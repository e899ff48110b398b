"""What is installed: every file the program needs, entry points that load, and light ones."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path

import pytest

from communique.outputs.extras import EXTRA_OF

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "extractors", "models", "outputs", "pipelines", "public")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FACTORIES = PROJECT["project"]["entry-points"]["spacy_factories"]
HEAVY = (
    *("dateparser", "onnxruntime", "pandas", "prefect", "pyarrow", "pycountry", "tokenizers", "trafilatura"),
    "yaml",
)


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
    names = {f"communique/{path.relative_to(ROOT).as_posix()}".replace("/public/", "/") for path in wanted}
    assert len(names) > 50
    assert names - wheel == set()
    assert {f"communique/{room}/py.typed" for room in ROOMS if room != "public"} <= wheel
    assert {"communique/__init__.py", "communique/py.typed"} <= wheel


def test_the_wheel_holds_nothing_but_the_package(wheel: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"communique"}
    assert not [name for name in wheel if name.endswith(".jsonl")]  # what is annotated serves training


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
    assert required() - pinned == set()


def required(*extras: str) -> set[str]:
    """The distributions that the project names, of some extras beside what it always needs, or of all."""
    groups = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"]]
    for extra in extras or groups:
        wanted += groups[extra]
    return {re.split(r"[<>=\[]", name)[0].lower() for name in wanted} - {"communique"}


def imported() -> set[str]:
    """The modules of others that the code imports, but for what only makes the model anew."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "training" not in path.parts]
    found: set[str] = set()
    for node in (node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"communique"}


def test_what_is_imported_is_declared_in_the_extra_that_is_told() -> None:
    distributions = packages_distributions()
    for module in imported():
        names = {name.lower().replace("_", "-") for name in distributions[module]}
        told = EXTRA_OF.get(module)
        assert names & (required(told) if told else required("prefect")), module
    groups = PROJECT["project"]["optional-dependencies"]
    assert set(EXTRA_OF.values()) < set(groups)
    assert groups["all"] == ["communique[prefect,report,sql,dask,fetch]"]


WITHOUT = """
import json, sys
from importlib.machinery import PathFinder
class Bare(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in {hidden!r}:
            return None
        return super().find_spec(name, path, target)
sys.meta_path = [Bare if finder is PathFinder else finder for finder in sys.meta_path]
from typer.testing import CliRunner
from communique.pipelines.cli import app
done = [CliRunner().invoke(app, command) for command in json.loads(sys.argv[1])]
print(json.dumps([(each.exit_code, each.stdout, each.stderr) for each in done]))
"""


def without_extras(*commands: list[object]) -> list[tuple[int, str, str]]:
    """Exit code and output of commands where no extra is installed; what spaCy needs itself is there."""
    hidden = {module for module in EXTRA_OF if module not in ("httpx", "jinja2", "markupsafe")}
    given = json.dumps(commands, default=str)
    code = [sys.executable, "-c", WITHOUT.format(hidden=hidden), given]
    done = subprocess.run(code, capture_output=True, text=True, timeout=300, check=True)
    return [(exit_code, out, errors) for exit_code, out, errors in json.loads(done.stdout)]


def test_without_extras_releases_are_extracted_and_the_rest_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Chile and Peru agreed to open a new bridge in 2031.\n")
    out = ["--out", tmp_path / "out"]
    works = [["extract", tmp_path / "one.txt", *out], ["extract", tmp_path / "one.txt", *out, "--no-prefect"]]
    works += [["summary", *out], ["verify", tmp_path / "out"], ["explain", "", *out]]
    needs = {
        ("sql", "select 1", *out): "sql",
        ("commitments", *out): "sql",
        ("report", tmp_path / "page.html", *out): "sql",
        ("serve", tmp_path, *out): "prefect",
        ("fetch", "https://mfa.example/feed", "--into", tmp_path / "in"): "fetch",
        ("extract", tmp_path, "--engine", "dask", "--dask-address", "tcp://127.0.0.1:9", *out): "dask",
    }
    first, quiet, *others = without_extras(*works, *map(list, needs))
    assert first[0] == 0 and "1 new" in first[1], first
    assert "Prefect is not installed: a plain run" in first[2]
    assert quiet[0] == 0 and "Prefect" not in quiet[2]
    assert [exit_code for exit_code, _, _ in others[:3]] == [0, 0, 0]
    for (exit_code, _, errors), extra in zip(others[3:], needs.values(), strict=True):
        assert exit_code == 3
        assert errors.strip().endswith(f"needs the extra {extra}: pip install 'communique[{extra}]'")
