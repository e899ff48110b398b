"""The extraction fingerprint: one hash of everything that shapes the rows of a release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from communique.models.lexicons import LEXICONS, SHIPPED, Lexicons, digest_of

ROOMS = Path(__file__).parents[1]
# What decides a row: how the text is read, what components and lexicons find, how it is written down.
SOURCES = (
    "corpus/**/*.py",
    "corpus/*.yaml",
    "extractors/**/*.py",
    "models/*.py",
    "models/data/**/*",
    "outputs/rows.py",
)
# What only makes data to train from. Nothing that decides a row imports it, so what comes new counts.
TRAINING = {
    *("corpus/annotated_releases.py", "corpus/lines.py", "corpus/paragraphs.py", "corpus/pointers.py"),
    *("extractors/commitments/labels.py", "extractors/commitments/labels_parties.py"),
    "extractors/actors/labels_persons.py",
    "extractors/events/labels.py",
}
LIBRARIES = (
    *("charset-normalizer", "dateparser", "lxml", "markdown-it-py", "numpy", "onnxruntime", "pdfminer.six"),
    *("py3langid", "pycountry", "spacy", "thinc", "tokenizers", "trafilatura"),
)


@cache
def fingerprint(model: str | None = None, lexicons: Lexicons = SHIPPED) -> str:
    """Sixteen hex digits that change when code, lexicons, model weights or deciding libraries change.

    Reads files only (spaCy is not imported), so that a run with nothing to do stays cheap. `model` is a
    pipeline, folder or installed package, in place of the one that ships with the project; `lexicons` those
    in use, of which the words count, not comments, nor the order of keys. Raises OSError where `model` is
    neither.
    """
    notes = [f"{name}={version(name)}" for name in LIBRARIES]
    words = {path.stem: lexicons.get(path.stem) for path in LEXICONS.glob("*.yaml")}
    notes.append(f"lexicons={digest_of(words)}")
    folders = [(ROOMS, pattern) for pattern in SOURCES]
    if model is not None and Path(model).is_dir():
        folders.append((Path(model), "**/*"))
    elif model is not None:
        notes.append(f"{model}={_package_version(model)}")
    return digest(folders, notes)


def digest(folders: Iterable[tuple[Path, str]], notes: Iterable[str] = ()) -> str:
    """Sixteen hex digits of `notes`, and of the files that match a pattern in a folder, with their names.

    Lexicons are no such files, for what they say is a note, nor is what serves training alone.
    """
    found = hashlib.sha256()
    for note in notes:
        found.update(f"{note}\n".encode())
    for folder, pattern in folders:
        for path in sorted(filter(Path.is_file, folder.glob(pattern))):
            name = path.relative_to(folder).as_posix()
            if name not in TRAINING and "__pycache__" not in path.parts and path.parent != LEXICONS:
                found.update(f"{name}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _package_version(model: str) -> str:
    try:
        return version(model)
    except PackageNotFoundError:
        raise OSError(f"{model!r} is neither a folder nor an installed pipeline") from None
