"""The report in a real headless Chromium: hostile text stays inert, filters and links work."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from communique.outputs import Tables
from communique.outputs.report import write_report
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


def test_a_link_into_a_folded_text_unfolds_it(tables: Tables, tmp_path: Path) -> None:
    path = write_report(tables, tmp_path / "report.html")
    commitment_id = tables.commitments()["commitment_id"].iloc[0]
    folded, unfolded = page_after(path), page_after(path, f"#t-{commitment_id}")
    assert unfolded.count('<details class="text" open') == folded.count('<details class="text" open') + 1
