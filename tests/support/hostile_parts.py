"""Hostile inputs of many seeds: `python tests/support/hostile_parts.py 0 100000`.

Each thousand is a run of its own, whose tables must hold; the first one that fails ends it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PART = 1000
TEST = Path(__file__).parents[1] / "test_hostile.py"


def main(first: int, last: int) -> None:
    """Try the inputs of the seeds from `first` to before `last`."""
    for seed in range(first, last, PART):
        count = min(PART, last - seed)
        environment = {**os.environ, "FIRST": str(seed), "MUTATIONS": str(count)}
        command = [sys.executable, "-m", "pytest", "-q", str(TEST), "-k", "mutated"]
        subprocess.run(command, env=environment, check=True)
        print(f"{seed + count - first} inputs: no crash, no hang, tables hold", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
