"""Training from the config: `python -m communique.models.training.train DATA OUT PART`.

As `spacy train`, but with matrix products by NumPy's BLAS, three times as fast on x86-64 as the default. PART
"base" trains two stems at a high learning rate, then branches of the first with different seeds, more dropout
and a rate that falls to nothing; "finish" goes on from their mean with silver trees in the data; "taught"
goes on with the trees of a larger parser. Means of weights that come from one stem are better than each
(Wortsman et al. 2022, "model soups"); the other stem, which began from other weights, is the second opinion
that the silver trees need.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

# Both register what the config names.
import communique.models.training.callbacks
import communique.models.training.words  # noqa: F401

CONFIG = Path(__file__).parent / "config.cfg"
RATE, BATCH = "training.optimizer.learn_rate", "training.batcher.size"
STEM: dict[str, Any] = {"training.max_steps": 4500, f"{RATE}.total_steps": 14000}
BRANCH: dict[str, Any] = {"training.max_steps": 6500, f"{RATE}.initial_rate": 0.0013, "training.dropout": 0.3}
BRANCH |= {f"{RATE}.warmup_steps": 100, f"{BATCH}.start": 800, f"{BATCH}.stop": 1000}
FINISH: dict[str, Any] = BRANCH | {"training.max_steps": 1600, f"{RATE}.initial_rate": 0.0008}
FINISH |= {f"{RATE}.warmup_steps": 50}
TAUGHT: dict[str, Any] = FINISH | {"training.max_steps": 2600, f"{RATE}.initial_rate": 0.0012}
STEMS = {"stem": 0, "other": 1}  # names of runs and their seeds
BRANCHES, FINISHES = {"branch1": 2, "branch2": 3}, {"finish1": 4, "finish2": 5}
PUPILS = {"taught1": 6, "taught2": 7}


def base(data: Path, out: Path) -> None:
    """OUT/stem and OUT/other, branches of OUT/stem, and their mean, OUT/base, from DATA/train.spacy."""
    stem, _ = side_by_side(data / "train.spacy", out, STEMS, STEM)
    branches = side_by_side(data / "train.spacy", out, BRANCHES, BRANCH, stem)
    average([stem, *branches], out / "base")


def finish(data: Path, out: Path) -> None:
    """Branches of OUT/base from DATA/agreed.spacy, and the mean of these three, OUT/mean."""
    branches = side_by_side(data / "agreed.spacy", out, FINISHES, FINISH, out / "base")
    average([out / "base", *branches], out / "mean")


def taught(data: Path, out: Path) -> None:
    """Branches of OUT/mean from DATA/taught.spacy, and the mean of these two, OUT/taught."""
    average(side_by_side(data / "taught.spacy", out, PUPILS, TAUGHT, out / "mean"), out / "taught")


def side_by_side(
    train_file: Path, out: Path, seeds: dict[str, int], values: dict[str, Any], source: Path | None = None
) -> list[Path]:
    """Train OUT/<name> for each name, in processes of their own; the paths of their last weights."""
    with ProcessPoolExecutor(len(seeds), mp_context=get_context("spawn")) as pool:
        for done in [
            pool.submit(run, train_file, out / name, values | {"system.seed": seed}, source)
            for name, seed in seeds.items()
        ]:
            done.result()
    return [out / name / "model-last" for name in seeds]


def run(train_file: Path, out: Path, values: dict[str, Any], source: Path | None = None) -> None:
    """Train one network to `out`: anew, or on from the weights in `source`."""
    data = train_file.parent
    paths = {"paths.train": str(train_file), "paths.dev": f"{data}/dev.spacy"}
    paths |= {f"paths.{table}": f"{data}/{table}" for table in ("vectors", "lookups")}
    out.mkdir(parents=True, exist_ok=True)
    with use_ops("numpy", use_blis=False), threadpool_limits(1):  # a core for each of two side by side
        config = load_config(CONFIG, overrides=paths | values, interpolate=False)
        train(resume(source, config) if source else init_nlp(config), out)


def average(models: list[Path], out: Path) -> None:
    """The mean of the weights of models of one architecture."""
    mean, *others = [spacy.load(path) for path in models]
    for name, pipe in mean.pipeline:
        twins = [list(other.get_pipe(name).model.walk()) for other in others]  # type: ignore[attr-defined]
        for number, layer in enumerate(pipe.model.walk()):  # type: ignore[attr-defined]
            for weights in filter(layer.has_param, layer.param_names):
                total = sum(twin[number].get_param(weights) for twin in twins) + layer.get_param(weights)
                layer.set_param(weights, total / len(models))
    out.parent.mkdir(parents=True, exist_ok=True)
    mean.to_disk(out)


def resume(previous: Path, config: dict[str, Any]) -> Language:
    """Weights to be trained on as `config` says."""
    nlp = spacy.load(previous)
    for section in ("system", "paths", "corpora", "training"):
        nlp.config[section].update(config[section])
    return nlp


if __name__ == "__main__":
    {"base": base, "finish": finish, "taught": taught}[sys.argv[3]](Path(sys.argv[1]), Path(sys.argv[2]))
