"""The report as a static site, for more releases than one file can hold: an index, and a page for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Unpack

from communique.outputs.asking import Filters, WrongUsageError
from communique.outputs.files import replace_file
from communique.outputs.reading import Tables, records
from communique.outputs.report.evidence import Evidence, Row, meaning
from communique.outputs.report.page import asset, filled, releases_of, said

INDEX, STYLE, PAGES = "index.html", "style.css", "pages"
OURS = "/* communique report */"
OUR_PAGE = "<!-- communique report -->"

#: What the script fills in where it makes a card: every part is there.
EVERY_PART = {
    **dict.fromkeys(("trigger", "counterparts", "due", "agreed", "became"), " "),
    **dict.fromkeys(("commitment_id", "act", "parties", "what", "told", "title", "source", "publisher"), ""),
    **dict.fromkeys(("day", "sentence", "row", "fields"), ""),
}


class NotASiteError(ValueError):
    """The folder has files of somebody else, which the site would mix with."""


def write_site(tables: Tables, folder: str | Path, **filters: Unpack[Filters]) -> Path:
    """Write the evidence of the commitments that `filters` keep as static files; returns the index.

    Pages open from the disk (for which not every browser takes 'self') and from any web server, and fetch
    nothing but their style. Those that an earlier site in the folder has of releases that are no longer kept
    are removed, and no other file. Raises NotASiteError, a ValueError, where the folder has something else,
    WrongUsageError, another, for `sort`.
    """
    if filters.get("sort"):
        raise WrongUsageError("a site has an order of its own: leave out sort (--sort)")
    folder = Path(folder)
    _refuse_others(folder)
    commitments, left_out = tables.answer(**filters)
    releases = releases_of(tables, commitments)
    evidence = Evidence(tables, releases, commitments)
    index, pages = folder / INDEX, folder / PAGES
    replace_file(folder / STYLE, f"{OURS}\n{asset((STYLE,))}".encode())
    rows: dict[str, Row] = {}
    for release in records(releases):
        cards = evidence.cards_of(release["release_id"])
        rows |= {card["commitment_id"]: card["row"] for card in cards}
        page = page_of(evidence.release(release), cards)
        replace_file(pages / f"{release['release_id']}.html", f"{OUR_PAGE}\n{page}".encode())
    data = {**evidence.days(), **_packed(rows[id_] for id_ in commitments["commitment_id"])}
    values = {"data": data, "releases": len(releases), "every": EVERY_PART}
    text = filled(
        "index.html",
        ("filter.js", "charts.js", "index.js"),
        **values,
        **said(evidence, left_out, filters),
    )
    replace_file(index, text.encode("utf-8"))
    kept = set(releases["release_id"])
    for page_of_old in pages.glob("*.html"):
        if page_of_old.stem not in kept and _is_ours(page_of_old):
            page_of_old.unlink()
    return index


def page_of(release: Row, cards: Sequence[Row]) -> str:
    """The page of one release with its cards; all text from it is escaped by the template."""
    return filled(
        "release.html",
        ("text.js", "release.js"),
        release=release,
        cards=cards,
        acts=meaning({card["act"] for card in cards}),
    )


def _packed(rows: Iterable[Row]) -> dict[str, Any]:
    """Rows as places in a list that has each value once: titles and names come thousands of times."""
    places: dict[str, int] = {}
    packed = []
    columns: list[str] = []
    for row in rows:
        columns = list(row)
        packed.append([places.setdefault(json.dumps(value), len(places)) for value in row.values()])
    return {"columns": columns, "values": [json.loads(value) for value in places], "rows": packed}


def _is_ours(page: Path) -> bool:
    """Whether a site wrote the page: others beside it are the user's."""
    if page.is_symlink() or not page.is_file():
        return False
    with page.open("rb") as file:
        return file.read(len(OUR_PAGE)) == OUR_PAGE.encode()


def _refuse_others(folder: Path) -> None:
    """Only a new folder, an empty one, and that of an earlier site are written into."""
    style = folder / STYLE
    if (folder / PAGES).is_symlink():
        raise NotASiteError(
            f"{folder / PAGES} is a link to another folder: give a folder of its own for the site"
        )
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not style.is_file() or not style.read_text(encoding="utf-8", errors="replace").startswith(OURS):
        raise NotASiteError(f"{folder} has other files: give a folder of its own for the site")
