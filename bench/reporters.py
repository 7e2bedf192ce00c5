"""Reporters who send the form at the same moment, and come back with their codes."""

import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.load import THREADS, Measured, get, measure, post
from bench.server import Server

STEPS: dict[str, dict[str, str]] = {
    "soort": {"kind": "worry"},
    "waarneming": {
        "observed_facts": "Ik hoorde twee keer dat iemand op het plein riep dat wij weg moeten.",
        "source": "self",
    },
    "zorg": {"relation": "seen", "contact": "no"},
    "gedachten": {"interpretation": "Ik denk dat er iets speelt tussen twee groepen."},
    "tegenspraak": {"counter_indications": "Er is ook veel steun in de buurt."},
    "waar-en-wanneer": {"period": "week", "area": "unknown", "place": "street"},
    "haast": {"urgency": "normal"},
    "over-u": {"capacity": "resident"},
}
SEALED = re.compile(r'name="antwoorden" value="([^"]+)"')
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{2}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Reporter:
    """Somebody with a browser of their own."""

    def __init__(self, server: Server) -> None:
        self.server, self.cookies = server, SimpleCookie()
        self.code = ""
        self.page = ""

    def visit(self, path: str, fields: dict[str, str] | None = None) -> int:
        """Ask for a page, or send a form; the status."""
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        if fields is None:
            answer = get(self.server, path, cookie)
        else:
            body = {"csrfmiddlewaretoken": self.found(TOKEN), **fields}
            answer = post(self.server, path, urlencode(body), cookie)
        self.page = answer.text
        for line in answer.cookies:
            self.cookies.load(line)
        return answer.status

    def found(self, pattern: re.Pattern[str]) -> str:
        """What the page holds, or nothing."""
        match = pattern.search(self.page)
        return (match[1] if match.groups() else match[0]) if match else ""

    def begin(self) -> None:
        """As far as the first question."""
        self.visit("/meldpunt/")
        self.visit("/meldpunt/melden/", {"gemeente": "demodam"})

    def answer(self, step: str) -> int:
        """Fill in one page and go on."""
        fields = {**STEPS[step], "antwoorden": self.found(SEALED), "ga": "verder"}
        return self.visit(f"/meldpunt/melden/{step}/", fields)

    def fill_in(self) -> "Reporter":
        """The whole form, up to the button that sends it."""
        self.begin()
        for step in STEPS:
            self.answer(step)
        return self

    def send(self) -> bool:
        """Send it; whether the code came back. After an error the form is still there to send again."""
        form, fields = self.page, {"antwoorden": self.found(SEALED), "ga": "verder"}
        status = self.visit("/meldpunt/melden/controle/", fields)
        self.code = self.found(CODE)
        if status >= 500:
            self.page = form
        return status == 200 and bool(self.code)


def form_steps(server: Server, number: int) -> Measured:
    """One page of the form after another, by one reporter for each turn of the form."""
    reporters: list[Reporter] = []
    for _count in range(number // len(STEPS) + 5):
        reporter = Reporter(server)
        reporter.begin()
        reporters.append(reporter)
    names = list(STEPS)

    def ask(count: int) -> bool:
        reporter, step = reporters[count % len(reporters)], names[count // len(reporters)]
        return reporter.answer(step) == 200

    return measure(server, ask, len(reporters) * (len(STEPS) - 1), warm_up=0)


def submissions(
    server: Server, number: int, *, at_once: int = THREADS
) -> tuple[Measured, list[str]]:
    """Reports sent at the same time; and their codes."""
    reporters = [Reporter(server).fill_in() for _count in range(number)]
    result = measure(
        server, lambda count: reporters[count].send(), number, warm_up=0, at_once=at_once
    )
    return result, [reporter.code for reporter in reporters]


def sustained(server: Server, seconds: int, *, at_once: int) -> tuple[Measured, list[str]]:
    """So many reporters all the time who fill in the form and send it, one after another.

    Times are those of sending; the CPU is that of a report with all pages before it.
    """
    times: list[float] = []
    codes: list[str] = []
    began = time.monotonic()

    def send_on(_number: int) -> None:
        while time.monotonic() - began < seconds:
            reporter = Reporter(server).fill_in()
            start = time.perf_counter()
            reporter.send()
            times.append((time.perf_counter() - start) * 1000)
            codes.append(reporter.code)

    cpu = server.cpu_seconds()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(send_on, range(at_once)))
    took, spent = time.monotonic() - began, server.cpu_seconds() - cpu
    cuts = statistics.quantiles(times, n=20)
    sent = len(codes)
    middle, failed = statistics.median(times), codes.count("")
    return Measured(spent * 1000 / sent, sent / took, middle, cuts[18], failed), codes
