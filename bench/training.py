"""The register of a country, and a test that many people take at once."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench.load import Measured, get, measure, post, rotating
from bench.reporters import TOKEN
from bench.server import Server

LEARNERS, ATTEMPTS = 60_000, 500_000
CANDIDATES, QUESTIONS = 20, 20
FILL = (
    "from bench.learners import fill, counting, sit_down, watcher\n"
    f"fill({LEARNERS}, {ATTEMPTS})\n"
    f"slug, cookies = sit_down({CANDIDATES})\n"
    "print(slug, watcher('regio@lindekade.example', 'regiobeheerder'),\n"
    "    watcher('coordinator@lindekade.example', 'trainingscoordinator'), counting(), *cookies)\n"
)


class Candidate:
    """Somebody with a browser, in the middle of a test."""

    def __init__(self, server: Server, cookie: str, test: str) -> None:
        self.server, self.test = server, test
        page = get(server, f"{test}1/", cookie)
        self.cookie = "; ".join([cookie, *(line.split(";", 1)[0] for line in page.cookies)])
        match = TOKEN.search(page.text)
        self.token = match[1] if match else ""

    def answer(self, number: int) -> bool:
        """Send an answer; whether it was taken."""
        body = urlencode({"csrfmiddlewaretoken": self.token, "answer": "1"})
        return post(self.server, f"{self.test}{number}/", body, self.cookie).status == 302


def answers(server: Server, cookies: list[str], test: str) -> Measured:
    """Every question of a test answered by everybody, one question after the other."""
    people = [Candidate(server, cookie, test) for cookie in cookies]

    def ask(count: int) -> bool:
        return people[count % len(people)].answer(count // len(people) + 1)

    return measure(server, ask, len(people) * QUESTIONS, warm_up=0)


def report(base: Path, number: int) -> Iterator[str]:
    """The table, line by line; fills a copy of the ``base`` portal."""
    from bench.__main__ import HEAD, row, run, verdict  # this file is a part of that one

    folder = base.with_name("training")
    shutil.copytree(base, folder)
    slug, region, coordinator, counting, *cookies = run(folder, FILL).split()
    test = f"/training/{slug}/toets/"
    totals = [f"/werkplek/training/dekking/?page={page}" for page in (1, 2, 40, 200)]
    lists = ["/werkplek/training/", "/werkplek/training/?state=expiring"]
    asked = {"coverage": (totals[0], region), "register": (lists[0], coordinator)}
    asked |= {"question": (f"{test}1/", cookies[0])}
    with Server(folder, BENCH_PAGE_CACHE="0", BENCH_COUNTS_QUERIES="1") as server:
        counts = {name: queries(server, *who) for name, who in asked.items()}
    yield HEAD
    with Server(folder, BENCH_PAGE_CACHE="0") as server:
        bare = rotating(server, [f"/bare/{place}/" for place in range(20)])
        yield row("bare Django view", "", measure(server, bare, number))
        found = measure(server, rotating(server, totals, region), number)
        yield row("coverage", counts["coverage"], found, 60)
        yield row("quiz answer", "", answers(server, cookies, test), 14)
        questions = [f"{test}{place}/" for place in range(1, QUESTIONS + 1)]
        found = measure(server, rotating(server, questions, cookies[0]), number)
        yield row("quiz question, judged", counts["question"], found, 14)
        found = measure(server, rotating(server, lists, coordinator), number // 4)
        yield row("register", counts["register"], found)
        yield verdict("counting anew (ms)", float(counting))


def queries(server: Server, path: str, cookie: str) -> str:
    """How many queries a page takes once both workers know it."""
    for _time in range(9):
        get(server, path, cookie)
    return get(server, path, cookie).headers["X-Queries"]
