"""The public face: light to import, lazy, listed, described; versions agree everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import communique
from communique.pipelines.api import markdown

ROOT = Path(__file__).parents[1]
README = (ROOT / "extractors" / "README.md").read_text(encoding="utf-8")


def test_importing_it_loads_nothing() -> None:
    code = """
import sys
before = set(sys.modules)
import communique
print(*sorted(name for name in set(sys.modules) - before if name.partition(".")[0] != "communique"
      and name.partition(".")[0] not in sys.stdlib_module_names), "communique.pipelines" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


@pytest.mark.parametrize("name", communique.__all__)
def test_every_public_name_is_there_and_described(name: str) -> None:
    value = getattr(communique, name)
    assert name in dir(communique)
    assert isinstance(value, str) or (value.__doc__ and f"## `communique.{name}`" in markdown())


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrct'"):
        communique.extrct  # noqa: B018


def test_the_api_page_is_up_to_date() -> None:
    assert (ROOT / "API.md").read_text(encoding="utf-8") == markdown()


def test_the_api_page_quotes_texts_and_no_types() -> None:
    assert "rows: pd.DataFrame, *, name: str = 'commitments') -> None" in markdown()


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    changes = re.findall(r"^## (\d+\.\d+\.\d+) ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    cited = re.findall(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE)
    assert communique.__version__ == project["version"] == changes[0] == cited[0]


def test_the_page_of_components_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 4
    monkeypatch.chdir(tmp_path)
    exec(compile("\n".join(blocks), "extractors/README.md", "exec"), {})
