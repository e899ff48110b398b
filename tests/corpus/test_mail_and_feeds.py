"""Mails, pages saved as one file, and feeds."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from communique.corpus import ReadError, Release, Source, read

SENTENCE = "Ghana and Togo agreed to build a port."
HEAD = (
    'From: "MFA Togo" <press@mfa.example>\nDate: Mon, 3 Feb 2031 23:30:00 -0500\n'
    "Subject: Re: =?utf-8?q?Port_of_Lom=C3=A9?=\nMIME-Version: 1.0\n"
)


def items_of(folder: Path, name: str, content: str) -> list[Release | ReadError]:
    (folder / name).write_text(content, encoding="utf-8")
    return read(Source(name, folder.resolve(), (folder / name).resolve()))


def release_of(folder: Path, name: str, content: str) -> Release:
    (item,) = items_of(folder, name, content)
    assert isinstance(item, Release), item
    return item


def test_a_mail_is_a_release_of_the_senders_own_day(tmp_path: Path) -> None:
    text = "Ghana and Togo agreed to build a\nport in Lomé and a railway to it.\n"
    body = f"Content-Type: text/plain; charset=utf-8\n\n{text}"
    item = release_of(tmp_path, "a.EML", HEAD + body)
    assert (item.title, item.publisher, item.published) == ("Port of Lomé", "MFA Togo", dt.date(2031, 2, 3))
    assert item.text == "Ghana and Togo agreed to build a port in Lomé and a railway to it."


@pytest.mark.parametrize("before", ["", "\n\n"])
def test_a_mail_that_was_saved_as_text_is_a_mail(tmp_path: Path, before: str) -> None:
    head = "From: Press <press@mfa.example>\nTo: list@mfa.example\nDate: Mon, 3 Feb 2031 09:30:00 +0000\n"
    item = release_of(tmp_path, "a.txt", f"{before}{head}Subject: Port of Lome\n\n> {SENTENCE}\n")
    assert (item.title, item.published, item.text) == ("Port of Lome", dt.date(2031, 2, 3), SENTENCE)


@pytest.mark.parametrize("line", ["To: b\r\n", f"To: b\n {' ' * 40}x\n"])
def test_a_long_head_that_is_of_no_mail_is_read_at_once(tmp_path: Path, line: str) -> None:
    assert SENTENCE in release_of(tmp_path, "a.txt", f"From: a\r\n{line * 400}\n{SENTENCE}").text


def test_a_text_that_begins_with_from_is_no_mail(tmp_path: Path) -> None:
    text = f"From: the ministry\n{SENTENCE}"
    assert SENTENCE in release_of(tmp_path, "a.txt", text).text


@pytest.mark.parametrize(
    "quote",
    [
        "> Benin will pay.\n> Benin will not.\n",
        "On Sunday, 2 February 2031, A. Mensah wrote:\n\nBenin will pay.\n",
        "-----Original Message-----\nFrom: A\n\nBenin will pay.\n",
        f"{'_' * 32}\nFrom: A\nSent: Sunday, 2 February 2031\nSubject: Port\n\nBenin will pay.\n",
        "Am 2.2.2031 um 10:33 schrieb A. Mensah:\n\n> Benin will pay.\n",
        "-- \nPress office\nBenin House\n",
    ],
)
def test_what_a_mail_quotes_is_not_its_text(tmp_path: Path, quote: str) -> None:
    item = release_of(tmp_path, "a.eml", f"{HEAD}\n{SENTENCE}\n\n{quote}")
    assert item.text.strip() == SENTENCE


def test_what_was_said_on_a_day_is_no_quote(tmp_path: Path) -> None:
    text = f"{SENTENCE}\n\nOn 2 February 2031 both ministers wrote a letter.\n"
    assert release_of(tmp_path, "a.eml", f"{HEAD}\n{text}").text == text.strip()


INNER = "From: MFA Ghana <x@mfa.example>\nDate: Sat, 1 Feb 2031 at 10:33\nSubject: Port talks\nTo: <y@z.co>\n"
GERMAN = "Von: MFA Ghana\nGesendet: Samstag, 1 Feb 2031 10:33\nAn: Y\nBetreff: Port talks\n"
QUOTED = "".join(f"> {line}\n" for line in f"{INNER}\n{SENTENCE}".splitlines())


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: Port", f"See below.\n\n---------- Forwarded message ---------\n{INNER}\n\n{SENTENCE}\n"),
        ("Port", f"Begin forwarded message:\n\n{QUOTED}\nSent from my phone"),
        ("FW: Port", f"{'A long word on it. ' * 9}\n{'_' * 32}\n{INNER}\n{SENTENCE}\n"),
        ("WG: Port", f"-----Ursprüngliche Nachricht-----\n{GERMAN}\n{SENTENCE}\n"),
        ("Fwd: Port", f"From: A\nSent: 2 Feb 2031\nSubject: FW: Port\n\nSee this.\n\n{INNER}\n{SENTENCE}"),
    ],
)
def test_a_mail_that_is_passed_on_keeps_its_own_day_and_sender(
    tmp_path: Path, subject: str, body: str
) -> None:
    head = HEAD.replace("Re: =?utf-8?q?Port_of_Lom=C3=A9?=", subject)
    item = release_of(tmp_path, "a.eml", f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}")
    assert (item.title, item.publisher, item.published) == ("Port talks", "MFA Ghana", dt.date(2031, 2, 1))
    assert item.text == SENTENCE


ASIDE = "Benin thanked both of them for the long talks that they had held in its capital this year."
MEMO = f"From: Ministry of Trade\nTo: All media\n\n{SENTENCE}\n"


@pytest.mark.parametrize(
    "body",
    [
        f"{SENTENCE} The talks take place\nFrom: 3 May 2031\nTo: 5 May 2031\n{ASIDE}\n",
        f"{ASIDE}\nVon: Accra\nDe: Lome\nDa: Cotonou\n{SENTENCE}\n",
        f"PRESS RELEASE\n{MEMO}",
        MEMO,
    ],
)
@pytest.mark.parametrize("subject", ["Port", "Re: Port", "FW: Port"])
def test_words_that_only_look_like_a_head_stay(tmp_path: Path, subject: str, body: str) -> None:
    head = HEAD.replace("Re: =?utf-8?q?Port_of_Lom=C3=A9?=", subject)
    item = release_of(tmp_path, "a.eml", f"{head}\n{body}")
    assert item.text.split() == body.split()
    assert (item.publisher, item.published) == ("MFA Togo", dt.date(2031, 2, 3))
    assert not item.warnings


def test_a_long_text_with_many_lines_like_a_head_is_read_at_once(tmp_path: Path) -> None:
    text = "From: Accra\n\n" * 100_000
    assert release_of(tmp_path, "a.eml", f"{HEAD}\n{text}").text.split() == text.split()


def test_a_memo_in_a_mail_has_the_day_of_the_mail_where_it_states_none(tmp_path: Path) -> None:
    memo = MEMO.replace("\n\n", "\nSubject: Port talks\n\n")
    item = release_of(tmp_path, "a.eml", f"{HEAD}\nPRESS RELEASE\n\n{memo}".replace("Re:", ""))
    assert (item.title, item.publisher) == ("Port talks", "Ministry of Trade")
    assert (item.published, item.text.split()) == (dt.date(2031, 2, 3), f"PRESS RELEASE {SENTENCE}".split())


def test_what_may_be_another_mail_is_read_and_told_of(tmp_path: Path) -> None:
    item = release_of(tmp_path, "a.eml", f"{HEAD}\n{ASIDE}\n\n{INNER}\n{SENTENCE}\n")
    assert ASIDE in item.text
    assert SENTENCE in item.text
    assert "may be of another mail: 'From: MFA Ghana" in " ".join(item.warnings)
    quoted = release_of(tmp_path, "b.eml", f"{HEAD}\n{ASIDE}\n\n{QUOTED}")
    assert (quoted.text.strip(), quoted.warnings) == (ASIDE, ())


def test_many_words_above_a_mail_that_nothing_but_the_subject_announces_are_told_of(tmp_path: Path) -> None:
    item = release_of(tmp_path, "a.eml", f"{HEAD}\n{ASIDE}\n\n{INNER}\n{SENTENCE}\n".replace("Re:", "FW:"))
    assert item.text == SENTENCE
    assert "not read: 18 words above" in " ".join(item.warnings)


@pytest.mark.parametrize(
    "head",
    [
        "-------- Forwarded Message --------\nSubject: \tPort talks\nDate: \tSat, 1 Feb 2031 10:33:00 +0000\n"
        "From: \tMFA Ghana <x@mfa.example>\nTo: \ty@z.co\nCC: \tz@z.co\n",
        "-------- Message transféré --------\nSujet : \tPort talks\nDate : \t1 Feb 2031\n"
        "De : \tMFA Ghana <x@mfa.example>\nPour : \ty@z.co\n",
    ],
)
def test_behind_a_line_that_announces_a_mail_any_field_is_first(tmp_path: Path, head: str) -> None:
    top = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{ASIDE}\n"
    item = release_of(tmp_path, "a.eml", f"{top}\n{head}\n{SENTENCE}\n")
    assert (item.title, item.publisher, item.published) == ("Port talks", "MFA Ghana", dt.date(2031, 2, 1))
    assert item.text == SENTENCE
    unannounced = release_of(tmp_path, "b.eml", f"{top}\n{head.partition(chr(10))[2]}\n{SENTENCE}\n")
    assert ASIDE in unannounced.text
    assert unannounced.publisher == "MFA Togo"


def test_of_a_mail_in_two_forms_one_is_read_and_attachments_are_told_of(tmp_path: Path) -> None:
    parts = (
        f"--x\nContent-Type: text/html\n\n<p>Rich.</p>\n--x\nContent-Type: text/plain\n\n{SENTENCE}\n--x\n"
    )
    file = "Content-Type: application/pdf\nContent-Disposition: attachment; filename=talks.pdf\n\nx\n--x--\n"
    item = release_of(tmp_path, "a.eml", f"{HEAD}Content-Type: multipart/mixed; boundary=x\n\n{parts}{file}")
    assert item.text == SENTENCE
    assert "attachments are not read: talks.pdf" in " ".join(item.warnings)


def test_of_a_mail_in_two_forms_the_blank_one_is_not_read(tmp_path: Path) -> None:
    rich = f"--x\nContent-Type: text/html\n\n<p>{SENTENCE} It will cost ten million.</p>\n--x--\n"
    for stub in ("", "Read this mail in a browser."):
        parts = f"--x\nContent-Type: text/plain\n\n{stub}\n{rich}"
        head = f"{HEAD}Content-Type: multipart/alternative; boundary=x\n\n"
        assert release_of(tmp_path, "a.eml", head + parts).text == f"{SENTENCE} It will cost ten million."


def test_a_mail_that_is_passed_on_as_a_file_is_read(tmp_path: Path) -> None:
    file = f"Content-Type: message/rfc822\n\n{INNER.replace(' at', '')}\n{SENTENCE}\n--x--\n"
    parts = f"--x\nContent-Type: text/plain\n\nSee the attached.\n--x\n{file}"
    item = release_of(tmp_path, "a.eml", f"\ufeff{HEAD}Content-Type: multipart/mixed; boundary=x\n\n{parts}")
    assert (item.title, item.publisher, item.text) == ("Port talks", "MFA Ghana", SENTENCE)
    assert (item.published, item.warnings) == (dt.date(2031, 2, 1), ())


def mail_with(text: str, *parts: str) -> str:
    marked = "".join(f"--x\n{part}\n" for part in (f"Content-Type: text/plain\n\n{text}", *parts))
    return f"Content-Type: multipart/mixed; boundary=x\n\n{marked}--x--\n"


PDF = "Content-Type: application/pdf\nContent-Disposition: attachment; filename=agreement.pdf\n\nx"
FIRST = f"Content-Type: message/rfc822\n\n{INNER.replace(' at', '')}\n{SENTENCE}"
BLANK = f"Content-Type: message/rfc822\n\n{INNER.replace(' at', '')}\n \n"


def test_attachments_beside_a_mail_that_is_passed_on_as_a_file_are_told_of(tmp_path: Path) -> None:
    second = FIRST.replace(SENTENCE, "Benin will pay.")
    item = release_of(tmp_path, "a.eml", HEAD + mail_with("See the attached.", PDF, FIRST, second))
    assert item.text == SENTENCE
    assert item.warnings == ("attachments are not read: agreement.pdf, message/rfc822",)


def test_of_attached_mails_the_first_with_a_text_is_read(tmp_path: Path) -> None:
    item = release_of(tmp_path, "a.eml", HEAD + mail_with("See the attached.", BLANK, FIRST))
    assert (item.text, item.publisher) == (SENTENCE, "MFA Ghana")
    assert item.warnings == ("attachments are not read: message/rfc822",)


def test_a_mail_with_a_blank_one_attached_is_read_itself(tmp_path: Path) -> None:
    item = release_of(tmp_path, "a.eml", HEAD + mail_with(SENTENCE, BLANK))
    assert (item.text, item.publisher) == (SENTENCE, "MFA Togo")
    assert item.warnings == ("attachments are not read: message/rfc822",)


def test_a_mail_in_html_that_is_passed_on_is_read(tmp_path: Path) -> None:
    inner = INNER.replace("<", "&lt;").replace("\n", "<br>")
    html = f"<html><body><p>See below.</p><div>{inner}</div><p>{SENTENCE}</p></body></html>"
    item = release_of(tmp_path, "a.eml", f"{HEAD}Content-Type: text/html\n\n{html}".replace("Re:", "FW:"))
    assert (item.title, item.publisher, item.text) == ("Port talks", "MFA Ghana", SENTENCE)


def test_a_mail_in_html_only_is_read_without_its_quote(tmp_path: Path) -> None:
    cited = "<blockquote type='cite'>Benin will pay.</blockquote>"
    quote = f"<div class='gmail_quote'>On Sunday A wrote:{cited}</div>"
    html = f"<html><body><p>{SENTENCE}</p>{quote}</body></html>"
    item = release_of(tmp_path, "a.eml", f"{HEAD}Content-Type: text/html\n\n{html}")
    assert item.text == SENTENCE


def test_a_mail_in_html_tells_of_sentences_outside_its_main_text(tmp_path: Path) -> None:
    aside = "The embassy in Cotonou is closed to all visitors until next Monday morning."
    long = " ".join(f"It will take ships of {n} countries." for n in range(40))
    main = f"<article><h1>Port</h1><p>{long}</p><p>{SENTENCE}</p></article>"
    html = f"<html><body>{main}<section><p>{aside}</p></section></body></html>"
    item = release_of(tmp_path, "a.eml", f"{HEAD}Content-Type: text/html; charset=utf-8\n\n{html}")
    told = "1 sentences of the page stand outside its main text"
    assert (aside in item.text) != (told in item.warnings)


@pytest.mark.parametrize(
    ("own", "day"), [('<meta name="date" content="2030-06-01">', dt.date(2030, 6, 1)), ("", None)]
)
def test_a_page_saved_as_one_file_has_its_own_day(tmp_path: Path, own: str, day: dt.date | None) -> None:
    top = (
        "From: <Saved by Browser>\nSnapshot-Content-Location: https://mfa.example/port\nSubject: Port\n"
        "Date: Mon, 3 Feb 2031 10:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n'
    )
    html = f"<html><head>{own}</head><body><p>Ghana=E2=80=99s ministers met=\n.</p></body></html>".replace(
        'content="', 'content=3D"'
    ).replace('name="', 'name=3D"')
    page = f"--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{html}\n"
    style = "--x\nContent-Type: text/css\n\np { color: red }\n--x--\n"
    item = release_of(tmp_path, "a.mhtml", top + page + style)
    assert (item.text, item.published, item.url) == (
        "Ghana’s ministers met.",
        day,
        "https://mfa.example/port",
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.eml", "\nno headers at all", "no mail"),
        ("a.mht", "Subject: x\n\ntext", "no HTML page"),
        ("a.xml", "<urlset><url>x</url></urlset>", "no feed"),
        ("a.rss", "not XML", "no feed"),
        ("a.atom", '<feed xmlns="http://www.w3.org/2005/Atom"/>', "no entries in the feed"),
        ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}', "no entries in the feed"),
    ],
)
def test_what_is_broken_says_why(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (item,) = items_of(tmp_path, name, content)
    assert isinstance(item, ReadError)
    assert item.reason.startswith(reason)


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>MFA Togo</title><link>https://mfa.example/</link>
<item><title>Port &amp; rail</title><link>https://mfa.example/1</link><guid>g1</guid>
<pubDate>Mon, 03 Feb 2031 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Ghana and Togo agreed</p><ul><li>to build a port.</li></ul>]]>
</content:encoded></item>
<item><link>https://mfa.example/2</link><description>They met.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>MFA Togo</title>
<updated>2032-01-01T00:00:00Z</updated>
<entry><id>g1</id><title type="html">Port &amp;amp; rail</title>
<published>2031-02-03T23:30:00-05:00</published>
<updated>2031-03-01T00:00:00Z</updated><link rel="self" href="https://mfa.example/x"/>
<link href="https://mfa.example/1"/><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ghana and Togo agreed</p>
<p>to build a port.</p></div></content></entry><entry><id>g2</id><title>x</title><link href="https://mfa.example/2"/>
<summary>They met.</summary></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "MFA Togo",
        "items": [
            {
                "id": "g1",
                "url": "https://mfa.example/1",
                "title": "Port & rail",
                "date_published": "2031-02-03T23:30:00-05:00",
                "content_html": "<p>Ghana and Togo agreed</p><p>to build a port.</p>",
            },
            {"id": "g2", "url": "https://mfa.example/2", "content_text": "They met."},
        ],
    }
)


@pytest.mark.parametrize(("name", "content"), [("f.rss", RSS), ("f.xml", ATOM), ("f.json", JSON)])
def test_each_entry_of_a_feed_is_a_release(tmp_path: Path, name: str, content: str) -> None:
    first, second = items_of(tmp_path, name, content)
    assert isinstance(first, Release), first
    assert isinstance(second, Release), second
    assert (first.source, first.title, first.publisher) == (f"{name}#g1", "Port & rail", "MFA Togo")
    assert (first.url, first.published) == ("https://mfa.example/1", dt.date(2031, 2, 3))
    assert first.text.split("\n") == ["Ghana and Togo agreed", "to build a port."]
    assert (second.url, second.published, second.text) == ("https://mfa.example/2", None, "They met.")


def test_a_feed_that_is_cut_off_tells_of_it(tmp_path: Path) -> None:
    first, fault = items_of(tmp_path, "f.rss", RSS[: RSS.index("<item><link>")])
    assert isinstance(first, Release)
    assert isinstance(fault, ReadError)
    assert fault.reason.startswith("broken XML")


def test_a_feed_with_signs_that_xml_does_not_know_is_whole(tmp_path: Path) -> None:
    about = "<title>Ports & roads</title><link>https://mfa.example/?a=1&b=2</link>"
    item = f"<item>{about}<description>{SENTENCE}&nbsp;Togo pays.</description></item>"
    feed = f"\ufeff\n<?xml version='1.0'?><rss><channel>{item}</channel></rss>"
    found = release_of(tmp_path, "a.rss", feed)
    assert (found.title, found.url) == ("Ports & roads", "https://mfa.example/?a=1&b=2")
    assert found.text == f"{SENTENCE} Togo pays."


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-16", ""), ("utf-16", " encoding='UTF-16'"), ("utf-16", " encoding='utf-8'")]
    + [("cp1252", " encoding='windows-1252'"), ("utf-8", "")],
)
def test_a_bare_ampersand_is_one_in_any_encoding(tmp_path: Path, encoding: str, declared: str) -> None:
    item = f"<item><title>Lomé & Accra</title><description>{SENTENCE}</description></item>"
    feed = f"<?xml version='1.0'{declared}?><rss><channel>{item}</channel></rss>"
    (tmp_path / "a.rss").write_bytes(feed.encode(encoding))
    (found,) = read(Source("a.rss", tmp_path.resolve(), (tmp_path / "a.rss").resolve()))
    assert isinstance(found, Release)
    assert (found.title, found.text) == ("Lomé & Accra", SENTENCE)


def test_bytes_that_are_not_in_the_encoding_of_a_feed_are_told_of(tmp_path: Path) -> None:
    item = f"<item><title>Lomé & Accra</title><description>{SENTENCE} (Côte)</description></item>"
    feed = f"<rss><channel>{item}</channel></rss>".encode().replace("Côte".encode(), b"C\xf4te")
    (tmp_path / "a.rss").write_bytes(feed)
    found, fault = read(Source("a.rss", tmp_path.resolve(), (tmp_path / "a.rss").resolve()))
    assert isinstance(found, Release)
    assert "Lomé" in (found.title or "")
    assert isinstance(fault, ReadError)
    assert fault.reason.startswith("broken XML")


def test_what_a_feed_quotes_as_a_whole_stays_as_it_is(tmp_path: Path) -> None:
    address = "https://mfa.example/?b=1&c=2"
    about = f"<title>Ports & roads</title><link><![CDATA[{address}]]></link>"
    item = f"<item>{about}<description>{SENTENCE} Rice & tea.</description></item>"
    found = release_of(tmp_path, "a.rss", f"<rss><channel>{item}</channel></rss>")
    assert (found.title, found.url) == ("Ports & roads", address)
    assert found.text == f"{SENTENCE} Rice & tea."


def test_text_behind_a_comment_of_an_entry_is_read(tmp_path: Path) -> None:
    html = "Ghana and Togo &lt;!-- who? --&gt;agreed to &lt;?x y?&gt;build a port."
    entry = f"<item><title>Port</title><description>&lt;p&gt;{html}&lt;/p&gt;</description></item>"
    (item,) = items_of(tmp_path, "a.rss", f"<rss><channel>{entry}</channel></rss>")
    assert isinstance(item, Release)
    assert item.text == SENTENCE


def test_an_entry_that_is_not_unicode_fails_alone(tmp_path: Path) -> None:
    entries = [
        {"id": id_, "title": title, "content_text": SENTENCE}
        for id_, title in (("a", "\ud800"), ("b", "Port"))
    ]
    content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries})
    bad, good = items_of(tmp_path, "a.json", content)
    assert isinstance(bad, ReadError)
    assert (bad.source, bad.reason) == ("a.json#1", "lone surrogates: not Unicode text")
    assert isinstance(good, Release)


def test_a_feed_reads_no_entities(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden words")
    bomb = "".join(f'<!ENTITY b{i} "{f"&b{i - 1};" * 10}">' for i in range(1, 12))
    far = f'<!ENTITY far SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'
    doctype = f'<!DOCTYPE rss [<!ENTITY b0 "x">{bomb}{far}]>'
    entry = f"<item><description>{SENTENCE} &far; &b11;</description></item>"
    items = items_of(tmp_path, "f.rss", f"{doctype}<rss><channel>{entry}</channel></rss>")
    texts = [item.text for item in items if isinstance(item, Release)]
    assert all(len(text) < 100 and "hidden" not in text for text in texts)
