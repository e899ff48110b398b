"""The main job: what is extracted, what is skipped, what fails, and that none of it depends on the order."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from small_releases import differing, rows_of, run_and_die, text_of
from spacy.language import Language

from communique.corpus import discover, release_id
from communique.outputs.lock import StoreLockedError
from communique.outputs.rows import Rows
from communique.outputs.store import ArrowTables, StoreError, open_store, snapshot
from communique.outputs.verify import verify
from communique.pipelines import extract as module
from communique.pipelines import summary as summary_module
from communique.pipelines import worker
from communique.pipelines.engines import in_processes, inline
from communique.pipelines.extract import extract
from communique.pipelines.worker import Job, Outcome

Releases = Callable[[int], Path]


def failures(out: Path) -> dict[str, str]:
    return dict(pd.read_parquet(out / "failures")[["source", "reason"]].itertuples(index=False))


def shuffled(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
    singles = [Job((s,), job.pipeline_version, job.extracted_at) for job in jobs for s in job.sources]
    random.Random(7).shuffle(singles)
    return inline(singles)


def test_every_release_gets_rows_and_all_invariants_hold(releases: Releases, tmp_path: Path) -> None:
    summary = extract([releases(12)], tmp_path / "out")
    assert (summary.new, summary.failed) == (12, 0)
    tables = rows_of(tmp_path / "out")
    assert len(tables["releases"]) == 12
    assert all(len(tables[name]) for name in tables)
    assert verify(tmp_path / "out") == []


def test_a_second_run_skips_everything_without_reading_it(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = releases(6)
    extract([folder], tmp_path / "out")
    before = pd.read_parquet(tmp_path / "out" / "releases")
    monkeypatch.setattr(worker, "read", None)
    summary = extract([folder], tmp_path / "out")
    assert (summary.new, summary.changed, summary.unchanged) == (0, 0, 6)
    pd.testing.assert_frame_equal(before, pd.read_parquet(tmp_path / "out" / "releases"))
    assert len(pd.read_parquet(tmp_path / "out" / "runs")) == 2


def test_the_row_of_a_run_names_what_failed(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = releases(1), tmp_path / "out"
    extract([folder], out)
    old = snapshot(out) / "runs" / "unknown.parquet"
    pq.write_table(pq.read_table(old).drop_columns("failed_sources"), old)  # as earlier versions wrote it
    for name in ("b.txt", "a.txt", "c.txt"):
        (folder / name).write_bytes(b"")
    monkeypatch.setattr(summary_module, "NAMED_FAILURES", 2)
    extract([folder], out)
    runs = pd.read_parquet(out / "runs").sort_values("started_at")
    assert runs["releases_failed"].tolist() == [0, 3]
    assert runs["failed_sources"].iloc[0] is None
    assert list(runs["failed_sources"].iloc[1]) == ["a.txt", "b.txt"]
    assert verify(out) == []


def test_new_code_extracts_everything_again(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = releases(3)
    extract([folder], tmp_path / "out")
    monkeypatch.setattr(module, "fingerprint", lambda *_: "another")
    assert extract([folder], tmp_path / "out").changed == 3
    assert set(pd.read_parquet(tmp_path / "out" / "releases")["pipeline_version"]) == {"another"}


def test_only_changed_and_new_sources_are_extracted(releases: Releases, tmp_path: Path) -> None:
    folder = releases(8)
    extract([folder], tmp_path / "out")
    (folder / "0003.txt").write_text(text_of(300))
    (folder / "extra.txt").write_text(text_of(400))
    summary = extract([folder], tmp_path / "out")
    assert (summary.new, summary.changed, summary.unchanged) == (1, 1, 7)
    extract([folder], tmp_path / "fresh")
    assert differing(tmp_path / "out", tmp_path / "fresh") == []


def test_a_corrected_date_changes_exactly_the_rows_that_depend_on_it(
    releases: Releases, tmp_path: Path
) -> None:
    folder = releases(6)
    extract([folder], tmp_path / "out")
    before = rows_of(tmp_path / "out")
    with (folder / "metadata.csv").open() as file:
        rows = list(csv.DictReader(file))
    rows[2]["published"] = "2023-11-30"
    with (folder / "metadata.csv").open("w") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert extract([folder], tmp_path / "out").changed == 1
    after = rows_of(tmp_path / "out")
    moved = before["releases"].set_index("source")["release_id"]["0002.txt"]
    for name in before:
        others = [table[name][table[name]["release_id"] != moved] for table in (before, after)]
        pd.testing.assert_frame_equal(others[0].reset_index(drop=True), others[1].reset_index(drop=True))
    releases_after = after["releases"].set_index("release_id")
    assert releases_after["published"][moved] == "2023-11-30"
    assert verify(tmp_path / "out") == []


def test_rows_depend_on_neither_order_nor_batches_nor_workers(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = releases(40)
    extract([folder], tmp_path / "one")
    monkeypatch.setattr(module, "COMMIT_SOURCES", (3, 3, 3))
    extract([folder], tmp_path / "other", engine=shuffled)
    extract([folder], tmp_path / "two", workers=2)
    assert differing(tmp_path / "one", tmp_path / "other") == []
    assert differing(tmp_path / "one", tmp_path / "two") == []


def test_what_cannot_be_read_is_named_and_the_rest_is_extracted(releases: Releases, tmp_path: Path) -> None:
    folder = releases(3)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.md").write_text("---\ntitle: [one\ndate: 2024-01-01\n---\nThe parties met.\n")
    (folder / "big.txt").write_bytes(b"word " * 2_100_000)
    (tmp_path / "secret.txt").write_text("not in the folder")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    summary = extract([folder], tmp_path / "out")
    assert summary.new == 3
    found = failures(tmp_path / "out")
    assert set(found) == {"empty.txt", "binary.txt", "broken.md", "big.txt", "link.txt"}
    assert summary.new_failures == set(found)
    assert "limit" in found["big.txt"]
    assert "link" in found["link.txt"]
    assert verify(tmp_path / "out") == []


def test_a_failure_is_new_once_and_leaves_when_the_source_reads_again(
    releases: Releases, tmp_path: Path
) -> None:
    folder = releases(2)
    (folder / "late.txt").write_bytes(b"")
    assert extract([folder], tmp_path / "out").new_failures == {"late.txt"}
    first = pd.read_parquet(tmp_path / "out" / "failures").iloc[0]
    again = extract([folder], tmp_path / "out")
    assert (again.failed, again.new_failures, again.unchanged) == (1, set(), 2)
    second = pd.read_parquet(tmp_path / "out" / "failures").iloc[0]
    assert second["first_seen"] == first["first_seen"] < second["last_seen"]
    (folder / "late.txt").write_text(text_of(9))
    assert extract([folder], tmp_path / "out").new == 1
    assert failures(tmp_path / "out") == {}


def test_a_source_that_cannot_be_opened_keeps_its_earlier_rows(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = releases(2)
    extract([folder], tmp_path / "out")
    (folder / "0001.txt").write_text("changed")
    original = os.open

    def refuse(path: str | Path, *args: int) -> int:
        if str(path).endswith("0001.txt"):
            raise PermissionError(13, "Permission denied")
        return original(path, *args)

    monkeypatch.setattr(os, "open", refuse)
    extract([folder], tmp_path / "out")
    monkeypatch.undo()
    assert "Permission denied" in failures(tmp_path / "out")["0001.txt"]
    assert len(pd.read_parquet(tmp_path / "out" / "releases")) == 2
    assert verify(tmp_path / "out") == []


def test_a_source_that_vanishes_meanwhile_is_reported(releases: Releases, tmp_path: Path) -> None:
    folder = releases(3)

    def vanishing(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
        (folder / "0001.txt").unlink()
        return inline(jobs)

    assert extract([folder], tmp_path / "out", engine=vanishing).new == 2
    assert "no such file" in failures(tmp_path / "out")["0001.txt"]


def test_a_component_that_raises_costs_one_release(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.outputs import rows

    original = rows.release_rows

    def fail_on_second(release, doc, **stamp):  # type: ignore[no-untyped-def]
        if release.source == "0001.txt":
            raise IndexError("out of range")
        return original(release, doc, **stamp)

    monkeypatch.setattr(rows, "release_rows", fail_on_second)
    assert extract([releases(3)], tmp_path / "out").new == 2
    assert failures(tmp_path / "out") == {"0001.txt": "IndexError: out of range"}


def test_rows_that_fit_no_table_cost_one_release_of_a_job(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.outputs import rows

    original = rows.release_rows

    def misfit_in_third(release, doc, **stamp):  # type: ignore[no-untyped-def]
        made = original(release, doc, **stamp)
        if release.source == "0002.txt":
            made["releases"][0]["n_tokens"] = "many"
        return made

    extract([releases(4)], tmp_path / "all")
    monkeypatch.setattr(rows, "release_rows", misfit_in_third)
    assert extract([releases(4)], tmp_path / "out").new == 3
    found = failures(tmp_path / "out")
    assert set(found) == {"0002.txt"}
    assert "many" in found["0002.txt"]
    whole = rows_of(tmp_path / "all")
    lost = whole["releases"].set_index("source")["release_id"]["0002.txt"]
    for name, table in rows_of(tmp_path / "out").items():
        kept = whole[name][whole[name]["release_id"] != lost]
        pd.testing.assert_frame_equal(table, kept.reset_index(drop=True))
    assert verify(tmp_path / "out") == []


def test_a_file_of_many_rows_is_put_into_tables_as_it_goes(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = releases(2)
    lines = (json.dumps({"id": str(number), "text": text_of(number)}) for number in range(9))
    (folder / "0000-rows.jsonl").write_text("\n".join(lines) + "\n")
    extract([folder], tmp_path / "at-once")
    gathered = list[int]()
    original = worker.to_arrow

    def counting(rows: Rows) -> ArrowTables:
        gathered.append(len(rows["releases"]))
        return original(rows)

    monkeypatch.setattr(worker, "TABULATED", 4)
    monkeypatch.setattr(worker, "to_arrow", counting)
    assert extract([folder], tmp_path / "as-it-goes").new == 11
    assert gathered == [4, 4, 3]
    assert differing(tmp_path / "at-once", tmp_path / "as-it-goes") == []
    assert verify(tmp_path / "as-it-goes") == []


def test_a_release_that_is_not_english_is_recorded_and_not_extracted(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "fr.txt").write_text(
        "Les ministres des Affaires étrangères du Canada et de la France se sont réunis à Paris. "
        "Ils ont convenu de renforcer leur coopération dans le domaine de l'énergie avant la fin de 2026.\n"
    )
    extract([folder], tmp_path / "out")
    tables = rows_of(tmp_path / "out")
    assert list(tables["releases"]["language"]) == ["fr"]
    assert all(tables[name].empty for name in tables if name != "releases")


def test_rows_of_deleted_sources_stay_unless_pruned(releases: Releases, tmp_path: Path) -> None:
    folder, out = releases(4), tmp_path / "out"
    other = tmp_path / "other"
    other.mkdir()
    (other / "note.txt").write_text(text_of(77))
    extract([folder, other], out)
    (folder / "0001.txt").unlink()
    (other / "note.txt").unlink()
    extract([folder], out)
    assert len(pd.read_parquet(out / "releases")) == 5
    summary = extract([folder], out, prune=True)
    assert summary.removed == 1
    assert set(pd.read_parquet(out / "releases")["source"]) == {
        "0000.txt",
        "0002.txt",
        "0003.txt",
        "note.txt",
    }
    assert verify(out) == []


def test_pruning_keeps_what_lies_in_a_folder_that_cannot_be_opened(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = releases(2), tmp_path / "out"
    (folder / "sub").mkdir()
    (folder / "sub" / "note.txt").write_text(text_of(77))
    extract([folder], out)
    original = os.scandir

    def refuse(path: Path) -> object:
        if getattr(path, "name", None) == "sub":
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(os, "scandir", refuse)
    summary = extract([folder], out, prune=True)
    assert (summary.removed, summary.new_failures) == (0, {"sub"})


def test_failures_of_one_name_in_two_folders_are_both_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "empty.txt").write_bytes(b"")
    summary = extract([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    assert summary.new_failures == {f"{tmp_path}/{name}/empty.txt" for name in "ab"}


def test_a_release_that_is_too_long_fails_and_the_others_go_on(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nlp: Language
) -> None:
    monkeypatch.setattr(worker, "_pipeline", lambda *given: nlp)
    monkeypatch.setattr(nlp, "max_length", 1_000)
    folder, out = releases(2), tmp_path / "out"
    (folder / "long.txt").write_text(text_of(5) * 10)
    assert extract([folder], out).new == 2
    failed = pd.read_parquet(out / "failures")
    assert failed[["source", "stage"]].to_numpy().tolist() == [["long.txt", "extract"]]
    assert "1,000 characters" in failed["reason"].iloc[0]


def test_a_row_file_keeps_its_good_rows_and_names_the_broken_one(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    good = [f'{{"id": "r{n}", "text": "{text_of(n).splitlines()[0]}"}}' for n in range(2)]
    (folder / "rows.jsonl").write_text("\n".join([good[0], "{broken", good[1]]) + "\n")
    extract([folder], out)
    assert set(pd.read_parquet(out / "releases")["source"]) == {"rows.jsonl#r0", "rows.jsonl#r1"}
    assert len(failures(out)) == 1
    (folder / "rows.jsonl").write_text("\n".join(good) + "\n")
    assert extract([folder], out).changed == 2
    assert failures(out) == {}


URL = "https://example.org/news/1"


def same_url(folder: Path, **numbers: int) -> Path:
    """A folder of pages of one address; their texts differ where their numbers do."""
    folder.mkdir(exist_ok=True)
    for name, number in numbers.items():
        (folder / f"{name}.md").write_text(f"---\nsource_url: {URL}\n---\n{text_of(number)}")
    return folder


def ids_of(out: Path) -> dict[str, str]:
    return dict(pd.read_parquet(out / "releases")[["source", "release_id"]].to_numpy())


@pytest.mark.parametrize("engine", [inline, shuffled])
def test_files_that_share_an_address_are_releases_each_and_the_first_has_its_id(
    tmp_path: Path, engine: object, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COMMIT_SOURCES", (1, 1, 1))
    folder = same_url(tmp_path / "in", a=1, b=2, c=1, d=3)
    summary = extract([folder], tmp_path / "out", engine=engine)  # type: ignore[arg-type]
    assert (summary.new, summary.failures) == (4, {})
    ids = ids_of(tmp_path / "out")
    assert ids["a.md"] == release_id("a.md", URL)
    assert [ids[f"{name}.md"] for name in "bcd"] == [release_id(f"{name}.md", label="in") for name in "bcd"]
    releases = pd.read_parquet(tmp_path / "out" / "releases").set_index("source")
    assert set(releases["url"]) == {URL}
    assert releases["duplicate_of"].dropna().to_dict() == {"c.md": ids["a.md"]}
    assert [r.getMessage() for r in caplog.records if r.levelname == "WARNING"] == [
        "a.md: the address of b.md, c.md, d.md, too; each is a release of its own"
    ]
    assert verify(tmp_path / "out") == []
    assert extract([folder], tmp_path / "out").unchanged == 4


@pytest.mark.parametrize("prune", [False, True])
def test_a_page_saved_again_leaves_the_first_its_id_and_has_one_of_its_own_for_good(
    tmp_path: Path, prune: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = same_url(tmp_path / "in", m=1), tmp_path / "out"
    extract([folder], out)
    same_url(folder, a=2)
    assert extract([folder], out, prune=prune).new == 1
    ids = ids_of(out)
    assert ids["m.md"] == release_id("m.md", URL)
    monkeypatch.setattr(module, "fingerprint", lambda *_: "other")
    again = extract([folder], out, prune=prune)
    assert (again.new, again.changed, again.removed, again.failures) == (0, 2, 0, {})
    assert ids_of(out) == ids


def test_the_row_of_a_table_that_shares_an_address_with_a_file_is_kept_alone(tmp_path: Path) -> None:
    folder, out = same_url(tmp_path / "in", a=1), tmp_path / "out"
    rows = [{"id": n, "url": f"https://example.org/news/{n}", "text": text_of(5 + n)} for n in range(3)]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert extract([folder], out).new == 4
    ids = ids_of(out)
    assert ids["rows.jsonl#1"] == release_id("rows.jsonl#1", label="in")
    assert ids["rows.jsonl#2"] == release_id("", "https://example.org/news/2")


def test_a_page_that_another_folder_has_is_a_duplicate_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for folder in ("first", "second"):
        summary = extract([same_url(tmp_path / folder, a=1)], out)
        assert (summary.new, summary.failures) == (1, {})
    assert pd.read_parquet(out / "releases")["duplicate_of"].notna().sum() == 1
    assert roots_of(out) == {str(tmp_path / "first"), str(tmp_path / "second")}


@pytest.mark.parametrize("engine", [inline, shuffled])
def test_files_of_one_place_are_an_error_that_names_both(tmp_path: Path, engine: object) -> None:
    folders = notes(tmp_path, a__in=1, b__in=2)
    summary = extract(folders, tmp_path / "out", engine=engine)  # type: ignore[arg-type]
    assert roots_of(tmp_path / "out") == {str(folders[0])}
    assert summary.failures == {"note.txt": f"has the same release_id as {folders[0]}/note.txt"}
    assert verify(tmp_path / "out") == []


def notes(tmp_path: Path, **numbers: int) -> list[Path]:
    """A folder with a note.txt for each name; `a__in` is a folder `in` below `a`."""
    folders = [tmp_path / name.replace("__", "/") for name in numbers]
    for folder, number in zip(folders, numbers.values(), strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "note.txt").write_text(text_of(number))
    return folders


def roots_of(out: Path) -> set[str]:
    with open_store(out) as store:
        return {key[0] for key, state in store.sources.items() if state.release_ids}


def test_files_of_one_name_in_two_folders_are_two_releases(tmp_path: Path) -> None:
    first, second = notes(tmp_path, b=1, a=2)
    for folder in (first, second):
        summary = extract([folder], tmp_path / "out", prune=True)
        assert (summary.new, summary.removed, summary.failures) == (1, 0, {})
    assert roots_of(tmp_path / "out") == {str(first), str(second)}
    assert verify(tmp_path / "out") == []


@pytest.mark.parametrize("engine", [inline, shuffled])
@pytest.mark.parametrize("again", [False, True], ids=["unchanged", "extracted again"])
def test_the_folder_that_has_a_release_keeps_it(
    tmp_path: Path, engine: object, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = notes(tmp_path, b__in=1, a__in=2)
    extract([first], tmp_path / "out")
    if again:
        monkeypatch.setattr(module, "fingerprint", lambda *_: "other")
    summary = extract([second, first], tmp_path / "out", engine=engine)  # type: ignore[arg-type]
    (reason,) = summary.failures.values()
    assert str(first) in reason
    assert roots_of(tmp_path / "out") == {str(first)}


@pytest.mark.parametrize("number, holder", [(1, "a/in"), (2, "b/in")], ids=["moved", "another text"])
def test_a_release_goes_to_another_folder_only_with_its_file(
    tmp_path: Path, number: int, holder: str
) -> None:
    first, second = notes(tmp_path, b__in=1, a__in=number)
    (first / "other.txt").write_text(text_of(3))
    extract([first], tmp_path / "out")
    (first / "note.txt").unlink()
    extract([second], tmp_path / "out")
    assert str(tmp_path / holder) in roots_of(tmp_path / "out")
    assert (str(second) in roots_of(tmp_path / "out")) is (holder == "a/in")


def test_addresses_that_change_places_take_their_releases_along(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for pages in ("ab", "ba"):
        for name, page in zip("xy", pages, strict=True):
            front = f"---\nurl: https://example.org/{page}\n---\n"
            (folder / f"{name}.md").write_text(front + text_of(ord(page)))
        assert extract([folder], out, engine=shuffled).failures == {}
        assert verify(out) == []
    assert dict(pd.read_parquet(out / "releases")[["source", "url"]].to_numpy()) == {
        "x.md": "https://example.org/b",
        "y.md": "https://example.org/a",
    }


def test_pruning_an_empty_folder_asks_for_force(releases: Releases, tmp_path: Path) -> None:
    folder, out = releases(2), tmp_path / "out"
    extract([folder], out)
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(RuntimeError, match="remove 2 releases"):
        extract([folder], out, prune=True)
    assert len(pd.read_parquet(out / "releases")) == 2
    summary = extract([folder], out, prune=True, force=True)
    assert summary.sentence().endswith(", 2 removed")


def test_a_renamed_file_takes_its_release_along(tmp_path: Path) -> None:
    same_url(tmp_path / "in", a=1)
    extract([tmp_path / "in"], tmp_path / "out")
    (tmp_path / "in" / "a.md").rename(tmp_path / "in" / "z.md")
    assert extract([tmp_path / "in"], tmp_path / "out").failed == 0
    assert list(pd.read_parquet(tmp_path / "out" / "releases")["source"]) == ["z.md"]
    assert verify(tmp_path / "out") == []


def test_the_same_text_is_a_duplicate_of_the_earliest_release(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, day in {"a": "2024-03-01", "b": "2024-01-01", "c": "2024-02-01"}.items():
        (folder / f"{name}.md").write_text(f"---\ndate: {day}\n---\n{text_of(1)}")
        extract([folder], out)
    found = pd.read_parquet(out / "releases").set_index("source")
    original = found["release_id"]["b.md"]
    assert pd.isna(found["duplicate_of"]["b.md"])
    assert found["duplicate_of"]["a.md"] == found["duplicate_of"]["c.md"] == original
    (folder / "b.md").unlink()
    extract([folder], out, prune=True)
    found = pd.read_parquet(out / "releases").set_index("source")
    assert found["duplicate_of"]["a.md"] == found["release_id"]["c.md"]
    assert verify(out) == []


def test_a_second_run_at_the_same_time_stops_with_a_clear_message(releases: Releases, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with open_store(out), pytest.raises(StoreLockedError, match=f"process {os.getpid()}"):
        extract([releases(1)], out)


def test_a_folder_with_other_tables_is_refused(releases: Releases, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "releases").mkdir(parents=True)
    with pytest.raises(StoreError, match="not written by communique"):
        extract([releases(1)], out)


def test_a_source_that_kills_its_worker_is_recorded_and_the_others_go_on(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_TEST_MARK", str(tmp_path / "mark"))
    monkeypatch.setattr(module, "JOB_SIZE", 2)
    engine = partial(in_processes, workers=2, run=run_and_die)
    summary = extract([releases(12)], tmp_path / "out", engine=engine)
    assert summary.new == 11
    assert failures(tmp_path / "out") == {"0005.txt": "the worker process died while extracting it"}
    assert verify(tmp_path / "out") == []


def test_disk_trouble_leaves_the_tables_as_they_were_and_a_later_run_completes(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = releases(4), tmp_path / "out"
    extract([folder], out)
    (folder / "new.txt").write_text(text_of(55))
    before = rows_of(out)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("communique.outputs.partitions.pq.write_table", full)
    with pytest.raises(OSError, match="No space left"):
        extract([folder], out)
    monkeypatch.undo()
    assert all(before[name].equals(table) for name, table in rows_of(out).items())
    assert verify(out) == []
    assert extract([folder], out).new == 1
    shutil.rmtree(out / "versions" / "building", ignore_errors=True)
    assert len(list((out / "versions").iterdir())) == 2


def test_a_commit_that_is_tried_again_counts_its_rows_once(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.outputs import versions

    publish, tries = versions._publish, []

    def published_late(folder: Path, building: Path) -> None:
        tries.append(folder)
        if len(tries) % 3 == 1:
            raise OSError(5, "before the switch")
        publish(folder, building)
        if len(tries) % 3 == 2:
            raise OSError(5, "behind it")

    def again(step: Callable[[], bool]) -> bool:
        while True:
            try:
                return step()
            except OSError:
                pass

    monkeypatch.setattr(versions, "_publish", published_late)
    monkeypatch.setattr(module, "COMMIT_SOURCES", (2, 2, 2))
    summary = extract([releases(4)], tmp_path / "out", run_batch=again)
    assert len(tries) > 4
    runs = pd.read_parquet(tmp_path / "out" / "runs")
    assert len(runs) == 1
    for name, count in summary.rows.items():
        assert count == len(pd.read_parquet(tmp_path / "out" / name)) == runs[f"rows_{name}"].iloc[0]
    assert verify(tmp_path / "out") == []


def test_discovered_sources_can_be_sent_to_workers(releases: Releases) -> None:
    import pickle

    sources = list(discover([releases(1)]))
    assert pickle.loads(pickle.dumps(sources)) == sources


def test_tables_inside_the_source_folder_are_no_sources(releases: Releases) -> None:
    folder = releases(1)
    for _ in range(2):
        assert not extract([folder], folder / "tables").failures
