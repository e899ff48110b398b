"""Addresses of object stores (`s3://`, `gs://`, `az://`), read and written by Arrow's own file systems.

Keys come from where the store's own tools look for them: the environment, files of the account, the machine's
role. An address that holds one is refused, since addresses stand in logs and tables.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

import pyarrow.fs as fs

SCHEMES = ("s3", "gs", "az")
OPTIONS = {"endpoint_override", "region", "scheme"}  # that an address of S3 may have
CONNECT_SECONDS, REQUEST_SECONDS = 10, 60


class AddressError(ValueError):
    """An address names no place in an object store."""


def is_address(place: str | Path) -> bool:
    """Whether this is an address and no path of this machine; also one that was made a path: "s3:/..."."""
    return "://" in str(place) or str(place).startswith(tuple(f"{scheme}:/" for scheme in SCHEMES))


def file_system(address: str) -> tuple[fs.FileSystem, str]:
    """The file system of an address, and the path in it, without a slash at its end.

    Raises AddressError as `require_address` does.
    """
    scheme, path, options = require_address(address)
    return _MAKERS[scheme](path, options), path


def require_address(address: str) -> tuple[str, str, dict[str, str]]:
    """Scheme, path and options of an address; nothing is asked of the store.

    Raises AddressError for an address of another kind, or with keys in it.
    """
    parts = _parts(address)
    if parts.scheme not in SCHEMES:
        raise AddressError(f"an address begins with {', '.join(f'{s}://' for s in SCHEMES)}")
    options = dict(parse_qsl(parts.query))
    if parts.username or parts.password or options.keys() - OPTIONS or (options and parts.scheme != "s3"):
        raise AddressError(
            "an address names a bucket and a path, and for S3 endpoint_override, region and scheme; "
            "keys belong in the environment"
        )
    path = f"{parts.netloc}{parts.path}".rstrip("/")
    if not parts.netloc or "//" in path:
        raise AddressError(f"{address!r} names no bucket, as {parts.scheme}://bucket/prefix does")
    return parts.scheme, path, options


def one_spelling(address: str) -> str:
    """The address without what names no other place: a slash that was lost or added, the order of options."""
    parts = _parts(address)
    options = urlencode(sorted(parse_qsl(parts.query)))
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), options, ""))


def _parts(address: str) -> SplitResult:
    return urlsplit(re.sub(r"^(\w+):/(?!/)", r"\1://", address))


def _s3(path: str, options: dict[str, str]) -> fs.FileSystem:
    environment = {
        "endpoint_override": os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"),
        "region": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
    }
    chosen = {name: value for name, value in environment.items() if value} | options
    if not chosen.keys() & {"endpoint_override", "region"}:
        chosen["region"] = fs.resolve_s3_region(path.split("/")[0])
    endpoint = chosen.get("endpoint_override", "")
    if "://" in endpoint:
        chosen["scheme"], chosen["endpoint_override"] = endpoint.split("://", 1)
    return fs.S3FileSystem(**chosen, connect_timeout=CONNECT_SECONDS, request_timeout=REQUEST_SECONDS)


def _gs(path: str, options: dict[str, str]) -> fs.FileSystem:
    return fs.GcsFileSystem()


def _az(path: str, options: dict[str, str]) -> fs.FileSystem:
    account = os.environ.get("AZURE_STORAGE_ACCOUNT")
    if not account:
        raise AddressError("az:// needs AZURE_STORAGE_ACCOUNT in the environment")
    return fs.AzureFileSystem(account, account_key=os.environ.get("AZURE_STORAGE_KEY"))


_MAKERS = {"s3": _s3, "gs": _gs, "az": _az}
