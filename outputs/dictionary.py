"""The table dictionary, made from the schemas: `make docs` writes it to `outputs/TABLES.md`."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from communique.outputs.schemas import DERIVED, SCHEMA_VERSION, TABLES, Table


def markdown() -> str:
    """Every table with its key and columns, as Markdown."""
    lines = [
        "# Table dictionary",
        "",
        f"Made from `outputs/schemas.py` (schema version {SCHEMA_VERSION}) by `make docs`; do not edit.",
        "",
        "Offsets count Unicode code points of `releases.text`, end exclusive:",
        "`text[start_char:end_char]` is the row's quote. A column is null, and a list is empty, where the",
        "text does not tell.",
    ]
    for table in TABLES.values():
        lines += ["", *_section(table)]
    lines += ["", "Derived from these when they are read (`Tables.derived`):"]
    for table in DERIVED.values():
        lines += ["", *_section(table)]
    return "\n".join(lines) + "\n"


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield f"Primary key: {', '.join(f'`{name}`' for name in table.key)}."
    yield ""
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for field in table.schema:
        meaning = (field.metadata or {}).get(b"description", b"").decode()
        yield f"| {field.name} | {_type(field.type)} | {meaning} |"


def _type(kind: pa.DataType) -> str:
    return f"list of {kind.value_type}" if pa.types.is_list(kind) else str(kind)


if __name__ == "__main__":
    print(markdown(), end="")
