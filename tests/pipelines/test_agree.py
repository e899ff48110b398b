"""The card of the report, the row in pandas and `communique explain` say the same of every commitment."""

from __future__ import annotations

import random
from pathlib import Path

from lxml import html
from rich.console import Console

from communique.outputs import Tables
from communique.outputs.cells import shown
from communique.outputs.report import write_report
from communique.outputs.report.evidence import CARD_FIELDS
from communique.pipelines.explain import FIELDS, explain

ROWS = 100


def squeezed(text: str) -> str:
    return "".join(text.split())


def explained(folder: Path, commitment_id: str) -> dict[str, str]:
    """The fields that `communique explain` shows: each stands alone on its line, behind its name."""
    console = Console(width=4000, no_color=True)
    with console.capture() as capture:
        console.print(explain(folder, commitment_id))
    fields = capture.get().partition("commitment_id")  # the sentence stands before, the legend behind
    lines = "".join(fields[1:]).partition("\n\n")[0].splitlines()
    return {name: squeezed(value) for name, _, value in (line.partition(" ") for line in lines)}


def disagreements(tables: Tables, folder: Path, page: Path) -> list[str]:
    """What differs between the three, for up to ROWS commitments drawn with a fixed seed."""
    found = tables.commitments()
    write_report(tables, page)
    cards = {card.get("id"): card for card in html.parse(str(page)).getroot().xpath("//article")}
    wrong = []
    for position in random.Random(1).sample(range(len(found)), min(ROWS, len(found))):
        row = found.iloc[position]
        card = cards[f"c-{row['commitment_id']}"]
        on_card = {dt.text: dt.getnext().text or "" for dt in card.xpath(".//dt")}
        told = explained(folder, row["commitment_id"])
        for column, label in CARD_FIELDS.items():
            if squeezed(on_card.get(label, "")) != squeezed(shown(row[column])):
                wrong.append(f"{row['commitment_id']}: card, {column}")
        for column in FIELDS:
            if told.get(column, "") != squeezed(shown(row[column])):
                wrong.append(f"{row['commitment_id']}: explain, {column}")
    return wrong


def test_card_row_and_explanation_agree(tables: Tables, tables_folder: Path, tmp_path: Path) -> None:
    assert len(tables.commitments()) > ROWS / 2
    assert disagreements(tables, tables_folder, tmp_path / "report.html") == []
