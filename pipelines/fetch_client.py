"""A polite client: robots.txt, a pause between requests to a host, limits of size and time, few tries."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version

import httpx
from protego import Protego

from communique.corpus.source import MAX_BYTES
from communique.pipelines.fetch_transport import CONNECT_SECONDS, CheckedTransport, RefusedError

AGENT = "communique"
DELAY = 1.0  # seconds between two requests to a host
SECONDS = 60.0  # for one request as a whole
MAX_WAIT = 60.0  # what a host may ask us to wait within a run
TRIES = 3
MAX_REDIRECTS = 5
MAX_SILENT = 3  # addresses of a host, one after the other, that gave no answer in time
_MAX_ROBOTS = 500_000
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_TOO_MANY = 429
_LATER = (_TOO_MANY, 500, 502, 503, 504)
_NO_ANSWER = (TimeoutError, httpx.TimeoutException, httpx.ConnectError)

log = logging.getLogger(__name__)


class FetchError(Exception):
    """An address gave nothing; the message is the reason."""


class ShutError(FetchError):
    """A host lets nobody in for now, where the address or its redirects lead: the page is not at fault.

    It is to be left alone for long, answers 429 each time or, for some addresses, nothing in time, or its
    robots.txt cannot be read.
    """


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: `url` is where the redirects led, `moved_to` as far as they were for good."""

    url: str
    content: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    content: bytes


