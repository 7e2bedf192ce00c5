"""``python -m bench``: prints a table; says of each budget whether it is met."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import meldpunt, training, uploads
from bench.load import Measured, get, measure, rotating
from bench.reporters import form_steps, submissions
from bench.server import ROOT, Server

QUESTIONS = [
    "draaiboek",
    "netwerk bevragen",
    "zorgen",
    "melding",
    "jongeren",
    "advies",
    "spanning",
    "protest",
    "gemeente",
    "vertrouwen",
    "privacy",
    "online",
    "school",
    "ouders",
    "training",
]
SIZES = {"small": (50, 5), "medium": (1000, 50), "large": (5000, 500)}
NETWORKS = {"small": (500, 2000), "large": (5000, 20_000)}
SECTIONS = ("pages", "training", "network", "uploads", "meldpunt")
HEAD = (
    f"{'':26}{'queries':>12}{'CPU ms':>9}{'budget':>8}{'':>6}"
    f"{'req/s':>8}{'p50':>8}{'p95':>8}{'failed':>8}"
)


@dataclass(frozen=True)
class Case:
    """One kind of request: its addresses, who asks, and its budget in CPU milliseconds."""

    name: str
    paths: list[str]
    budget: float | None = None
    signed_in: bool = False
    cached: bool = False
    most_queries: int | None = None
    size: str = "large"


def cases(pages: int) -> list[Case]:
    """Every kind of page, anonymous and signed in."""
    articles = [f"/kennisbank/artikel-{number}/" for number in range(0, pages, max(1, pages // 50))]
    lists = [f"/kennisbank/?page={number}" for number in range(1, 3)]
    searches = [f"/zoeken/?q={question.replace(' ', '+')}" for question in QUESTIONS]
    return [
        Case("bare Django view", [f"/bare/{number}/" for number in range(20)]),
        Case("article from cache", articles, 1.2, cached=True),
        Case("article on a miss", articles, 4),
        Case("front page on a miss", ["/"], 4),
        Case("listing of 50 on a miss", lists, 5),
        Case("who can help, on a miss", ["/hulp/"], 5),
        Case("search, anonymous", searches, 5, size="medium"),
        Case("search in the largest", searches, 8),
        Case("article, signed in", articles, 14, signed_in=True, most_queries=12),
        Case("front page, signed in", ["/"], 14, signed_in=True),
        Case("listing of 50, signed in", lists, 14, signed_in=True),
        Case("search, signed in", searches, 12, signed_in=True, size="medium"),
    ]


def network_cases() -> list[Case]:
    """The map and the directory, for somebody of the network."""
    words = ("jongerenwerk", "ouders", "taal", "opvang wijk", "straatwerk", "bestaat-niet")
    searches = [f"/netwerk/organisaties/?q={word.replace(' ', '+')}" for word in words]
    calls = ["/netwerk/organisaties/wie-bellen/?gemeente=demodam&nu=on"]
    return [
        Case("bare Django view", [f"/bare/{number}/" for number in range(20)]),
        Case("map of the region", ["/netwerk/kaart/"], 60, signed_in=True),
        Case("map of a municipality", ["/netwerk/kaart/?gemeente=demodam"], 60, signed_in=True),
        Case("directory", ["/netwerk/organisaties/"], 10, signed_in=True),
        Case("directory, searched", searches, 10, signed_in=True),
        Case("whom can I call", calls, signed_in=True),
    ]


SETUP = (
    "import django; django.setup()\nfrom django.core.management import call_command, get_commands\n"
)
LAY_BASE = (
    "call_command('migrate', verbosity=0); call_command('migrate', database='keystore', verbosity=0)\n"
    "call_command('createcachetable'); call_command('collectstatic', interactive=False, verbosity=0)\n"
    "from bench.content import lay_base; lay_base()\n"
    "call_command('demo_reports', verbosity=0)\n"
)
GROW = (
    "from bench.content import grow, session_of; grow({}, {})\n"
    "'rebuild_search' in get_commands() and call_command('rebuild_search', verbosity=0)\n"
    "print(session_of('lezer@lindekade.example'))\n"
)
CONNECT = "from bench.network import fill; fill({}, {})\n"
WRITE_MANY = (
    "import time\nfrom bench.content import make_articles\n"
    "from knowledge.library.models import ArticlePage, LibraryIndexPage\n"
    "from search.engine import find\nfrom search.indexing import index_pages\n"
    "from django.contrib.auth.models import AnonymousUser\n"
    "below = LibraryIndexPage.objects.get(slug='kennisbank', locale__language_code='nl')\n"
    "shelf = below.add_child(instance=LibraryIndexPage(title='Nieuw', slug='nieuw'))\n"
    "began = time.process_time(); make_articles(shelf, 300)\n"
    "index_pages(list(ArticlePage.objects.child_of(shelf)))\n"
    "print(1000 * (time.process_time() - began) / 300)\n"
    "page = ArticlePage.objects.child_of(shelf).first(); page.title = 'Kwartelnummer'\n"
    "began = time.perf_counter(); page.save_revision().publish()\n"
    "while not find('kwartelnummer', user=AnonymousUser()).count: time.sleep(0.005)\n"
    "print(time.perf_counter() - began)\n"
)
COUNT_LOST = (
    "from meldpunt.reports.models import CodeWrap\n"
    "from meldpunt.vault.services.codes import ReceiptCode, keys_of\n"
    "from meldpunt.reports.querysets import working_in\n"
    "from portal.regions.models import Municipality\n"
    "codes = [ReceiptCode.parse(code) for code in {}]\n"
    "with working_in(Municipality.objects.values_list('pk', flat=True)):\n"
    "    print(sum(CodeWrap.codes.find(lookup=keys_of(code).lookup) is None for code in codes))\n"
)


def run(folder: Path, script: str, **environment: str) -> str:
    """Run a script in the bench's settings; what it printed."""
    known = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PORTAL_VAR_DIR": str(folder),
        **environment,
    }
    command = [sys.executable, "-c", SETUP + script]
    done = subprocess.run(
        command, cwd=ROOT, env=known, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def make(work: Path, size: str) -> str:
    """The database of a size, on a copy of the base; the cookie of a signed-in reader."""
    shutil.copytree(work / "base", work / size)
    return f"sessionid={run(work / size, GROW.format(*SIZES[size])).split()[-1]}"


def make_network(work: Path, size: str) -> str:
    """The smallest portal with a network of a size; the cookie of a signed-in reader."""
    folder = work / f"network-{size}"
    shutil.copytree(work / "base", folder)
    cookie = f"sessionid={run(folder, GROW.format(*SIZES['small'])).split()[-1]}"
    run(folder, CONNECT.format(*NETWORKS[size]))
    return cookie


def queries_of(folder: Path, cookie: str, pages: int) -> dict[str, int]:
    """How many queries each kind of request takes, the second time it is asked."""
    return {
        **_queries(folder, cookie, [case for case in cases(pages) if case.cached], "300"),
        **_queries(folder, cookie, [case for case in cases(pages) if not case.cached], "0"),
    }


def _queries(folder: Path, cookie: str, asked: list[Case], cache: str) -> dict[str, int]:
    found = {}
    with Server(folder, workers=1, BENCH_COUNTS_QUERIES="1", BENCH_PAGE_CACHE=cache) as server:
        for case in asked:
            who = cookie if case.signed_in else ""
            for path in case.paths[:3]:
                get(server, path, who)
            headers = get(server, case.paths[0], who).headers
            found[case.name] = int(headers.get("X-Queries", -1))
    return found


def report(
    number: int, sizes: list[str], sections: list[str], postgresql: str = ""
) -> Iterator[str]:
    """The tables, line by line."""
    work = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    try:
        if not postgresql or sections != ["meldpunt"]:
            run(work / "base", LAY_BASE)
        if "pages" in sections:
            yield from pages_report(work, number, sizes)
        if "training" in sections:
            yield from training.report(work / "base", number)
        if "network" in sections:
            yield from network_report(work, number)
        if "uploads" in sections:
            shutil.copytree(work / "base", work / "uploads")
            run(work / "uploads", uploads.SWITCH_ON)
            for name, figure, budget in uploads.measured(work / "uploads"):
                yield verdict(name, figure, budget)
        if "meldpunt" in sections:
            yield from meldpunt.report(work, number, postgresql)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def network_report(work: Path, number: int) -> Iterator[str]:
    """The map and the directory, beside a bare view."""
    asked = network_cases()
    cookies = {size: make_network(work, size) for size in NETWORKS}
    counts = {
        size: _queries(work / f"network-{size}", cookie, asked, "0")
        for size, cookie in cookies.items()
    }
    yield HEAD
    with Server(work / "network-large", BENCH_PAGE_CACHE="0") as server:
        for case in asked:
            yield line(server, case, cookies["large"], counts, number)


def pages_report(work: Path, number: int, sizes: list[str]) -> Iterator[str]:
    """Pages, search and reports."""
    cookies = {size: make(work, size) for size in sizes}
    counts = {size: queries_of(work / size, cookies[size], SIZES[size][0]) for size in sizes}
    yield HEAD
    largest = sizes[-1]
    for is_cached in (True, False):
        for size in sizes:
            wanted = [
                case
                for case in cases(SIZES[size][0])
                if case.cached == is_cached
                and (case.size if case.size in sizes else largest) == size
            ]
            if not wanted:
                continue
            with Server(work / size, BENCH_PAGE_CACHE="300" if is_cached else "0") as server:
                for case in wanted:
                    yield line(server, case, cookies[size], counts, number)
                if not is_cached and size == largest:
                    yield verdict("cold start, 2 workers (s)", server.cold_start, 4)
                    yield verdict("memory, 2 workers (MiB)", server.memory(), 180)
                    yield verdict("  and the master (MiB)", server.memory(master=True))
                    many, found = run(work / size, WRITE_MANY).split()[-2:]
                    yield verdict("bulk import, a page", float(many), 8)
                    yield verdict("publish to found (s)", float(found), 1)
                    yield row("form step", "", form_steps(server, number), 5)
                    yield from report_rows(server, work / size, number)


def line(
    server: Server, case: Case, cookie: str, counts: dict[str, dict[str, int]], number: int
) -> str:
    """One row of the table."""
    ask = rotating(server, case.paths, cookie if case.signed_in else "")
    result = measure(server, ask, number, warm_up=6 * len(case.paths) if case.cached else 20)
    per_size = "/".join(str(count[case.name]) for count in counts.values())
    return row(case.name, per_size, result, case.budget)


def report_rows(server: Server, folder: Path, number: int) -> Iterator[str]:
    """Reports sent at the same time, and how many of their codes open nothing afterwards."""
    result, codes = submissions(server, number)
    yield row("report submission", "", result)
    yield verdict("  sent in a second", result.per_second, 10, at_least=True)
    yield verdict("  p95 (ms)", result.p95, 800)
    lost = run(folder, COUNT_LOST.format([code for code in codes if code]))
    yield verdict("  lost", int(lost.split()[-1]) + codes.count(""), 0)


def row(name: str, queries: str, result: Measured, budget: float | None = None) -> str:
    """What one kind of request cost."""
    met = "" if budget is None else ("yes" if result.cpu <= budget else "NO")
    shown = f"{budget:g}" if budget else ""
    return (
        f"{name:26}{queries:>12}{result.cpu:9.1f}{shown:>8}{met:>6}"
        f"{result.per_second:8.0f}{result.p50:8.1f}{result.p95:8.1f}{result.failed:8}"
    )


def verdict(name: str, value: float, budget: float | None = None, *, at_least: bool = False) -> str:
    """A row with one figure."""
    if budget is None:
        return f"{name:26}{'':>12}{value:9.1f}"
    met = value >= budget if at_least else value <= budget
    return f"{name:26}{'':>12}{value:9.1f}{budget:8g}{'yes' if met else 'NO':>6}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400, help="requests for each row")
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--postgresql", default="", help="URL of a server, for the meldpunt")
    options = parser.parse_args()
    for text in report(options.requests, options.sizes, options.sections, options.postgresql):
        print(text, flush=True)


if __name__ == "__main__":
    main()
