"""The command line: options and printing; the work is a function elsewhere, imported when it runs."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from communique.outputs.extras import installed
from communique.pipelines import cli_fetch, cli_follow, cli_lexicon, cli_publish, cli_serve, people, reviewing
from communique.pipelines.console import (
    DEFAULT_OUT,
    Lexicons,
    Out,
    Sources,
    console,
    errors,
    plain,
    print_failures,
    reported,
)

if TYPE_CHECKING:
    from communique.pipelines.summary import RunSummary

app = typer.Typer(
    name="communique",
    help="Who agreed to what, and when: tables from diplomatic press releases.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
)
TablesArgument = Annotated[Path, typer.Argument(help="Folder of the tables.", exists=True, file_okay=False)]


def _there(model: str | None) -> str | None:
    """Refuses a pipeline that is neither a folder nor installed."""
    if model is not None and not Path(model).is_dir() and not (model.isidentifier() and installed(model)):
        raise typer.BadParameter(f"{model!r} is neither a folder nor an installed pipeline.")
    return model


@app.callback()
def main() -> None:
    """Who agreed to what, and when: tables from diplomatic press releases."""
    # Imports and models are a million objects that last; looking for garbage among them slows the start.
    gc.set_threshold(50_000, 20, 20)


@app.command()
def extract(
    sources: Sources,
    out: Out = DEFAULT_OUT,
    metadata: Annotated[
        Path | None,
        typer.Option(help="CSV: file_name, title, publisher, published, url.", exists=True, dir_okay=False),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes that extract.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for every failure, old or new.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove releases that are gone from the folders given.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Let --prune empty the tables of a folder that is empty.")
    ] = False,
    engine: Annotated[
        Literal["processes", "dask"],
        typer.Option(help="Where releases are extracted: here, or on a Dask cluster."),
    ] = "processes",
    dask_address: Annotated[
        str | None, typer.Option(help="Scheduler of the Dask cluster, as tcp://host:8786.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="Another spaCy pipeline with UD labels, by package or folder.", callback=_there),
    ] = None,
    lexicons: Lexicons = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds that one release may take; else it is a failure.")
    ] = 300,
    prefect: Annotated[bool, typer.Option(help="Run as a Prefect flow, or as a plain function.")] = True,
) -> None:
    """Extract releases into tables; what has not changed since the last run is skipped.

    Reads .txt, .md, .html, .mhtml, .pdf, .docx, .odt, .eml, .json, .jsonl, .csv and feeds.

    Exit code 0: done; 1: releases failed that had not failed before; 2: wrong usage; 3: the run could not
    be completed, and the tables are as its last commit left them.

    [dim]communique extract releases/ --out tables/ --workers 4[/dim]
    """
    if (engine == "dask") != bool(dask_address):
        raise typer.BadParameter("--engine dask and --dask-address are given together")
    from communique.pipelines import runs

    options = runs.Options(
        workers=workers,
        prune=prune,
        force=force,
        engine=engine,
        dask_address=dask_address,
        model=model,
        lexicons=str(lexicons.resolve()) if lexicons else None,
        time_limit=time_limit,
    )
    with reported(), runs.progress(console) as progress:
        run = runs.as_flow if prefect and runs.has_prefect() else runs.plainly
        summary = run(sources, out, metadata, options, progress)
    _print(summary)
    if summary.new_failures or (strict and summary.failures):
        raise typer.Exit(1)


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where to write releases, tables and report.", file_okay=False)
    ] = Path("communique-demo"),
    browser: Annotated[bool, typer.Option(help="Open the report in a browser.")] = True,
) -> None:
    """Write the sample releases, extract them, and open the report: what comes out, in a minute."""
    from communique.pipelines.demo import make_demo

    with reported():
        made = make_demo(folder)
    _print(made.summary)
    console.print(plain(f"report: {made.report}"), soft_wrap=True)
    console.print(plain(f"next: communique commitments --party Korea --out {made.tables}"), soft_wrap=True)
    if browser:
        typer.launch(str(made.report.absolute()))


@app.command()
def verify(folder: TablesArgument = DEFAULT_OUT) -> None:
    """Check every invariant of the tables; exit code 1 with a list of what does not hold."""
    from communique.outputs.verify import pipeline_versions
    from communique.outputs.verify import verify as problems_of
    from communique.outputs.versions import CURRENT

    problems = problems_of(folder)
    for problem in problems:
        console.print(plain(problem), soft_wrap=True)
    if problems:
        errors.print(plain(f"{len(problems)} problems in {folder}", "red"))
        raise typer.Exit(1)
    held = "all invariants hold" if (folder / CURRENT).exists() else "no tables"
    console.print(plain(f"{folder}: {held}"), soft_wrap=True)
    mixed = pipeline_versions(folder)
    if len(mixed) > 1:
        each = ", ".join(f"{version} ({count})" for version, count in mixed.items())
        console.print(
            plain(f"note: the releases are of {len(mixed)} pipeline versions: {each}"), soft_wrap=True
        )


@app.command()
def summary(
    out: Out = DEFAULT_OUT,
    rows: Annotated[int, typer.Option("--rows", "-n", min=1, help="Commitments to show.")] = 10,
) -> None:
    """A first look at the tables: counts, and a few commitments as who, what and when."""
    from communique.pipelines.overview import overview

    with reported():
        console.print(overview(out, rows))


@app.command()
def explain(
    commitment_id: Annotated[str, typer.Argument(metavar="ID", help="A commitment_id, or its beginning.")],
    out: Out = DEFAULT_OUT,
) -> None:
    """Show one commitment: its sentence with the marks, its fields, the rule, and what was weighed."""
    from communique.pipelines.explain import explain as explained

    with reported():
        console.print(explained(out, commitment_id))


app.add_typer(people.app)
app.add_typer(cli_fetch.app)
app.add_typer(cli_follow.app)
app.add_typer(reviewing.app)
app.add_typer(cli_serve.app)
app.add_typer(cli_publish.app)
app.add_typer(cli_lexicon.app, name="lexicon")


def _print(summary: RunSummary) -> None:
    console.print(summary.sentence())
    unread = filter(None, [summary.unread_sentence()])
    told = (*unread, *summary.unmet_sentences(), *summary.unknown_sentences(), *summary.lacking_sentences())
    for line in told:
        console.print(plain(line, "yellow"), soft_wrap=True)
    print_failures(summary.failures, summary.new_failures)
    rows = ", ".join(f"{count} {name}" for name, count in summary.rows.items())
    console.print(f"{rows} written in {summary.seconds:.1f} s", soft_wrap=True)
    console.print(plain(f"tables: {summary.out}"), soft_wrap=True)
