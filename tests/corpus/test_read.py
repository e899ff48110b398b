from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.corpus import SUFFIXES, ReadError, Release, Source, discover, read, release_id
from communique.corpus.columns import FORMULA, guarded, is_null, unguarded
from communique.corpus.language import language_of
from communique.corpus.metadata import Metadata, read_table
from communique.corpus.normalise import canonical, text_key
from communique.corpus.publishers import order_of_publisher, order_of_states, publisher_of, speaks_for

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


# Ids


def test_ids_are_stable() -> None:
    assert release_id("sub/talks.txt") == "talks-9a67b739c370"
    assert release_id("sub/talks.txt", "https://www.nato.int/cps/en/1.htm") == "1-htm-da994c2169e5"


def test_the_url_decides_where_there_is_one() -> None:
    url = "https://www.state.gov/talks/"
    same = {
        release_id(name, form) for name in ("a.txt", "b.txt") for form in (url, "http://State.gov/talks#top")
    }
    assert len(same) == 1
    assert release_id("a.txt", "https://www.state.gov/talks?id=2") not in same


def test_a_home_page_names_no_release() -> None:
    for home in ("https://www.state.gov", "https://www.state.gov/#news"):
        assert release_id("a.txt", home) == release_id("a.txt")
    assert release_id("a.txt", "https://www.state.gov/?id=1") != release_id("a.txt")


def test_the_folder_tells_files_of_one_name_apart() -> None:
    assert release_id("note.txt", label="march") != release_id("note.txt", label="april")
    url = "https://www.state.gov/talks"
    assert release_id("note.txt", url, "march") == release_id("note.txt", url, "april")


def test_a_composed_name_gives_the_same_id_on_every_file_system() -> None:
    assert release_id("Café.txt") == release_id("Cafe\u0301.txt")


# Texts


def test_texts_that_differ_in_typography_alone_have_one_key() -> None:
    assert text_key("The ‘two’ sides\nAGREED – again.") == text_key("the two sides agreed - again")
    assert text_key("The two sides agreed.") != text_key("The two sides met.")


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "e" + "\u0323\u0301" * 65])
def test_what_is_no_canonical_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(text)


