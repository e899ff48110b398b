"""The report as one file: what the templates need, and what they make."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Unpack

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from communique.outputs.asking import LEFT_OUT, Filters
from communique.outputs.files import replace_file
from communique.outputs.filters import one_of
from communique.outputs.reading import Tables, records
from communique.outputs.report.evidence import Evidence

#: More releases than this make a page that browsers handle badly.
MOST_RELEASES = 500


class TooManyReleasesError(ValueError):
    """The filter asks for more releases than one page can show."""


def write_report(
    tables: Tables, path: str | Path, *, release_id: str | None = None, **filters: Unpack[Filters]
) -> Path:
    """Write the evidence of one release, or of the commitments that `filters` keep, as one HTML file.

    `filters` are those of `Tables.commitments`. The file holds its style and its script, and a
    content policy that lets it fetch nothing. Raises KeyError where there is no such release,
    TooManyReleasesError where the filter keeps over `MOST_RELEASES`: `write_site` takes them.
    """
    if release_id is not None:
        filters.setdefault("domestic", True)
        filters.setdefault("repeated", True)
    commitments, left_out = tables.answer(**filters)
    if release_id is not None:
        left_out = {}
        commitments = commitments[commitments["release_id"] == release_id]
        releases = tables.release(release_id)["releases"]
    else:
        releases = releases_of(tables, commitments)
    if len(releases) > MOST_RELEASES:
        raise TooManyReleasesError(
            f"{len(releases)} releases for one page of at most {MOST_RELEASES}: "
            "write a site of small pages (communique report --site FOLDER), or narrow the filter"
        )
    path = Path(path)
    replace_file(path, render(tables, releases, commitments, left_out, filters).encode("utf-8"))
    return path


def render(
    tables: Tables,
    releases: pd.DataFrame,
    commitments: pd.DataFrame,
    left_out: Mapping[str, int] | None = None,
    filters: Filters | None = None,
) -> str:
    """The page as a string; all text from releases is escaped by the template."""
    evidence = Evidence(tables, releases, commitments)
    in_order = records(releases.sort_values(["published", "release_id"]))
    return filled(
        "page.html",
        ("filter.js", "charts.js", "text.js", "page.js"),
        cards=list(evidence.cards()),
        releases=[evidence.release(row) for row in in_order],
        data=evidence.days(),
        **said(evidence, left_out, filters or {}),
    )


def releases_of(tables: Tables, commitments: pd.DataFrame) -> pd.DataFrame:
    """The releases of the commitments."""
    return tables.frame("releases", where=one_of("release_id", commitments["release_id"].unique()))


def said(evidence: Evidence, left_out: Mapping[str, int] | None, filters: Filters) -> dict[str, Any]:
    """What a page says of all its commitments."""
    return {
        "asked_for": evidence.asked_for(filters),
        "left_out": [f"{count} {LEFT_OUT[name]}" for name, count in (left_out or {}).items() if count],
        "columns": evidence.columns,
        **evidence.words(),
    }


def filled(template: str, scripts: tuple[str, ...], **values: Any) -> str:
    """A template with its style, and with scripts as one, the only one that its content policy runs."""
    script = asset(scripts)
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(asset(("style.css",))),
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            **values,
        )
    )


@cache
def asset(names: tuple[str, ...]) -> str:
    """Files of this package as one."""
    return "".join(_environment().get_template(name).render() for name in names)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("communique.outputs.report", "."), autoescape=True, undefined=StrictUndefined
    )
