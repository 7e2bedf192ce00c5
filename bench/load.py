"""Requests to a server on this machine, bounded in number, and how long each took."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection

from bench.server import Server

THREADS = 4


@dataclass(frozen=True)
class Measured:
    """What one kind of request cost. Times in milliseconds."""

    cpu: float
    per_second: float
    p50: float
    p95: float
    failed: int


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str


def get(server: Server, path: str, cookie: str = "") -> Answer:
    """One request."""
    return ask(server, "GET", path, cookie=cookie)


def post(server: Server, path: str, body: str, cookie: str = "") -> Answer:
    """One form, sent."""
    return ask(server, "POST", path, body, cookie=cookie)


def ask(server: Server, method: str, path: str, body: str = "", *, cookie: str = "") -> Answer:
    """One request on a connection of its own, as from a visitor who is new."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Cookie": cookie} if cookie else {}
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body=body or None, headers=headers)
    response = connection.getresponse()
    text = response.read().decode(errors="replace")
    connection.close()
    cookies = response.headers.get_all("Set-Cookie") or []
    return Answer(response.status, dict(response.getheaders()), cookies, text)


def measure(
    server: Server,
    ask: Callable[[int], bool],
    number: int,
    *,
    warm_up: int = 20,
    at_once: int = THREADS,
) -> Measured:
    """Call ``ask`` ``number`` times from a few threads; it says whether all went well."""
    times: list[float] = []
    failed = 0

    def one(count: int) -> None:
        nonlocal failed
        began = time.perf_counter()
        if not ask(count):
            failed += 1
        times.append((time.perf_counter() - began) * 1000)

    for count in range(min(warm_up, number)):
        ask(count)
    cpu, began = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(one, range(number)))
    seconds = time.perf_counter() - began
    spent = server.cpu_seconds() - cpu
    cuts = statistics.quantiles(times, n=20)
    return Measured(
        spent * 1000 / number, number / seconds, statistics.median(times), cuts[18], failed
    )


def rotating(server: Server, paths: Sequence[str], cookie: str = "") -> Callable[[int], bool]:
    """Ask for each address in turn."""

    def ask(count: int) -> bool:
        return get(server, paths[count % len(paths)], cookie).status == 200

    return ask