class Client:
    """Asks one address after the other; remembers the rules of each host, and when it may be asked again."""

    def __init__(
        self,
        *,
        delay: float = DELAY,
        allow_private: bool = False,
        seconds: float = SECONDS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._delay, self._allow_private = delay, allow_private
        self._seconds, self._max_bytes = seconds, max_bytes
        self._rules: dict[str, Protego | str] = {}  # by origin; a string says why there are none
        self._pause: dict[str, float] = {}  # by host: seconds between requests
        self._free_at: dict[str, float] = {}  # by host, on the monotonic clock
        self._silent: Counter[str] = Counter()  # by host: addresses since its last answer

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Page | None:
        """What the address gives, None where it has not changed. Raises FetchError.

        An `etag` or a `modified` that is not ASCII cannot be sent: the address is asked for as a whole.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        sent = {name: value for name, value in conditions.items() if value and value.isascii()}
        return self._follow(_checked(url), sent)

    def _follow(self, url: httpx.URL, headers: dict[str, str], *, robots: bool = True) -> Page | None:
        start, moved_to, for_good = url, url, True
        for _ in range(MAX_REDIRECTS + 1):
            if robots:
                self._require_allowed(url)
            answer = self._ask(url, headers)
            if answer.status not in _REDIRECTS:
                moved = str(moved_to) if moved_to != start else None
                return _page(url, answer, moved)
            url = _target(url, answer)
            for_good = for_good and answer.status in _FOR_GOOD
            moved_to = url if for_good else moved_to
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _require_allowed(self, url: httpx.URL) -> None:
        origin = str(url.copy_with(raw_path=b"/", fragment=None))
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(httpx.URL(origin))
        rules = self._rules[origin]
        if isinstance(rules, str):
            raise ShutError(f"robots.txt cannot be read: {rules}")
        self._pause[url.host] = max(self._delay, min(rules.crawl_delay(AGENT) or 0, MAX_WAIT))
        if not rules.can_fetch(str(url), AGENT):
            raise FetchError("robots.txt forbids it")

    def _read_rules(self, origin: httpx.URL) -> Protego | str:
        """The rules of a host (RFC 9309): all is allowed where it has none, nothing where it fails."""
        try:
            page = self._follow(origin.join("/robots.txt"), {}, robots=False)
        except _NoneError:
            page = None
        except FetchError as error:
            return str(error)
        return Protego.parse(page.content[:_MAX_ROBOTS].decode(errors="replace") if page else "")

    def _ask(self, url: httpx.URL, headers: dict[str, str]) -> _Answer:
        """One request, again after a pause where it failed for the network or the host asks for that."""
        if self._silent[url.host] >= MAX_SILENT:
            raise ShutError(f"{url.host} gave no answer to {MAX_SILENT} addresses before")
        reason, status, silent = "", 0, False
        for tried in range(1, TRIES + 1):
            self._wait_for(url.host)
            wished = 0.0
            try:
                answer = asyncio.run(self._request(url, headers))
                status, silent = answer.status, False
                if status not in _LATER:
                    self._silent[url.host] = 0
                    return answer
                reason = f"status {status}"
                wished = _retry_after(answer.headers.get("retry-after", ""))
            except (httpx.TransportError, OSError) as error:  # TimeoutError is an OSError
                reason, status, silent = _said(error), 0, isinstance(error, _NO_ANSWER)
            except (httpx.HTTPError, httpx.InvalidURL, RefusedError, UnicodeError, zlib.error) as error:
                raise FetchError(_said(error)) from error
            finally:
                self._rest(url.host, tried, wished)
            log.info("%s: %s", url, reason)
        self._silent[url.host] = self._silent[url.host] + 1 if silent else 0
        raise (ShutError if status == _TOO_MANY else FetchError)(f"{reason}, {TRIES} times")

    def _rest(self, host: str, tried: int, wished: float) -> None:
        pause = self._pause.get(host, self._delay)
        self._free_at[host] = time.monotonic() + max(pause * 2 ** (tried - 1), wished)

    def _wait_for(self, host: str) -> None:
        seconds = self._free_at.get(host, 0.0) - time.monotonic()
        if seconds > MAX_WAIT:
            raise ShutError(f"{host} asks to be left alone for {seconds:.0f} seconds")
        if seconds > 0:
            time.sleep(seconds)

    async def _request(self, url: httpx.URL, headers: dict[str, str]) -> _Answer:
        own = {"User-Agent": f"{AGENT}/{version('communique')}", "Accept-Encoding": "gzip"}
        client = httpx.AsyncClient(
            transport=CheckedTransport(allow_private=self._allow_private),
            trust_env=False,  # through a proxy, nobody could check where the connection leads
            timeout=httpx.Timeout(self._seconds, connect=min(CONNECT_SECONDS, self._seconds)),
            headers={**own, **headers},
        )
        async with asyncio.timeout(self._seconds), client, client.stream("GET", url) as response:
            content = await self._body(response) if response.status_code == 200 else b""
            return _Answer(response.status_code, response.headers, content)

    async def _body(self, response: httpx.Response) -> bytes:
        """The whole body, unpacked, never more than the limit: a small packed one may hold a huge one."""
        packing = response.headers.get("content-encoding", "identity").lower()
        if packing not in ("identity", "gzip", ""):
            raise FetchError(f"packed as {packing}, which was not asked for")
        unpack = zlib.decompressobj(31) if packing == "gzip" else None
        content = bytearray()
        async for chunk in response.aiter_raw():
            room = self._max_bytes + 1 - len(content)
            content += unpack.decompress(chunk, room) if unpack else chunk
            if len(content) > self._max_bytes:
                raise FetchError(f"larger than the limit of {self._max_bytes / 1e6:g} MB")
        if unpack and not unpack.eof:
            raise httpx.RemoteProtocolError("cut off")
        return bytes(content)


class _NoneError(FetchError):
    """The host answers that there is no such page, or that it does not give it."""


def _page(url: httpx.URL, answer: _Answer, moved_to: str | None) -> Page | None:
    if answer.status == 304:
        return None
    if 400 <= answer.status < 500:
        raise _NoneError(f"status {answer.status}")
    if answer.status != 200:
        raise FetchError(f"status {answer.status}")
    return Page(
        url=str(url.copy_with(fragment=None)),
        content=answer.content,
        content_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
        etag=answer.headers.get("etag"),
        modified=answer.headers.get("last-modified"),
        moved_to=moved_to,
    )


def _target(url: httpx.URL, answer: _Answer) -> httpx.URL:
    location = answer.headers.get("location")
    if not location:
        raise FetchError("a redirect that leads nowhere")
    return _checked(str(url.join(location)))


def _checked(address: str) -> httpx.URL:
    """The address as it is asked for. Raises FetchError where it is none of the web, or holds a password."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"no address: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError("only http and https are fetched")
    if url.userinfo:
        raise FetchError("an address with a password is not fetched")
    return url


def _retry_after(value: str) -> float:
    """Seconds that a Retry-After header asks for, given as a number or as a point in time."""
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0


def _said(error: Exception) -> str:
    slow = isinstance(error, TimeoutError | httpx.TimeoutException)
    return "took too long" if slow else str(error) or repr(error)
