"""The command `serve`, mounted by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.outputs.extras import extra
from communique.pipelines.console import DEFAULT_OUT, Lexicons, Out, Sources, reported, without_key

app = typer.Typer()


@app.command()
def serve(
    sources: Sources,
    cron: Annotated[str, typer.Option(help="When to run, as minute hour day month weekday.")] = "0 6 * * *",
    timezone: Annotated[str, typer.Option(help="Whose clock: an IANA time zone.")] = "UTC",
    out: Out = DEFAULT_OUT,
    metadata: Annotated[
        Path | None,
        typer.Option(help="CSV: file_name, title, publisher, published, url.", exists=True, dir_okay=False),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes that extract.")] = 1,
    model: Annotated[
        str | None, typer.Option(help="Another spaCy pipeline with UD labels, by package or folder.")
    ] = None,
    lexicons: Lexicons = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL",
            help="Feed whose new releases each run first saves into the folder.",
            callback=without_key,
        ),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks, too.")
    ] = False,
    notify: Annotated[
        str | None,
        typer.Option(help="Prefect notification block told when a run fails, as slack-webhook/analysts."),
    ] = None,
) -> None:
    """Extract by the clock, on the Prefect server at PREFECT_API_URL, until interrupted.

    Each run takes up what is new or has changed. It is Failed where it could not complete, releases or pages
    failed that had not failed before, or a feed could not be read.

    [dim]communique serve releases/ --out tables/ --cron "0 6 * * *" --timezone America/Toronto[/dim]
    """
    if feed and not Path(sources[0]).is_dir():
        raise typer.BadParameter("the first source is no folder, and with --feed the pages are saved there")
    with reported():
        if feed:
            with extra("fetching"):
                import communique.pipelines.fetch  # noqa: F401
        with extra("serving"):
            from communique.pipelines.serve import serve as serve_forever

        serve_forever(
            sources,
            out,
            metadata,
            cron=cron,
            timezone=timezone,
            workers=workers,
            model=model,
            lexicons=str(lexicons.resolve()) if lexicons else None,
            feeds=feed or [],
            allow_private=allow_private,
            notify=notify,
        )
