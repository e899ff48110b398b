"""The table dictionary that people read is the one of the schemas."""

from pathlib import Path

from communique.outputs.dictionary import markdown
from communique.outputs.schemas import DERIVED, TABLES


def test_the_dictionary_is_up_to_date() -> None:
    kept = Path(__file__).parents[2] / "outputs" / "TABLES.md"
    assert kept.read_text(encoding="utf-8") == markdown()


def test_every_column_has_a_line() -> None:
    lines = markdown().splitlines()
    for table in (TABLES | DERIVED).values():
        for name in table.schema.names:
            assert any(line.startswith(f"| {name} | ") for line in lines), name
