"""What is installed: every file the program needs, entry points that load, and light ones."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, distribution, entry_points, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the tracked and untracked files of this checkout."""
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
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def packed(wheel: Path) -> set[str]:
    """The names in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_code_lexicons_weights_and_samples(packed: set[str]) -> None:
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
    assert names - packed == set()
    assert {f"communique/{room}/py.typed" for room in ROOMS if room != "public"} <= packed
    assert {"communique/__init__.py", "communique/py.typed"} <= packed


def test_the_wheel_holds_nothing_but_the_package(packed: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in packed} == {"communique"}
    assert not [name for name in packed if name.endswith(".jsonl")]  # what is annotated serves training


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


def needed(*extras: str) -> Iterator[Distribution]:
    """The distributions that pip installs beside the project, with some of its extras."""
    asked = [Requirement(f"communique[{','.join(extras)}]")]
    seen: set[tuple[str, str]] = set()
    while asked:
        requirement = asked.pop()
        found = distribution(requirement.name)
        for extra in ("", *requirement.extras):
            if (found.name, extra) in seen:
                continue
            seen.add((found.name, extra))
            below = map(Requirement, found.requires or ())
            asked += [r for r in below if r.marker is None or r.marker.evaluate({"extra": extra})]
            if not extra and found.name != "communique":
                yield found


@pytest.fixture
def environment(wheel: Path, tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder with the wheel and all that it needs with some extras, and nothing else.

    What it needs is linked from where the tests run, so that nothing is downloaded.
    """

    def made(*extras: str) -> Path:
        folder = tmp_path / "-".join(["site", *extras])
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        for each in needed(*extras):
            tops = {file.parts[0] for file in each.files or ()} - {"..", "__pycache__"}
            for top in tops - {path.name for path in folder.iterdir()}:
                (folder / top).symlink_to(str(each.locate_file(top)))
        return folder

    return made


RUN = """
import json, sys
from typer.testing import CliRunner
from communique.pipelines.cli import app
done = [CliRunner().invoke(app, command) for command in json.loads(sys.argv[1])]
print(json.dumps([(each.exit_code, each.stdout, each.stderr) for each in done]))
"""


def run_in(site: Path, *commands: list[object]) -> list[tuple[int, str, str]]:
    """Exit code and output of commands in an environment."""
    code = [sys.executable, "-S", "-c", RUN, json.dumps(commands, default=str)]
    variables = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(code, env=variables, capture_output=True, text=True, timeout=300, check=True)
    return [(exit_code, out, errors) for exit_code, out, errors in json.loads(done.stdout)]


RELEASE = "Chile and Peru agreed to open a new bridge in 2031.\n"


def test_without_extras_releases_are_extracted_and_the_rest_says_what_it_needs(
    environment: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text(RELEASE)
    out = ["--out", tmp_path / "out"]
    works = [["extract", tmp_path / "one.txt", *out], ["extract", tmp_path / "one.txt", *out, "--no-prefect"]]
    works += [["summary", *out], ["verify", tmp_path / "out"], ["explain", "", *out]]
    needs = {
        ("sql", "select 1", *out): "sql",
        ("commitments", *out): "sql",
        ("report", tmp_path / "page.html", *out): "report",
        ("demo", "--no-browser", tmp_path / "demo"): "report",
        ("serve", tmp_path, *out): "prefect",
        ("fetch", "https://mfa.example/feed", "--into", tmp_path / "in"): "fetch",
        ("extract", tmp_path, "--engine", "dask", "--dask-address", "tcp://127.0.0.1:9", *out): "dask",
    }
    first, quiet, *others = run_in(environment(), *works, *map(list, needs))
    assert first[0] == 0 and "1 new" in first[1], first
    assert "Prefect is not installed: a plain run" in first[2]
    assert quiet[0] == 0 and "Prefect" not in quiet[2]
    assert [exit_code for exit_code, _, _ in others[:3]] == [0, 0, 0]
    for (exit_code, _, errors), extra in zip(others[3:], needs.values(), strict=True):
        assert exit_code == 3
        assert errors.strip().endswith(f"needs the extra {extra}: pip install 'communique[{extra}]'")


@pytest.mark.parametrize(
    ("extra", "module"),
    [
        ("sql", "communique.outputs.reading"),
        ("report", "communique.outputs.charts"),
        ("prefect", "communique.pipelines.serve"),
        ("dask", "communique.pipelines.dask_engine"),
        ("fetch", "communique.pipelines.fetch"),
    ],
)
def test_an_extra_alone_has_what_its_modules_import(
    extra: str, module: str, environment: Callable[..., Path], tmp_path: Path
) -> None:
    variables = {**os.environ, "PYTHONPATH": str(environment(extra)), "PREFECT_HOME": str(tmp_path / "home")}
    code = [sys.executable, "-S", "-c", f"import {module}"]
    done = subprocess.run(code, env=variables, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


def test_with_all_extras_every_command_works(environment: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(RELEASE)
    out = ["--out", tmp_path / "out"]
    extracted, listed, counted, page = run_in(
        environment("all"),
        ["extract", tmp_path / "one.txt", *out, "--no-prefect"],
        ["commitments", *out],
        ["sql", "select count(*) as n from commitments", *out],
        ["report", tmp_path / "page.html", *out],
    )
    assert "1 new" in extracted[1], extracted
    assert listed[0] == 0 and "open a new bridge in 2031" in listed[1], listed
    assert counted[0] == 0 and "1" in counted[1], counted
    assert page[0] == 0 and (tmp_path / "page.html").exists(), page
