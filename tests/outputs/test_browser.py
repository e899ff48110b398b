"""The report in a real headless Chromium: hostile text stays inert, filters and links work."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html

from communique.outputs import Tables
from communique.outputs.following import latest_day
from communique.outputs.report import write_report, write_site
from communique.outputs.report.page import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (Debian: chromium)")

HOSTILE = '<script>document.title = "run"</script><img src=x onerror="document.title=\'run\'">'


def page_after(path: Path, fragment: str = "") -> str:
    """The document after its script ran, as HTML."""
    flags = (
        "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    )
    profile = f"--user-data-dir={path.parent / 'profile'}"
    url = f"{path.as_uri()}{fragment}"
    command = [str(CHROMIUM), *flags.split(), "--disable-component-update", profile, "--dump-dom", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def test_hostile_text_stays_text(tables: Tables, tmp_path: Path) -> None:
    releases = tables.releases().head(1).assign(text=HOSTILE, title=HOSTILE)
    path = tmp_path / "report.html"
    path.write_text(render(tables, releases, tables.commitments().head(0)), encoding="utf-8")
    page = page_after(path)
    assert "<title>Who agreed to what, and when</title>" in page
    assert "<img" not in page


def test_hostile_fields_stay_text(tables: Tables, tmp_path: Path) -> None:
    """What a card keeps for the filters, the table and the download is as inert as its text."""
    found = tables.commitments().head(3).assign(what=HOSTILE, due_text="'><img src=x>", publisher=HOSTILE)
    releases = tables.releases()
    path = tmp_path / "report.html"
    page = render(tables, releases[releases["release_id"].isin(found["release_id"])], found)
    path.write_text(page, encoding="utf-8")
    page = page_after(path, "#view=table")
    assert "<title>Who agreed to what, and when</title>" in page
    assert "<img" not in page
    assert page.count("&lt;img") >= 3


def cards_of(page: str) -> dict[str, bool]:
    """Whether each commitment is shown, by its id."""
    cards = html.fromstring(page).xpath("//*[@id='cards']/article")
    return {card.get("id").removeprefix("c-"): card.get("hidden") is None for card in cards}


def bars_of(page: str, chart: str) -> list[str]:
    """The bars of a chart in words."""
    return [
        " ".join(bar.text_content().split())
        for bar in html.fromstring(page).xpath(f"//*[@id='{chart}']//button")
    ]


def open_texts(page: str) -> list[str]:
    """The headings' ids of the releases whose text is open."""
    sections = html.fromstring(page).xpath("//section[@class='release']")
    return [section.get("aria-labelledby") for section in sections if section.get("hidden") is None]


@pytest.fixture(scope="module")
def report(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tables, tmp_path_factory.mktemp("report") / "report.html")


def test_a_link_into_a_text_opens_this_text_alone(tables: Tables, report: Path) -> None:
    last = tables.commitments().iloc[-1]
    assert open_texts(page_after(report)) == []
    page = page_after(report, f"#t-{last['commitment_id']}")
    assert open_texts(page) == [f"r-{last['release_id']}"]
    marked = html.fromstring(page).xpath("//mark[contains(@class, ' here')]")
    assert "".join(mark.text for mark in marked) == last["sentence"]


def test_a_link_keeps_the_filter(tables: Tables, report: Path) -> None:
    found = tables.commitments()
    wanted = found[
        [
            act == "agree" and "KOR" in parties
            for act, parties in zip(found["act"], found["parties"], strict=True)
        ]
    ]
    page = page_after(report, "#act=agree&party=Republic+of+Korea&glance=open")
    assert {one for one, shown in cards_of(page).items() if shown} == set(wanted["commitment_id"])
    assert 0 < len(wanted) < len(found)
    assert f'<span id="count">{len(wanted)}</span> of {len(found)} commitments' in page
    with_canada = sum("CAN" in parties for parties in wanted["parties"])
    assert f"Canada – Republic of Korea: {with_canada}" in bars_of(page, "by-pair")
    assert bars_of(page, "by-act") == [f"agree (agreed with others): {len(wanted)}"]


