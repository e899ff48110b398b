"""Small releases to run on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_releases import write_releases


@pytest.fixture
def releases(tmp_path: Path) -> Callable[[int], Path]:
    """Makes a folder of that many releases."""

    def make(count: int) -> Path:
        return write_releases(tmp_path / "releases", count)

    return make
