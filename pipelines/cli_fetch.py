"""The command `fetch`, mounted by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.outputs.extras import extra
from communique.pipelines.console import console, plain, print_failures, reported, without_key

app = typer.Typer()


@app.command()
def fetch(
    addresses: Annotated[
        list[str],
        typer.Argument(metavar="URL...", help="Feeds, or pages that link to them.", callback=without_key),
    ],
    into: Annotated[Path, typer.Option("--into", help="Folder for the pages.", file_okay=False)],
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to a host.")] = 1,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks, too.")
    ] = False,
) -> None:
    """Save the pages of new releases that RSS, Atom or JSON feeds name, each once.

    What robots.txt forbids is not fetched. Exit code 0: done; 1: addresses failed that had not failed before;
    2: wrong usage; 3: the folder could not be used.

    [dim]communique fetch https://mfa.example/news.rss --into releases/[/dim]
    """
    with reported():
        with extra("fetching"):
            from communique.pipelines import fetch as fetching
            from communique.pipelines.fetch_client import Client

        client = Client(delay=delay, allow_private=allow_private)
        done = fetching.fetch(addresses, into, client)
    console.print(done.sentence())
    print_failures(done.failures, done.new_failures)
    console.print(plain(f"pages: {into}"), soft_wrap=True)
    if done.new_failures:
        raise typer.Exit(1)
