"""Table schemas, rows from a processed `Doc`, the Parquet store, reading, charts and reports.

>>> from communique.outputs import open_tables
"""

from communique.outputs.reading import NoTablesError, Tables, open_tables

__all__ = ["NoTablesError", "Tables", "open_tables"]
