"""Commands for people who read the tables: commitments, show, report, sql."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Unpack

import typer

from communique.outputs.asking import ACT_WORDS, LEFT_OUT, Filters
from communique.outputs.extras import extra
from communique.pipelines.asked import asks, named
from communique.pipelines.console import DEFAULT_OUT, Out, console, plain, reported
from communique.pipelines.showing import FileOption, FormatOption, cell, show_rows, tell_saved

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer()

#: Columns of the `table` format; the other formats have all.
SHOWN = ["agreed_on", "parties", "act", "what", "due_end", "counterparts", "commitment_id"]
#: Of these, and those beside them, what a narrow table leaves out first.
SPARE = ["told_in", "counterparts", "scope", "status", "verdict", "commitment_id"]


@app.command()
@asks
def commitments(
    out: Out = DEFAULT_OUT,
    format: FormatOption = "table",
    file: FileOption = None,
    **filters: Unpack[Filters],
) -> None:
    """List commitments: who undertook what, and when.

    [dim]communique commitments --party Canada --party "South Korea" --since 2024-01[/dim]

    [dim]communique commitments --to Ukraine --due 2026-Q1 --sort due[/dim]
    """
    with reported():
        from communique.outputs import open_tables

        tables = open_tables(out)
        asked = named(tables, filters)
        found, left_out = tables.answer(**asked)
        if file is not None:
            tables.write(file, found)
            tell_saved(file, found)
        elif format == "table":
            show_rows(_told(found), format, _columns(found), SPARE)
            _tell_acts(found)
        else:
            show_rows(found, format, _columns(found))
        if format == "table":
            _tell_left_out(left_out)


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
            console.print(plain(f"{name:>12}  {cell(row[name])}"), soft_wrap=True)
        found = tables.commitments(background=True, domestic=True, rejected=True, repeated=True)
        own = _told(found[found["release_id"] == release_id])
        show_rows(own, "table", [*_columns(own), "status", "scope"], SPARE)


@app.command()
@asks
def report(
    file: Annotated[Path | None, typer.Argument(help="The HTML file to write.", dir_okay=False)] = None,
    site: Annotated[
        Path | None,
        typer.Option(
            help="Instead a folder of small pages with an index, for any number of releases.", file_okay=False
        ),
    ] = None,
    release: Annotated[str | None, typer.Option(help="One release, as in `show`.")] = None,
    out: Out = DEFAULT_OUT,
    **filters: Unpack[Filters],
) -> None:
    """Write the evidence of commitments as one HTML file that needs no network, or as a site of such files.

    [dim]communique report korea.html --party "South Korea" --since 2024[/dim]

    [dim]communique report --site korea/ --party "South Korea"[/dim]
    """
    if (file is None) == (site is None) or (site and release):
        raise typer.BadParameter("give the file to write or --site, and --release with a file only")
    with reported():
        with extra("a report", "report"):
            from communique.outputs.report import write_report, write_site
        from communique.outputs import open_tables

        tables = open_tables(out)
        if site is not None:
            path = write_site(tables, site, **named(tables, filters))
        else:
            assert file is not None
            release_id = None if release is None else tables.find_release(release)
            path = write_report(tables, file, release_id=release_id, **named(tables, filters))
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
        from communique.outputs.export import write

        found = open_tables(out).sql(query)
        if file is None:
            show_rows(found, format, list(found.columns))
        else:
            write(file, "answer", found)
            tell_saved(file, found)


def _columns(found: pd.DataFrame) -> list[str]:
    """The columns of the `table` format: verdicts and other sources where there are some."""
    extra = {"told_in": found["told_in"].map(len).gt(1), "verdict": found["verdict"].notna()}
    return [*SHOWN, *(name for name, has in extra.items() if has.any())]


def _tell_acts(found: pd.DataFrame) -> None:
    """What the acts shown mean."""
    told = [f"{act}: {words}" for act, words in ACT_WORDS.items() if act in set(found["act"])]
    if told:
        console.print(plain("; ".join(told), "dim"), soft_wrap=True)


def _tell_left_out(counts: dict[str, int]) -> None:
    """How many rows more there are, and the options that bring them."""
    told = [
        f"{count} {LEFT_OUT[name]} (--{name.replace('_', '-')})" for name, count in counts.items() if count
    ]
    if told:
        console.print(f"left out: {', '.join(told)}", soft_wrap=True)


def _told(found: pd.DataFrame) -> pd.DataFrame:
    """The rows with each undertaking not to act told as one."""
    from communique.outputs.cells import what_told

    told = [what_told(what, negated) for what, negated in zip(found["what"], found["negated"], strict=True)]
    return found.assign(what=told)
