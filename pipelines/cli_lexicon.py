"""The commands `lexicon check` and `lexicon show`, mounted by the command line."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from communique.pipelines.console import Lexicons, console, errors, plain, reported

app = typer.Typer(help="Words of your own, and what the lexicons say.", no_args_is_help=True)


@app.command()
def check(
    folder: Annotated[
        Path, typer.Argument(help="Folder of lexicons of your own.", file_okay=False, exists=True)
    ],
) -> None:
    """Say what a folder of lexicons changes; exit code 1 with a list of what does not fit.

    [dim]communique lexicon check my-lexicons/[/dim]
    """
    from communique.extractors.pipeline import components_fit
    from communique.models.lexicon_places import differences
    from communique.models.lexicons import open_lexicons
    from communique.models.overlay import LexiconError

    try:
        lexicons = open_lexicons(folder)
        components_fit(lexicons)
    except LexiconError as error:
        for problem in error.problems:
            errors.print(plain(problem, "red"))
        raise typer.Exit(1) from error
    changes = differences(lexicons)
    for change in changes:
        console.print(plain(str(change)), soft_wrap=True)
    console.print(plain(f"{folder}: {len(changes)} changes, and all fit"), soft_wrap=True)


@app.command()
def show(
    word: Annotated[str, typer.Argument(help="A word, name or code.")],
    lexicons: Lexicons = None,
) -> None:
    """Show where a word stands in the lexicons, and what they say of it; exit code 1 where nowhere.

    [dim]communique lexicon show agree[/dim]
    """
    from communique.extractors.actors.states import state_names
    from communique.models.lexicon_places import places_of, words_of
    from communique.models.lexicons import open_lexicons

    with reported():
        opened = open_lexicons(lexicons)
    found = [str(place) for place in places_of(word, opened)]
    with opened.used():
        names = {name.casefold(): code for name, code in state_names().items()}
    if code := names.get(word.casefold()):
        found.append(f"a name of the state {code}")
    for line in found:
        console.print(plain(line), soft_wrap=True)
    if not found:
        near = get_close_matches(word, sorted({*words_of(opened)}), 3)
        meant = f"; near it: {', '.join(near)}" if near else ""
        errors.print(plain(f"no lexicon has {word!r}{meant}", "red"))
        raise typer.Exit(1)
