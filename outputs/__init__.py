"""Table schemas, rows from a processed `Doc`, the Parquet store, reading, charts and reports.

>>> from communique.outputs import open_tables
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.outputs.reading import NoTablesError, Tables, open_tables

__all__ = ["NoTablesError", "Tables", "open_tables"]


def __getattr__(name: str) -> Any:
    """Reading needs pandas, of the extra sql; a run that writes tables does not wait for it."""
    if name in __all__:
        from communique.outputs.extras import extra

        with extra("reading tables in pandas"):
            from communique.outputs import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
