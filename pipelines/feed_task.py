"""The part of the flow that fetches: a task for its feeds, tried again later where one cannot be read."""

# No `annotations` from __future__, as in `flows`.

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import State
from prefect.states import Completed, Failed

from communique.outputs.extras import extra
from communique.outputs.lock import StoreLockedError
from communique.outputs.remote import is_address

if TYPE_CHECKING:
    from communique.pipelines.fetch import Fetched

log = logging.getLogger(__name__)


class Feeds:
    """The feeds of one run, which its tries share: those left to read, and what failed for the first time.

    A page that failed is told in the try in which it is new, and neither it nor its feed is asked again.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        self.left = list(addresses)
        self.failed: list[str] = []
        self.new_failures: list[str] = []

    def take(self, done: "Fetched") -> None:
        """Enter what a try did; a feed that is lost may yet be read, and is told by the last try."""
        self.left = list(done.lost)
        self.failed += done.failures
        self.new_failures += [address for address in done.new_failures if address not in done.lost]


@task(
    name="fetch_feeds", cache_policy=NO_CACHE, persist_result=False, retries=2, retry_delay_seconds=[60, 600]
)
def fetch_feeds(feeds: Feeds, into: str, allow_private: bool) -> State[str]:
    """Save the new releases of the feeds that are left; why that cannot be, empty where it can.

    Failed, and so tried again, where a feed cannot be read, or another run writes to the folder.
    """
    from communique.pipelines.fetch import fetch
    from communique.pipelines.fetch_client import Client

    try:
        done = fetch(feeds.left, into, Client(allow_private=allow_private), but=feeds.failed)
    except StoreLockedError as error:
        return Failed(message=str(error))
    except (OSError, ValueError) as error:  # of the folder: to wait mends nothing
        return Completed(data=str(error))
    feeds.take(done)
    log.info(done.sentence())
    for address, reason in done.failures.items():
        log.warning("%s: %s", address, reason)
    if done.lost:
        return Failed(message="; ".join(f"{feed}: {done.failures[feed]}" for feed in done.lost))
    return Completed(data="")


@dataclass(frozen=True)
class FeedFaults:
    """What went wrong with the feeds of a run: why some were not read, and what failed for the first time."""

    not_fetched: str = ""
    new_failures: Sequence[str] = ()


def faults_of_feeds(addresses: Sequence[str], into: str, *, allow_private: bool) -> FeedFaults:
    """Save the new releases of the feeds into a folder; what went wrong.

    Raises MissingExtraError where the client is not installed, ValueError where `into` is an address.
    """
    if not addresses:
        return FeedFaults()
    with extra("fetching"):
        import communique.pipelines.fetch_client  # noqa: F401
    if is_address(into):
        raise ValueError(f"feeds are saved into a folder of this machine, and the first source is {into}")
    feeds = Feeds(addresses)
    state = fetch_feeds(feeds, into, allow_private, return_state=True)
    why = cast(str, state.result()) if state.is_completed() else str(state.message)
    return FeedFaults(why, feeds.new_failures)
