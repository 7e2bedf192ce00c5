"""Talking to the server, and not talking to one that is away."""

import json
import logging
import threading
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from elastic_transport import Transport

logger = logging.getLogger(__name__)
REST = 5.0  # seconds in which a server that did not answer is not asked again
JSON = {"content-type": "application/json", "accept": "application/json"}
LINES = {"content-type": "application/x-ndjson", "accept": "application/json"}
_state = threading.local()


class EngineDown(Exception):
    """The server did not answer, or not with an answer."""


class Breaker:
    """Remembers that the server is away, so that the next visitor does not wait for it too."""

    def __init__(self) -> None:
        self.open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether not to ask."""
        return monotonic() < self.open_until

    def trip(self) -> None:
        """The server is away; said once in the log, not for every visitor."""
        if not self.open_until:
            logger.error("search engine does not answer; searching in the database")
        self.open_until = monotonic() + REST

    def reset(self) -> None:
        """The server answered."""
        if self.open_until:
            logger.warning("search engine answers again")
        self.open_until = 0.0


BREAKER = Breaker()


@lru_cache(maxsize=4)
def transport(urls: tuple[str, ...]) -> "Transport":
    """The connections of this process; made when first asked for, so never shared by a fork."""
    from elastic_transport import Transport
    from elastic_transport.client_utils import url_to_node_config

    nodes = [url_to_node_config(url, use_default_ports_for_scheme=True) for url in urls]
    return Transport(nodes, max_retries=len(nodes) - 1, meta_header=False)


def send(
    method: str,
    target: str,
    body: Any = None,
    *,
    timeout: float | None = None,
    missing_ok: bool = False,
) -> dict[str, Any]:
    """The answer of the server.

    Args:
        method: Of HTTP.
        target: Path and query.
        body: Sent as JSON; a list as one line for each.
        timeout: Seconds; ``SEARCH_TIMEOUT`` when left out.
        missing_ok: Gives an empty answer for what is not there.

    Raises:
        EngineDown: The server is away, refuses, or is being left alone because it was away.
    """
    from elastic_transport import TransportError  # only in a process that has such a server

    if BREAKER.is_open:
        raise EngineDown
    try:
        answer = transport(tuple(settings.SEARCH_ENGINE_URLS)).perform_request(
            method,
            target,
            body=as_bytes(body),
            headers=LINES if isinstance(body, list) else JSON,
            request_timeout=timeout or settings.SEARCH_TIMEOUT,
        )
    except TransportError as error:
        BREAKER.trip()
        raise EngineDown(type(error).__name__) from error
    status = answer.meta.status
    if missing_ok and status == 404:
        return {}
    if status >= 300:
        logger.error("search engine refuses %s with %s", method, status)
        if status >= 500 or status == 429:
            BREAKER.trip()
        raise EngineDown(f"{status}: {str(answer.body)[:2000]}")
    BREAKER.reset()
    return answer.body if isinstance(answer.body, dict) else {}


def as_bytes(body: Any) -> bytes | None:
    """JSON, one line for each of a list."""
    if body is None:
        return None
    if isinstance(body, list):
        return b"".join(json.dumps(line).encode() + b"\n" for line in body)
    return json.dumps(body).encode()
