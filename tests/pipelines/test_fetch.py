"""Feeds, fetched from a server on this machine that also answers badly."""

from __future__ import annotations

import csv
import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from feed_server import Answer, Handler, Site, give, in_turn, redirect, rss, site
from typer.testing import CliRunner

from communique.corpus import Release, Source, discover, read
from communique.pipelines import fetch_transport
from communique.pipelines.cli import app
from communique.pipelines.fetch import MAX_RUNS, Fetched, fetch
from communique.pipelines.fetch_client import Client, FetchError
from communique.pipelines.fetch_shelf import LEDGER
from communique.pipelines.fetch_transport import is_public


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as running:
        yield running


def take(web: Site, folder: Path, *paths: str, **options: Any) -> Fetched:
    """Fetch from the site without pauses."""
    client = Client(**{"delay": 0, "allow_private": True, "seconds": 5, **options})
    return fetch([web.address + path for path in paths or ("/feed",)], folder, client)


def reason(web: Site, path: str, **options: Any) -> str:
    """Why an address of the site gives nothing."""
    with pytest.raises(FetchError) as caught:
        Client(**{"delay": 0, "allow_private": True, "seconds": 5, **options}).get(web.address + path)
    return str(caught.value)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_each_new_release_is_saved_once_with_what_the_feed_says_of_it(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1", "/2")
    assert take(web, tmp_path).saved == 2
    assert take(web, tmp_path).saved == 0
    web.feed("/feed", "/1", "/2", "/3")
    assert take(web, tmp_path).saved == 1
    assert (web.asked["/1"], web.asked["/2"], web.asked["/3"]) == (1, 1, 1)
    sources = [source for source in discover([tmp_path]) if isinstance(source, Source)]
    found = [item for source in sources for item in read(source)]
    releases = sorted((item for item in found if isinstance(item, Release)), key=lambda item: item.url or "")
    assert len(releases) == len(found) == 3
    assert [release.text for release in releases] == ["Text of /1.", "Text of /2.", "Text of /3."]
    first = releases[0]
    assert (first.url, first.title, first.publisher) == (f"{web.address}/1", "On 1", "MFA Togo")
    assert str(first.published) == "2031-02-03"


def test_file_names_are_never_those_of_the_address(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/..%2f..%2fetc%2fpasswd.pdf")
    take(web, tmp_path)
    page, table = files(tmp_path)
    assert table == "metadata.csv"
    assert page.removesuffix(".html").isalnum() and len(page) == 21


@pytest.mark.parametrize("headers", [{"ETag": '"one"'}, {"Last_Modified": "Mon, 04 Feb 2031 09:00:00 GMT"}])
def test_a_feed_is_asked_whether_it_has_changed(web: Site, tmp_path: Path, headers: dict[str, str]) -> None:
    web.feed("/feed", "/1", **headers)
    assert take(web, tmp_path).unchanged == 0
    again = take(web, tmp_path)
    assert (again.feeds, again.unchanged, again.failures) == (1, 1, {})


@pytest.mark.parametrize(("mark", "unchanged"), [('"übersicht-1"', 0), ('"uebersicht-1"', 1)])
def test_a_feed_with_a_mark_that_cannot_be_sent_back_is_read_as_a_whole(
    web: Site, tmp_path: Path, mark: str, unchanged: int
) -> None:
    web.feed("/feed", "/1", ETag=mark)
    for again in (False, True, True):
        done = take(web, tmp_path)
        assert (done.failures, done.feeds, done.unchanged) == ({}, 1, unchanged if again else 0)
    web.feed("/feed", "/1", "/2", ETag=mark.replace("1", "2"))
    assert take(web, tmp_path).saved == 1


@pytest.mark.parametrize("status", [403, 304])
def test_a_feed_with_a_page_that_failed_is_read_as_a_whole_again(
    web: Site, tmp_path: Path, status: int
) -> None:
    web.feed("/feed", "/1", "/2", ETag='"one"')
    web.answers["/2"] = give("", status=status)
    first = take(web, tmp_path)
    assert first.failures == {f"{web.address}/2": f"status {status}"}
    assert first.new_failures == [f"{web.address}/2"]
    second = take(web, tmp_path)
    assert (second.unchanged, second.new_failures) == (0, [])
    web.page("/2")
    assert take(web, tmp_path).saved == 1
    assert take(web, tmp_path).unchanged == 1


def test_a_page_that_always_fails_is_given_up(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1")
    web.answers["/1"] = give("", status=410)
    told = [take(web, tmp_path).failures[f"{web.address}/1"] for _ in range(MAX_RUNS)]
    assert told == ["status 410"] * (MAX_RUNS - 1) + ["status 410: it is not asked for again"]
    assert take(web, tmp_path).failures == {}
    assert web.asked["/1"] == MAX_RUNS


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/robots.txt", give("", status=500)),
        ("/busy", give("", status=429, Retry_After="3600")),
    ],
)
def test_a_page_that_was_not_asked_is_not_given_up(
    web: Site, tmp_path: Path, path: str, answer: Answer
) -> None:
    """Its host shut the door on all pages, as often as one that always fails is tried, and then opens it."""
    with site() as pages:
        pages.page("/1")
        pages.page("/2")
        web.answers["/feed"] = give(rss(pages.address + "/busy", pages.address + "/1", pages.address + "/2"))
        pages.answers[path] = answer
        told = [take(web, tmp_path) for _ in range(MAX_RUNS + 1)]
        assert [len(done.failures) for done in told] == [3] * (MAX_RUNS + 1)
        assert [len(done.new_failures) for done in told] == [3] + [0] * MAX_RUNS
        assert (pages.asked["/1"], pages.asked["/2"]) == (0, 0)
        assert len((tmp_path / LEDGER).read_bytes().splitlines()) == 3
        pages.answers["/robots.txt"] = pages.answers["/busy"] = give("", status=404)
        assert take(web, tmp_path).saved == 2
        for again in range(2, MAX_RUNS + 1):
            given_up = ": it is not asked for again" if again == MAX_RUNS else ""
            assert take(web, tmp_path).failures == {f"{pages.address}/busy": f"status 404{given_up}"}
        assert take(web, tmp_path).failures == {}  # that one was asked, and always failed


def test_a_page_whose_host_is_shut_where_it_leads_or_for_too_many_is_not_given_up(
    web: Site, tmp_path: Path
) -> None:
    with site() as shut:
        shut.answers["/robots.txt"] = give("", status=500)
        web.feed("/feed", "/many", "/away", "/broken")
        web.answers["/many"] = give("", status=429)
        web.answers["/away"] = redirect(shut.address + "/1")
        web.answers["/broken"] = give("", status=500)
        told = [take(web, tmp_path) for _ in range(MAX_RUNS + 1)]
        assert [len(done.failures) for done in told] == [3] * MAX_RUNS + [2]
        assert [len(done.new_failures) for done in told] == [3] + [0] * MAX_RUNS
        web.page("/many")
        shut.answers["/robots.txt"] = give("", status=404)
        shut.page("/1")
        assert (take(web, tmp_path).saved, web.asked["/broken"]) == (2, 3 * MAX_RUNS)


def test_a_page_of_two_feeds_fails_once_a_run(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1")
    web.feed("/other", "/1", "/2")
    web.answers["/1"] = give("", status=410)
    for tried in range(1, MAX_RUNS + 1):
        assert list(take(web, tmp_path, "/feed", "/other").failures) == [f"{web.address}/1"]
        assert web.asked["/1"] == tried
    assert take(web, tmp_path, "/feed", "/other").failures == {}


def test_a_page_that_links_to_feeds_leads_to_them(web: Site, tmp_path: Path) -> None:
    web.feed("/a", "/1")
    web.feed("/b", "/2")
    web.feed("/comments", "/3")
    kind = 'rel="alternate" type="application/rss+xml"'
    links = f'<link {kind} href="a"><link {kind} href="/b"><link {kind} href="/comments">'
    web.answers["/news/"] = give(f'{links}<a href="/c.rss">')
    web.answers["/news/a"] = web.answers["/a"]
    done = take(web, tmp_path, "/news/")
    assert (done.feeds, done.saved, done.failures) == (2, 2, {})
    web.page("/bare", '<a href="/b/feed/">News by RSS</a> <a href="/feedback">Write to us</a>')
    web.answers["/b/feed/"] = give(rss(web.address + "/4"))
    web.page("/4")
    assert take(web, tmp_path, "/bare").saved == 1
    web.page("/none")
    assert list(take(web, tmp_path, "/none").failures.values()) == [
        "neither a feed nor a page that links to one"
    ]


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="1"/><id>tag:1</id></entry></feed>'
JSON = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/1"}]})


@pytest.mark.parametrize("content", [ATOM, JSON])
def test_other_feeds_with_addresses_on_their_site(web: Site, tmp_path: Path, content: str) -> None:
    web.answers["/feed"] = give(content)
    web.page("/1")
    assert take(web, tmp_path).saved == 1


def test_a_feed_of_a_thousand_is_taken_whole(web: Site, tmp_path: Path) -> None:
    links = [f"{web.address}/{number}" for number in range(1000)]
    web.answers["/feed"] = give(rss(*links))
    for number in range(990, 1000):
        web.page(f"/{number}")
    saved = [{"page": link.removeprefix("http://"), "file": f"{link[-3:]}.html"} for link in links[:990]]
    (tmp_path / LEDGER).write_text("".join(f"{json.dumps(line)}\n" for line in saved))
    assert take(web, tmp_path).saved == 10


def test_an_empty_feed_is_no_failure_and_one_without_addresses_is(web: Site, tmp_path: Path) -> None:
    web.answers["/feed"] = give("<rss><channel><title>News</title></channel></rss>")
    web.answers["/bare"] = give("<rss><channel><item><title>They met</title></item></channel></rss>")
    done = take(web, tmp_path, "/feed", "/bare")
    assert done.failures == {f"{web.address}/bare": "it has entries without an address"}


# Redirects


def test_a_page_is_described_by_where_it_lies(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/short", "/1")
    web.answers["/short"] = redirect("/1")
    assert take(web, tmp_path).saved == 1
    rows = list(csv.DictReader((tmp_path / "metadata.csv").open()))
    assert [row["url"] for row in rows] == [f"{web.address}/1"]
    assert take(web, tmp_path).saved == 0
    assert web.asked["/short"] == 1


def test_a_feed_that_moved_for_good_is_asked_for_where_it_is(web: Site, tmp_path: Path) -> None:
    web.feed("/new", "/1")
    web.answers["/feed"] = redirect("/new", 301)
    web.answers["/away"] = redirect("/new", 302)
    for _ in range(2):
        assert take(web, tmp_path, "/feed", "/away").failures == {}
    assert (web.asked["/feed"], web.asked["/away"]) == (1, 2)
    web.answers["/new"] = give("", status=404)
    assert take(web, tmp_path).failures
    web.feed("/feed", "/2")
    assert take(web, tmp_path).saved == 1


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("/round", "more than 5 redirects"),
        ("file:///etc/passwd", "only http and https are fetched"),
        ("ftp://mfa.example/1", "only http and https are fetched"),
        ("http://me:word@mfa.example/", "an address with a password is not fetched"),
        ("http://mfa.example:port/", "Invalid URL in location header"),
        ("", "a redirect that leads nowhere"),
    ],
)
def test_a_redirect_that_is_not_followed(web: Site, target: str, why: str) -> None:
    web.answers["/round"] = redirect(target)
    assert why in reason(web, "/round")


@pytest.fixture
def public_name(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets `mfa.example` stand at 127.0.0.1, which here counts as public, or at what is given in turn."""
    look_up = socket.getaddrinfo
    addresses = ["127.0.0.1"]

    def found(host: Any, *arguments: Any, **options: Any) -> Any:
        if host in ("mfa.example", b"mfa.example"):
            host = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(
        fetch_transport, "is_public", lambda address: address == "127.0.0.1" or is_public(address)
    )
    return lambda *those: addresses.__setitem__(slice(None), those)


@pytest.mark.parametrize("host", ["127.0.0.2", "2130706434", "0.0.0.0", "[::1]"])
def test_a_redirect_to_a_private_address_is_refused(
    web: Site, public_name: Callable[..., None], host: str
) -> None:
    with site("127.0.0.2") as inner:
        inner.page("/secret")
        port = inner.address.rpartition(":")[2]
        web.answers["/away"] = redirect(f"http://{host}:{port}/secret")
        with pytest.raises(FetchError, match="no public address"):
            Client(delay=0).get(f"http://mfa.example:{web.address.rpartition(':')[2]}/away")
        assert (web.asked["/away"], inner.asked) == (1, {})
        web.answers["/away"] = redirect(f"{inner.address}/secret")
        assert Client(delay=0, allow_private=True).get(f"{web.address}/away")


def test_a_name_that_leads_elsewhere_the_second_time_is_checked_again(
    web: Site, public_name: Callable[..., None]
) -> None:
    web.page("/1")
    address = f"http://mfa.example:{web.address.rpartition(':')[2]}/1"
    page = Client(delay=0).get(address)
    assert page and web.headers["/1"]["Host"] == address.split("/")[2]
    public_name("127.0.0.1", "127.0.0.3")  # for robots.txt, for the page
    with pytest.raises(FetchError, match="leads to 127.0.0.3"):
        Client(delay=0).get(address)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("::ffff:93.184.216.34", True),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.1.2.3", False),
        ("64:ff9b::10.1.2.3", False),
        ("2002:0a01:0203::1", False),
    ],
)
def test_addresses_that_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("address", ["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]"])
def test_an_address_of_the_link_alone_is_never_asked(address: str) -> None:
    with pytest.raises(FetchError, match="of this link alone"):
        Client(delay=0, allow_private=True).get(f"http://{address}/latest/meta-data")


def test_nothing_private_is_fetched_unless_allowed(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1")
    done = take(web, tmp_path, allow_private=False)
    assert "no public address" in done.failures[f"{web.address}/feed"]
    assert not web.asked


# Manners


def test_robots_are_obeyed_and_the_program_is_named(web: Site, tmp_path: Path) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /*/private/\nAllow: /\n", "text/plain")
    web.feed("/feed", "/1", "/x/private/2")
    done = take(web, tmp_path)
    assert (done.saved, list(done.failures.values())) == (1, ["robots.txt forbids it"])
    assert (web.asked["/robots.txt"], web.asked["/x/private/2"]) == (1, 0)
    assert web.headers["/1"]["User-Agent"].startswith("communique/")


def test_where_robots_cannot_be_read_nothing_is_fetched(web: Site) -> None:
    web.page("/1")
    web.answers["/robots.txt"] = give("", status=503)
    assert reason(web, "/1") == "robots.txt cannot be read: status 503, 3 times"
    assert web.asked["/1"] == 0


def test_a_host_is_not_asked_twice_within_the_delay(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    web.page("/robots.txt", "User-agent: communique\nCrawl-delay: 7\n", "text/plain")
    web.page("/1")
    client = Client(delay=3, allow_private=True)
    for _ in range(2):
        client.get(f"{web.address}/1")
    assert [round(seconds) for seconds in waited] == [3, 7]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_that_fails_for_a_moment_is_asked_again(web: Site, status: int) -> None:
    web.page("/1")
    web.answers["/1"] = in_turn(give("", status=status), web.answers["/1"])
    assert Client(delay=0, allow_private=True).get(f"{web.address}/1")
    web.answers["/2"] = give("", status=status)
    assert reason(web, "/2") == f"status {status}, 3 times"
    assert web.asked["/2"] == 3


def test_retry_after_is_waited_for_or_the_host_is_left_alone(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    web.page("/1")
    for wished in ("20", "Mon, 04 Feb 2002 09:00:00 GMT", "soon"):
        web.answers["/busy"] = in_turn(give("", status=429, Retry_After=wished), web.answers["/1"])
        assert Client(delay=0, allow_private=True).get(f"{web.address}/busy")
    assert [round(seconds) for seconds in waited] == [20]
    web.answers["/busy"] = give("", status=429, Retry_After="3600")
    client = Client(delay=0, allow_private=True)
    for path in ("/busy", "/1"):
        with pytest.raises(FetchError, match="asks to be left alone for 3600 seconds"):
            client.get(web.address + path)
    assert web.asked["/1"] == 0


def test_a_host_that_gives_no_answer_in_time_is_asked_for_few_pages_and_one_that_does_for_all(
    web: Site, tmp_path: Path
) -> None:
    for first, mute in enumerate([range(5), (0, 1, 3, 4)]):
        pages = [f"/{first}/{number}" for number in range(5)]
        web.feed(f"/feed{first}", *pages)
        for number in mute:
            web.answers[pages[number]] = slow
        failures = take(web, tmp_path, f"/feed{first}", seconds=0.2).failures
        shut = "127.0.0.1 gave no answer to 3 addresses before"
        assert [failures[web.address + pages[number]] == shut for number in mute] == [
            number > 2 and len(mute) == 5 for number in mute
        ]


# Answers that are no use


def slow(handler: Handler) -> None:
    for _ in range(40):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" if _ == 0 else b"X-More: 1\r\n")
        time.sleep(0.05)


def cut_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<rss><channel>")


def hang_up(handler: Handler) -> None:
    handler.connection.close()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (slow, "took too long, 3 times"),
        (cut_off, "peer closed connection"),
        (hang_up, "Server disconnected"),
        (give(gzip.compress(b"<p>They met.</p>")[:-9], Content_Encoding="gzip"), "cut off"),
        (give(b"no gzip", Content_Encoding="gzip"), "incorrect header"),
        (give(b"x", Content_Encoding="br"), "packed as br"),
        (give("x" * 200_001), "larger than the limit of 0.2 MB"),
        (give(gzip.compress(b"x" * 20_000_000), Content_Encoding="gzip"), "larger than the limit of 0.2 MB"),
        (give("", status=206), "status 206"),
    ],
)
def test_an_answer_that_is_no_use_says_why(web: Site, answer: Answer, why: str) -> None:
    web.answers["/1"] = answer
    assert why in reason(web, "/1", seconds=0.5, max_bytes=200_000)


def test_a_packed_page_is_unpacked(web: Site) -> None:
    web.answers["/1"] = give(gzip.compress(b"<p>They met.</p>"), Content_Encoding="gzip")
    page = Client(delay=0, allow_private=True).get(f"{web.address}/1")
    assert page and page.content == b"<p>They met.</p>"


def test_nobody_there(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = fetch(
        [f"http://127.0.0.1:{port}/", "http://nobody.invalid/", "releases/", "http://a b/"],
        tmp_path,
        Client(delay=0, allow_private=True),
    )
    assert len(done.new_failures) == 4
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "content", "suffix"),
    [
        ("application/pdf", b"%PDF-1.7 ...", "pdf"),
        ("text/html", b"%PDF-1.7 ...", "pdf"),
        ("text/plain; charset=utf-8", b"They met.", "txt"),
        ("", b"<p>They met.</p>", "html"),
        ("image/png", b"\x89PNG", None),
        ("text/html", b" \n", None),
        ("application/x-sh", b"<p>", None),
    ],
)
def test_what_is_saved_is_of_a_kind_that_is_read(
    web: Site, tmp_path: Path, kind: str, content: bytes, suffix: str | None
) -> None:
    web.answers["/feed"] = give(rss(f"{web.address}/1.exe"))
    web.answers["/1.exe"] = give(content, kind)
    done = take(web, tmp_path)
    assert bool(done.failures) is (suffix is None)
    assert [name.partition(".")[2] for name in files(tmp_path)] == ([suffix, "csv"] if suffix else [])


def test_a_feed_cut_off_in_its_text_gives_what_came_and_is_told(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1", "/2")
    whole = rss(f"{web.address}/1", f"{web.address}/2")
    web.answers["/feed"] = give(whole[: whole.index("</channel>")], ETag='"one"')
    done = take(web, tmp_path)
    assert done.saved == 2
    assert done.failures[f"{web.address}/feed"].startswith("broken XML")
    again = take(web, tmp_path)
    assert (again.unchanged, again.new_failures) == (0, [])


def test_hostile_xml_reads_nothing_and_asks_for_nothing(web: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    bomb = "".join(f'<!ENTITY b{i} "{f"&b{i - 1};" * 10}">' for i in range(1, 12))
    far = f'<!ENTITY far SYSTEM "{secret.as_uri()}"><!ENTITY web SYSTEM "{web.address}/entity">'
    doctype = f'<!DOCTYPE rss [<!ENTITY b0 "x">{bomb}{far}]>'
    title = "<title>Port &far; &web; &b11;</title>"
    item = f"<item>{title}<link>{web.address}/1</link><description>&b11;</description></item>"
    web.answers["/feed"] = give(f"{doctype}<rss><channel>{item}</channel></rss>")
    web.page("/1")
    into = tmp_path / "into"
    take(web, into)
    written = "".join(path.read_text() for path in into.iterdir())
    assert "hidden" not in written and len(written) < 2000
    assert web.asked["/entity"] == 0


# The folder


def test_a_killed_run_is_made_good(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1", "/2")
    take(web, tmp_path)
    ledger = (tmp_path / LEDGER).read_bytes().splitlines(keepends=True)
    (tmp_path / LEDGER).write_bytes(ledger[0] + ledger[1][:20])  # killed while it wrote of the second page
    (tmp_path / "metadata.csv").unlink()
    assert take(web, tmp_path).saved == 1
    assert len(files(tmp_path)) == 3
    assert len((tmp_path / "metadata.csv").read_text().splitlines()) == 3
    assert take(web, tmp_path).saved == 0


def test_rows_that_a_person_mended_stay_and_another_table_is_refused(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1")
    take(web, tmp_path)
    table = tmp_path / "metadata.csv"
    mended = table.read_text().replace("On 1", "On the port, and rail").replace("MFA Togo", "")
    mended = mended.replace("On the port, and rail", '"On the port, and rail"')
    table.write_text(mended)
    web.feed("/feed", "/1", "/2")
    take(web, tmp_path)
    assert table.read_text().startswith(mended)
    assert len(table.read_text().splitlines()) == 3
    for content in ("file_name,author\na.html,me\n", 'file_name,title,publisher,published,url\n"a'):
        table.write_text(content)
        with pytest.raises(ValueError, match=r"metadata\.csv"):
            take(web, tmp_path)
        assert table.read_text() == content


def test_a_title_that_a_spreadsheet_would_run_is_text_there_and_read_as_it_was(
    web: Site, tmp_path: Path
) -> None:
    titles = ["=HYPERLINK(A1)", "-3 degrees: ports close", "'Two and two' = four"]
    feed = rss(*(f"{web.address}/{number}" for number in range(3)))
    for number, title in enumerate(titles):
        web.page(f"/{number}")
        feed = feed.replace(f"On {number}", title)
    web.answers["/feed"] = give(feed)
    for _ in range(2):
        take(web, tmp_path)
    with (tmp_path / "metadata.csv").open(newline="") as table:
        cells = {row["title"] for row in csv.DictReader(table)}
    assert cells == {f"'{titles[0]}", f"'{titles[1]}", titles[2]}
    known = {source.given.title for source in discover([tmp_path]) if isinstance(source, Source)}
    assert known == set(titles)


def test_the_command(web: Site, tmp_path: Path) -> None:
    web.feed("/feed", "/1")
    command = ["fetch", f"{web.address}/feed", "--into", str(tmp_path / "in"), "--delay", "0"]
    refused = CliRunner().invoke(app, command)
    assert (refused.exit_code, "no public address" in refused.output) == (1, True)
    done = CliRunner().invoke(app, [*command, "--allow-private"])
    assert done.exit_code == 0
    assert "1 feeds, 0 of them unchanged: 1 new pages" in done.output
    web.answers["/feed"] = give("", status=404)
    assert CliRunner().invoke(app, [*command, "--allow-private"]).exit_code == 1
    again = CliRunner().invoke(app, [*command, "--allow-private"])
    assert (again.exit_code, "failed again" in again.output) == (0, True)
