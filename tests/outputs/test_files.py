"""Files on their way: names of their own, no links followed, nothing left behind."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from communique.outputs.files import replace_file
from communique.outputs.lock import LOCK, exclusive


def test_a_link_in_the_way_is_not_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("theirs")
    (tmp_path / ".page.html.new").symlink_to(other)
    replace_file(tmp_path / "page.html", b"ours")
    assert other.read_text() == "theirs"
    assert (tmp_path / "page.html").read_bytes() == b"ours"


def test_permissions_are_those_of_the_file_replaced_or_of_a_new_one(tmp_path: Path) -> None:
    replace_file(tmp_path / "rows.csv", b"1")
    (tmp_path / "plain").write_bytes(b"1")
    assert (tmp_path / "rows.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode
    (tmp_path / "rows.csv").chmod(0o600)
    replace_file(tmp_path / "rows.csv", b"2")
    assert stat.S_IMODE((tmp_path / "rows.csv").stat().st_mode) == 0o600


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        replace_file(tmp_path / "folder", b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_link_in_place_of_the_lock_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("theirs")
    (tmp_path / LOCK).symlink_to(other)
    with pytest.raises(OSError), exclusive(tmp_path):
        pass
    assert other.read_text() == "theirs"