def test_the_index_of_a_site_answers_as_the_file_does(tables: Tables, tmp_path: Path) -> None:
    index = write_site(tables, tmp_path / "site")
    found = tables.commitments(parties="KOR").dropna(subset=["due_end"])
    page = page_after(index, "#party=Republic+of+Korea&due_from=1900-01-01&glance=open")
    assert set(cards_of(page)) == set(found["commitment_id"])
    links = html.fromstring(page).xpath("//article//h2/a/@href")
    for release_id, commitment_id in zip(found["release_id"], found["commitment_id"], strict=True):
        assert f"pages/{release_id}.html#{commitment_id}" in links
    late = set(tables.followups(statuses=["overdue"])["commitment_id"])
    ahead = found[found["commitment_id"].isin(late) | (found["due_end"] >= latest_day(tables).isoformat())]
    marks = html.fromstring(page).xpath("//*[@id='due']/li/b/text()")
    told = ["overdue" if one in late else "open" for one in ahead.sort_values("due_end")["commitment_id"]]
    assert marks == told and len(set(told)) == 2


def test_scope_is_a_filter_where_the_tables_tell_it(tables: Tables, tmp_path: Path) -> None:
    found = tables.commitments().head(3).assign(scope=["joint", "external", "joint"])
    path = tmp_path / "report.html"
    path.write_text(render(tables, tables.releases(), found), encoding="utf-8")
    assert list(cards_of(page_after(path, "#scope=joint")).values()) == [True, False, True]
    page = render(tables, tables.releases(), found.drop(columns="scope"))
    assert 'id="scope"' not in page


def test_cards_lie_in_the_order_asked_for(tables: Tables, report: Path) -> None:
    found = tables.commitments().sort_values("published", ascending=False, kind="stable")
    assert list(cards_of(page_after(report, "#sort=newest"))) == list(found["commitment_id"])


def test_every_word_that_is_searched_for_is_there(tables: Tables, report: Path) -> None:
    found = tables.commitments()
    what = found["what"].iloc[0].lower()
    shown = cards_of(page_after(report, f"#q={quote(chr(34) + what + chr(34))}"))
    assert shown[found["commitment_id"].iloc[0]]
    backwards = " ".join(reversed(what.split()))
    assert not any(cards_of(page_after(report, f"#q={quote(chr(34) + backwards + chr(34))}")).values())


def test_due_days_bound_the_table_in_their_order(tables: Tables, report: Path) -> None:
    due = tables.commitments(due_after="2025").sort_values("due_end", kind="stable")
    page = page_after(report, "#due_from=2025-01-01&sort=due&view=table")
    links = html.fromstring(page).xpath("//tbody//a")
    assert [link.get("href") for link in links] == [f"#t-{one}" for one in due["commitment_id"]]
    assert [link.text for link in links] == list(due["what"])


def test_the_table_tells_a_release_once_above_its_rows(tables: Tables, report: Path) -> None:
    table = html.fromstring(page_after(report, "#view=table")).xpath("//tbody")[0]
    told = [row.xpath("string(td/b)") for row in table.xpath("tr[@class='source']")]
    assert told == list(tables.commitments()["title"].drop_duplicates())
    assert len(table.xpath("tr")) == len(told) + len(tables.commitments())


def test_the_download_runs_nothing_in_a_spreadsheet(tables: Tables, tmp_path: Path) -> None:
    """The page as written, but for a line of script that shows the file instead of saving it."""
    found = tables.commitments().head(2).assign(what=["=1+1", 'plain, "quoted"'])
    releases = tables.releases()
    page = render(tables, releases[releases["release_id"].isin(found["release_id"])], found)
    script = re.search(r"<script>(.*)</script>", page, re.DOTALL)
    assert script is not None
    page = page.replace(script[1], f"{script[1]}document.title = csv();")
    page = re.sub(r"script-src '[^']*'", "script-src 'unsafe-inline'", page)
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    titled = html.fromstring(page_after(path)).xpath("string(//title)")
    rows = list(csv.DictReader(titled.lstrip("\ufeff").splitlines()))
    assert [row["what"] for row in rows] == ["'=1+1", 'plain, "quoted"']
    assert [row["commitment_id"] for row in rows] == list(found["commitment_id"])
