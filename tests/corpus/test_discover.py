from __future__ import annotations

import os
import pickle
from collections import Counter
from pathlib import Path

import pytest

from communique.corpus import ReadError, Release, Source, discover, read, release_id

HEADER = "file_name,title,publisher,published,url,note\n"


def fill(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def found(*sources: Path, metadata: Path | None = None) -> list[Source | ReadError]:
    return list(discover(sources, metadata))


def names(*sources: Path, metadata: Path | None = None) -> list[str]:
    return [item.source for item in found(*sources, metadata=metadata)]


def only_release(items: list[Source | ReadError]) -> Release:
    (source,) = items
    assert isinstance(source, Source)
    (item,) = read(source)
    assert isinstance(item, Release)
    return item


def test_folders_are_read_recursively_in_order(tmp_path: Path) -> None:
    files = [
        "b.txt",
        "a/z.MD",
        "a/b/c.html",
        "c.jsonl",
        "skipped.png",
        ".hidden.txt",
        ".git/x.txt",
        "metadata.csv",
    ]
    fill(tmp_path, dict.fromkeys(files, "file_name\n"))
    assert names(tmp_path) == ["a/b/c.html", "a/z.MD", "b.txt", "c.jsonl"]


def test_folders_may_lie_deeper_than_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1_000):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").write_text("Ghana and Togo agreed to build a port.")
    sources = names(tmp_path)
    Path("a.txt").unlink()
    for _ in range(1_000):  # pytest removes them by calls
        os.chdir("..")
        Path("d").rmdir()
    assert sources == ["d/" * 1_000 + "a.txt"]


def test_a_file_is_named_relative_to_its_folder(tmp_path: Path) -> None:
    fill(tmp_path, {"in/a.txt": "A.", "in/metadata.csv": HEADER + "a.txt,Title A,,,,\n"})
    assert only_release(found(tmp_path / "in" / "a.txt")).title == "Title A"


def test_discovery_is_lazy(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "A.", "b.txt": "B."})
    sources = discover([tmp_path])
    next(sources)
    (tmp_path / "c.txt").write_text("Too late for the listing.")
    assert [item.source for item in sources] == ["b.txt"]


def test_what_is_not_there_or_not_known_is_named(tmp_path: Path) -> None:
    fill(tmp_path, {"a.png": "x"})
    missing, unknown = found(tmp_path / "none.txt", tmp_path / "a.png")
    assert missing == ReadError("none.txt", "no such file or folder")
    assert isinstance(unknown, ReadError)
    assert unknown.reason.startswith("unknown suffix; read are .txt, .md")


def test_what_is_not_read_is_counted_by_suffix(tmp_path: Path) -> None:
    files = ["a.PNG", "b/c.png", "b/d.zip", "README", "note.TXT", ".hidden.png", "metadata.csv"]
    fill(tmp_path, dict.fromkeys(files, "file_name\n"))
    unread: Counter[str] = Counter()
    assert [item.source for item in discover([tmp_path], unread=unread)] == ["note.TXT"]
    assert unread == {".png": 2, ".zip": 1, "": 1}


def test_the_folder_of_a_saved_page_holds_no_releases(tmp_path: Path) -> None:
    files = ["talks.html", "talks_files/frame.html", "talks_files/x.png", "case_files/a.txt"]
    fill(tmp_path, dict.fromkeys(files, "Ghana and Togo will meet."))
    unread: Counter[str] = Counter()
    assert [item.source for item in discover([tmp_path], unread=unread)] == ["case_files/a.txt", "talks.html"]
    assert unread == {"_files": 1}


# Links and limits


