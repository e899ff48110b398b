"""Lists that ship with this room, as YAML beside its modules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def load(name: str) -> Any:
    """The content of `<name>.yaml`."""
    with (Path(__file__).parent / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
