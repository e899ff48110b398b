"""Rows as the commands show or write them: options for the format, tables for a terminal, files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from communique.outputs.extras import extra
from communique.pipelines.console import console, plain, reported

if TYPE_CHECKING:
    import pandas as pd

READABLE = 16  # characters of a column in which words can be read
BORDER = 3  # a line and a space on both sides

Format = Literal["table", "csv", "json"]
FormatOption = Annotated[
    Format, typer.Option("--format", help="How to print the rows; json: one a line.", is_eager=True)
]


def _writable(context: typer.Context, file: Path | None) -> Path | None:
    """Refuses a file of an unknown kind before anything is read."""
    if file is not None:
        with reported(), extra("a file of rows"):
            from communique.outputs.export import known_suffix

        try:
            known_suffix(file)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        if context.params.get("format", "table") != "table":
            raise typer.BadParameter("its suffix says the format: leave out --format")
    return file


FileOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        help="Write here, as its suffix says: .xlsx, .csv, .json, .jsonl, .parquet, or .ics for due days.",
        dir_okay=False,
        callback=_writable,
    ),
]


def show_rows(frame: pd.DataFrame, format: Format, shown: list[str], spare: Sequence[str] = ()) -> None:
    """Print the rows: the columns `shown` as a table, else all as CSV or JSON lines.

    `spare` are those that a narrow table leaves out, the first of them first.
    """
    from communique.outputs.export import to_csv, to_json

    if format == "table":
        if len(frame):
            _print_table(frame[shown], spare)
        console.print(_rows(len(frame)))
    else:
        typer.echo(to_csv(frame) if format == "csv" else to_json(frame), nl=False)


def tell_saved(file: Path, frame: pd.DataFrame) -> None:
    """How many rows were written to a file."""
    count = _rows(len(frame))
    if file.suffix.lower() == ".ics":
        dated = int(frame["due_end"].notna().sum())
        count = f"{dated} due days; {_rows(len(frame) - dated)} without"
    console.print(plain(f"{count}: {file}"), soft_wrap=True)


def _rows(count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'}"


def _print_table(frame: pd.DataFrame, spare: Sequence[str]) -> None:
    """A table that wraps, or a block a row where its columns would be too narrow: every cell is whole."""
    columns = {str(name): [cell(value) for value in frame[name]] for name in frame.columns}
    if not (fitting := _fitting(columns, spare)):
        _print_blocks(columns)
        return
    from rich.table import Table

    table = Table(show_lines=True)
    for name in fitting:
        table.add_column(plain(name), overflow="fold")
    for row in zip(*(columns[name] for name in fitting), strict=True):
        table.add_row(*map(plain, row))
    console.print(table)
    if narrower := [name for name in columns if name not in fitting]:
        console.print(plain(f"not in {console.width} columns: {', '.join(narrower)}", "dim"))


def _fitting(columns: Mapping[str, list[str]], spare: Sequence[str]) -> list[str]:
    """The columns that can be read beside each other, without `spare` ones as far as need be; else none."""
    needed = {name: min(max(map(len, (name, *cells))), READABLE) + BORDER for name, cells in columns.items()}
    for count in range(len(spare) + 1):
        left = [name for name in columns if name not in spare[:count]]
        if sum(needed[name] for name in left) < console.width:
            return left
    return []


def _print_blocks(columns: Mapping[str, list[str]]) -> None:
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for row in zip(*columns.values(), strict=True):
        for name, cell in zip(columns, row, strict=True):
            if cell:
                table.add_row(plain(name), plain(cell))
        table.add_row()
    console.print(table)


def cell(value: object) -> str:
    from communique.outputs.cells import shown

    return shown(value)
