"""A real server, and what its processes spend."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parents[1]


class Server:
    """Gunicorn with preloaded workers; use it in a ``with``."""

    def __init__(
        self, folder: Path, *, workers: int = 2, threads: int = 0, **environment: str
    ) -> None:
        self.workers, self.threads = workers, threads
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PORTAL_VAR_DIR": str(folder),
            **environment,
        }

    def __enter__(self) -> "Server":
        """Start, and wait until it answers; ``cold_start`` is how long that took, in seconds."""
        began = time.monotonic()
        command = [sys.executable, "-m", "gunicorn", "bench.wsgi", "--preload"]
        command += ["--workers", str(self.workers), "--bind", f"127.0.0.1:{self.port}"]
        command += ["--log-level", "error"]
        if self.threads:
            command += ["--threads", str(self.threads), "--timeout", "120"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/gezondheid/levend", timeout=5).read()
            except OSError:
                if time.monotonic() - began > 60:
                    raise
                time.sleep(0.02)
            else:
                break
        self.cold_start = time.monotonic() - began
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def pids(self) -> list[int]:
        """The master and its workers."""
        return [self.process.pid, *children_of(self.process.pid)]

    def cpu_seconds(self) -> float:
        """User and system time of all processes together."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def memory(self, *, master: bool = False, children: bool = False) -> float:
        """Proportional set size of the workers together, in MiB; with more if asked.

        ``children``: what the workers started, such as a program that draws a file anew.
        """
        pids = self.pids()[0 if master else 1 :]
        if children:
            pids += [child for pid in self.pids()[1:] for child in children_of(pid)]
        return sum(map(kilobytes_of, pids)) / 1024


def children_of(pid: int) -> list[int]:
    """The processes that any thread of this one started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def kilobytes_of(pid: int) -> int:
    """The proportional set size of one process; nothing when it just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