def test_links_out_of_the_folder_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    fill(tmp_path, {"out/secret.txt": "Secret.", "in/a.txt": "A.", "in/sub/b.txt": "B."})
    inside = tmp_path / "in"
    (inside / "link.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (inside / "folder").symlink_to(tmp_path / "out")
    (inside / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "own.txt").symlink_to(inside / "a.txt")
    (inside / "again").symlink_to(inside / "sub")
    items = found(inside)
    assert [item.source for item in items if isinstance(item, Source)] == ["a.txt", "own.txt", "sub/b.txt"]
    assert {item.source: item.reason for item in items if isinstance(item, ReadError)} == {
        "folder": "symbolic link out of the source folder",
        "link.txt": "symbolic link out of the source folder",
        "loop.txt": "symbolic link that leads nowhere",
        "nowhere.txt": "symbolic link that leads nowhere",
    }


def test_a_link_put_in_place_of_a_file_meanwhile_is_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, {"out/secret.txt": "Secret.", "in/a.txt": "A."})
    (source,) = found(tmp_path / "in")
    assert isinstance(source, Source)
    (tmp_path / "in" / "a.txt").unlink()
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "out" / "secret.txt")
    assert read(source) == [ReadError("a.txt", "leads out of the source folder")]


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    fill(tmp_path, {"at.txt": "x" * 100, "over.txt": "x" * 101})
    at, over = discover([tmp_path], max_bytes=100)
    assert isinstance(at, Source)
    assert isinstance(over, Source)
    assert isinstance(read(at)[0], Release)
    assert read(over) == [ReadError("over.txt", "larger than the limit of 0.0001 MB")]
    assert over.sha256() is None


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "A."})
    (source,) = found(tmp_path)
    assert isinstance(source, Source)
    (tmp_path / "a.txt").unlink()
    assert read(source) == [ReadError("a.txt", "no such file (it may have been removed meanwhile)")]


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"a.txt": "A."})
    (source,) = found(tmp_path)
    assert isinstance(source, Source)

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    assert read(source) == [ReadError("a.txt", "cannot be opened: Permission denied")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (source,) = found(tmp_path)
    assert isinstance(source, Source)
    assert read(source) == [ReadError("pipe.txt", "not a regular file")]


def test_a_name_that_is_not_unicode_is_refused(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.txt")).write_text("B.")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    assert found(tmp_path) == [ReadError("'b\\udcff.txt'", "the name is not Unicode")]


# Metadata tables


def test_the_nearest_table_wins_and_the_given_one_before_all(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "in/metadata.csv": HEADER + "a.txt,Outer,NATO,2020-01-01,,\n",
            "in/sub/metadata.csv": HEADER + "a.txt,Inner,,2021-01-01,,\n",
            "in/sub/a.txt": "A.",
            "given.csv": HEADER + "a.txt,Given,,,,\n",
        },
    )
    item = only_release(found(tmp_path / "in", metadata=tmp_path / "given.csv"))
    assert (item.title, item.publisher, str(item.published)) == ("Given", "NATO", "2021-01-01")


def test_a_table_wins_over_the_files_own_words(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {"a.md": "---\ntitle: Own\ndate: 2020-02-02\n---\nA.", "metadata.csv": HEADER + "a.md,Table,,,,\n"},
    )
    item = only_release(found(tmp_path))
    assert (item.title, str(item.published)) == ("Table", "2020-02-02")


def test_a_path_in_a_table_wins_over_a_name(tmp_path: Path) -> None:
    fill(tmp_path, {"sub/a.txt": "A.", "metadata.csv": HEADER + "a.txt,By name,,,,\nsub/a.txt,By path,,,,\n"})
    assert only_release(found(tmp_path)).title == "By path"


def test_the_fingerprint_follows_what_the_table_says_of_the_file_alone(tmp_path: Path) -> None:
    def fingerprints(table: str) -> list[str]:
        fill(tmp_path, {"a.txt": "A.", "b.txt": "B.", "metadata.csv": HEADER + table})
        return [item.metadata_sha256 for item in found(tmp_path) if isinstance(item, Source)]

    before = fingerprints("a.txt,,,2020-01-01,,\nb.txt,,,2020-01-01,,\n")
    after = fingerprints("b.txt,,,2020-01-02,,\na.txt,,,2020-01-01,,other note\n")
    assert before[0] == after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/passwd", "sub/../../out.txt", "..\\out.txt"])
def test_a_path_in_a_table_may_not_leave_its_folder(tmp_path: Path, name: str) -> None:
    fill(
        tmp_path,
        {"in/a.txt": "A.", "out.txt": "Out.", "in/metadata.csv": HEADER + f"{name},T,,,,\na.txt,A,,,,\n"},
    )
    refused, *rest = found(tmp_path / "in")
    assert refused == ReadError("metadata.csv", f"path leaves its folder: {name}")
    assert only_release(rest).title == "A"


def test_a_broken_table_beside_the_files_is_named_and_the_files_are_read(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "A.", "metadata.csv": "name;title\n"})
    refused, *rest = found(tmp_path)
    assert refused == ReadError("metadata.csv", "no column file_name")
    assert only_release(rest).text == "A."


def test_a_broken_table_given_stops_the_run(tmp_path: Path) -> None:
    fill(tmp_path, {"in/a.txt": "A.", "given.csv": "name;title\n"})
    with pytest.raises(ValueError, match="given.csv: no column file_name"):
        found(tmp_path / "in", metadata=tmp_path / "given.csv")


def test_the_given_table_is_no_source(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "A.", "given.csv": HEADER.replace("note", "text") + "a.txt,Given,,,,x\n"})
    assert only_release(found(tmp_path, metadata=tmp_path / "given.csv")).title == "Given"


def test_a_broken_date_is_a_warning_and_no_guess(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "A.", "metadata.csv": HEADER + "a.txt,,,03/04/2024,,\n"})
    item = only_release(found(tmp_path))
    assert item.published is None
    assert item.warnings == ("published is not a day of one reading: '03/04/2024'",)


