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
    """Gunicorn with two preloaded workers; use it in a ``with``."""

    def __init__(self, folder: Path, **environment: str) -> None:
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
        command = [sys.executable, "-m", "gunicorn", "bench.wsgi", "--preload", "--workers", "2"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "error"]
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
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [master, *map(int, children)]

    def cpu_seconds(self) -> float:
        """User and system time of all processes together."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def memory(self, *, master: bool = False) -> float:
        """Proportional set size of the workers together, in MiB; with the master if asked."""
        kilobytes = 0
        for pid in self.pids()[0 if master else 1 :]:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        return kilobytes / 1024


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
