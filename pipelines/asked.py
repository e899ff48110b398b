"""The options that say which commitments are asked for, the same in every command that lists some."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from communique.outputs.asking import ACT_WORDS

if TYPE_CHECKING:
    from communique.outputs.asking import Filters
    from communique.outputs.reading import Tables

Command = TypeVar("Command", bound=Callable[..., None])
_ACTS = "; ".join(f"{act}, {words}" for act, words in ACT_WORDS.items())

Party = Annotated[
    list[str] | None,
    typer.Option("--party", help="Who is bound: Canada, or CAN. Repeated: all of them, or one with --any."),
]
AnyParty = Annotated[bool, typer.Option("--any", help="One of the parties is enough.")]
Repeated = Annotated[
    bool, typer.Option("--repeated", help="Also what another release tells already, left out otherwise.")
]


def _options(
    party: Party = None,
    any_party: AnyParty = False,
    with_groups: Annotated[
        bool,
        typer.Option("--with-groups", help="Count what a grouping (G7, ASEAN) undertook for its members."),
    ] = False,
    to: Annotated[
        list[str] | None, typer.Option(help="Towards whom: Ukraine, or UKR. Repeated: all of them.")
    ] = None,
    domestic: Annotated[
        bool, typer.Option("--domestic", help="Also what is a state's own affair, left out otherwise.")
    ] = False,
    background: Annotated[
        bool, typer.Option("--background", help="Also what a release only recalls, left out otherwise.")
    ] = False,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Also what was rejected by hand (see review).")
    ] = False,
    repeated: Repeated = False,
    joint: Annotated[
        bool,
        typer.Option("--joint", help="Only what binds two states or organisations or more, or a grouping."),
    ] = False,
    act: Annotated[
        list[str] | None, typer.Option(help=f"What kind of word it is, may be repeated: {_ACTS}.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(help="Words of sentence or title in any form, or a 'quoted phrase' as it is."),
    ] = None,
    dialogue: Annotated[
        str | None, typer.Option(help="A dialogue or instrument in it: its id, or words of its name.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Words of the publisher's name.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Published on or after: 2024, 2024-Q3, 2024-07 or 2024-07-18.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Published on or before.")] = None,
    new_since: Annotated[
        str | None, typer.Option(help="First seen on or after a day, or after a run: its run_id.")
    ] = None,
    due: Annotated[str | None, typer.Option(help="Last due day in this period, as 2026-Q1.")] = None,
    due_after: Annotated[str | None, typer.Option(help="Last due day on or after.")] = None,
    due_before: Annotated[str | None, typer.Option(help="Last due day before.")] = None,
    sort: Annotated[
        str | None, typer.Option(help="agreed, due, to or a column; -due is downwards (as --sort=-due).")
    ] = None,
) -> None:
    """What the options are; `asks` gives them to a command."""


#: What `Tables.commitments` calls an option that has another name here.
_NAMES = {"party": "parties", "act": "acts"}


def asks(command: Command) -> Command:
    """`command`, whose `**filters` are these options under the names of `Tables.commitments`."""
    own = inspect.signature(command, eval_str=True)
    options = inspect.signature(_options, eval_str=True).parameters
    parameters = [p for p in own.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]

    def asked(*args: Any, **kwargs: Any) -> None:
        filters = {name: kwargs.pop(name) for name in options}
        command(
            *args,
            **kwargs,
            **{
                _NAMES.get(name, name): value
                for name, value in filters.items()
                if value not in (None, [], False)
            },
        )

    asked.__doc__, asked.__name__, asked.__module__ = command.__doc__, command.__name__, command.__module__
    signature = own.replace(parameters=[*parameters, *options.values()])
    asked.__signature__ = signature  # type: ignore[attr-defined]
    asked.__annotations__ = {name: p.annotation for name, p in signature.parameters.items()}
    return asked  # type: ignore[return-value]


def named(tables: Tables, filters: Filters) -> Filters:
    """The filters with actor_ids for names; WrongUsageError for a name that nobody in the tables has."""
    if parties := filters.get("parties"):
        filters["parties"] = [tables.actor_of(name) for name in parties]
    if to := filters.get("to"):
        filters["to"] = [tables.actor_of(name) for name in to]
    return filters