@pytest.mark.parametrize(
    ("publisher", "day"), [("The White House", "2024-03-04"), ("Foreign Ministry of Chile", "2024-04-03")]
)
def test_days_in_figures_are_read_as_their_publisher_writes_them(
    tmp_path: Path, publisher: str, day: str
) -> None:
    fill(tmp_path, {"a.txt": "A.", "metadata.csv": HEADER + f"a.txt,,{publisher},03/04/2024,,\n"})
    assert str(only_release(found(tmp_path)).published) == day


def test_a_column_of_days_in_figures_has_one_order(tmp_path: Path) -> None:
    others = "b.txt,,The White House,13/04/2024,,\n"
    fill(tmp_path, {"a.txt": "A.", "metadata.csv": HEADER + "a.txt,,The White House,03/04/2024,,\n" + others})
    assert str(only_release(found(tmp_path)).published) == "2024-04-03"


@pytest.mark.parametrize("name", ["Posted on", "postedon", "Post date"])
def test_a_column_that_is_read_is_understood(tmp_path: Path, name: str) -> None:
    fill(tmp_path, {"a.txt": "A.", "metadata.csv": f"File;{name};Posted by\na.txt;2024-11-01;x\n"})
    unknown: dict[Path, tuple[str, ...]] = {}
    (item,) = discover([tmp_path], unknown=unknown)
    assert str(only_release([item]).published) == "2024-11-01"
    assert unknown == {tmp_path / "metadata.csv": ("Posted by",)}


def test_columns_of_metadata_that_are_not_understood_are_named(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "A.", "metadata.csv": "File;Date;Link;Author;\na.txt;2024-11-01;;x;\n"})
    unknown: dict[Path, tuple[str, ...]] = {}
    (item,) = discover([tmp_path], unknown=unknown)
    assert only_release([item]).published
    assert unknown == {tmp_path / "metadata.csv": ("Author",)}


def test_a_path_as_windows_writes_it_is_met(tmp_path: Path) -> None:
    fill(tmp_path, {"a/b.txt": "B.", "metadata.csv": HEADER + "a\\b.txt,B,,,,\n"})
    assert only_release(found(tmp_path)).title == "B"


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("Ghana and Togo agree to…", "Ghana and Togo agree to build a port"),
        ("Ghana and Togo [...]", "Ghana and Togo agree to build a port"),
        ("Ghana and Benin agree to…", "Ghana and Benin agree to…"),
        ("Ghana and Togo", "Ghana and Togo"),
        ("Gh…", "Gh…"),
    ],
)
def test_a_title_that_was_cut_off_is_made_whole_by_the_line_over_the_text(
    tmp_path: Path, title: str, whole: str
) -> None:
    text = f"{title}\nGhana and Togo agree to build a port\n\nGhana and Togo agreed today."
    fill(tmp_path, {"a.txt": text, "metadata.csv": f"file_name,title\na.txt,{title}\n"})
    assert only_release(found(tmp_path)).title == whole


def test_sources_and_releases_pickle(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "Oslo, 3 May 2023 – The ministers met."})
    (source,) = found(tmp_path)
    assert isinstance(source, Source)
    assert pickle.loads(pickle.dumps(source)) == source
    assert pickle.loads(pickle.dumps(read(source))) == read(source)


def test_a_title_from_a_nearer_table_leaves_a_shared_address_shared(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "metadata.csv").write_text(
        "file_name,url\na.txt,https://example.org/p\nb.txt,https://example.org/p\n"
    )
    (tmp_path / "in" / "metadata.csv").write_text("file_name,title\na.txt,Part one\n")
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_text(f"Part {name} of a page about a meeting.")
    found = [r for source in discover([tmp_path]) for r in read(source)]
    assert len({r.release_id for r in found}) == 2


def test_files_that_share_an_address_keep_ids_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text(
        "file_name,url\na.txt,https://example.org/page\nb.txt,https://example.org/page\nc.txt,https://example.org/c\n"
    )
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Part {name} of a page about a meeting.")
    found = {r.file_name: r for source in discover([tmp_path]) for r in read(source)}
    assert len({r.release_id for r in found.values()}) == 3
    assert found["a.txt"].url == found["b.txt"].url == "https://example.org/page"
    assert found["c.txt"].release_id == release_id("moved/c.txt", "https://example.org/c")


def test_rows_of_metadata_that_met_no_file_are_named(tmp_path: Path) -> None:
    table = "file_name,title\none.txt,One\nthree.txt,Three\n"
    fill(tmp_path, {"a/one.txt": "They met.", "b/two.txt": "They met.", "a/metadata.csv": table})
    given = tmp_path / "given.csv"
    given.write_text("file_name,title\none.txt,1\ntwo.txt,2\nfour.txt,4\n")
    unmet: dict[Path, set[str]] = {}
    for folder in ("a", "b"):  # what one folder lacks the other may have
        list(discover([tmp_path / folder], given, unmet=unmet))
    assert unmet == {tmp_path / "a" / "metadata.csv": {"three.txt"}, given: {"four.txt"}}
