"""``python -m bench.search_scale``: a country of pages, on PostgreSQL and with a search server beside it.

Fills a database of its own (``--database``; SQLite in a folder without it) step by step, and at each
size says what importing a page costs, what a search costs in the portal's own processes beside a bare
view, how long a change takes to be found, how many queries each kind of page takes, and what the
explorer of the editor costs with a section and a group for each municipality.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.__main__ import SETUP
from bench.load import get
from bench.server import ROOT, Server

QUESTIONS = [
    "draaiboek", "netwerk bevragen", "zorgen", "melding", "jongeren", "advies vragen", "spanning",
    "protest", "vertrouwen", "privacy", "online", "school", "ouders", "training", "buurtoverleg",
    "anoniem melden", '"eerste signaal"', "zorg -politie", "kerk moskee", "radicalisering",
    "subsudie", "wie belt wie", "gemeente beleid wijk", "veiligheidshuis",
]  # fmt: skip
LAY = (
    "call_command('migrate', verbosity=0); call_command('migrate', database='keystore', verbosity=0)\n"
    "call_command('createcachetable'); call_command('collectstatic', interactive=False, verbosity=0)\n"
    "from bench.country import lay_country; lay_country({}, {})\n"
)
GROW = (
    "import json, resource\nfrom django.db import connection\nfrom bench import country\n"
    "from bench.content import session_of\nfrom knowledge.library.models import LibraryIndexPage\n"
    "from search.models import SearchEntry, Word\n"
    "spent = country.grow_to({})\n"
    "with connection.cursor() as cursor: cursor.execute('ANALYZE')\n"
    "library = LibraryIndexPage.objects.get(slug='kennisbank', locale__language_code='nl')\n"
    "most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
    "print(json.dumps(dict(spent=spent, entries=SearchEntry.objects.count(), words=Word.objects.count(),\n"
    "    kinds=list(country.addresses_by_kind()), library=library.pk, memory=most,\n"
    "    reader='sessionid=' + session_of(country.READER),\n"
    "    everywhere='sessionid=' + session_of(country.EVERYWHERE),\n"
    "    chief='sessionid=' + session_of(country.CHIEF))))\n"
)
REBUILD = (
    "import json, time\nfrom search.elastic.sending import rebuild\nfrom search.models import SearchEntry\n"
    "began, worked = time.perf_counter(), time.process_time(); rebuild()\n"
    "number = SearchEntry.objects.count()\n"
    "print(json.dumps(dict(rate=number / (time.perf_counter() - began),\n"
    "    cpu=1000 * (time.process_time() - worked) / number)))\n"
)
PUBLISH = (
    "import json, time\nimport portal.wsgi  # loads what a worker is copied with\n"
    "from django.contrib.auth.models import AnonymousUser\n"
    "from knowledge.library.models import ArticlePage\nfrom search.engine import find\n"
    "waits = []\n"
    "for number, page in enumerate(ArticlePage.objects.filter(slug__startswith='blad-').order_by('pk')[:10]):\n"
    "    word = f'kwartelnummer{time.time_ns()}x'; page.title = f'Over {word}'\n"
    "    began = time.perf_counter(); page.save_revision().publish()\n"
    "    while not find(word, user=AnonymousUser()).count: time.sleep(0.005)\n"
    "    waits.append(time.perf_counter() - began)\n"
    "print(json.dumps(dict(median=sorted(waits)[5], longest=max(waits))))\n"
)


@dataclass
class Place:
    """A portal of its own: its folder, and what its processes are told."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, script: str) -> dict:
        """Run a script of the portal to its end; what it printed last, or nothing."""
        done = subprocess.run(
            [sys.executable, "-c", SETUP + script],
            cwd=ROOT,
            env={**os.environ, **self.told},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else {}

    @property
    def told(self) -> dict[str, str]:
        """The environment of every process."""
        own = {"DJANGO_SETTINGS_MODULE": "bench.settings", "PORTAL_VAR_DIR": str(self.folder)}
        return {**own, **self.environment}

    @property
    def alone(self) -> "Place":
        """The same portal, which searches in its database and tells no engine."""
        return Place(self.folder, {**self.environment, "SEARCH_ENGINE": "database"})

    def at(self, size: int) -> "Place":
        """The same with the database of one size, where the address leaves room for it."""
        told = {name: value.replace("{}", str(size)) for name, value in self.environment.items()}
        return Place(self.folder, told)

    def server(self, *, workers: int = 2, **more: str) -> Server:
        """A server of this portal, that keeps no page."""
        told = {name: value for name, value in self.told.items() if name != "PORTAL_VAR_DIR"}
        return Server(self.folder, workers=workers, **{**told, "BENCH_PAGE_CACHE": "0", **more})


def report(
    place: Place, sizes: list[int], places: int, accounts: int, requests: int
) -> Iterator[str]:
    """The tables, line by line."""
    began, everywhere = time.monotonic(), place
    if not (place.folder / "static").exists():  # of an earlier run that is gone on with
        place.at(sizes[0]).alone.run(LAY.format(places, accounts))
        yield f"{places} municipalities and {accounts} accounts in {time.monotonic() - began:.0f} s"
    counts: dict[int, dict[str, int]] = {}
    for size in sizes:
        place = everywhere.at(size)
        known = place.alone.run(GROW.format(size))
        spent = known["spent"]
        yield (
            f"\n{size} pages: {known['entries']} entries, {known['words']} words; import of a page "
            f"{sum(spent.values()):.1f} CPU ms ({spent['rows']:.1f} rows, {spent['index']:.1f} index; "
            f"budget 8), {known['memory']:.0f} MB"
        )
        yield f"{'':28}{'queries':>8}{'CPU ms':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'failed':>8}"
        with place.alone.server() as server:
            yield from costs("database", server, known, requests)
        yield waits("database", place.alone)
        if engine := place.environment.get("SEARCH_ENGINE"):
            built = place.run(REBUILD)
            yield f"{engine}: {built['rate']:.0f} entries a second, {built['cpu']:.2f} CPU ms for one"
            with place.server() as server:
                yield from costs(engine, server, known, requests)
            yield waits(engine, place)
        with place.server(workers=1, BENCH_COUNTS_QUERIES="1") as server:
            counts[size] = queries(server, known)
            yield from explorer(server, place, known)
    yield f"\nqueries of each kind of page at {', '.join(map(str, sizes))}"
    for kind in counts[sizes[0]]:
        numbers = [count[kind] for count in counts.values()]
        yield f"{kind:28}{'/'.join(map(str, numbers)):>12}  {'flat' if len(set(numbers)) == 1 else 'NOT FLAT'}"


def costs(engine: str, server: Server, known: dict, requests: int) -> Iterator[str]:
    """What a bare view and a search cost, one after the other from one visitor."""
    searches = [f"/zoeken/?q={question.replace(' ', '+')}" for question in QUESTIONS]
    bare = [f"/bare/{number}/" for number in range(20)]
    yield line("bare view", server, bare, "", requests)
    yield line(f"{engine}, anonymous", server, searches, "", requests)
    yield line(f"{engine}, signed in", server, searches, known["reader"], requests)
    yield f"{engine + ', memory of 2 workers':36}{server.memory():8.0f} MiB"


def line(name: str, server: Server, paths: list[str], cookie: str, requests: int) -> str:
    """CPU milliseconds of the portal's own processes, and how long a visitor waited."""
    for path in paths * 2:  # each worker has met each question
        get(server, path, cookie)
    times, failed = [], 0
    worked = server.cpu_seconds()
    for number in range(requests):
        began = time.perf_counter()
        answer = get(server, paths[number % len(paths)], cookie)
        times.append(1000 * (time.perf_counter() - began))
        failed += answer.status != 200 or "Beperkt zoeken" in answer.text
    cpu = 1000 * (server.cpu_seconds() - worked) / requests
    cuts = statistics.quantiles(times, n=100)
    return f"{name:36}{cpu:8.1f}{cuts[49]:8.1f}{cuts[94]:8.1f}{cuts[98]:8.1f}{failed:8}"


def waits(engine: str, place: Place) -> str:
    """From pressing the button to being found, in seconds."""
    found = place.run(PUBLISH)
    return f"{engine}: published to found {found['median']:.2f} s, at most {found['longest']:.2f} s (budget 1)"


def queries(server: Server, known: dict) -> dict[str, int]:
    """How many queries a page of each kind takes, the second time that a worker is asked."""
    found = {}
    for kind, path in [*known["kinds"], ["search", "/zoeken/?q=zorgen"]]:
        for who, cookie in (("", ""), (", signed in", known["reader"])):
            for _time in range(8):
                answer = get(server, path, cookie)
            if answer.status == 200:
                found[kind + who] = int(answer.headers.get("X-Queries", -1))
    return found


def explorer(server: Server, place: Place, known: dict) -> Iterator[str]:
    """The list of 342 sections for who edits in each of them, and for an editor in chief."""
    address = f"/beheer/pages/{known['library']}/"
    for who in ("everywhere", "chief"):
        for path in (address, f"{address}?q=zorg"):
            for _time in range(4):
                get(server, path, known[who])
            worked, began = server.cpu_seconds(), time.perf_counter()
            answers = [get(server, path, known[who]) for _number in range(10)]
            cpu, wall = server.cpu_seconds() - worked, time.perf_counter() - began
            number = answers[-1].headers.get("X-Queries", "-")
            label = f"explorer, {who}{', searched' if '?' in path else ''}"
            yield f"{label:28}{number:>8}{100 * cpu:8.0f}{100 * wall:8.0f}{'':16}{sum(a.status != 200 for a in answers):8}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--municipalities", type=int, default=342)
    parser.add_argument("--accounts", type=int, default=60_000)
    parser.add_argument("--requests", type=int, default=240, help="for each row")
    parser.add_argument(
        "--database", help="address of an empty database that may be filled; {} stands for the size"
    )
    parser.add_argument("--elasticsearch", help="address of a node")
    parser.add_argument("--opensearch", help="the same of the other one")
    parser.add_argument("--folder", type=Path, help="stays, so that a later run goes on from here")
    options = parser.parse_args()
    environment = {"DATABASE_URL": options.database} if options.database else {}
    for name in ("elasticsearch", "opensearch"):
        if address := getattr(options, name):
            environment |= {"SEARCH_ENGINE": name, "SEARCH_ENGINE_URLS": address}
            environment |= {"SEARCH_INDEX": "land", "SEARCH_REPLICAS": "0"}
    folder = options.folder or Path(tempfile.mkdtemp(prefix="portal-scale-"))
    try:
        place = Place(folder, environment)
        for text in report(
            place, options.sizes, options.municipalities, options.accounts, options.requests
        ):
            print(text, flush=True)
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
