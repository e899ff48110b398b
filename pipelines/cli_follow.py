"""Commands over all releases: the dialogues between states, and what became of what was undertaken."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.pipelines.asked import AnyParty, Party, Repeated
from communique.pipelines.console import DEFAULT_OUT, Out, console, reported
from communique.pipelines.showing import FileOption, FormatOption, show_rows, tell_saved

app = typer.Typer()

#: Columns of the `table` format; the other formats have all.
DIALOGUES = ["name", "kind", "parties", "first_seen", "last_seen", "last_held", "next_due", "releases"]
SPARE_DIALOGUES = ["first_seen", "releases", "kind", "last_seen"]  # what a narrow table leaves out first
FOLLOWUPS = ["status", "done", "parties", "agreed_on", "what", "due_end", "event_start", "event_text"]
SPARE_FOLLOWUPS = ["done", "agreed_on", "event_start"]

AsOf = Annotated[
    str | None, typer.Option(help="As of this day; by default the newest of publication in the tables.")
]


def _two_names(names: tuple[str, str] | None) -> tuple[str, str] | None:
    """Refuses an option that was taken for the second name."""
    if names and names[1].startswith("-"):
        raise typer.BadParameter(f"takes two names, as Canada Korea; beside {names[0]!r} stands {names[1]!r}")
    return names


Between = Annotated[
    tuple[str, str] | None,
    typer.Option(help="Two that are both parties to it: Canada Korea, or CAN KOR.", callback=_two_names),
]
Status = Annotated[
    list[str] | None, typer.Option("--status", help="kept, open, overdue, undated or unclear; repeatable.")
]
Dialogue = Annotated[str | None, typer.Option(help="The one that it is about: its id, or words of its name.")]


@app.command()
def dialogues(
    out: Out = DEFAULT_OUT,
    between: Between = None,
    as_of: AsOf = None,
    format: FormatOption = "table",
    file: FileOption = None,
) -> None:
    """List dialogues and instruments over all releases: when first and last seen, last held, next due.

    [dim]communique dialogues --between CAN KOR[/dim]
    """
    with reported():
        from communique.outputs import open_tables

        tables = open_tables(out)
        found = tables.dialogues(between=[tables.actor_of(name) for name in between or ()], as_of=as_of)
        if file is None:
            show_rows(found, format, DIALOGUES, SPARE_DIALOGUES)
        else:
            tables.write(file, found, name="dialogues")
            tell_saved(file, found)


@app.command()
def followups(
    out: Out = DEFAULT_OUT,
    party: Party = None,
    any_party: AnyParty = False,
    status: Status = None,
    dialogue: Dialogue = None,
    as_of: AsOf = None,
    repeated: Repeated = False,
    format: FormatOption = "table",
    file: FileOption = None,
) -> None:
    """List what became of what was undertaken about a named dialogue or instrument.

    kept: a release tells the event that does it (done: so does the undertaking itself);
    overdue: its last day has passed and none tells it;
    open: not due yet; undated: without a day, and no release tells the event; unclear, which is left out
    unless asked for: no event would tell.

    [dim]communique followups --party CAN --status overdue[/dim]
    """
    with reported():
        from communique.outputs import open_tables
        from communique.outputs.following import STATUSES

        tables = open_tables(out)
        parties = party and [tables.actor_of(name) for name in party]
        found = tables.followups(
            parties=parties,
            any_party=any_party,
            statuses=status or STATUSES,
            dialogue=dialogue,
            as_of=as_of,
            repeated=repeated,
        )
        unclear = found["status"].eq("unclear") & (not status)
        found = found[~unclear]
        if file is None:
            show_rows(found, format, FOLLOWUPS, SPARE_FOLLOWUPS)
        else:
            tables.write(file, found, name="followups")
            tell_saved(file, found)
        if format == "table" and unclear.any():
            console.print(f"left out: {unclear.sum()} without a clear outcome (--status unclear)")
