"""The command `review`, mounted by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.pipelines.console import DEFAULT_OUT, Out, console, plain, reported

if TYPE_CHECKING:
    from communique.outputs.reviews import Review, Reviews

app = typer.Typer()


@app.command()
def review(
    commitment_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="A commitment_id, or its beginning.")
    ] = None,
    verdict: Annotated[str, typer.Option(help="confirmed, corrected or rejected.")] = "confirmed",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="How a row is corrected; may be repeated."),
    ] = None,
    note: Annotated[str, typer.Option(help="Why, in your own words.")] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            "--from", help="CSV: commitment_id, verdict, fields, note.", exists=True, dir_okay=False
        ),
    ] = None,
    out: Out = DEFAULT_OUT,
) -> None:
    """Confirm, correct or reject a commitment by hand; without an ID, list what was reviewed.

    Verdicts are kept in reviews.csv beside the tables, whatever runs come; every list shows them.

    [dim]communique review 3f9a --set "parties=CAN; KOR" --set due_end=2026-12-31 --note "see page 2"[/dim]

    [dim]communique review 3f9a --verdict rejected[/dim]
    """
    with reported():
        import pyarrow.dataset as ds

        from communique.outputs.reviews import Review, Reviews, placed, read
        from communique.outputs.state import lexicons_of
        from communique.outputs.store import snapshot

        version = snapshot(out)
        commitments = ds.dataset(version / "commitments", format="parquet")
        lexicons = lexicons_of(version)
        reviews = Reviews(out, lexicons)
        with lexicons.used():
            given: list[Review] = list(read(file).values()) if file else []
            if commitment_id is not None:
                values = dict(_pair(text) for text in set_ or ())
                cells = {"commitment_id": commitment_id, "note": note, **values}
                given.append(Review.of({**cells, "verdict": "corrected" if values else verdict}))
        if given:
            reviews.add([placed(each, commitments) for each in given])
        _print(reviews, len(reviews.found(commitments)))


def _pair(text: str) -> tuple[str, str]:
    from communique.outputs.asking import WrongUsageError
    from communique.outputs.reviews import CORRECTABLE

    name, sign, value = text.partition("=")
    if not sign or name not in CORRECTABLE:
        raise WrongUsageError(f"--set {text!r} is not FIELD=VALUE with one of {', '.join(CORRECTABLE)}")
    return name, value


def _print(reviews: Reviews, found: int) -> None:
    from communique.outputs.reviews import counted

    for each in reviews.all.values():
        values = "; ".join(f"{name}={value}" for name, value in each.values.items())
        told = " · ".join(filter(None, (each.verdict, values, each.what, each.note)))
        console.print(plain(f"{each.commitment_id}  {told}"), soft_wrap=True)
    waiting = len(reviews.all) - found
    wait = f"; {waiting} of rows that are not there now" if waiting else ""
    console.print(plain(f"{counted(reviews.all.values())}{wait}: {reviews.path}"), soft_wrap=True)
