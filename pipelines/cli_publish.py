"""The command `publish`, mounted by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.pipelines.console import console, plain, reported

app = typer.Typer()


@app.command()
def publish(
    tables: Annotated[Path, typer.Argument(help="Folder of the tables.", file_okay=False, exists=True)],
    address: Annotated[str, typer.Argument(help="Where to: s3://bucket/prefix, gs://... or az://...")],
) -> None:
    """Copy the tables and their reviews to an object store; readers see the ones before until all is there.

    Keys come from the environment or the files of the account, as the store's own tools find them.

    [dim]communique publish tables/ s3://bucket/communique[/dim]
    """
    with reported():
        from communique.outputs.published import publish as publish_tables
        from communique.outputs.remote import AddressError

        try:
            done = publish_tables(tables, address)
        except AddressError as error:
            raise typer.BadParameter(str(error), param_hint="ADDRESS") from error
    console.print(
        plain(f"{done.address}: version {done.version}, {done.files} files, {done.sent} of them sent"),
        soft_wrap=True,
    )
