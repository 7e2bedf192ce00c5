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


def get(server: Server, path: str, cookie: str = "") -> tuple[int, dict[str, str]]:
    """One request; the status and the headers."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Cookie": cookie} if cookie else {}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, dict(response.getheaders())


def measure(server: Server, ask: Callable[[int], bool], number: int) -> Measured:
    """Call ``ask`` ``number`` times from four threads; it says whether all went well."""
    times: list[float] = []
    failed = 0

    def one(count: int) -> None:
        nonlocal failed
        began = time.perf_counter()
        if not ask(count):
            failed += 1
        times.append((time.perf_counter() - began) * 1000)

    for count in range(min(20, number)):
        ask(count)
    cpu, began = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
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
        status, _headers = get(server, paths[count % len(paths)], cookie)
        return status == 200

    return ask