@given(st.text())
def test_canonical_is_composed_and_stays(text: str) -> None:
    try:
        result = canonical(text)
    except ValueError:
        return
    assert unicodedata.is_normalized("NFC", result)
    assert canonical(result) == result
    assert not set("\r\x85\u2028\u2029") & set(result)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers agreed to meet again next year and to continue their work on trade.", "en"),
        ("JOINT STATEMENT OF THE LEADERS OF THE PACIFIC ISLANDS ON THE OCEAN AND ITS PEOPLES", "en"),
        ("Les ministres ont décidé de se revoir l'année prochaine et de poursuivre leurs travaux.", "fr"),
        ("Die Minister vereinbarten, sich im nächsten Jahr wieder zu treffen und weiterzuarbeiten.", "de"),
        (
            "Chile and Peru agreed to open a new office for the safety of mines and of ports.\n"
            "Le Chili et le Pérou ont convenu d'ouvrir un bureau pour la sécurité des mines.",
            "en",
        ),
        (
            "Les ministres ont décidé de se revoir l'année prochaine et de poursuivre leurs travaux.\n"
            "Contact: Press Office, Lima",
            "fr",
        ),
        ("Seoul, Busan, Tokyo", None),
        ("", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


# Publishers


@pytest.mark.parametrize(
    ("publisher", "url", "actors"),
    [
        ("Global Affairs Canada", None, ("CAN",)),
        ("the white house", None, ("USA",)),
        ("U.S. Department of State, Office of the Spokesperson", None, ("USA",)),
        ("Ministry of Law, Singapore", None, ("SGP",)),
        ("Australian minister", None, ("AUS",)),
        ("Prime Minister of Australia (transcripts)", None, ("AUS",)),
        ("Department of Energy, Philippines", None, ("PHL",)),
        ("European Commission", "http://parlinfo.aph.gov.au/x", ("EU",)),
        (None, "https://www.mofa.go.kr/eng/x", ("KOR",)),
        (None, "https://mfa.gov.ge/en/x", ("GEO",)),
        (None, "https://2017-2021.state.gov/x", ("USA",)),
        ("Ministry of Defence", "https://mod.gov.in/x", ("IND",)),
        ("State House, Kenya", None, ("KEN",)),
        ("Government of the Czech Republic", None, ("CZE",)),
        ("Ministry of Foreign Affairs, Russia", None, ("RUS",)),
        ("Government of the Democratic Republic of the Congo", None, ("COD",)),
        ("CARICOM Secretariat", None, ("CARICOM",)),
        ("Emirates News Agency (WAM)", None, ("ARE",)),
        ("Ministry of Foreign Affairs of the People’s Republic of China", None, ("CHN",)),
        ("Ministry of Defence of the Republic of China", None, ("TWN",)),
        ("Ministry of Foreign Affairs, Democratic People’s Republic of Korea", None, ("PRK",)),
        ("Government of the Democratic Republic of Congo", None, ("COD",)),
        ("China’s Ministry of Commerce", None, ("CHN",)),
        ("Northern Ireland Office", None, ("GBR",)),
        ("Government of Ireland", None, ("IRL",)),
    ],
)
def test_whom_a_publisher_speaks_for(publisher: str | None, url: str | None, actors: tuple[str, ...]) -> None:
    assert speaks_for(publisher, url) == actors


@pytest.mark.parametrize(
    ("publisher", "url"),
    [
        ("Mirage News", "https://www.miragenews.com/x"),
        ("Singapore Airlines", None),
        ("Embassy of Japan in Canada", None),
        ("Korea Foundation", None),
        ("Ministry of Defence", None),
        (None, "https://notstate.gov.example.org/x"),
        (None, "https://[broken"),
        (None, None),
    ],
)
def test_who_speaks_for_nobody_known(publisher: str | None, url: str | None) -> None:
    assert speaks_for(publisher, url) == ()


def test_the_host_names_the_publisher() -> None:
    assert publisher_of("https://www.eeas.europa.eu/x") == "European External Action Service"
    assert publisher_of("https://example.org/") is None


# Whatever a file holds

CASES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    [
        "---\n",
        "title: ",
        "# ",
        "- ",
        "1. ",
        "[",
        "](",
        "*",
        "_",
        "`",
        "<div>",
        "</p>",
        "<!--",
        "&amp;",
        "|",
        "|-|\n",
        "\n",
    ]
    + [
        "\u202e",
        "\u200b",
        "\u0301",
        "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        "😀",
    ]
    + [
        "3 May 2023",
        " – ",
        "Ottawa",
        "{",
        '"text": ',
        '{"text": "a"}\n',
        "text,id\n",
        '"',
        ",",
        "\0",
        "\x85",
        "word ",
    ]
)


def read_bytes(folder: Path, suffix: str, data: bytes) -> list[Release | ReadError]:
    path = folder / f"x{suffix}"
    path.write_bytes(data)
    return read(Source(path.name, folder.resolve(), path.resolve()))


def check(items: list[Release | ReadError]) -> None:
    assert items
    for item in items:
        if isinstance(item, ReadError):
            assert item.reason
        else:
            assert item.text.strip()
            assert unicodedata.is_normalized("NFC", item.text)
            assert not set("\r\0") & set(item.text)


@pytest.mark.parametrize("suffix", SUFFIXES)
@CASES
@given(data=st.binary(max_size=300))
def test_no_bytes_stop_a_run(tmp_path: Path, suffix: str, data: bytes) -> None:
    check(read_bytes(tmp_path, suffix, data))


@pytest.mark.parametrize("suffix", SUFFIXES)
@CASES
@given(pieces=st.lists(PIECES | st.text(max_size=5), max_size=60))
def test_no_text_stops_a_run(tmp_path: Path, suffix: str, pieces: list[str]) -> None:
    check(read_bytes(tmp_path, suffix, "".join(pieces).encode(errors="replace")))


