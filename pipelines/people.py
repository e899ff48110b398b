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


Format = Literal["table", "csv", "json", "parquet"]
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
FormatOption = Annotated[Format, typer.Option("--format", help="How to write the rows.")]
FileOption = Annotated[
    Path | None, typer.Option("--file", help="Write here, not to the terminal.", dir_okay=False)
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

        found = open_tables(out).commitments(
            since=since,
            until=until,
            parties=party,
            with_groups=with_groups,
            acts=act,
            due_after=due_after,
            due_before=due_before,
        )
        _write(found, format, file, SHOWN)


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
        _write(found[found["release_id"] == release_id], "table", None, [*SHOWN, "status"])


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
        _write(found, format, file, list(found.columns))


def _write(frame: pd.DataFrame, format: Format, file: Path | None, shown: list[str]) -> None:
    from communique.outputs.export import export

    if format != "table":
        text = export(frame, format, file)
        if text is not None:
            typer.echo(text, nl=False)
    else:
        _print_table(frame[shown])
        console.print(f"{len(frame)} rows")


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
