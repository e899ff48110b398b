"""The part of the flow that fetches: a task for its feeds, tried again later where one cannot be read."""

# No `annotations` from __future__, as in `flows`.

import logging
from collections.abc import Sequence
from typing import cast

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import State
from prefect.states import Completed, Failed

from communique.outputs.extras import extra
from communique.outputs.remote import is_address

log = logging.getLogger(__name__)


@task(
    name="fetch_feeds", cache_policy=NO_CACHE, persist_result=False, retries=2, retry_delay_seconds=[60, 600]
)
def fetch_feeds(feeds: Sequence[str], into: str, allow_private: bool) -> State[list[str]]:
    """Save the new releases of the feeds; what went wrong, a line each. Failed where one cannot be read."""
    from communique.pipelines.fetch import fetch
    from communique.pipelines.fetch_client import Client

    try:
        done = fetch(feeds, into, Client(allow_private=allow_private))
    except ValueError as error:  # of the folder: to wait mends nothing
        return Completed(data=[f"not fetched: {error}"])
    log.info(done.sentence())
    for address, reason in done.failures.items():
        log.warning("%s: %s", address, reason)
    if done.lost:
        return Failed(message="; ".join(f"{feed}: {done.failures[feed]}" for feed in done.lost))
    new = ", ".join(done.new_failures[:10])
    return Completed(data=[f"new failures: {new}"] if new else [])


def faults_of_feeds(feeds: Sequence[str], into: str, *, allow_private: bool) -> list[str]:
    """Save the new releases of the feeds into a folder; what went wrong, a line each.

    Raises MissingExtraError where the client is not installed, ValueError where `into` is an address.
    """
    if not feeds:
        return []
    with extra("fetching"):
        import communique.pipelines.fetch_client  # noqa: F401
    if is_address(into):
        raise ValueError(f"feeds are saved into a folder of this machine, and the first source is {into}")
    state = fetch_feeds(feeds, into, allow_private, return_state=True)
    return cast(list[str], state.result()) if state.is_completed() else [f"not fetched: {state.message}"]
