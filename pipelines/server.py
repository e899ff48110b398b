"""Whether the Prefect server that is configured answers, before a run or a schedule counts on it."""

from __future__ import annotations

import httpx
from prefect.settings import PREFECT_API_URL

SECONDS = 5  # Prefect itself would try again and again, for minutes


def require_server() -> None:
    """Raises RuntimeError where a server is configured at PREFECT_API_URL and does not answer."""
    url = PREFECT_API_URL.value()
    if not url:
        return
    try:
        # No secret is sent, and any answer will do: what the server is and who may use it, Prefect finds out.
        httpx.get(f"{url.rstrip('/')}/health", timeout=SECONDS, verify=False)
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise RuntimeError(
            f"no Prefect server answers at {url} (PREFECT_API_URL): {error or type(error).__name__}; "
            "start it, or run with --no-prefect"
        ) from error
