"""The connection of `fetch`: only to addresses that were looked up and checked, at every request."""

from __future__ import annotations

import asyncio
import socket
import ssl
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

CONNECT_SECONDS = 10.0
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address stands in its last bits


class RefusedError(Exception):
    """A host that must not be asked; the message is the reason."""


class CheckedTransport(httpx.AsyncHTTPTransport):
    """Looks the host up and connects to what was found: no other answer of the name server counts.

    No connection is kept: one made for a host is never used for another at the same address.
    """

    def __init__(self, *, allow_private: bool) -> None:
        super().__init__(verify=_tls(), limits=httpx.Limits(max_keepalive_connections=0))
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode()
        addresses = await _look_up(host)
        for address in addresses:
            if not (is_public(address) or self._allow_private):
                raise RefusedError(f"{host} leads to {address}, which is no public address")
            if _unwrapped(address).is_link_local:  # there, a machine in a cloud is told its keys
                raise RefusedError(f"{host} leads to {address}, which is of this link alone")
        fault: httpx.TransportError = httpx.ConnectError(f"no address of {host}")
        for address in addresses:
            try:
                return await super().handle_async_request(_to(address, host, request))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                fault = error
        raise fault


@cache
def _tls() -> ssl.SSLContext:
    """Made once: reading the certificates takes longer than many a request."""
    return httpx.create_ssl_context()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where an IPv6 address wraps an IPv4 one."""
    ip = _unwrapped(address)
    return ip.is_global and not ip.is_multicast


def _unwrapped(address: str) -> IPv4Address | IPv6Address:
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        wrapped = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip.ipv4_mapped or ip.sixtofour
        ip = wrapped or ip
    return ip


async def _look_up(host: str) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{host} is not found: {error}") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _to(address: str, host: str, request: httpx.Request) -> httpx.Request:
    """The request, sent to the address; the Host header and the name for TLS are still those of the host."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
