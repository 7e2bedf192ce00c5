"""The meldpunt under load, on SQLite and on PostgreSQL: sending, uploading, the vault, the list."""

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench import uploads
from bench.load import Measured, measure, rotating
from bench.reporters import Reporter, form_steps, submissions, sustained
from bench.server import Server

OPEN_REPORTS, AT_ONCE, UNLOCKS = 5000, 16, 10
SUSTAINED = 60  # seconds
LIST, VAULT = "/werkplek/meldingen/", "/werkplek/meldingen/kluis/"
FILL = f"from bench.desk import fill\nprint('\\n'.join(fill({OPEN_REPORTS})))\n"
ON_SERVER = ("portal_bench", "portal_bench_keystore")


def report(work: Path, number: int, postgresql: str) -> Iterator[str]:
    """The table, on the server that ``postgresql`` names, or else on SQLite."""
    from bench.__main__ import LAY_BASE, run  # this file is a part of that one

    folder = work / "meldpunt"
    if postgresql:
        yield "PostgreSQL"
        with databases(postgresql) as urls:
            run(folder, LAY_BASE, **urls)
            yield from table(folder, number, urls)
    else:
        yield "SQLite (PostgreSQL with --postgresql URL)"
        shutil.copytree(work / "base", folder)
        yield from table(folder, number, {})


def table(folder: Path, number: int, urls: dict[str, str]) -> Iterator[str]:
    """Every row on one database."""
    from bench.__main__ import COUNT_LOST, HEAD, row, run, verdict

    session, phrase = run(folder, FILL, **urls).splitlines()[-2:]
    run(folder, uploads.SWITCH_ON, **urls)
    yield HEAD
    with Server(folder, threads=4, **urls) as server:
        bare = rotating(server, [f"/bare/{place}/" for place in range(20)])
        yield row("bare Django view", "", measure(server, bare, number))
        colleague = Reporter(server)
        colleague.cookies.load(f"sessionid={session}")
        vault = [timed(lambda: unlock(colleague, phrase)) for _time in range(UNLOCKS)]
        yield verdict("unlock (s)", statistics.median(vault), 1)
        yield verdict("  slowest of ten", max(vault), 1)
        seen = [timed(lambda: colleague.visit(LIST) == 200) for _time in range(UNLOCKS)]
        yield verdict(f"list of {OPEN_REPORTS} (s)", statistics.median(seen), 1)
        yield verdict("  first after unlock", seen[0], 1)
        yield row("form step", "", form_steps(server, number), 5)
        result, codes = submissions(server, number, at_once=AT_ONCE)
        yield row("report submission", "", result)
        yield from judged(result)
        result, more = sustained(server, SUSTAINED, at_once=AT_ONCE)
        yield row(f"forms and reports, {SUSTAINED} s", "", result)
        yield from judged(result)
        codes += more
        lost = run(folder, COUNT_LOST.format([code for code in codes if code]), **urls)
        yield verdict(f"  lost of {len(codes)}", int(lost.split()[-1]) + codes.count(""), 0)
        yield row("code opens its report", "", returns(server, codes))
        unlock(colleague, phrase)
        first = timed(lambda: colleague.visit(LIST) == 200)
        yield verdict(f"list with {len(codes)} new (s)", first)
    for name, figure, budget in uploads.measured(folder, **urls):
        yield verdict(name, figure, budget)


def judged(result: Measured) -> Iterator[str]:
    """Whether reports come in as fast as they must."""
    from bench.__main__ import verdict

    yield verdict("  sent in a second", result.per_second, 10, at_least=True)
    yield verdict("  p95 (ms)", result.p95, 800)
    yield verdict("  failed", result.failed, 0)


def returns(server: Server, codes: list[str]) -> Measured:
    """Reporters come back: each code opens its report."""
    people = [Reporter(server) for _code in codes[:100]]
    for person in people:
        person.visit("/meldpunt/code/")

    def ask(count: int) -> bool:
        return people[count].visit("/meldpunt/code/", {"code": codes[count]}) == 302

    return measure(server, ask, len(people), warm_up=0)


def unlock(colleague: Reporter, phrase: str) -> bool:
    """Type the passphrase; whether the vault is open."""
    colleague.visit(VAULT)
    return colleague.visit(VAULT, {"passphrase": phrase}) == 302


def timed(deed: Callable[[], bool]) -> float:
    """How many seconds it took. Raises ``RuntimeError`` when it went wrong."""
    began = time.monotonic()
    if not deed():
        raise RuntimeError("The desk did not answer as it should.")
    return time.monotonic() - began


@contextmanager
def databases(server: str) -> Iterator[dict[str, str]]:
    """Two databases of the bench's own on a server; the settings that lead a process to them."""
    with psycopg.connect(server, autocommit=True) as connection:
        for name in ON_SERVER:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
    main, keystore = (urlsplit(server)._replace(path=f"/{name}").geturl() for name in ON_SERVER)
    yield {"DATABASE_URL": main, "KEYSTORE_URL": keystore}
    with psycopg.connect(server, autocommit=True) as connection:
        for name in ON_SERVER:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
