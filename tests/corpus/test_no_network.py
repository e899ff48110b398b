"""Reading opens no connection and no other file, whatever a release refers to."""

from __future__ import annotations

import http.server
import json
import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.corpus import Release, Source, discover, read

SENTENCE = "The two ministers agreed to meet again in the spring of next year and to exchange letters."
SECRET = "what another file holds"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and the paths that it was asked for."""
    paths: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Python connects to nothing and resolves no name; what tried to. (C libraries meet the server.)"""
    tried: list[object] = []

    def refuse(*arguments: object, **options: object) -> None:
        tried.append(arguments)
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


def hostile(host: str, secret: Path) -> dict[str, str]:
    """A file of each kind that asks for other files, on the host and on the disk."""
    marks = f"""
    <img src="{host}/image.png" srcset="{host}/set.png 2x"><iframe src="{host}/frame"></iframe>
    <object data="{host}/object"></object><embed src="{secret.as_uri()}"><video src="{host}/video"></video>
    <script src="{host}/script.js"></script><style>@import url({host}/style.css);</style>
    <form action="{host}/form"><input type="image" src="{host}/input"></form>"""
    doctype = f"""<!DOCTYPE html [<!ENTITY far SYSTEM "{host}/entity">
    <!ENTITY near SYSTEM "{secret.as_uri()}">
    <!ENTITY % outer SYSTEM "{host}/parameter.dtd"> %outer;]>"""
    head = f"""<head><base href="{host}/base/"><link rel="stylesheet" href="{host}/link.css">
    <link rel="canonical" href="{host}/page"><meta http-equiv="refresh" content="0; url={host}/refresh">
    <title>Letters &far;</title></head>"""
    body = f"<body><article>{marks}<p>{SENTENCE} &far; &near;</p><p>{SENTENCE}</p></article></body>"
    sheet = f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{host}/sheet.xsl"?>'
    include = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    )
    cell = SENTENCE + marks.replace('"', "'").replace("\n", " ")
    return {
        "page.html": f"{doctype}<html>{head}{body}</html>",
        "sheet.htm": f"{sheet}<!DOCTYPE html SYSTEM '{host}/doctype.dtd'><html>{head}{include}{body}</html>",
        "text.md": f"---\ntitle: Letters\nurl: {host}/front\n---\n\n{SENTENCE}\n\n![]({host}/mark.png)\n"
        f"\n[a]: {host}/reference\n\n{include}\n{marks}\n",
        "plain.txt": f"{SENTENCE}\n{host}/plain\n{secret.as_uri()}\n{marks}\n",
        "rows.jsonl": json.dumps({"id": "1", "text": cell, "url": f"{host}/row"}) + "\n",
        "rows.csv": f'id,text,url\n1,"{cell}",{host}/row\n',
        "metadata.csv": f"file_name,title,url\npage.html,=WEBSERVICE('{host}/cell'),{host}/described\n",
    }


def test_no_format_makes_a_reader_fetch_anything(
    asked: tuple[str, list[str]], offline: list[object], tmp_path: Path
) -> None:
    host, paths = asked
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    folder = tmp_path / "releases"
    folder.mkdir()
    for name, content in hostile(host, secret).items():
        (folder / name).write_text(content)
    sources = [source for source in discover([folder]) if isinstance(source, Source)]
    assert {source.suffix for source in sources} == {".html", ".htm", ".md", ".txt", ".jsonl", ".csv"}
    for source in sources:
        (release,) = read(source)
        assert isinstance(release, Release), release
        assert SENTENCE in release.text
        assert SECRET not in release.text + (release.title or "")
    assert (offline, paths) == ([], [])


def test_a_connection_would_be_seen(asked: tuple[str, list[str]], offline: list[object]) -> None:
    with pytest.raises(OSError, match="no network here"):
        urllib.request.urlopen(asked[0])
    assert offline
