"""The way out to a push service: only to services that are known, only to addresses of the internet."""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 5
LONGEST = 600  # letters of an address


class Refused(Exception):
    """An address that the portal does not call, whoever gave it."""


class NoAnswer(Exception):
    """The service is away, too slow, or shows a wrong certificate."""


@dataclass(frozen=True)
class Endpoint:
    """Where a push service takes messages for one browser."""

    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """What a token is good for."""
        return f"https://{self.host}" + ("" if self.port == 443 else f":{self.port}")


def endpoint_of(address: str) -> Endpoint:
    """The parts of an address that a browser gave.

    Raises:
        Refused: It is no ``https``, holds a name and password, or is of no service that we know.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError:
        raise Refused from None
    host = (parts.hostname or "").rstrip(".")
    if (
        len(address) > LONGEST
        or not address.isascii()
        or any(letter.isspace() for letter in address)
        or parts.scheme != "https"
        or parts.username is not None
        or parts.fragment
        or not is_known(host)
    ):
        raise Refused
    if port != 443 and host not in settings.WEB_PUSH_OWN_SERVICES:
        raise Refused
    path = parts.path or "/"
    return Endpoint(host, port, f"{path}?{parts.query}" if parts.query else path)


def is_known(host: str) -> bool:
    """Whether it is one of the services, or below one of those that begin with a dot."""
    services = (*settings.WEB_PUSH_SERVICES, *settings.WEB_PUSH_OWN_SERVICES)
    return bool(host) and any(
        host.endswith(one) if one.startswith(".") else host == one for one in services
    )


def number_of(endpoint: Endpoint) -> str:
    """The one address that is called; it is looked up once, so it can't change in between.

    Raises:
        Refused: One of its addresses lies inside a network: a name may not lead us in.
        NoAnswer: The name is not known.
    """
    try:
        found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except OSError:
        raise NoAnswer from None
    numbers = [str(one[4][0]) for one in found]
    if endpoint.host not in settings.WEB_PUSH_OWN_SERVICES and any(
        not ipaddress.ip_address(number).is_global for number in numbers
    ):
        raise Refused
    return numbers[0]


def post(endpoint: Endpoint, body: bytes, headers: dict[str, str]) -> int:
    """Hand in a message; the status of the answer. It follows no way to elsewhere.

    Raises:
        Refused: The address lies inside a network.
        NoAnswer: There was none.
    """
    number = number_of(endpoint)
    connection = http.client.HTTPSConnection(endpoint.host, endpoint.port, timeout=SECONDS)
    try:
        plain = socket.create_connection((number, endpoint.port), timeout=SECONDS)
        connection.sock = ssl.create_default_context().wrap_socket(
            plain, server_hostname=endpoint.host
        )
        connection.request("POST", endpoint.path, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        raise NoAnswer from None
    finally:
        connection.close()