@given(st.text())
def test_no_table_stops_a_run(text: str) -> None:
    try:
        read_table(text)
    except ValueError:
        return


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(LINE, min_size=4, max_size=4))
def test_a_table_gives_back_what_was_written(values: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["file_name", "title", "publisher", "published", "url"], ["a.txt", *values]])
    written = [None if is_null(value) else value for value in map(unguarded, map(canonical, values))]
    assert read_table(out.getvalue()).rows["a.txt"] == Metadata(*written)


@given(LINE.map(canonical), st.sampled_from(["", "=", "'=", "+", "-", "''@", "'"]))
def test_a_guarded_cell_runs_nothing_and_is_read_as_it_was(rest: str, start: str) -> None:
    title = canonical(start + rest)
    assert not guarded(title).startswith(FORMULA)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["file_name", "title"], ["a.txt", guarded(title)]])
    assert read_table(out.getvalue()).rows["a.txt"].title == (None if is_null(title) else title)


@pytest.mark.parametrize("title", ["'Open ports' is what they call it", "'", "Trade = growth", "' - a dash"])
def test_a_quote_that_guards_nothing_stays(title: str) -> None:
    assert guarded(title) == title
    assert read_table(f"file_name,title\na.txt,{title}\n").rows["a.txt"].title == title


HOSTILE = {
    "brackets": "[" * 10_000,
    "images": "![" * 20_000,
    "one long line": "word " * 200_000,
    "open tags": "<div>" * 20_000,
    "nested quotes": "> " * 10_000,
    "emphasis": "*a " * 50_000,
    "comments": "<!--" * 50_000,
    "cells": "|a" * 20_000 + "\n" + "|-" * 20_000,
    "combining": "e" + "\u0301\u0323" * 100_000,
    "days": "1, 2 " * 50_000,
    "capitals": "Aa " * 50_000,
    "list items": "<ol>" + "<li>a" * 20_000,
    "columns": "".join(f"{'x' * 8 * (100 - i)}   b\n" for i in range(100)) + "\n" * 200_000,
    "arrays": "[" * 50_000 + "\n" + '{"text": ' * 20_000,
}


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".csv"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon(tmp_path: Path, suffix: str, name: str) -> None:
    check(read_bytes(tmp_path, suffix, HOSTILE[name].encode()))


# The sample corpus


def test_the_samples_read() -> None:
    items = [item for source in discover([SAMPLES]) if isinstance(source, Source) for item in read(source)]
    releases = [item for item in items if isinstance(item, Release)]
    assert len(releases) == len(items) == 9
    for release in releases:
        assert release.title
        assert release.publisher
        assert release.speaks_for
        assert release.published_from == "metadata"
        assert release.language == "en"
        assert 150 <= len(release.text.split()) <= 400
    assert {Path(release.source).suffix for release in releases} == {".txt", ".md", ".html"}
    assert len({release.release_id for release in releases}) == 9


@pytest.mark.parametrize(
    ("publisher", "order"),
    [
        ("Government of India", "DMY"),
        ("European Commission", "DMY"),
        ("Government of Chile", "DMY"),
        ("The White House", "MDY"),
        ("Government of the Philippines", None),
        ("Government of Canada", None),
        ("Government of Japan", None),
        ("A reader", None),
    ],
)
def test_figures_have_the_order_of_the_publishers_state_where_it_is_known(
    publisher: str, order: str | None
) -> None:
    assert order_of_publisher(publisher) == order


@pytest.mark.parametrize(
    ("states", "order"),
    [(["GBR", "IND"], "DMY"), (["USA", "IND"], None), (["IND", "JPN"], None), (["USA"], "MDY"), ([], None)],
)
def test_figures_of_several_states_have_an_order_where_all_write_the_same(
    states: list[str], order: str | None
) -> None:
    assert order_of_states(states) == order
