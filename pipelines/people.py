"""Commands for people who read the tables: commitments, show, report, sql."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from communique.outputs.extras import extra
from communique.pipelines.console import DEFAULT_OUT, Out, console, plain, reported

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer()

#: Columns of the `table` format; the other formats have all.
SHOWN = ["agreed_on", "parties", "act", "what", "due_text", "commitment_id"]


Format = Literal["table", "csv", "json"]
Party = Annotated[
    list[str] | None, typer.Option("--party", help="actor_id of a party bound; may be repeated.")
]
Act = Annotated[list[str] | None, typer.Option("--act", help="enact, agree, commit, reaffirm or intend.")]
Since = Annotated[str | None, typer.Option(help="Published on or after: YYYY, YYYY-MM or YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(help="Published on or before.")]
DueAfter = Annotated[str | None, typer.Option(help="Last due day on or after.")]
DueBefore = Annotated[str | None, typer.Option(help="Last due day before.")]
WithGroups = Annotated[
    bool, typer.Option("--with-groups", help="Count what groupings undertook for members.")
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="How to print the rows; json: one a line.", is_eager=True)
]


def _writable(context: typer.Context, file: Path | None) -> Path | None:
    """Refuses a file of an unknown kind before anything is read."""
    if file is not None:
        with reported():
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


@app.command()
def commitments(
    out: Out = DEFAULT_OUT,
    party: Party = None,
    act: Act = None,
    since: Since = None,
    until: Until = None,
    due_after: DueAfter = None,
    due_before: DueBefore = None,
    with_groups: WithGroups = False,
    format: FormatOption = "table",
    file: FileOption = None,
) -> None:
    """List commitments: who undertook what, and when.

    [dim]communique commitments --party KOR --since 2024-01 --due-before 2026[/dim]
    """
    with reported():
        from communique.outputs import open_tables

        tables = open_tables(out)
        found = tables.commitments(
            since=since,
            until=until,
            parties=party,
            with_groups=with_groups,
            acts=act,
            due_after=due_after,
            due_before=due_before,
        )
        if file is None:
            show_rows(found, format, SHOWN)
        else:
            save_rows(file, "commitments", found, tables.beside(found))


@app.command()
def show(
    release: Annotated[str, typer.Argument(help="A release_id, or the end of its source or file name.")],
    out: Out = DEFAULT_OUT,
) -> None:
    """Show one release: what it is, and each commitment in it."""
    with reported():
        from communique.outputs import open_tables

        tables = open_tables(out)
        release_id = tables.find_release(release)
        row = tables.release(release_id)["releases"].iloc[0]
        for name in ("title", "publisher", "published", "place", "source", "url", "release_id"):
            console.print(plain(f"{name:>12}  {_cell(row[name])}"), soft_wrap=True)
        found = tables.commitments(background=True)
        show_rows(found[found["release_id"] == release_id], "table", [*SHOWN, "status"])


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="The HTML file to write.", dir_okay=False)],
    release: Annotated[str | None, typer.Option(help="One release, as in `show`.")] = None,
    out: Out = DEFAULT_OUT,
    party: Party = None,
    act: Act = None,
    since: Since = None,
    until: Until = None,
    due_after: DueAfter = None,
    due_before: DueBefore = None,
    with_groups: WithGroups = False,
) -> None:
    """Write the evidence of commitments as one HTML file that needs no network.

    [dim]communique report korea.html --party KOR --since 2024[/dim]
    """
    with reported():
        from communique.outputs import open_tables

        with extra("a report"):
            from communique.outputs.report import write_report

        tables = open_tables(out)
        path = write_report(
            tables,
            file,
            release_id=None if release is None else tables.find_release(release),
            parties=party,
            acts=act,
            since=since,
            until=until,
            due_after=due_after,
            due_before=due_before,
            with_groups=with_groups,
        )
        console.print(plain(f"report: {path}"), soft_wrap=True)


@app.command()
def sql(
    query: Annotated[
        str, typer.Argument(help='For instance "select act, count(*) from commitments group by all".')
    ],
    out: Out = DEFAULT_OUT,
    format: FormatOption = "table",
    file: FileOption = None,
) -> None:
    """Answer one SQL query (DuckDB) over the tables."""
    with reported():
        from communique.outputs import open_tables

        found = open_tables(out).sql(query)
        if file is None:
            show_rows(found, format, list(found.columns))
        else:
            save_rows(file, "answer", found)


def show_rows(frame: pd.DataFrame, format: Format, shown: list[str]) -> None:
    """Print the rows: the columns `shown` as a table, else all as CSV or JSON lines."""
    from communique.outputs.export import to_csv, to_json

    if format == "table":
        _print_table(frame[shown])
        console.print(f"{len(frame)} rows")
    else:
        typer.echo(to_csv(frame) if format == "csv" else to_json(frame), nl=False)


def save_rows(
    file: Path, name: str, frame: pd.DataFrame, beside: dict[str, pd.DataFrame] | None = None
) -> None:
    """Write the rows to a file as its suffix says, and tell how many."""
    from communique.outputs.export import write

    write(file, name, frame, beside)
    count = f"{len(frame)} rows"
    if file.suffix.lower() == ".ics":
        dated = int(frame["due_end"].notna().sum())
        count = f"{dated} due days; {len(frame) - dated} rows have none"
    console.print(plain(f"{count}: {file}"), soft_wrap=True)


def _print_table(frame: pd.DataFrame) -> None:
    """A table that wraps: every cell is whole, whatever the width."""
    from rich.table import Table

    table = Table(show_lines=True)
    for name in frame.columns:
        table.add_column(plain(name), overflow="fold")
    for row in frame.itertuples(index=False):
        table.add_row(*(plain(_cell(value)) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    from communique.outputs.cells import shown

    return shown(value)
