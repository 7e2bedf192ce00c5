"""``python -m bench.outage``: the search server goes away in the middle of the day.

Gunicorn, a worker for jobs and a node of Elasticsearch of their own. Visitors search and an editor
publishes all the time; the node hangs, is killed, and comes back with what it held.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bench.__main__ import QUESTIONS, SETUP
from bench.load import THREADS, get
from bench.node import Node
from bench.server import ROOT, Server

PATIENCE = 60  # seconds after its return in which everything has to be found again
LAY = (
    "call_command('migrate', verbosity=0); call_command('migrate', database='keystore', verbosity=0)\n"
    "call_command('createcachetable'); call_command('collectstatic', interactive=False, verbosity=0)\n"
    "from bench.content import lay_base; lay_base(); call_command('rebuild_search', verbosity=0)\n"
)
PUBLISH = (
    "import sys\nfrom knowledge.library.models import ArticlePage, LibraryIndexPage\n"
    "below = LibraryIndexPage.objects.get(slug='kennisbank', locale__language_code='nl')\n"
    "for line in sys.stdin:\n"
    "    page = ArticlePage(title=line.strip(), slug=line.strip(), live=False, locale=below.locale)\n"
    "    below.add_child(instance=page)\n"
    "    page.save_revision().publish()\n"
    "    print(line.strip(), flush=True)\n"
)


@dataclass
class Outcome:
    """What users met. Times in seconds."""

    searches: list[float] = field(default_factory=list)
    publications: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    limited: int = 0  # answers of the database in place of the node
    catching_up: float = 0.0
    not_found: list[str] = field(default_factory=list)
    health: str = ""
    is_healthy: bool = False

    def __str__(self) -> str:
        """For people."""
        cuts = statistics.quantiles(self.searches, n=100)
        return (
            f"{len(self.searches)} searches: {len(self.errors)} errors, {self.limited} limited; "
            f"p50 {cuts[49]:.3f} s, p95 {cuts[94]:.3f} s, longest {max(self.searches):.2f} s\n"
            f"{len(self.publications)} publications: longest {max(self.publications):.2f} s\n"
            f"all found {self.catching_up:.1f} s after its return, but {len(self.not_found)}\n"
            f"{self.health}"
        )


class Day:
    """A portal with visitors, an editor and a search node of its own."""

    def __init__(self, folder: Path, node: Node) -> None:
        self.node, self.outcome, self.words = node, Outcome(), []
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PORTAL_VAR_DIR": str(folder),
            "PORTAL_JOBS": "queue",
            "SEARCH_ENGINE": "elasticsearch",
            "SEARCH_ENGINE_URLS": node.address,
            "SEARCH_REPLICAS": "0",
        }
        self.run(LAY)
        self.server = Server(folder, **self.environment)
        for name in set(self.server.environment) - set(self.environment):
            del self.server.environment[name]

    def run(self, script: str) -> None:
        """Run a script of the portal to its end."""
        command = [sys.executable, "-c", SETUP + script]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def begin(self, command: list[str], stream: int) -> subprocess.Popen:
        """Start another process of the portal, heard and told by way of ``stream``."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdin=stream,
            stdout=stream,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def live(self, searches: int, publications: int) -> Outcome:
        """The whole day; a third of it without the node."""
        queue = ["manage.py", "db_worker", "--queue-name", "*", "--interval", "0.2"]
        worker = self.begin(queue, subprocess.DEVNULL)
        self.editor = self.begin(["-c", SETUP + PUBLISH], subprocess.PIPE)
        try:
            with self.server:
                part, texts = searches // 6, publications // 6
                self.hours(2 * part, 2 * texts)
                self.node.hang()
                self.hours(part, texts)
                self.node.kill()
                self.hours(part, texts)
                self.node.start(keep_data=True)
                with ThreadPoolExecutor(1) as pool:  # while visitors and the editor go on
                    catching_up = pool.submit(self.look_for, list(self.words))
                    self.hours(searches - 4 * part, publications - 4 * texts)
                    self.outcome.catching_up = catching_up.result()
                self.look_for(self.words)
                self.look_at_health()
        finally:
            for process in (worker, self.editor):
                process.kill()
                process.communicate(timeout=20)
        return self.outcome

    def hours(self, searches: int, publications: int) -> None:
        """Visitors and an editor at the same time."""
        with ThreadPoolExecutor(THREADS + 1) as pool:
            editing = pool.submit(lambda: [self.publish() for _number in range(publications)])
            list(pool.map(self.search, range(searches)))
            editing.result()

    def search(self, number: int) -> None:
        """One question; what is no page of results is an error."""
        question = QUESTIONS[number % len(QUESTIONS)].replace(" ", "+")
        began = time.monotonic()
        try:
            answer = get(self.server, f"/zoeken/?q={question}")
        except OSError as error:
            self.outcome.errors.append(repr(error))
            return
        self.outcome.searches.append(time.monotonic() - began)
        if answer.status != 200 or 'class="portal-result"' not in answer.text:
            self.outcome.errors.append(f"{answer.status} {question}")
        self.outcome.limited += "Beperkt zoeken" in answer.text

    def publish(self) -> None:
        """One page with a word that stands nowhere else."""
        word = f"kwartelnummer{len(self.words)}x"
        began = time.monotonic()
        print(word, file=self.editor.stdin, flush=True)
        if self.editor.stdout.readline().strip() != word:
            self.outcome.errors.append(f"{word} was not published")
        self.outcome.publications.append(time.monotonic() - began)
        self.words.append(word)

    def look_for(self, words: list[str]) -> float:
        """Ask for pages until the node itself gives them all; how many seconds that took."""
        began, missing = time.monotonic(), words
        while missing and time.monotonic() - began < PATIENCE:
            missing = [word for word in missing if not self.is_found(word)]
        self.outcome.not_found += missing
        return time.monotonic() - began

    def look_at_health(self) -> None:
        """Compare what is published with what each index has."""
        done = subprocess.run(
            [sys.executable, "manage.py", "search_health"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        self.outcome.health = done.stdout.strip()
        self.outcome.is_healthy = done.returncode == 0

    def is_found(self, word: str) -> bool:
        """Whether the node finds it."""
        text = get(self.server, f"/zoeken/?q={word}").text
        return f"/kennisbank/{word}/" in text and "Beperkt zoeken" not in text


def a_day(searches: int, publications: int) -> Outcome:
    """Live through one, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="portal-outage-"))
    try:
        with Node() as node:
            return Day(folder, node).live(searches, publications)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Print what users met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--searches", type=int, default=2000)
    parser.add_argument("--publications", type=int, default=200)
    options = parser.parse_args()
    print(a_day(options.searches, options.publications))


if __name__ == "__main__":
    main()
