"""The public API as Markdown, made from signatures and docstrings: `make docs` writes it to `API.md`."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import communique


def markdown() -> str:
    """Every public name with its signature and what it says of itself."""
    lines = [
        "# API",
        "",
        "Made from the code by `make docs`; do not edit. `import communique` loads none of it until it is",
        "asked for. Positions are characters of `doc.text` or `releases.text`, end exclusive; days are",
        "calendar days, points in time UTC; `confidence` is a probability. The columns of the tables are",
        "described in [outputs/TABLES.md](outputs/TABLES.md).",
    ]
    names = [name for name in communique.__all__ if name != "__version__"]
    for name in sorted(names, key=lambda name: (not inspect.isfunction(getattr(communique, name)), name)):
        lines += ["", *_entry(f"communique.{name}", getattr(communique, name))]
    return "\n".join(lines) + "\n"


def _entry(name: str, what: object) -> Iterator[str]:
    yield f"## `{name}`"
    yield ""
    if inspect.isclass(what):
        yield from _class(what)
    else:
        yield from _signature(name.rpartition(".")[2], what)
        yield from _text(what)


def _class(kind: type) -> Iterator[str]:
    yield from _text(kind)
    if is_dataclass(kind):
        yield ""
        yield "| field | type |"
        yield "|---|---|"
        for field in fields(kind):
            kinds = str(field.type).replace("|", "\\|")
            yield f"| `{field.name}` | `{kinds}` |"
    for name, member in vars(kind).items():
        if inspect.isfunction(member) and not name.startswith("_"):
            yield ""
            yield f"### `{kind.__name__}.{name}`"
            yield ""
            yield from _signature(name, member)
            yield from _text(member)


def _signature(name: str, what: object) -> Iterator[str]:
    written = f"{name}{inspect.signature(what)}"  # type: ignore[arg-type]
    written = re.sub(r"<function (\w+) at \w+>", r"\1", written)
    written = re.sub(r"(: |-> )'([^']*)'", r"\1\2", written)  # types are strings where they are postponed
    yield "```python"
    yield from textwrap.wrap(written, 110, subsequent_indent="    ", break_long_words=False)
    yield "```"
    yield ""


def _text(what: object) -> Iterator[str]:
    """The docstring; its arguments as a list."""
    yield from re.sub(r"^ {4}(?=\w)", "- ", inspect.getdoc(what) or "", flags=re.MULTILINE).splitlines()


if __name__ == "__main__":
    print(markdown(), end="")
