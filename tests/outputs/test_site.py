"""A report as a site: an index, and a page for each release; nothing of anybody else's is touched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from communique.outputs import Tables
from communique.outputs.report import page as single
from communique.outputs.report import write_report, write_site
from communique.outputs.report.evidence import Evidence
from communique.outputs.report.site import NotASiteError, page_of


def test_every_commitment_is_in_the_index_and_on_the_page_of_its_release(
    tables: Tables, tmp_path: Path
) -> None:
    index = write_site(tables, tmp_path / "site")
    found = tables.commitments()
    data = json.loads(html.parse(str(index)).getroot().xpath("string(//script[@id='data'])"))
    rows = [
        {name: data["values"][at] for name, at in zip(data["columns"], row, strict=True)}
        for row in data["rows"]
    ]
    assert [row["commitment_id"] for row in rows] == list(found["commitment_id"])
    assert [row["what"] for row in rows] == list(found["what"])
    for release_id, own in found.groupby("release_id"):
        page = html.parse(str(index.parent / "pages" / f"{release_id}.html")).getroot()
        cards = [card.get("id") for card in page.xpath("//article")]
        assert cards == [f"c-{one}" for one in own["commitment_id"]]
        assert {f"t-{one}" for one in own["commitment_id"]} <= set(page.xpath("//aside//a/@id"))
    assert len(list((index.parent / "pages").iterdir())) == found["release_id"].nunique()


def test_pages_of_releases_no_longer_kept_go(tables: Tables, tmp_path: Path) -> None:
    write_site(tables, tmp_path)
    write_site(tables, tmp_path, parties="KOR")
    kept = set(tables.commitments(parties="KOR")["release_id"])
    assert {page.stem for page in (tmp_path / "pages").iterdir()} == kept


def test_a_folder_with_other_files_is_left_alone(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "mine.html").write_text("mine")
    with pytest.raises(NotASiteError):
        write_site(tables, tmp_path)
    assert [path.name for path in tmp_path.rglob("*.html")] == ["mine.html"]


def test_pages_of_the_user_beside_ours_stay(tables: Tables, tmp_path: Path) -> None:
    write_site(tables, tmp_path / "site")
    pages = tmp_path / "site" / "pages"
    (pages / "notes.html").write_text("my notes")
    ours = next(page for page in pages.iterdir() if page.name != "notes.html")
    (pages / "gone.html").write_bytes(ours.read_bytes())
    write_site(tables, tmp_path / "site")
    assert (pages / "notes.html").read_text() == "my notes"
    assert not (pages / "gone.html").exists() and ours.exists()


def test_pages_elsewhere_behind_a_link_are_left_alone(tables: Tables, tmp_path: Path) -> None:
    write_site(tables, tmp_path / "site")
    pages, elsewhere = tmp_path / "site" / "pages", tmp_path / "elsewhere"
    pages.rename(elsewhere)
    pages.symlink_to(elsewhere)
    before = sorted(elsewhere.iterdir())
    with pytest.raises(NotASiteError, match="link"):
        write_site(tables, tmp_path / "site", parties="KOR")
    assert sorted(elsewhere.iterdir()) == before


def test_the_text_of_a_release_is_inert_on_its_page(tables: Tables) -> None:
    hostile = "</script><script>document.title = 'run'</script><img src=x>"
    found = tables.commitments().head(1).assign(what=hostile, due_text="'><img src=x>")
    releases = tables.releases()
    own = releases[releases["release_id"].isin(found["release_id"])]
    own = own.assign(title=hostile, url="javascript:alert(1)")
    evidence, release = Evidence(tables, own, found), own.iloc[0].to_dict()
    page = page_of(evidence.release(release), evidence.cards_of(release["release_id"]))
    assert "<img" not in page and page.count("<script") == 1
    assert not re.search(r"href=.?javascript", page)


def test_a_file_of_too_many_releases_names_the_site(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single, "MOST_RELEASES", 2)
    with pytest.raises(single.TooManyReleasesError, match="--site"):
        write_report(tables, tmp_path / "report.html")
