"""Who agreed to what, and when: tables from diplomatic press releases.

>>> import communique
>>> communique.extract(["releases/"], "tables/")  # doctest: +SKIP
>>> communique.open_tables("tables/").commitments(parties=["KOR"], since="2024")  # doctest: +SKIP
>>> nlp = communique.build_pipeline()  # doctest: +SKIP

What is public is in `__all__` and described in API.md; what else there is may change with any version.
"""

# Each name is loaded when it is first asked for: spaCy imports the entry points of this package, and with
# them this module, whenever any pipeline is made.

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.extractors.annotations import Actor, Commitment, Dialogue, Event, Timex
    from communique.extractors.pipeline import annotate, build_pipeline, make_doc
    from communique.outputs.extras import MissingExtraError
    from communique.outputs.lock import StoreLockedError
    from communique.outputs.published import publish
    from communique.outputs.reading import NoTablesError, Tables, open_tables
    from communique.outputs.store import StoreError
    from communique.pipelines.extract import extract
    from communique.pipelines.summary import RunSummary

    __version__: str

__all__ = [
    "Actor",
    "Commitment",
    "Dialogue",
    "Event",
    "MissingExtraError",
    "NoTablesError",
    "RunSummary",
    "StoreError",
    "StoreLockedError",
    "Tables",
    "Timex",
    "__version__",
    "annotate",
    "build_pipeline",
    "extract",
    "make_doc",
    "open_tables",
    "publish",
]

_PLACES = {
    **dict.fromkeys(("Actor", "Commitment", "Dialogue", "Event", "Timex"), "extractors.annotations"),
    **dict.fromkeys(("annotate", "build_pipeline", "make_doc"), "extractors.pipeline"),
    **dict.fromkeys(("NoTablesError", "Tables", "open_tables"), "outputs"),
    "MissingExtraError": "outputs.extras",
    "RunSummary": "pipelines.summary",
    "StoreError": "outputs.store",
    "StoreLockedError": "outputs.lock",
    "extract": "pipelines.extract",
    "publish": "outputs.published",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("communique")
    if name not in _PLACES:
        raise AttributeError(f"module 'communique' has no attribute {name!r}")
    return getattr(import_module(f"communique.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES, "__version__"])
