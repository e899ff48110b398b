"""Table schemas, rows from a processed `Doc`, the Parquet store."""
