"""A search node of our own, which can be stopped and brought back with what it holds."""

import os
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

from bench.server import ROOT, free_port

HOME = Path(os.environ.get("SEARCH_NODE_HOME", "/var/tmp/portal-search-node"))
SLOW_START = 180  # seconds, on a machine that is busy


class Node:
    """Elasticsearch from ``.ci/elasticsearch``; use it in a ``with``."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Node":
        """Start with nothing in it."""
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it for good, with what it held."""
        self.kill()
        shutil.rmtree(HOME / f"node-{self.port}", ignore_errors=True)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, keep_data: bool = False) -> None:
        """Start, and wait until it answers."""
        environment = {**os.environ, "ES_JAVA_OPTS": "-Xms256m -Xmx512m"}
        if keep_data:
            environment["KEEP_DATA"] = "1"
        self.process = subprocess.Popen(
            [str(ROOT / ".ci/elasticsearch"), str(HOME), str(self.port)],
            env=environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # one signal for it and all that it started
        )
        began = time.monotonic()
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - began > SLOW_START:
                raise RuntimeError("the search node does not start")
            time.sleep(0.5)

    def answers(self) -> bool:
        """Whether it can be searched."""
        health = f"{self.address}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(health, timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def hang(self) -> None:
        """Let it accept connections and answer none: the worst way to be away."""
        self.signal(signal.SIGSTOP)

    def kill(self) -> None:
        """Stop it without a word."""
        if self.process:
            self.signal(signal.SIGKILL)
            self.process.wait(timeout=20)
            self.process = None

    def signal(self, number: signal.Signals) -> None:
        """Tell all its processes."""
        if self.process:
            os.killpg(self.process.pid, number)
