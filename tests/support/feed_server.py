"""A web server on this machine that answers as it is told, also badly."""

from __future__ import annotations

import http.server
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Handler = http.server.BaseHTTPRequestHandler
Answer = Callable[[Handler], None]
PAGE = "<html><body><article><p>{}</p></article></body></html>"


class Site:
    """`answers` by path; what it was asked for is counted, the last request's headers are kept."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}

    def page(self, path: str, text: str = "They met.", kind: str = "text/html", **headers: str) -> None:
        """A page, or any other text, at a path."""
        self.answers[path] = give(PAGE.format(text) if kind == "text/html" else text, kind, **headers)

    def feed(self, path: str, *pages: str, **headers: str) -> None:
        """A feed of entries that link to the pages, which are there, too."""
        for page in pages:
            self.page(page, f"Text of {page}.")
        self.answers[path] = give(
            rss(*(self.address + page for page in pages)), "application/rss+xml", **headers
        )


def rss(*links: str) -> str:
    """An RSS feed."""
    day = "<pubDate>Sun, 03 Feb 2031 09:00:00 GMT</pubDate>"
    items = "".join(f"<item><title>On {link[-1:]}</title><link>{link}</link>{day}</item>" for link in links)
    return f"<rss><channel><title>MFA Togo</title>{items}</channel></rss>"


def give(content: str | bytes, kind: str = "text/html", status: int = 200, **headers: str) -> Answer:
    """Answers with that; to a request with the same ETag or day of change, with 304."""
    body = content.encode() if isinstance(content, str) else content
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: Handler) -> None:
        known = {handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")} - {None}
        unchanged = bool(known & set(named.values()))
        handler.send_response(304 if unchanged else status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **named}.items():
            handler.send_header(name, value)
        handler.end_headers()
        if not unchanged:
            handler.wfile.write(body)

    return answer


def redirect(target: str, status: int = 302) -> Answer:
    """Answers with a redirect."""
    return give("", status=status, Location=target)


def in_turn(*answers: Answer) -> Answer:
    """Answers with one after the other, and with the last one from then on."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


@contextmanager
def site(host: str = "127.0.0.1") -> Iterator[Site]:
    """A running site; what it has no answer for is 404."""

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked[self.path] += 1
            found.headers[self.path] = dict(self.headers)
            answer = found.answers.get(self.path, give("", status=404))
            with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough
                answer(self)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer((host, 0), Server) as server:
        server.daemon_threads = True
        found = Site(f"http://{host}:{server.server_port}")
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield found
        server.shutdown()
